// Who reads what I write: chosen and named before it is sent, and never changed behind my back.

import { bdi, h, recall, remember } from "../dom.js";
import { isTalkClosed } from "./rounds-state.js";
import { groupNow } from "./course-state.js";
import { strandTalk } from "./strands.js";
import { say } from "./words.js";

const { gettext } = globalThis;
const TABLE = "";
const TEAM = "team";
const SEVERAL = "several";

/** In one phrase who reads a message of this channel; `party` is whose message it is. */
export function channelWords(view, channel, party) {
  if (channel === TEAM) return view.me ? gettext("Only your side") : say(gettext("Only the side of %(name)s"), { name: view.name(party) });
  const names = view.names(channel.split("+"));
  return strandTalk?.(view, channel, names)?.heading ?? say(gettext("Only %(names)s"), { names });
}

/** One caucus has one name: its parties in the order of the case. */
const channelOf = (view, parties) => view.data.parties.map((party) => party.id).filter((id) => parties.includes(id)).join("+");

export class Channels {
  /** `place` holds the choice; `key` names where it is kept on this device, beside the draft of the words. */
  constructor(place, view, key, changed = () => {}) {
    Object.assign(this, { place, view, key, changed, several: new Set() });
    this.to = recall(localStorage, key) ?? null;
    this.select = h("select", { class: "input", id: "to", onchange: () => this.choose(this.select.value) });
    this.label = h("label", { for: "to" }, gettext("To"));
    this.boxes = h("fieldset", { class: "several", hidden: true });
    this.readers = h("span", { class: "readers-words" });
    place.replaceChildren(this.label, this.select, this.boxes, this.readers);
  }

  get options() {
    const { view } = this;
    if (isTalkClosed(view)) return view.isTeam ? [{ to: TEAM, words: gettext("Your side only") }] : [];
    const group = groupNow(view);
    const found = this.talksToAll && !group ? [{ to: TABLE, words: gettext("Everybody at the table") }] : [];
    if (view.isTeam) found.push({ to: TEAM, words: gettext("Your side only") });
    if (!group) return [...found, ...this.caucuses()];
    return group.includes(view.me.party) ? [this.option(channelOf(view, group)), ...found] : found;
  }

  /** Linked negotiations are each among their own people: there is no table for all. */
  get talksToAll() {
    return !this.view.data.channels.some((channel) => channel.strand);
  }

  caucuses() {
    const { view } = this;
    const { channels } = view.data;
    const { id: phase } = view.state.part ?? {};
    if (view.data.phases.some(({ id, together }) => id === phase && together)) return [];
    if (channels.length) {
      const open = channels.filter(({ members, phase: when }) => members.includes(view.me.party) && (!when || !phase || when === phase));
      return open.map(({ members }) => this.option(channelOf(view, members)));
    }
    const others = view.others.filter((party) => party.kind !== "observer");
    if (others.length < 2) return [];
    const single = others.map((party) => this.option(channelOf(view, [party.id, view.me.party])));
    return others.length > 2 ? [...single, { to: SEVERAL, words: gettext("Some of them…") }] : single;
  }

  option(to) {
    const others = to.split("+").filter((party) => !this.view.isMine(party));
    return { to, words: say(gettext("%(names)s only"), { names: this.view.names(others) }) };
  }

  choose(to) {
    this.to = to;
    remember(localStorage, this.key, to || null);
    this.draw();
    this.changed();
  }

  /** The channel a message would go to now; null while none is chosen that is there. */
  get channel() {
    if (!this.options.some((option) => option.to === this.to)) return null;
    if (this.to !== SEVERAL) return this.to;
    const { size } = this.several;
    return size && size < this.choices().length ? channelOf(this.view, [...this.several, this.view.me.party]) : null;
  }

  get isPrivate() {
    return this.channel !== TABLE;
  }

  choices() {
    return this.view.others.filter((party) => party.kind !== "observer");
  }

  draw() {
    const { options } = this;
    // A choice that is gone is not replaced: words meant for some must not go to all.
    if (this.to === null || (options.length === 1 && !this.to)) this.to = options[0]?.to ?? TABLE;
    this.drawOptions(options);
    this.drawBoxes();
    this.readers.replaceChildren(bdi(this.readersWords()));
    this.place.classList.toggle("readers-private", this.isPrivate);
  }

  drawOptions(options) {
    const face = JSON.stringify(options);
    if (face !== this.face) {
      this.face = face;
      this.select.replaceChildren(...options.map(({ to, words }) => h("option", { value: to }, words)));
    }
    this.select.value = this.to;
    this.select.hidden = this.label.hidden = options.length < 2 && this.channel !== null;
  }

  drawBoxes() {
    const isOpen = this.to === SEVERAL;
    if (isOpen && this.boxes.hidden) {
      this.boxes.replaceChildren(h("legend", { class: "visually-hidden" }, gettext("Who reads this")), ...this.choices().map((party) => this.box(party)));
    }
    this.boxes.hidden = !isOpen;
  }

  box(party) {
    const tick = h("input", { type: "checkbox", onchange: () => {
      this.several[tick.checked ? "add" : "delete"](party.id);
      this.draw();
      this.changed();
    } });
    tick.checked = this.several.has(party.id);
    return h("label", { class: "choice" }, tick, bdi(this.view.name(party.id)));
  }

  readersWords() {
    const { channel, view } = this;
    if (channel === null) {
      return this.to === SEVERAL ? gettext("Choose who reads this: some, not all.") : gettext("You cannot talk there any more. Choose who reads this.");
    }
    if (channel === TABLE) return say(gettext("Read by %(names)s."), { names: view.names(this.choices().map(({ id }) => id)) });
    if (channel === TEAM) return gettext("Only your side reads this.");
    const names = view.names(channel.split("+"));
    return strandTalk?.(view, channel, names)?.readers ?? say(gettext("Only %(names)s read this."), { names });
  }
}

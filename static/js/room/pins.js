// Terms pinned for now: what all sides would settle so, until one of them takes it back. Nothing here binds.

import { bdi, h, mark } from "../dom.js";
import { termWords } from "./answers.js";
import { isHeld } from "./state.js";
import { say } from "./words.js";

const { gettext } = globalThis;

export class Pins {
  constructor(place, view, act) {
    Object.assign(this, { place, view, act });
  }

  /** `package_` holds the terms I could pin: those of my draft or of my offer. */
  draw(package_) {
    const { view } = this;
    const pins = view.issues.filter((issue) => Object.keys(view.state.pins[issue.id] ?? {}).length);
    const canPin = this.act && view.state.phase === "open" && !view.isAloud && view.bargainers.includes(view.me.party);
    const mine = canPin ? view.issues.filter((issue) => package_ && issue.id in package_ && view.state.pins[issue.id]?.[view.me.party] !== package_[issue.id]) : [];
    const face = JSON.stringify([pins.map((issue) => view.state.pins[issue.id]), mine.map((issue) => package_[issue.id]), canPin]);
    if (face === this.face) return;
    this.face = face;
    const wasOpen = this.place.querySelector("details")?.open;
    this.place.replaceChildren(
      pins.length ? h("h3", {}, gettext("Pinned for now")) : "",
      pins.length ? h("ul", { class: "pins" }, pins.map((issue) => this.pinOf(issue, canPin))) : "",
      mine.length ? this.chooser(mine, package_, wasOpen) : "");
  }

  pinOf(issue, canPin) {
    const { view } = this;
    const values = Object.entries(view.state.pins[issue.id]);
    const held = isHeld(view.state, issue.id);
    const shown = held ? [[null, values[0][1]]] : values;
    return h("li", {}, shown.map(([party, value]) => h("div", { class: "pin-line" },
      h("span", {}, values.filter(([who, each]) => held || who === party || each === value).map(([who]) => mark(view.index(who), !held)), " ", bdi(termWords(view, { issue: issue.id, value })),
        h("span", { class: "label" }, ` ${held ? gettext("pinned by all") : this.whose(party)}`)),
      canPin ? this.verb(issue, party, value, held) : "")));
  }

  whose(party) {
    return this.view.isMine(party) ? gettext("pinned by you") : say(gettext("pinned by %(name)s"), { name: this.view.name(party) });
  }

  verb(issue, party, value, held) {
    const { view, act } = this;
    const button = (words, action) => h("button", { type: "button", class: "button button-small", "aria-label": `${words}: ${termWords(view, { issue: issue.id, value })}`, onclick: action }, words);
    if (held || view.isMine(party)) return button(gettext("Unpin"), (event) => act.unpin(issue.id, event.currentTarget));
    return button(gettext("Pin it too"), (event) => act.pin(issue.id, value, event.currentTarget));
  }

  chooser(issues, package_, wasOpen) {
    const { view, act } = this;
    const chip = (issue) => h("button", { type: "button", class: "chip", onclick: (event) => act.pin(issue.id, package_[issue.id], event.currentTarget) }, termWords(view, { issue: issue.id, value: package_[issue.id] }));
    return h("details", { open: wasOpen || false }, h("summary", { class: "second" }, gettext("Pin a term for now")),
      h("div", { class: "stack-tight" }, h("p", { class: "label" }, gettext("A pin is a word, not a yes. Either side can take it back.")), h("div", { class: "button-row" }, issues.map(chip))));
  }
}

// Who is here, in words and a dot. Being away for a moment is normal, so it is said calmly and without a count.

import { bdi, h } from "../dom.js";
import { nameOf, say } from "./words.js";

const { gettext } = globalThis;
const GRACE_SECONDS = 20;
const LONG_SECONDS = 90;

export class Presence {
  constructor(places, view) {
    Object.assign(this, { places, view, here: null, mates: [], awaySince: {}, seen: new Set() });
    setInterval(() => this.draw(), 5000);
  }

  /** Which parties are here, and of my own side who else, by number. */
  show(here, mates = {}) {
    this.mates = Object.keys(mates).filter((number) => Number(number) !== (this.view.data.mates?.me ?? 1));
    this.here = { ...here, ...Object.fromEntries(this.mates.map((number) => [mateId(number), mates[number]])) };
    for (const [id, isHere] of Object.entries(this.here)) {
      if (isHere) this.seen.add(id);
      this.awaySince[id] = isHere ? null : this.awaySince[id] ?? Date.now();
    }
    this.draw();
  }

  draw() {
    const lines = this.awaited.map((one) => this.lineOf(one));
    const face = lines.map(({ away, words }) => `${away} ${words}`).join();
    if (face === this.face) return;
    this.face = face;
    for (const place of this.places) {
      const isShort = lines.length > mostNamed(place);
      place.replaceChildren(...(isShort ? [inShort(lines)] : lines).map(({ away, words }) =>
        h("span", { class: away ? "presence presence-away" : "presence" }, h("span", { class: "presence-dot" }), bdi(words))));
    }
  }

  get patience() {
    return LONG_SECONDS;
  }

  awaySeconds(id) {
    return (Date.now() - (this.awaySince[id] ?? Date.now())) / 1000;
  }

  /** My teammates, then the other parties. */
  get awaited() {
    const { others, state: { people } } = this.view;
    const own = this.mates.map((number) => ({ id: mateId(number), name: this.view.mateName(number), kinds: { person: 1, partner: 0 } }));
    return [...own, ...others.map((party) => ({ id: party.id, name: nameOf(party, people, true), kinds: people[party.id] }))];
  }

  /** People who were here and have been away for long, whom one is waiting for. */
  longAway() {
    const gone = this.awaited.filter(({ id, kinds }) => kinds?.person > 0 && this.seen.has(id) && !this.here?.[id]);
    return gone.filter(({ id }) => this.awaySeconds(id) > LONG_SECONDS);
  }

  lineOf({ id, name, kinds }) {
    if (!kinds || kinds.person + kinds.partner < 1) return { away: true, words: say(gettext("Nobody plays %(name)s yet"), { name }) };
    if (this.here?.[id] || (kinds.partner > 0 && kinds.person === 0)) return { away: false, words: say(gettext("%(name)s is here"), { name }) };
    if (!this.seen.has(id)) return { away: true, words: say(gettext("%(name)s is not here yet"), { name }) };
    if (this.awaySeconds(id) <= GRACE_SECONDS) return { away: true, words: name };
    return { away: true, words: say(gettext("Waiting for %(name)s to reconnect"), { name }) };
  }
}

const mateId = (number) => `mate ${number}`;

/** How many the head has room to name; a place that is a list of its own names all. */
function mostNamed({ classList }) {
  if (classList.contains("only-narrow")) return 1;
  return classList.contains("only-wide") ? 2 : Infinity;
}

/** Many are counted, not named. */
function inShort(lines) {
  const here = lines.filter(({ away }) => !away).length;
  return { away: here < lines.length, words: say(gettext("%(here)s of %(all)s others are here"), { here, all: lines.length }) };
}

// Who is here, in words and a dot. Being away for a moment is normal, so it is said calmly and without a count.

import { bdi, h } from "../dom.js";
import { nameOf, say } from "./words.js";

const { gettext } = globalThis;
const GRACE_SECONDS = 20;

export class Presence {
  constructor(places, view) {
    Object.assign(this, { places, view, here: null, awaySince: {}, seen: new Set() });
    setInterval(() => this.draw(), 5000);
  }

  show(here) {
    this.here = here;
    for (const [party, isHere] of Object.entries(here)) {
      if (isHere) this.seen.add(party);
      this.awaySince[party] = isHere ? null : this.awaySince[party] ?? Date.now();
    }
    this.draw();
  }

  draw() {
    const lines = this.view.others.map((party) => this.lineOf(party));
    const face = lines.map(({ away, words }) => `${away} ${words}`).join();
    if (face === this.face) return;
    this.face = face;
    for (const place of this.places) {
      place.replaceChildren(...lines.map(({ away, words }) =>
        h("span", { class: away ? "presence presence-away" : "presence" }, h("span", { class: "presence-dot" }), bdi(words))));
    }
  }

  lineOf(party) {
    const { people } = this.view.state;
    const name = nameOf(party, people, true);
    const kinds = people[party.id];
    if (!kinds || kinds.person + kinds.partner < 1) return { away: true, words: say(gettext("Nobody plays %(name)s yet"), { name }) };
    if (this.here?.[party.id] || (kinds.partner > 0 && kinds.person === 0)) return { away: false, words: say(gettext("%(name)s is here"), { name }) };
    if (!this.seen.has(party.id)) return { away: true, words: say(gettext("%(name)s is not here yet"), { name }) };
    const isLong = Date.now() - (this.awaySince[party.id] ?? Date.now()) > GRACE_SECONDS * 1000;
    if (!isLong) return { away: true, words: name };
    return { away: true, words: say(gettext("%(name)s is reconnecting. Messages will be delivered."), { name }) };
  }
}

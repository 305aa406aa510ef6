// Who is here, in words and a dot. Being away for a moment is normal, so it is said calmly and without a count.

import { bdi, h } from "../dom.js";
import { nameOf, say } from "./words.js";

const { gettext } = globalThis;
const GRACE_SECONDS = 20;
const LONG_SECONDS = 90;

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
      const isShort = lines.length > mostNamed(place);
      place.replaceChildren(...(isShort ? [inShort(lines)] : lines).map(({ away, words }) =>
        h("span", { class: away ? "presence presence-away" : "presence" }, h("span", { class: "presence-dot" }), bdi(words))));
    }
  }

  get patience() {
    return LONG_SECONDS;
  }

  awaySeconds(party) {
    return (Date.now() - (this.awaySince[party] ?? Date.now())) / 1000;
  }

  /** People who were here and have been away for long, whom one is waiting for. */
  longAway() {
    const { people } = this.view.state;
    const talking = this.view.others.filter((party) => people[party.id]?.person > 0 && this.seen.has(party.id) && !this.here?.[party.id]);
    return talking.map((party) => party.id).filter((party) => this.awaySeconds(party) > LONG_SECONDS);
  }

  lineOf(party) {
    const { people } = this.view.state;
    const name = nameOf(party, people, true);
    const kinds = people[party.id];
    if (!kinds || kinds.person + kinds.partner < 1) return { away: true, words: say(gettext("Nobody plays %(name)s yet"), { name }) };
    if (this.here?.[party.id] || (kinds.partner > 0 && kinds.person === 0)) return { away: false, words: say(gettext("%(name)s is here"), { name }) };
    if (!this.seen.has(party.id)) return { away: true, words: say(gettext("%(name)s is not here yet"), { name }) };
    if (this.awaySeconds(party.id) <= GRACE_SECONDS) return { away: true, words: name };
    return { away: true, words: say(gettext("Waiting for %(name)s to reconnect"), { name }) };
  }
}

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

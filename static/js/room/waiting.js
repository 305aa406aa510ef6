// What waiting costs me, as it runs: said in one line, and taken off whatever is worth something to me.

import { say, sayScore } from "./words.js";

const { gettext, ngettext } = globalThis;
const UNIT_MS = { minute: 60_000, day: 86_400_000 };

export class Waiting {
  constructor(place, view, clock) {
    Object.assign(this, { place, view, clock });
  }

  /** Units that cost something by now; once all is settled those that it took. */
  units() {
    const { state, me } = this.view;
    if (!me?.waiting || !state.openedAt) return 0;
    if (state.phase === "ended") return state.waited ?? 0;
    const { unit, free } = me.waiting;
    const until = state.pausedAt ? Date.parse(state.pausedAt) : this.clock.now();
    const passed = unit === "round" ? state.rounds.played.length : Math.floor((until - Date.parse(state.openedAt) - state.held) / UNIT_MS[unit]);
    return Math.max(0, passed - free);
  }

  /** What is left of points. A discount shrinks what they are above my alternative, never what is below it. */
  net(points) {
    const units = this.units();
    const { me } = this.view;
    if (!units || typeof points !== "number") return points;
    const { cost, discount } = me.waiting;
    if (discount === null) return points - cost * units;
    const alternative = me.alternative?.value ?? 0;
    return points > alternative ? alternative + (points - alternative) * discount ** units : points;
  }

  /** Counts anew; true if anything is worth something else than before. */
  count() {
    const { state, me } = this.view;
    if (!me?.waiting) return false;
    for (const offer of state.offers) this.countOff(offer);
    for (const record of Object.values(state.records)) this.countOff(record);
    if (state.deal) this.countOff(state.deal);
    const units = this.units();
    const isNew = units !== this.counted;
    this.counted = units;
    this.draw(units);
    return isNew;
  }

  countOff(thing) {
    if (thing.gross === undefined) thing.gross = thing.worth;
    thing.worth = Array.isArray(thing.gross) ? thing.gross.map((points) => this.net(points)) : this.net(thing.gross);
    if (!thing.beside) return;
    thing.grossBeside ??= thing.beside;
    thing.beside = Array.isArray(thing.grossBeside) ? thing.grossBeside.map((each) => this.netBeside(each)) : this.netBeside(thing.grossBeside);
  }

  /** Ranges and courses of events lose as much. */
  netBeside({ range, courses }) {
    return { range: range?.map((points) => this.net(points)), courses: courses?.map(([course, points]) => [course, this.net(points)]) };
  }

  draw(units) {
    if (!this.place) return;
    const words = this.view.state.openedAt ? this.words(units) : "";
    this.place.hidden = !words;
    if (this.place.textContent !== words) this.place.textContent = words;
  }

  words(units) {
    const { me } = this.view;
    const { cost, discount, unit } = me.waiting;
    const per = { minute: gettext("minute"), day: gettext("day"), round: gettext("round") }[unit];
    const price = discount === null
      ? say(gettext("Each %(unit)s of waiting costs you %(points)s."), { unit: per, points: sayScore(cost, me.unit) })
      : say(gettext("Each %(unit)s of waiting leaves %(share)s % of your gain."), { unit: per, share: Math.round(discount * 100) });
    if (!units) return price;
    const taken = discount === null ? sayScore(cost * units, me.unit) : say("%(share)s %", { share: Math.round((1 - discount ** units) * 100) });
    const so = say(ngettext("%(count)s so far: %(taken)s less, and all figures here count it.", "%(count)s so far: %(taken)s less, and all figures here count it.", units), { count: units, taken });
    return `${price} ${so}`;
  }
}

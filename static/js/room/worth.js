// What packages are worth to me, in words: points, or bands where the session gives no numbers.

import { h } from "../dom.js";
import { packageLetter, say, sayAgainst, sayList, sayNearest, sayOutcome, sayScore } from "./words.js";

const { gettext } = globalThis;
const BANDS = {
  below: gettext("below your alternative"),
  little: gettext("a little better than your alternative"),
  fair: gettext("clearly better than your alternative"),
  good: gettext("close to your target"),
  target: gettext("at your target or above it"),
};
const ORDER = Object.keys(BANDS);
// Packages within this share of the way from my alternative to my target count as about equal.
const EQUAL = 0.1;

export const isKnown = (worth) => typeof worth === "number" || worth in BANDS;

const short = (worth, me) => (typeof worth === "number" ? sayScore(worth, me.unit) : BANDS[worth]);

/** One package, whole or with terms open, with what uncertain events make of it. */
export function worthWords({ me }, worth, beside = {}) {
  if (beside.range) return rangeWords(me, beside.range);
  if (typeof worth === "string") return [h("strong", {}, BANDS[worth])];
  const words = [h("strong", {}, sayScore(worth, me.unit)), ` ${gettext("to you")}: `, sayAgainst(worth, me)];
  return beside.courses ? [...words, ". ", courseWords(me, beside.courses)] : words;
}

/** The one comparison that matters most, as plain text. */
export function nearestWords({ me }, worth, beside = {}) {
  if (beside.range) return say(gettext("%(least)s to %(most)s, as terms are open"), { least: short(beside.range[0], me), most: short(beside.range[1], me) });
  return typeof worth === "string" ? BANDS[worth] : sayNearest(worth, me);
}

function rangeWords(me, [least, most]) {
  const [isBand, isOne] = [typeof least === "string", least === most];
  const between = isBand ? gettext("between “%(least)s” and “%(most)s”") : gettext("%(least)s to %(most)s");
  const how = isOne ? gettext("however the open terms are settled") : gettext("by how the open terms are settled");
  return [h("strong", {}, isOne ? short(least, me) : say(between, { least: short(least, me), most: short(most, me) })), isBand ? "" : ` ${gettext("to you")}`, `, ${how}`];
}

/** What I expect is an average; this is what can come of it. */
export function courseWords(me, courses) {
  const [best, worst] = [courses[0], courses.at(-1)];
  const words = { best: sayScore(best[1], me.unit), when: outcomeWords(best[0]), worst: sayScore(worst[1], me.unit), then: outcomeWords(worst[0]) };
  return say(gettext("On average, that is: %(best)s if it comes out as %(when)s, %(worst)s if as %(then)s."), words);
}

const outcomeWords = (course) => sayList(Object.values(course).map((outcome) => sayOutcome(outcome)));

/** How equal several packages are to me: {isEqual, words}; null while some are not known. */
export function equalWords(view, worths) {
  if (worths.length < 2 || !worths.every(isKnown)) return null;
  const { me } = view;
  const each = sayList(worths.map((worth, place) => `${packageLetter(place)} ${short(worth, me)}`));
  const apart = typeof worths[0] === "number" ? Math.max(...worths) - Math.min(...worths) : 0;
  const isEqual = typeof worths[0] === "number" ? apart <= tolerance(me) : spanOf(worths) === 0;
  if (isEqual) return { isEqual, words: say(gettext("%(each)s: about equal to you."), { each }) };
  const least = packageLetter(worths.indexOf(worths.reduce((low, worth) => (rank(worth) < rank(low) ? worth : low))));
  const words = apart ? gettext("%(each)s: %(apart)s apart. You may send them, but a choice of %(least)s would cost you.") : gettext("%(each)s: not equal. You may send them, but a choice of %(least)s would cost you.");
  return { isEqual, words: say(words, { each, apart: sayScore(apart, me.unit), least }) };
}

const rank = (worth) => (typeof worth === "number" ? worth : ORDER.indexOf(worth));
const spanOf = (worths) => Math.max(...worths.map(rank)) - Math.min(...worths.map(rank));

function tolerance(me) {
  const start = me.alternative?.value ?? 0;
  const end = me.plan?.target ?? me.target ?? me.best ?? start;
  return Math.abs(end - start) * EQUAL;
}

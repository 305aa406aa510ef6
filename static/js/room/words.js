// Values, changes and names in words. Knows the case as the page gave it, never the network.

import { shares } from "./shares.js";

const { gettext, interpolate, ngettext } = globalThis;
const language = document.documentElement.lang || "en";
const numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
const exact = new Intl.NumberFormat(language, { maximumFractionDigits: 9 });
const times = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" });
const weekdays = new Intl.DateTimeFormat(language, { weekday: "short", hour: "2-digit", minute: "2-digit" });
const dates = new Intl.DateTimeFormat(language, { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" });
const joiner = new Intl.ListFormat(language, { type: "conjunction" });

export const say = (words, values) => interpolate(words, values, true);

/** The hour; on another day with the weekday, and far away with the date. */
export function sayTime(at) {
  const then = new Date(at);
  const days = Math.abs(then - Date.now()) / 86_400_000;
  if (then.toDateString() === new Date().toDateString()) return times.format(then);
  return (days < 6 ? weekdays : dates).format(then);
}

export const sayList = (words) => joiner.format(words);

export function sayAmount(number, unit, format = exact) {
  const sign = number < 0 ? "−" : "";
  const size = Math.abs(number);
  const words = unit.decimals && size % 1 ? size.toLocaleString(language, { minimumFractionDigits: unit.decimals }) : format.format(size);
  return `${sign}${unit.before}${words}${unit.after}`;
}

/** Points, where it is plain that points are meant: "132", "$1,450". */
export const sayScore = (points, unit) => sayAmount(Math.round(points * 100) / 100, unit, numbers);

export const isNumeric = (issue) => issue.kind === "integer" || issue.kind === "decimal";

export function sayValue(issue, value) {
  if (isNumeric(issue)) return sayAmount(value, issue.unit);
  if (shares?.is(issue)) return shares.words(issue, value);
  return issue.options.find((option) => option.id === value)?.label ?? String(value);
}

/** How an uncertain event came out. */
export const sayOutcome = (outcome) => outcome.replaceAll("_", " ");

export const packageLetter = (place) => String.fromCharCode(65 + place);

/** "Noreen", or "Noreen (practice partner)" where a party is named first. */
export function nameOf(party, people, first = false) {
  const kinds = people?.[party.id];
  const isPartner = kinds && kinds.partner > 0 && kinds.person === 0;
  return first && isPartner ? say(gettext("%(name)s (practice partner)"), { name: party.name }) : party.name;
}

function numericChange(issue, value, old, than) {
  const difference = sayAmount(Math.abs(value - old), issue.unit);
  const words = value > old ? gettext("%(difference)s more than %(than)s (%(old)s)") : gettext("%(difference)s less than %(than)s (%(old)s)");
  return { sign: value > old ? "↑" : "↓", kind: "changed", words: say(words, { difference, than, old: sayValue(issue, old) }) };
}

/** How a term differs from what stood in its place in an earlier package: {sign, words, kind}. */
export function changeOf(term, before, than) {
  const old = before && sayValue(before.issue, before.value);
  if (!before) return { sign: "+", kind: "added", words: say(gettext("new: not in %(than)s"), { than }) };
  if (!term) return { sign: "−", kind: "removed", words: say(gettext("no longer in it; %(old)s in %(than)s"), { old, than }) };
  if (term.issue === before.issue && term.value === before.value) return { sign: "=", kind: "same", words: say(gettext("as in %(than)s"), { than }) };
  if (term.issue === before.issue && isNumeric(term.issue)) return numericChange(term.issue, term.value, before.value, than);
  return { sign: "≠", kind: "changed", words: say(gettext("instead of %(old)s in %(than)s"), { old, than }) };
}

/** "44 above your alternative, 18 below your target". */
export function sayAgainst(points, me) {
  const marks = [[me.alternative?.value, "alternative"], [me.plan?.target ?? me.target, "target"]];
  const phrases = {
    alternative: [gettext("%(by)s above your alternative"), gettext("%(by)s below your alternative"), gettext("exactly your alternative")],
    target: [gettext("%(by)s above your target"), gettext("%(by)s below your target"), gettext("exactly your target")],
  };
  const parts = marks.filter(([value]) => value !== undefined && value !== null).map(([value, name]) => {
    const by = Math.round((points - value) * 100) / 100;
    const [above, below, equal] = phrases[name];
    return by === 0 ? equal : say(by > 0 ? above : below, { by: sayScore(Math.abs(by), me.unit) });
  });
  return parts.join(", ");
}

/** The one comparison that matters most: what is below my alternative, else the way to my target. */
export function sayNearest(points, me) {
  const isBelow = me.alternative && points < me.alternative.value;
  const target = isBelow ? null : me.plan?.target ?? me.target;
  const only = { alternative: target === null ? me.alternative : null, target, unit: me.unit };
  return sayAgainst(points, only);
}

export function sayTerms(count) {
  return say(ngettext("%(count)s term", "%(count)s terms", count), { count });
}

// My scale: alternative and target below the line, packages above it. Never mirrored, positions by attributes.

import { h, s } from "../dom.js";
import { privateWord } from "./terms.js";
import { packageLetter, say, sayList, sayScore } from "./words.js";

const { gettext } = globalThis;
// Percent of the bar's width under which two labels would touch.
const NEAR = 14;
const NEAR_GOALS = 34;
// So many letters of both goals fit side by side under the narrowest bar.
const ONE_ROW = 27;

/** `marks`: [{points, index, draft, name}] for packages on the table or in my draft. */
export function scoreBox(view, marks, sentence, kind = "second only-wide") {
  return h("div", { class: `score party-${view.index(view.me.party)}` }, h("div", {}, privateWord()),
    scoreBar(view, marks), sentence ? h("p", { class: kind }, sentence) : "");
}

/** The packages of a draft by their letters, where there are points. */
export const draftMarks = (view, worths) => worths.map((points, place) => ({ points, draft: true, letter: packageLetter(place), name: packageLetter(place), index: view.index(view.me.party) }))
  .filter(({ points }) => typeof points === "number");

/** The bar alone; nothing where I have no goals. */
export function scoreBar(view, marks) {
  const goals = goalsOf(view.me);
  const place = scaleFor(goals.map((goal) => goal.points).concat(marks.map((each) => each.points)), view.me);
  const party = `party-${view.index(view.me.party)}`;
  return goals.length ? bar(view, goals, marks, place, party) : "";
}

function goalsOf(me) {
  const target = me.plan?.target ?? me.target;
  const goals = [{ points: me.alternative?.value, words: gettext("alternative %(points)s") }, { points: target, words: gettext("target %(points)s") }];
  return goals.filter((goal) => goal.points !== undefined && goal.points !== null);
}

/** From points to percent: the alternative stands near three tenths, the target near seven, all marks fit. */
function scaleFor(values, me) {
  const low = me.alternative?.value ?? Math.min(...values);
  const high = Math.max(me.plan?.target ?? me.target ?? low, low + 1);
  const from = Math.min(low - (high - low) * 0.75, ...values);
  const to = Math.max(high + (high - low) * 0.75, ...values);
  return (points) => 4 + ((points - from) / (to - from)) * 92;
}

const percent = (number) => `${number.toFixed(1)}%`;

function bar(view, goals, marks, place, party) {
  const { unit } = view.me;
  const start = place(view.me.alternative?.value ?? goals[0].points);
  const best = Math.max(start, ...marks.map((each) => place(each.points)));
  const words = [...goals.map((goal) => sayGoal(goal, unit)), ...marks.map((each) => `${each.name} ${sayScore(each.points, unit)}`)];
  const isTall = goals.map((goal) => sayGoal(goal, unit)).join("").length > ONE_ROW;
  return s("svg", { class: `score-bar ${isTall ? "score-bar-tall " : ""}${party}`, role: "img", "aria-label": say(gettext("What it is worth to you, on a scale: %(words)s"), { words: sayList(words) }) },
    s("line", { class: "below", x1: "0", x2: percent(start), y1: 36, y2: 36 }),
    s("line", { class: "base", x1: percent(start), x2: "100%", y1: 36, y2: 36 }),
    s("rect", { class: "gain", x: percent(start), y: 30, width: percent(best - start), height: 12 }),
    spread(goals, place, isTall ? 0 : NEAR_GOALS).map((placed, row) => goalMark(placed, unit, isTall ? row : 0)),
    spread(marks, place, NEAR).map((placed) => packageMark(placed, unit)));
}

/** Where two labels would meet, they part from the middle between their marks. */
function spread(items, place, near) {
  const placed = items.map((item) => ({ item, at: place(item.points) })).sort((a, b) => a.at - b.at);
  for (const each of placed) Object.assign(each, { label: each.at, anchor: edge(each.at) });
  placed.slice(1).forEach((each, k) => {
    const before = placed[k];
    if (each.at - before.at >= near) return;
    const middle = (each.at + before.at) / 2;
    Object.assign(before, { label: middle, anchor: "end" });
    Object.assign(each, { label: middle, anchor: "start" });
  });
  return placed;
}

const shift = { start: 4, middle: 0, end: -4 };

const labelOf = ({ label, anchor }, y, kind, words) => s("text", { class: `${kind} to-${anchor}`, x: percent(label), y, dx: shift[anchor] }, words);

/** On the bar the number is enough; the goals and the sentence say of what. */
const bare = (unit) => ({ ...unit, after: "" });

const sayGoal = (goal, unit) => say(goal.words, { points: sayScore(goal.points, unit) });

/** Long labels stand one under the other, with their ticks drawn down to them. */
function goalMark(placed, unit, row) {
  const x = percent(placed.at);
  return [s("line", { class: "tick", x1: x, x2: x, y1: 28, y2: 48 + row * 18 }), labelOf(placed, 64 + row * 18, "", sayGoal(placed.item, unit))];
}

function packageMark(placed, unit) {
  const { item, at } = placed;
  const shape = item.draft ? s("path", { class: "draft", d: "M0-8l8 8-8 8-8-8z" }) : s(...filled(item.index));
  return [s("svg", { x: percent(at), y: 36, class: "pin" }, shape), labelOf(placed, 18, "strong", item.letter ?? sayScore(item.points, bare(unit)))];
}

/** At the very ends a label must not leave the picture. */
function edge(at) {
  if (at < 18) return "start";
  return at > 82 ? "end" : "middle";
}

function filled(index) {
  if (index === 1) return ["circle", { class: "open-1", r: 7 }];
  return ["path", { class: `open-${index}`, d: "M0-8l8 8-8 8-8-8z" }];
}

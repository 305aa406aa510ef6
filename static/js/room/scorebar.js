// My scale: alternative and target below the line, packages above it. Never mirrored, positions by attributes.

import { h, s } from "../dom.js";
import { privateWord } from "./terms.js";
import { say, sayList, sayScore } from "./words.js";

const { gettext } = globalThis;
const NEAR = 14;

/** `marks`: [{points, index, draft, name}] for packages on the table or in my draft. */
export function scoreBox(view, marks, sentence) {
  const goals = goalsOf(view.me);
  const place = scaleFor(goals.map((goal) => goal.points).concat(marks.map((each) => each.points)), view.me);
  const party = `party-${view.index(view.me.party)}`;
  return h("div", { class: `score ${party}` }, h("div", {}, privateWord()),
    goals.length ? bar(view, goals, marks, place, party) : "",
    sentence ? h("p", { class: "second" }, sentence) : "");
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
  const words = [...goals.map((goal) => say(goal.words, { points: sayScore(goal.points, unit) })), ...marks.map((each) => `${each.name} ${sayScore(each.points, unit)}`)];
  return s("svg", { class: `score-bar ${party}`, role: "img", "aria-label": say(gettext("Scale of your points: %(words)s"), { words: sayList(words) }) },
    s("line", { class: "below", x1: "0", x2: percent(start), y1: 36, y2: 36 }),
    s("line", { class: "base", x1: percent(start), x2: "100%", y1: 36, y2: 36 }),
    s("rect", { class: "gain", x: percent(start), y: 30, width: percent(best - start), height: 12 }),
    spread(goals, place).map(({ item, at, anchor }) => goalMark(item, at, anchor, unit)),
    spread(marks, place).map(({ item, at, anchor }) => packageMark(item, at, anchor, unit)));
}

/** Where two labels would meet, one reads towards the start and the other towards the end. */
function spread(items, place) {
  const placed = items.map((item) => ({ item, at: place(item.points), anchor: "middle" })).sort((a, b) => a.at - b.at);
  placed.forEach((each, k) => {
    const before = placed[k - 1];
    if (before && each.at - before.at < NEAR) {
      if (before.anchor === "middle") before.anchor = "end";
      each.anchor = "start";
    }
  });
  return placed;
}

const shift = { start: -4, middle: 0, end: 4 };

function goalMark(goal, at, anchor, unit) {
  const x = percent(at);
  return [
    s("line", { class: "tick", x1: x, x2: x, y1: 28, y2: 48 }),
    s("text", { x, y: 64, dx: shift[anchor], class: `to-${edge(at, anchor)}` }, say(goal.words, { points: sayScore(goal.points, unit) })),
  ];
}

function packageMark(each, at, anchor, unit) {
  const x = percent(at);
  const shape = each.draft ? s("path", { class: "draft", d: "M0-8l8 8-8 8-8-8z" }) : s(...filled(each.index));
  return [
    s("svg", { x, y: 36, class: "pin" }, shape),
    s("text", { class: `strong to-${edge(at, anchor)}`, x, y: 18, dx: shift[anchor] }, sayScore(each.points, unit)),
  ];
}

/** At the very ends a label must not leave the picture. */
function edge(at, anchor) {
  if (anchor === "middle" && at < 18) return "start";
  return anchor === "middle" && at > 82 ? "end" : anchor;
}

function filled(index) {
  if (index === 1) return ["circle", { class: "open-1", r: 7 }];
  return ["path", { class: `open-${index}`, d: "M0-8l8 8-8 8-8-8z" }];
}

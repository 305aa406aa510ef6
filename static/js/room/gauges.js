// What a package must reach to count, and where it stands: a bar with its mark, and the same in words.

import { h, s } from "../dom.js";
import { say, sayAmount } from "./words.js";

const { gettext } = globalThis;

/** `levels` by gauge, as the server worked them out; nothing where the case has none. */
export function gaugesOf(view, levels) {
  const { gauges } = view.data.votes ?? {};
  if (!gauges?.length || !levels) return "";
  return h("ul", { class: "gauges" }, gauges.map((gauge) => lineOf(gauge, levels[gauge.id] ?? 0)));
}

const bounds = (gauge) => [gauge.min, gauge.max].filter((bound) => bound !== null);
const meets = (gauge, level) => (gauge.min === null || level >= gauge.min) && (gauge.max === null || level <= gauge.max);

function lineOf(gauge, level) {
  const hasBound = bounds(gauge).length > 0;
  const sign = hasBound ? h("span", { class: "sign", "aria-hidden": "true" }, meets(gauge, level) ? "✓" : "✕") : "";
  return h("li", {}, h("span", {}, sign, gauge.title, ": ", h("strong", {}, sayAmount(level, gauge.unit)), hasBound ? `, ${boundWords(gauge, level)}` : ""), hasBound ? bar(gauge, level) : "");
}

function boundWords(gauge, level) {
  const words = { min: gauge.min === null ? "" : sayAmount(gauge.min, gauge.unit), max: gauge.max === null ? "" : sayAmount(gauge.max, gauge.unit) };
  if (meets(gauge, level)) return gauge.min === null ? say(gettext("at most %(max)s allowed"), words) : say(gettext("at least %(min)s needed"), words);
  return gauge.min !== null && level < gauge.min ? say(gettext("too little: %(min)s needed"), words) : say(gettext("too much: at most %(max)s allowed"), words);
}

function bar(gauge, level) {
  const end = Math.max(level, ...bounds(gauge)) * 1.2 || 1;
  const percent = (number) => `${((Math.max(0, number) / end) * 100).toFixed(1)}%`;
  return s("svg", { class: `gauge${meets(gauge, level) ? "" : " gauge-missed"}`, "aria-hidden": "true" },
    s("line", { class: "gauge-base", x1: "0", x2: "100%", y1: 8, y2: 8 }),
    s("rect", { class: "gauge-level", x: "0", y: 5, height: 6, width: percent(level) }),
    bounds(gauge).map((bound) => s("line", { class: "gauge-bound", x1: percent(bound), x2: percent(bound), y1: 0, y2: 16 })));
}

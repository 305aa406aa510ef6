// How one issue is chosen: a few short options side by side, longer ones from a list, numbers by steps.

import { h } from "../dom.js";
import { sharesControl } from "./dividing.js";
import { shares } from "./shares.js";
import { isNumeric, say, sayAmount } from "./words.js";

const { gettext } = globalThis;
const MOST_SEGMENTS = 5;
const WIDEST = 320;

/** A control with `element`, `show(value)` and `input` (what takes the focus); `choose(value)` when the person does. */
export function controlFor(issue, choose) {
  if (isNumeric(issue)) return stepper(issue, choose);
  if (shares?.is(issue)) return sharesControl(issue, choose);
  return fitsSideBySide(issue) ? segmented(issue, choose) : list(issue, choose);
}

function fitsSideBySide(issue) {
  const width = issue.options.reduce((sum, option) => sum + 26 + option.label.length * 8, 0);
  return issue.options.length <= MOST_SEGMENTS && width <= WIDEST;
}

function segmented(issue, choose) {
  const radios = issue.options.map((option) => h("input", { type: "radio", name: `issue-${issue.id}`, onchange: () => choose(option.id) }));
  const labels = issue.options.map((option, place) => h("label", {}, radios[place], option.label));
  const show = (value) => radios.forEach((radio, place) => (radio.checked = issue.options[place].id === value));
  return { element: h("div", { class: "segmented", role: "radiogroup", "aria-label": issue.name }, labels), show, input: radios[0] };
}

function list(issue, choose) {
  const options = issue.options.map((option, place) => h("option", { value: String(place) }, option.label));
  const select = h("select", { class: "input", "aria-label": issue.name }, h("option", { value: "" }, gettext("Choose")), options);
  select.addEventListener("change", () => choose(select.value === "" ? null : issue.options[Number(select.value)].id));
  const show = (value) => (select.value = placeOf(issue, value));
  return { element: select, show, input: select };
}

const placeOf = (issue, value) => {
  const place = issue.options.findIndex((option) => option.id === value);
  return place < 0 ? "" : String(place);
};

function stepper(issue, choose) {
  const fault = h("p", { class: "error", id: `fault-${issue.id}`, hidden: true });
  const input = h("input", { class: "amount", inputmode: "decimal", autocomplete: "off", "aria-label": issue.name, "aria-describedby": fault.id });
  const tell = (words) => {
    fault.textContent = words;
    fault.hidden = !words;
    input.setAttribute("aria-invalid", String(Boolean(words)));
  };
  const show = (value) => {
    input.value = value === undefined ? "" : written(value);
    tell("");
  };
  const take = () => {
    const value = input.value.trim() === "" ? null : readNumber(input.value);
    const words = value === null ? "" : faultOf(issue, value);
    tell(words);
    if (!words) choose(value);
  };
  const step = (by) => {
    const value = stepped(issue, readNumber(input.value), by);
    show(value);
    choose(value);
  };
  input.addEventListener("change", take);
  input.addEventListener("keydown", (event) => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    step(by);
  });
  const press = (words, sign, by) => h("button", { type: "button", "aria-label": `${words}: ${issue.name}`, onclick: () => step(by) }, sign);
  const box = h("div", { class: "stepper", role: "group", "aria-label": issue.name }, press(gettext("Less"), "−", -1), input, press(gettext("More"), "+", 1));
  return { element: h("div", {}, box, fault), show, input };
}

const written = (value) => sayAmount(value, { before: "", after: "" });

/** What a person types: thousands apart by commas or spaces, a currency sign, a real or a plain minus. */
function readNumber(text) {
  const plain = text.replace(/[\s,'’$€£]/gu, "").replace("−", "-");
  return /^-?\d+(\.\d+)?$/u.test(plain) ? Number(plain) : NaN;
}

/** The next value up or down; from nothing the first step is to the nearer end. */
function stepped(issue, value, by) {
  if (Number.isNaN(value)) return by > 0 ? issue.min : issue.max;
  const place = (value - issue.min) / issue.step;
  const next = by > 0 ? Math.floor(place + 1e-9) + 1 : Math.ceil(place - 1e-9) - 1;
  const last = Math.floor((issue.max - issue.min) / issue.step + 1e-9);
  return Number((issue.min + Math.min(last, Math.max(0, next)) * issue.step).toFixed(9));
}

function faultOf(issue, value) {
  const words = { min: sayAmount(issue.min, issue.unit), max: sayAmount(issue.max, issue.unit), step: sayAmount(issue.step, issue.unit) };
  if (Number.isNaN(value)) return gettext("Write a number.");
  if (value < issue.min || value > issue.max) return say(gettext("Choose from %(min)s to %(max)s."), words);
  const place = (value - issue.min) / issue.step;
  return Math.abs(place - Math.round(place)) > 1e-6 ? say(gettext("Only in steps of %(step)s, from %(min)s."), words) : "";
}

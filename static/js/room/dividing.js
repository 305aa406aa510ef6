// The control of a division: one stepper for each who gets a share, and what is still to be given.

import { h } from "../dom.js";
import { WHOLE, sharesOf } from "./shares.js";
import { say } from "./words.js";

const { gettext } = globalThis;

/** A control as `controlFor` gives them: nothing is chosen until the whole is divided. */
export function sharesControl(issue, choose) {
  const shares = issue.among.map(() => 0);
  const figures = issue.among.map(() => h("output", {}));
  const left = h("p", { class: "label", role: "status" });
  const draw = () => {
    const rest = WHOLE - shares.reduce((sum, share) => sum + share, 0);
    figures.forEach((figure, place) => (figure.textContent = `${shares[place]} %`));
    left.textContent = rest ? say(gettext("%(rest)s % still to be given"), { rest }) : gettext("All is given.");
    return rest;
  };
  const step = (place, by) => {
    const rest = WHOLE - shares.reduce((sum, share) => sum + share, 0);
    const next = shares[place] + by * issue.step;
    if (next < 0 || by * issue.step > rest) return;
    shares[place] = next;
    choose(draw() ? null : shares.join("/"));
  };
  const press = (place, by, sign, words) => h("button", { type: "button", "aria-label": `${words}: ${issue.among[place].name}`, onclick: () => step(place, by) }, sign);
  const rows = issue.among.map(({ name }, place) => h("div", { class: "share" }, h("span", {}, name), h("span", { class: "stepper", role: "group", "aria-label": name }, press(place, -1, "−", gettext("Less")), figures[place], press(place, 1, "+", gettext("More")))));
  const show = (value) => {
    if (value !== undefined) sharesOf(value).forEach((share, place) => (shares[place] = share));
    else if (shares.reduce((sum, share) => sum + share, 0) === WHOLE) shares.fill(0);
    draw();
  };
  const element = h("div", { class: "shares" }, rows, left);
  return { element, show, input: element.querySelector("button") };
}

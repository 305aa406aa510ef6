// Which of the packages of a draft one works on: A to D, and one to try terms out that is never sent.

import { h } from "../dom.js";
import { MOST_PACKAGES } from "./draft.js";
import { packageLetter, say } from "./words.js";

const { gettext } = globalThis;

export class Packages {
  /** `place` holds the choice; `changed()` is told that another package is worked on. */
  constructor(place, draft, changed, { several = true } = {}) {
    Object.assign(this, { place, draft, changed, several });
  }

  draw() {
    const { draft } = this;
    const face = JSON.stringify([draft.packages.length, draft.at]);
    if (face === this.face) return;
    this.face = face;
    const hadFocus = this.place.contains(document.activeElement);
    this.place.replaceChildren(
      h("div", { class: "segmented", role: "group", "aria-label": gettext("Packages") }, draft.packages.map((_, at) => this.tab(at, this.several ? packageLetter(at) : gettext("Notes"))), this.adder(), this.tab(-1, gettext("Try out"))),
      draft.packages.length > 1 && !draft.isTrying ? this.remover() : "");
    if (hadFocus) this.place.querySelector(":checked")?.focus();
  }

  tab(at, words) {
    const radio = h("input", { type: "radio", name: "package", onchange: () => this.move(() => this.draft.open(at)) });
    radio.checked = at === this.draft.at;
    return h("label", {}, radio, words);
  }

  adder() {
    const count = this.draft.packages.length;
    if (!this.several || count === MOST_PACKAGES) return "";
    const letter = packageLetter(count);
    return h("button", { type: "button", "aria-label": say(gettext("Add package %(letter)s"), { letter }), onclick: () => this.move(() => this.draft.add()) }, `+ ${letter}`);
  }

  remover() {
    const words = say(gettext("Remove %(letter)s"), { letter: packageLetter(this.draft.at) });
    return h("button", { type: "button", class: "chip", onclick: () => this.move(() => this.draft.remove()) }, words);
  }

  move(change) {
    change();
    this.changed();
  }
}

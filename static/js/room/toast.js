// A done thing in one line for some seconds, with Undo where it can be undone. Nothing important stands only here.

import { h } from "../dom.js";

const { gettext } = globalThis;
const SECONDS = 6;

export class Toast {
  constructor(place) {
    this.place = place;
  }

  show(words, undo = null) {
    clearTimeout(this.timer);
    const again = undo && h("button", { type: "button", class: "button button-small", onclick: () => this.undo(undo) }, gettext("Undo"));
    this.place.replaceChildren(h("div", { class: "toast" }, h("span", {}, words), again));
    this.timer = setTimeout(() => this.hide(), SECONDS * 1000);
  }

  undo(undo) {
    undo();
    this.hide();
  }

  /** Whoever has the focus inside may take the time needed. */
  hide() {
    if (this.place.contains(document.activeElement) && this.place.matches(":focus-within")) {
      this.timer = setTimeout(() => this.hide(), SECONDS * 1000);
      document.activeElement.blur();
      return;
    }
    this.place.replaceChildren();
  }
}

// What the keyboard can do, listed with ?. The single key works outside of fields only, and can be switched off.

import { byId, h, recall, remember } from "../dom.js";

const { gettext } = globalThis;
const KEY = "parley-shortcuts";
const PANELS = { 1: "talk", 2: "table", 3: "builder", 4: "role" };

/** Whether a part is there and can be used now: a page of those who read along has few of them. */
export const isHere = (id) => Boolean(byId(id)) && !byId(id).closest("[hidden]") && !(id === "builder" && document.body.matches(".room-ended, .room-signs"));

export class Shortcuts {
  constructor(buttons) {
    this.isOn = recall(localStorage, KEY) !== "off";
    addEventListener("keydown", (event) => this.key(event));
    for (const button of buttons) button.addEventListener("click", () => this.list());
  }

  key(event) {
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
    if (event.key === "?" && this.isOn && !event.target.closest("input, textarea, select")) {
      event.preventDefault();
      this.list();
    } else if (event.altKey && !event.ctrlKey && !event.metaKey) this.go(event);
  }

  go(event) {
    const digit = /^Digit([1-4])$/u.exec(event.code)?.[1];
    if (digit && isHere(PANELS[digit])) {
      event.preventDefault();
      location.hash = `#${PANELS[digit]}`;
      const panel = byId(PANELS[digit]);
      (panel.querySelector("[tabindex='0']") ?? panel).focus({ preventScroll: true });
    } else if (event.code === "KeyM") {
      event.preventDefault();
      byId("message")?.focus();
    }
  }

  /** What works here, each with the part that it needs. */
  rows() {
    return [
      [["Enter"], gettext("Send the message"), "message"],
      [["Shift", "Enter"], gettext("Begin a new line"), "message"],
      [["Ctrl", "Enter"], gettext("Send the message, on a touch keyboard too"), "message"],
      [["Alt", "M"], gettext("Write a message"), "message"],
      [["Alt", "1"], gettext("Go to what was said and offered"), "talk"],
      [["Alt", "2"], gettext("Go to the table"), "table"],
      [["Alt", "3"], gettext("Go to the offer builder"), "builder"],
      [["Alt", "4"], gettext("Go to my role"), "role"],
      [["?"], gettext("Show this list"), "main"],
    ].filter(([, , part]) => isHere(part));
  }

  list() {
    const on = h("input", { type: "checkbox" });
    on.checked = this.isOn;
    on.addEventListener("change", () => {
      this.isOn = on.checked;
      remember(localStorage, KEY, this.isOn ? null : "off");
    });
    const title = h("h2", { id: "shortcuts-title", tabindex: "-1" }, gettext("Keyboard shortcuts"));
    const keys = (names) => names.flatMap((name, place) => [place ? " + " : "", h("kbd", {}, name)]);
    const element = h("dialog", { class: "dialog", "aria-labelledby": "shortcuts-title" },
      h("div", { class: "dialog-head" }, title),
      h("div", { class: "dialog-body stack" },
        h("dl", { class: "shortcuts" }, this.rows().map(([names, words]) => h("div", {}, h("dt", {}, keys(names)), h("dd", {}, words)))),
        h("label", { class: "choice" }, on, h("span", {}, gettext("The single key ? opens this list")))),
      h("div", { class: "dialog-foot" }, h("button", { type: "button", class: "button button-primary", onclick: () => element.close() }, gettext("Close"))));
    const before = document.activeElement;
    element.addEventListener("close", () => {
      element.remove();
      before?.focus();
    });
    document.body.append(element);
    element.showModal();
    title.focus();
  }
}

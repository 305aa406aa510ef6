// On a phone one panel shows at a time: the tabs count what arrived in the others.

import { h, hidden } from "../dom.js";
import { say } from "./words.js";

const { ngettext } = globalThis;

export class Badges {
  constructor(tabs, view) {
    Object.assign(this, { view, seen: { talk: 0, table: 0 } });
    this.links = Object.fromEntries(Object.keys(this.seen).map((name) => [name, tabs.querySelector(`[href="#${name}"]`)]));
    this.look();
    addEventListener("hashchange", () => this.draw());
  }

  counts() {
    const theirs = this.view.state.entries.filter(({ event }) => event.party && !this.view.isMine(event.party));
    const count = (entries, name) => entries.filter(({ kind }) => kind === name).length;
    const offers = count(theirs, "offer");
    return { talk: offers + count(theirs, "message"), table: offers + count(this.view.state.entries, "round") + count(theirs, "text") };
  }

  /** All that is there when the page opens counts as seen. */
  look() {
    this.seen = this.counts();
  }

  draw() {
    const counts = this.counts();
    const open = location.hash.slice(1) || (this.view.data.rounds || this.view.data.texts ? "table" : "talk");
    if (open in counts) this.seen[open] = counts[open];
    for (const [name, link] of Object.entries(this.links)) {
      const fresh = counts[name] - this.seen[name];
      link.querySelector(".count")?.remove();
      if (fresh > 0) link.append(badge(fresh));
    }
  }
}

function badge(count) {
  const words = say(ngettext("%(count)s new", "%(count)s new", count), { count });
  return h("span", { class: "count" }, h("span", { "aria-hidden": "true" }, String(count)), hidden(` ${words}`));
}

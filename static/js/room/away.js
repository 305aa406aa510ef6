// Somebody has been away for long: what one can do about it. Nothing is ever lost by waiting, and nobody forfeits.

import { bdi, h, icon } from "../dom.js";
import { say, sayList } from "./words.js";

const { gettext } = globalThis;

export class Away {
  /** `act.tell()` calls the instructor. */
  constructor(place, view, presence, act) {
    Object.assign(this, { place, view, presence, act, patient: new Map() });
    setInterval(() => this.draw(), 5000);
  }

  draw() {
    const names = this.presence.longAway().filter(({ id }) => this.isNews(id)).map(({ name }) => name);
    const isCalled = this.view.state.hands.has(this.view.me.party);
    const face = this.view.state.phase === "open" && names.length ? `${names} ${isCalled}` : "";
    if (face === this.face) return;
    this.face = face;
    const hadFocus = this.place.contains(document.activeElement);
    this.place.hidden = !face;
    this.place.replaceChildren(...(face ? this.notice(names, isCalled) : []));
    if (hadFocus && this.place.hidden) document.getElementById("message")?.focus();
  }

  /** Asked again only after another long while. */
  isNews(id) {
    return this.presence.awaySeconds(id) > (this.patient.get(id) ?? 0);
  }

  notice(names, isCalled) {
    const keep = h("button", { type: "button", class: "button button-small", onclick: () => this.wait() }, gettext("Keep waiting"));
    const tell = h("button", { type: "button", class: "button button-small", onclick: () => this.act.tell() }, gettext("Tell the instructor"));
    const words = say(gettext("%(names)s has been away for a while. Your messages will be delivered; nothing is lost by waiting."), { names: sayList(names) });
    return [icon("wifi"), h("span", {}, bdi(words)), h("span", { class: "button-row" }, keep, isCalled ? h("span", { class: "second" }, gettext("Your instructor knows.")) : tell)];
  }

  wait() {
    for (const { id } of this.presence.longAway()) this.patient.set(id, this.presence.awaySeconds(id) + this.presence.patience);
    this.draw();
  }
}

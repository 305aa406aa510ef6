// The offer builder: every issue with its control, what does not apply with its reason, and what the draft is
// worth to me. It sends nothing by itself; the score is asked of the server, which keeps none of it.

import { h } from "../dom.js";
import { controlFor } from "./controls.js";
import { holds, packageOf, standingOffer, standingOfOthers } from "./state.js";
import { privateWord } from "./terms.js";
import { changeOf, say, sayAgainst, sayAmount, sayList, sayScore, sayValue } from "./words.js";

const { gettext } = globalThis;
const SCORE_WAIT = 250;

export class Builder {
  /** `act`: review(package), score(package, receive), changed(). */
  constructor({ rows, foot, starts, review }, view, draft, act) {
    Object.assign(this, { foot, starts, view, draft, act, worth: null, asked: null });
    this.renew();
    this.rows = view.issues.map((issue) => this.rowFor(issue));
    rows.replaceChildren(...this.rows.map((row) => row.element));
    review.addEventListener("click", () => this.review());
  }

  /** What each term is worth to me: from the sheet, and anew when news changed it. */
  renew() {
    const { issues, me } = this.view;
    this.points = Object.fromEntries(issues.map((issue) => [issue.id, new Map(me.points[issue.id])]));
    this.asked = null;
  }

  get package() {
    const chosen = Object.entries(this.draft.chosen).filter(([id]) => this.view.buildable.some((issue) => issue.id === id));
    return packageOf(this.view.buildable, Object.fromEntries(chosen));
  }

  get missing() {
    const package_ = this.package;
    return this.view.buildable.filter((issue) => holds(issue.when, package_) && !(issue.id in package_));
  }

  rowFor(issue) {
    const control = controlFor(issue, (value) => this.choose(issue, value));
    const points = h("span", { class: "points" });
    const hint = h("span", { class: "hint" });
    const place = h("div", { class: "control" }, control.element);
    const reason = h("p", { class: "second control", hidden: true });
    const element = h("div", { class: "builder-row", "data-issue": issue.id }, h("span", { class: "name" }, issue.name), place, reason, points, hint);
    return { issue, control, place, reason, points, hint, element };
  }

  choose(issue, value) {
    this.draft.choose(issue.id, value);
    this.draw();
    this.act.changed();
  }

  /** Takes another package as the draft; gives back what stood there, so that it can be undone. */
  startFrom(package_) {
    const before = { ...this.draft.chosen };
    this.draft.replace(package_);
    this.draw();
    this.act.changed();
    return before;
  }

  draw() {
    const package_ = this.package;
    const theirs = standingOfOthers(this.view.state, this.view.me.party) ?? this.lastOfOthers();
    for (const row of this.rows) this.drawRow(row, package_, theirs);
    this.drawStarts(theirs);
    this.askScore(package_);
    this.drawFoot();
  }

  lastOfOthers() {
    return this.view.state.offers.filter((offer) => !this.view.isMine(offer.party)).at(-1) ?? null;
  }

  drawRow({ issue, control, place, reason, points, hint, element }, package_, theirs) {
    element.hidden = !this.view.buildable.includes(issue);
    const applies = holds(issue.when, package_);
    const chosen = this.draft.chosen[issue.id];
    if (document.activeElement !== control.input || control.input.type === "radio") control.show(chosen);
    place.hidden = !applies;
    reason.hidden = applies;
    element.classList.toggle("builder-row-off", !applies);
    const kept = chosen === undefined ? "" : ` ${say(gettext("Your choice, %(value)s, is kept."), { value: sayValue(issue, chosen) })}`;
    reason.textContent = applies ? "" : issue.reason + kept;
    points.textContent = applies && chosen !== undefined ? this.pointsOf(issue, chosen) : "";
    hint.replaceChildren(...(applies && theirs ? this.hintOf(issue, package_, theirs) : []));
  }

  pointsOf(issue, value) {
    const points = this.points[issue.id].get(value);
    // A term that counts only together with others has no points of its own.
    const isBlank = points === undefined || [...this.points[issue.id].values()].every((each) => each === 0);
    return isBlank ? "" : sayAmount(points, this.view.me.named_unit);
  }

  hintOf(issue, package_, offer) {
    const old = offer.packages[this.view.closest(offer, package_)];
    const slot = this.view.slots.find((each) => each.issues.includes(issue));
    const [term, before] = [this.view.termIn(slot, package_), this.view.termIn(slot, old)];
    if (!term || !before) return [];
    const change = changeOf(term, before, say(gettext("their offer %(number)s"), { number: offer.number }));
    const sign = h("span", { class: "sign", "aria-hidden": "true" }, change.sign);
    return [sign, change.kind === "same" ? gettext("the same in both") : change.words];
  }

  drawStarts(theirs) {
    const own = standingOffer(this.view.state, this.view.me.party);
    const offers = [theirs, own].filter(Boolean);
    const face = offers.map((offer) => offer.number).join();
    if (face === this.startsFace) return;
    this.startsFace = face;
    this.starts.replaceChildren(...offers.map((offer) => {
      const words = this.view.isMine(offer.party) ? gettext("Start from my offer %(number)s") : gettext("Start from offer %(number)s");
      return h("button", { type: "button", class: "chip", onclick: () => this.act.start(offer) }, say(words, { number: offer.number }));
    }));
  }

  /** Debounced, and never twice for the same draft. */
  askScore(package_) {
    const face = JSON.stringify(package_);
    if (face === this.asked) return;
    this.asked = face;
    this.worth = null;
    clearTimeout(this.timer);
    if (this.draft.isEmpty) return;
    this.timer = setTimeout(() => this.act.score(package_, (answer) => {
      if (face !== this.asked || answer.t !== "score") return;
      this.worth = answer.points ?? null;
      this.drawFoot();
      this.act.changed();
    }), SCORE_WAIT);
  }

  drawFoot() {
    const missing = this.missing.map((issue) => issue.name);
    const open = this.openWords(missing);
    const worth = this.worth === null ? "" : [h("strong", {}, sayScore(this.worth, this.view.me.unit)), " ",
      missing.length ? gettext("to you so far") : say(gettext("to you: %(against)s"), { against: sayAgainst(this.worth, this.view.me) })];
    this.foot.replaceChildren(privateWord(), h("br"), ...(worth || [gettext("Choose terms to see what they are worth to you.")]), open ? h("br") : "", open);
  }

  openWords(names) {
    if (names.length > 3) return say(gettext("%(count)s terms are still open."), { count: names.length });
    return names.length ? say(gettext("Still open: %(issues)s."), { issues: sayList(names) }) : "";
  }

  review() {
    const [first] = this.missing;
    if (!first) {
      this.act.review(this.package);
      return;
    }
    const row = this.rows.find((each) => each.issue === first);
    row.control.input.focus();
  }
}

// The offer builder: every issue with its control, what does not apply with its reason, and what the draft is
// worth to me. It sends nothing by itself; the score is asked of the server, which keeps none of it.

import { h } from "../dom.js";
import { controlFor } from "./controls.js";
import { many } from "./many.js";
import { Packages } from "./packages.js";
import { holds, isHeld, packageOf } from "./state.js";
import { draftMarks, scoreBar } from "./scorebar.js";
import { conditionsOf, privateWord } from "./terms.js";
import { changeOf, say, sayAmount, sayList, sayValue } from "./words.js";
import { equalWords, isKnown, worthWords } from "./worth.js";

const { gettext } = globalThis;
const SCORE_WAIT = 250;
const MOST_SCORES = 200;

export class Builder {
  /** `act`: review(draft), score(package, receive), changed(). */
  constructor({ rows, foot, starts, packages, review, propose }, view, draft, act) {
    Object.assign(this, { foot, starts, view, draft, act, propose, reviewButton: review, scores: new Map() });
    this.tabs = new Packages(packages, draft, () => this.openPackage(draft.at), { several: !view.isAloud });
    this.renew();
    this.rows = view.issues.map((issue) => this.rowFor(issue));
    this.gauges = h("div");
    rows.replaceChildren(...this.rows.map((row) => row.element), this.gauges, ...(view.data.may_add && !view.isAloud ? [this.ownTerms()] : []));
    if (view.isAloud) review.textContent = gettext("Write it down…");
    review.addEventListener("click", () => this.review());
    propose.addEventListener("click", () => this.send(true));
  }

  /** Terms that the table invents, one a line; they go with every package of the offer. */
  ownTerms() {
    const field = h("textarea", { class: "input", rows: "2", id: "own-terms", dir: "auto", maxlength: "2000" });
    field.value = this.draft.added.join("\n");
    field.addEventListener("input", () => this.draft.setAdded(field.value.split("\n").map((term) => term.trim()).filter(Boolean)));
    this.ownField = field;
    return h("div", { class: "builder-row" }, h("label", { class: "name", for: "own-terms" }, gettext("Terms of your own")), h("div", { class: "control" }, field), h("span", { class: "hint" }, gettext("One a line, in words. Both sides see them; they have no points.")));
  }

  /** What each term is worth to me: from the sheet, and anew when news changed it. */
  renew() {
    const { issues, me } = this.view;
    this.points = Object.fromEntries(issues.map((issue) => [issue.id, new Map(me.points[issue.id])]));
    this.scores.clear();
  }

  get package() {
    return this.packageFrom(this.draft.chosen);
  }

  /** Of what was chosen, the part that can be built and applies. */
  packageFrom(all) {
    const chosen = Object.entries(all).filter(([id]) => this.view.buildable.some((issue) => issue.id === id));
    return packageOf(this.view.buildable, Object.fromEntries(chosen));
  }

  get missing() {
    return this.missingIn(this.package);
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
    const theirs = this.view.standingOfOthers ?? this.lastOfOthers();
    for (const row of this.rows) this.drawRow(row, package_, theirs);
    this.tabs.draw();
    this.drawStarts(theirs);
    this.askScore();
    this.drawFoot();
  }

  /** An offer of my side is on the table. Until then, and if it is another one, the draft stays as it is. */
  sent(offer) {
    if (wholeFace(offer) !== wholeFace({ packages: this.packages, added: this.draft.added })) return;
    this.draft.clear();
    if (this.ownField) this.ownField.value = "";
    this.draw();
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
    hint.replaceChildren(...(applies ? this.hintsOf(issue, package_, theirs) : []));
  }

  pointsOf(issue, value) {
    const points = this.points[issue.id].get(value);
    // A term that counts only together with others has no points of its own.
    const isBlank = points === undefined || [...this.points[issue.id].values()].every((each) => each === 0);
    return isBlank ? "" : sayAmount(points, this.view.me.named_unit);
  }

  hintsOf(issue, package_, theirs) {
    const hints = theirs ? this.hintOf(issue, package_, theirs) : [];
    const pins = isHeld(this.view.state, issue.id) ? [say(gettext("Pinned by all: %(value)s."), { value: sayValue(issue, this.view.state.pins[issue.id][this.view.me.party]) })] : [];
    return [...hints, ...(hints.length && pins.length ? [" "] : []), ...pins];
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
    const own = this.view.standingOf(this.view.me.party);
    const offers = [theirs, own].filter(Boolean);
    const face = offers.map((offer) => offer.number).join();
    if (face === this.startsFace) return;
    this.startsFace = face;
    this.starts.replaceChildren(...offers.map((offer) => {
      const words = this.view.isMine(offer.party) ? gettext("Start from my offer %(number)s") : gettext("Start from offer %(number)s");
      return h("button", { type: "button", class: "chip", onclick: () => this.act.start(offer) }, say(words, { number: offer.number }));
    }));
  }

  /** Debounced, one after the other, and never twice for the same terms. */
  askScore() {
    clearTimeout(this.timer);
    const next = this.toScore().find((package_) => !this.scores.has(faceOf(package_)));
    if (next) this.timer = setTimeout(() => this.act.score(next, (answer) => this.takeScore(next, answer)), SCORE_WAIT);
  }

  /** What is worked on first, then the other packages of the draft. */
  toScore() {
    const all = [this.package, ...this.packages].filter((package_) => Object.keys(package_).length);
    return this.view.me.calculator === "off" && !this.view.data.votes?.gauges.length ? [] : all;
  }

  takeScore(package_, answer) {
    if (this.scores.size > MOST_SCORES) this.scores.clear();
    this.scores.set(faceOf(package_), answer.t === "score" ? answer : {});
    this.askScore();
    this.drawFoot();
    this.act.changed();
  }

  /** As far as it is known, and less what waiting has cost by now. */
  scoreOf(package_) {
    const { points, range, courses } = this.scores.get(faceOf(package_)) ?? {};
    const { net } = this.act;
    return { points: net(points), range: range?.map(net), courses: courses?.map(([course, worth]) => [course, net(worth)]) };
  }

  /** What the package worked on is worth, as far as it is known. */
  get found() {
    const { points = null, range, courses } = this.scoreOf(this.package);
    return { worth: points, beside: { range, courses } };
  }

  drawFoot() {
    const open = this.openWords(this.missing.map((issue) => issue.name));
    const worths = this.draft.isTrying ? [] : this.packages.map((package_) => this.scoreOf(package_).points);
    const equal = equalWords(this.view, worths);
    const parts = [this.worthLine(), open, equal ? [h("span", { class: "sign", "aria-hidden": "true" }, equal.isEqual ? "=" : "≠"), equal.words, scoreBar(this.view, draftMarks(this.view, worths))] : "", this.draft.isTrying ? gettext("You only try terms out here. Nothing of it is sent.") : ""];
    this.foot.replaceChildren(privateWord(), ...parts.filter(Boolean).flatMap((part) => [h("br"), part].flat()));
    this.gauges.replaceChildren(many?.gaugesOf(this.view, this.scores.get(faceOf(this.package))?.levels) ?? "", ...conditionsOf(this.view, this.package));
    const [mayPropose, mayReview] = [this.missing.length > 0 && !this.draft.isEmpty, !this.draft.isTrying];
    this.propose.hidden = !mayPropose || !mayReview || this.view.isAloud;
    this.reviewButton.hidden = !mayReview;
  }

  worthLine() {
    const { me } = this.view;
    if (!this.view.votes) return gettext("You have no points here. What you propose is for the others to weigh.");
    if (me.calculator === "off") return gettext("This session has no calculator. Your sheet says what each term is worth to you.");
    const { points, range, courses } = this.scoreOf(this.package);
    if (!isKnown(points)) return gettext("Choose terms to see what they are worth to you.");
    return worthWords(this.view, points, { range, courses });
  }

  openWords(names) {
    if (this.draft.isEmpty) return "";
    if (names.length > 3) return say(gettext("%(count)s terms are still open."), { count: names.length });
    return names.length ? say(gettext("Still open: %(issues)s."), { issues: sayList(names) }) : "";
  }

  /** The packages of the draft as they would be sent. */
  get packages() {
    return this.draft.packages.map((chosen) => this.packageFrom(chosen));
  }

  missingIn(package_) {
    return this.view.buildable.filter((issue) => holds(issue.when, package_) && !(issue.id in package_));
  }

  review() {
    const at = this.packages.findIndex((package_) => this.missingIn(package_).length);
    if (at < 0) {
      this.send(false);
      return;
    }
    if (at !== this.draft.at) this.openPackage(at);
    const row = this.rows.find((each) => each.issue === this.missing[0]);
    row.control.input.focus();
  }

  openPackage(at) {
    this.draft.open(at);
    this.draw();
    this.act.changed();
  }

  send(isOpen) {
    const { packages } = this;
    this.act.review({ packages, added: this.draft.added, isOpen, worths: packages.map((package_) => this.scoreOf(package_)) });
  }
}

const wholeFace = ({ packages, added }) => JSON.stringify([packages.map(faceOf), added]);
const faceOf = (package_) => JSON.stringify(Object.entries(package_).sort());

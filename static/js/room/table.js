// "On the table": what both sides say stands on the line, what is apart stands left and right of it.

import { bdi, h, hidden, mark } from "../dom.js";
import { formButtons, recordColumn } from "./aloud.js";
import { answerButtons } from "./card.js";
import { mayOffer } from "./course-state.js";
import { many } from "./many.js";
import { Pins } from "./pins.js";
import { scoreBox } from "./scorebar.js";
import { conditionsOf } from "./terms.js";
import { endWords } from "./timeline.js";
import { sameTerm } from "./view.js";
import { packageLetter, say, sayList, sayValue } from "./words.js";
import { isKnown, nearestWords } from "./worth.js";

const { gettext, ngettext } = globalThis;

export class OnTheTable {
  constructor({ card, sentence, foot, pins, matrix }, view, act, builder = null) {
    Object.assign(this, { card, sentence, foot, view, act, builder });
    this.pins = new Pins(pins, view, act);
    this.matrix = many && new many.Matrix(matrix, view, act ? (number) => this.compare(number) : null);
  }

  /** Another proposal to compare with mine. */
  compare(number) {
    this.view.state.votes.chosen = number;
    this.draw();
  }

  draw() {
    this.matrix?.draw();
    const columns = this.columns();
    const packages = columns.map((column) => column.package);
    this.card.replaceChildren(...(packages.some(Boolean) ? [between(this.view, columns), ...conditionsOf(this.view, ...packages)] : [this.nothingYet()]));
    this.sentence.textContent = this.sayHowFar(packages);
    this.pins.draw(this.view.me && packages.at(-1));
    if (this.view.me) this.drawFoot(columns);
  }

  /** How far apart two are; or of a deal that several made, who is for it. */
  sayHowFar([one, other]) {
    if (this.view.state.deal && many) return many.countWords(this.view);
    return one && other ? sayApart(this.view, one, other) : "";
  }

  columns() {
    if (this.view.state.deal) return this.dealColumns();
    return this.view.me && this.view.negotiates ? this.myColumns() : this.bothColumns();
  }

  /** What was agreed: all of it stands on the line, under both sides or, where several decided, under its own name. */
  dealColumns() {
    const { view } = this;
    const { deal } = view.state;
    const { package: package_, worth, beside } = deal;
    const mine = { party: view.me?.party, package: package_, worth, beside };
    if (view.state.signers.length > 2) return [{ ...mine, words: gettext("The deal") }];
    const [one, other] = view.me ? [view.others[0].id, view.me.party] : view.bargainers;
    return [{ party: one, package: package_, words: view.name(one) }, { ...mine, party: other, words: view.name(other) }];
  }

  /** They at the start, I at the end: my draft while I work on one, else what I offered. */
  myColumns() {
    const { view, builder } = this;
    if (view.isAloud) return this.recordColumns();
    const own = view.standingOf(view.me.party);
    const draft = view.state.phase === "ended" || builder.draft.isEmpty ? null : builder.package;
    const isNew = draft && JSON.stringify(draft) !== JSON.stringify(own && inOrder(view, own.packages[0]));
    const end = isNew
      ? { party: view.me.party, package: draft, draft: true, ...builder.found, words: builder.draft.isTrying ? gettext("Tried out") : gettext("Your draft") }
      : this.column(own, view.me.party, draft ?? own?.packages[0]);
    const theirs = view.data.votes ? many.leading(view.state, view.me.party) : view.standingOfOthers;
    const two = end.package ? [] : this.twoOfThem();
    if (two.length === 2) return two;
    // Of several nobody sits opposite: with an offer of nobody's there is nothing to compare.
    if (!theirs && view.isOfMany) return [end];
    return [this.column(theirs, theirs?.party ?? view.bargainers.find((party) => !view.isMine(party)), end.package), end];
  }

  /** Of several parties the proposals to lay side by side; one, if it is the only one. */
  twoOfThem() {
    return this.view.data.votes ? many.pairOf(this.view).map((offer) => this.column(offer, offer.party)) : [];
  }

  /** Face to face: what they wrote down, and what I did or have in my notes. */
  recordColumns() {
    const { view, builder } = this;
    const [other] = view.others;
    const mine = recordColumn(view, view.me.party);
    const notes = { party: view.me.party, package: builder.package, draft: true, ...builder.found, words: gettext("Your notes") };
    const hasNotes = view.state.phase !== "ended" && !builder.draft.isEmpty && JSON.stringify(builder.package) !== JSON.stringify(mine?.package && inOrder(view, mine.package));
    return [recordColumn(view, other.id) ?? this.column(null, other.id), (hasNotes ? notes : mine) ?? this.column(null, view.me.party)];
  }

  bothColumns() {
    const pair = this.view.bargainers.slice(0, 2);
    if (this.view.isAloud) return pair.map((party) => recordColumn(this.view, party) ?? this.column(null, party));
    const found = this.twoOfThem();
    if (found.length) return found;
    return pair.map((party) => this.column(this.view.standingOf(party), party));
  }

  column(offer, party, near) {
    if (!offer && this.view.isAloud) return { party, package: null, words: say(gettext("%(name)s: nothing yet"), { name: this.view.name(party) }) };
    if (!offer) return { party, package: null, words: this.view.isMine(party) ? gettext("No offer of yours") : say(gettext("%(name)s: no offer"), { name: this.view.name(party) }) };
    const place = near ? this.view.closest(offer, near) : 0;
    const letter = offer.packages.length > 1 ? ` ${packageLetter(place)}` : "";
    const words = this.view.isMine(party) ? gettext("Your offer %(number)s") : gettext("%(name)s, offer %(number)s");
    return { party, offer, package: offer.packages[place], worth: offer.worth?.[place], beside: offer.beside?.[place], place, words: say(words, { name: this.view.name(party), number: offer.number }) + letter };
  }

  nothingYet() {
    if (this.view.state.phase === "ended") return h("h3", {}, endWords(this.view));
    if (this.view.isAloud) return h("h3", {}, this.recordsWords());
    const invitation = this.act && this.view.negotiates && mayOffer(this.view) ? [
      h("p", { class: "second" }, gettext("A first offer sets the scale. You can also ask a question first.")),
      h("div", { class: "button-row" }, h("a", { class: "button", href: "#builder" }, gettext("Build an offer")))] : "";
    return h("div", { class: "stack" }, h("h3", {}, gettext("No offer is on the table.")), invitation);
  }

  recordsWords() {
    const some = Object.values(this.view.state.records)[0];
    if (!some) return gettext("Nothing is written down yet.");
    return say(this.view.isMine(some.party) ? gettext("You wrote down: no deal.") : gettext("%(name)s wrote down: no deal."), { name: this.view.name(some.party) });
  }

  drawFoot(columns) {
    const { view } = this;
    const marks = columns.filter((column) => typeof column.worth === "number" && !column.beside?.range).map((column) => ({
      points: column.worth, index: view.index(column.party), draft: column.draft, name: column.words,
    }));
    const box = view.me.calculator === "off" ? "" : scoreBox(view, marks, this.sentenceOf(columns));
    const verbs = view.negotiates && view.votes && view.state.phase === "open" ? this.verbs(columns[0]) : [];
    const parts = [box, verbs.length ? h("div", { class: "button-row" }, verbs) : ""].filter(Boolean);
    this.foot.replaceChildren(...parts);
    this.foot.hidden = !parts.length;
  }

  sentenceOf(columns) {
    const parts = columns.filter((column) => isKnown(column.worth)).map((column) =>
      say(this.view.state.deal ? gettext("The deal: %(against)s.") : gettext("%(offer)s: %(against)s."), { offer: column.words, against: nearestWords(this.view, column.worth, column.beside) }));
    return parts.join(" ");
  }

  /** The two most needed answers; the card in the timeline holds all of them. */
  verbs({ offer, place }) {
    if (this.view.isAloud) return formButtons(this.view, this.act);
    if (offer?.status !== "open" || this.view.isMine(offer.party) || !this.view.mayAnswer(offer)) return [];
    return answerButtons(this.view, offer, this.act, place).filter((button) => !button.classList.contains("button-quiet")).slice(0, 2);
  }
}

const inOrder = (view, package_) => Object.fromEntries(view.issuesOf(package_).map((issue) => [issue.id, package_[issue.id]]));

function sayApart(view, one, other) {
  const named = view.slotsIn(one, other);
  const apart = named.filter((slot) => !sameTerm(view.termIn(slot, one), view.termIn(slot, other))).map((slot) => slot.title);
  const same = named.length - apart.length;
  if (!apart.length) return say(ngettext("The one term stands on the line.", "All %(count)s terms stand on the line.", same), { count: same });
  const words = ngettext("%(same)s of %(all)s terms stands on the line. Apart: %(issues)s.", "%(same)s of %(all)s terms stand on the line. Apart: %(issues)s.", same);
  return say(words, { same, all: named.length, issues: sayList(apart) });
}

function between(view, columns) {
  const slots = view.slotsIn(...columns.map((column) => column.package));
  return h("table", { class: "between" },
    h("caption", { class: "visually-hidden" }, gettext("Latest offer of each side, term by term")),
    h("thead", {}, h("tr", {}, columns.map((column) => headOf(view, column, columns.length)))),
    slots.map((slot) => termOf(view, slot, columns)));
}

const across = (count) => (count === 1 ? "2" : null);

function headOf(view, column, count) {
  const { party, words } = column;
  if (view.state.deal && count === 1) return h("th", { scope: "col", colspan: "2" }, many?.signs(view), " ", words);
  return h("th", { scope: "col", colspan: across(count) }, h("span", { class: `who party-${view.index(party)}` }, mark(view.index(party), column.draft || !column.package), " ", bdi(words)));
}

function termOf(view, slot, columns) {
  const terms = columns.map((column) => view.termIn(slot, column.package));
  const isSettled = view.state.deal || (terms.length > 1 && sameTerm(...terms));
  const cells = isSettled ? settledOf(terms) : columns.map((column, place) => apartOf(view, column, terms[place], columns.length));
  return h("tbody", {}, h("tr", {}, h("th", { scope: "rowgroup", colspan: "2" }, h("span", {}, slot.title))), h("tr", {}, cells));
}

const settledOf = ([{ issue, value }, other]) => h("td", { colspan: "2" }, h("span", { class: "settled-term" }, other ? hidden(gettext("Both: ")) : "", bdi(sayValue(issue, value))));

function apartOf(view, column, term, count) {
  const words = term ? sayValue(term.issue, term.value) : "–";
  const kind = words.length > 8 ? "apart apart-long" : "apart";
  return h("td", { class: `${kind} party-${view.index(column.party)}`, colspan: across(count) }, bdi(words));
}

// "On the table": what both sides say stands on the line, what is apart stands left and right of it.

import { bdi, h, hidden, mark } from "../dom.js";
import { formButtons, recordColumn } from "./aloud.js";
import { answerButtons } from "./card.js";
import { many } from "./many.js";
import { Pins } from "./pins.js";
import { scoreBox } from "./scorebar.js";
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
    const [start, end] = this.columns();
    const isBlank = !start.package && !end.package;
    this.card.replaceChildren(isBlank ? this.nothingYet() : between(this.view, start, end));
    this.sentence.textContent = start.package && end.package ? sayApart(this.view, start.package, end.package) : "";
    this.pins.draw(this.view.me && end.package);
    if (this.view.me) this.drawFoot(start, end);
  }

  columns() {
    if (this.view.state.deal) return this.dealColumns();
    return this.view.me && this.view.negotiates ? this.myColumns() : this.bothColumns();
  }

  /** What was agreed: both say the same, so all of it stands on the line. */
  dealColumns() {
    const { view } = this;
    const { deal } = view.state;
    const parties = view.me ? [view.others[0].id, view.me.party] : view.data.parties.map((party) => party.id);
    const columns = parties.map((party) => ({ party, package: deal.package, words: view.name(party) }));
    Object.assign(columns.at(-1), { worth: deal.worth, beside: deal.beside });
    return columns;
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
    const two = view.data.votes && !end.package ? this.twoOfThem() : [];
    if (two.length === 2) return two;
    return [this.column(theirs, theirs?.party ?? this.opposite(), end.package), end];
  }

  /** Who sits opposite while nobody has offered anything. */
  opposite() {
    const { strand, others, me } = this.view;
    return strand?.parties.find((party) => party !== me.party) ?? others[0].id;
  }

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
    const pair = (this.view.strand?.parties ?? this.view.data.parties.map((party) => party.id)).slice(0, 2);
    if (this.view.isAloud) return pair.map((party) => recordColumn(this.view, party) ?? this.column(null, party));
    const two = this.twoOfThem();
    if (two.length === 2) return two;
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
    const build = this.act && this.view.negotiates ? h("div", { class: "button-row" }, h("a", { class: "button", href: "#builder" }, gettext("Build an offer"))) : "";
    const hint = this.act && this.view.negotiates ? h("p", { class: "second" }, gettext("A first offer sets the scale. You can also ask a question first.")) : "";
    return h("div", { class: "stack" }, h("h3", {}, gettext("No offer is on the table.")), hint, build);
  }

  recordsWords() {
    const some = Object.values(this.view.state.records)[0];
    if (!some) return gettext("Nothing is written down yet.");
    return say(this.view.isMine(some.party) ? gettext("You wrote down: no deal.") : gettext("%(name)s wrote down: no deal."), { name: this.view.name(some.party) });
  }

  drawFoot(start, end) {
    const { view } = this;
    const marks = [start, end].filter((column) => typeof column.worth === "number" && !column.beside?.range).map((column) => ({
      points: column.worth, index: view.index(column.party), draft: column.draft, name: column.words,
    }));
    const box = view.me.calculator === "off" ? "" : scoreBox(view, marks, this.sentenceOf([start, end]));
    const verbs = view.negotiates && view.votes && view.state.phase === "open" ? this.verbs(start) : [];
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
    if (!offer) return [];
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

function between(view, start, end) {
  return h("table", { class: "between" },
    h("caption", { class: "visually-hidden" }, gettext("Latest offer of each side, term by term")),
    h("thead", {}, h("tr", {}, headOf(view, start), headOf(view, end))),
    view.slotsIn(start.package, end.package).map((slot) => termOf(view, slot, start, end)));
}

function headOf(view, column) {
  const index = view.index(column.party);
  return h("th", { scope: "col" }, h("span", { class: `who party-${index}` }, mark(index, column.draft || !column.package), " ", bdi(column.words)));
}

function termOf(view, slot, start, end) {
  const [one, other] = [view.termIn(slot, start.package), view.termIn(slot, end.package)];
  const cells = sameTerm(one, other)
    ? h("td", { colspan: "2" }, h("span", { class: "settled-term" }, hidden(gettext("Both: ")), bdi(sayValue(one.issue, one.value))))
    : [apartOf(view, start, one), apartOf(view, end, other)];
  return h("tbody", {}, h("tr", {}, h("th", { scope: "rowgroup", colspan: "2" }, h("span", {}, slot.title))), h("tr", {}, cells));
}

function apartOf(view, column, term) {
  const words = term ? sayValue(term.issue, term.value) : "–";
  const kind = words.length > 8 ? "apart apart-long" : "apart";
  return h("td", { class: `${kind} party-${view.index(column.party)}` }, bdi(words));
}

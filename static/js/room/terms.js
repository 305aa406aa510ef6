// Terms of a package as rows: what changed against an earlier package, in words and with a sign.

import { bdi, h, icon } from "../dom.js";
import { sameTerm } from "./view.js";
import { changeOf, packageLetter, say, sayList, sayOutcome, sayTerms, sayValue } from "./words.js";

const { gettext, ngettext } = globalThis;

const row = (issue, value, change) => h("tr", {},
  h("th", { scope: "row" }, issue.title),
  h("td", {}, value, change));

const plainRow = (view, package_) => (slot) => {
  const { issue, value } = view.termIn(slot, package_);
  return row(issue, bdi(sayValue(issue, value)));
};

/** What terms of these packages hang on, each question once, where nobody at the table decides it. */
export function conditionsOf(view, ...packages) {
  return view.data.uncertainties.map(({ id, question }) => {
    const terms = view.slotsIn(...packages).filter((slot) => slot.issues.some((issue) => issue.event === id && packages.some((package_) => package_ && issue.id in package_)));
    if (!terms.length) return "";
    const outcome = view.data.room.outcomes[id];
    const words = outcome ? gettext("%(terms)s hung on this: %(question)s It came out as: %(outcome)s.") : ngettext("%(terms)s depends on this: %(question)s", "%(terms)s depend on this: %(question)s", terms.length);
    return h("p", { class: "condition" }, say(words, { terms: sayList(terms.map(({ title }) => title)), question, outcome: outcome && sayOutcome(outcome) }));
  });
}

function changedRow(slot, term, change) {
  const value = term ? h("span", { class: "changed" }, bdi(sayValue(term.issue, term.value))) : "";
  const sign = h("span", { class: "sign", "aria-hidden": "true" }, change.sign);
  return row(slot, value, h("span", { class: "change" }, sign, change.words));
}

const table = (rows) => h("table", { class: "terms" }, h("tbody", {}, rows));

/** What changed first, the rest folded away; without a reference simply all terms. */
export function termsAgainst(view, package_, reference) {
  if (!reference) return [table(view.slotsIn(package_).map(plainRow(view, package_))), conditionsOf(view, package_)];
  const { offer, place } = reference;
  const old = offer.packages[place];
  const than = view.packageName(offer, place);
  const changes = view.slotsIn(package_, old).map((slot) => {
    const term = view.termIn(slot, package_);
    return { slot, term, change: changeOf(term, view.termIn(slot, old), than) };
  });
  const changed = changes.filter(({ change }) => change.kind !== "same");
  const same = changes.filter(({ change }) => change.kind === "same").map(({ slot }) => slot);
  if (!changed.length) return [h("p", { class: "second" }, say(gettext("The same terms as %(than)s."), { than })), folded(view, same, package_, sayTerms(same.length)), conditionsOf(view, package_)];
  const words = say(ngettext("%(count)s other term unchanged", "%(count)s other terms unchanged", same.length), { count: same.length });
  return [
    table(changed.map(({ slot, term, change }) => changedRow(slot, term, change))),
    same.length ? folded(view, same, package_, words) : "",
    conditionsOf(view, package_),
  ];
}

const folded = (view, slots, package_, words, more = "") => h("details", {},
  h("summary", { class: "second" }, words),
  table(slots.map(plainRow(view, package_))), more);

/** Every term, folded: for offers that are past. `more` stands below them. */
export const foldedTerms = (view, package_, more) => folded(view, view.slotsIn(package_), package_, gettext("Its terms"), more);

/** Every term as one line of a numbered list: what one is bound to. */
export function termsInWords(view, package_, added = []) {
  const line = (issue) => h("li", {}, h("span", {}, issue.title, ": ", h("strong", {}, bdi(sayValue(issue, package_[issue.id])))));
  const own = (term) => h("li", {}, h("strong", { dir: "auto" }, term));
  return [h("ol", { class: "in-words" }, view.issuesOf(package_).map(line), added.map(own)), conditionsOf(view, package_)];
}

/** Several packages side by side: what differs in columns, what is the same in all below. */
export function packagesTable(view, packages) {
  const place = (k) => `pkg pkg-${k}`;
  const all = view.slotsIn(...packages).map((slot) => ({ slot, terms: packages.map((package_) => view.termIn(slot, package_)) }));
  const isSame = ({ terms: [first, ...rest] }) => rest.every((term) => sameTerm(first, term));
  const cell = (term, k) => h("td", { class: `changed ${place(k)}` }, term ? bdi(sayValue(term.issue, term.value)) : "–");
  const same = all.filter(isSame).map(({ slot, terms: [{ issue, value }] }) => say(gettext("%(title)s: %(value)s"), { title: slot.title, value: sayValue(issue, value) }));
  return [h("table", { class: "terms packages" },
    h("thead", {}, h("tr", {}, h("th", {}, h("span", { class: "visually-hidden" }, gettext("Term"))), packages.map((_, k) => h("th", { scope: "col", class: place(k) }, packageLetter(k))))),
    h("tbody", {}, all.filter((each) => !isSame(each)).map(({ slot, terms }) => h("tr", {}, h("th", { scope: "row" }, slot.title), terms.map(cell))))),
    same.length ? h("p", { class: "same-terms" }, h("strong", {}, gettext("The same in all:")), " ", bdi(same.join("; ")), ".") : "",
    conditionsOf(view, ...packages)];
}

/** Terms in the table's own words, below those of the case. */
export const addedTerms = (added) => (added.length ? h("ul", { class: "added" }, added.map((term) => h("li", { dir: "auto" }, term))) : "");

export const privateWord = (words = gettext("Only you see this")) => h("span", { class: "private-word" }, icon("lock"), " ", words);

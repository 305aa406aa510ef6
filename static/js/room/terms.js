// Terms of a package as rows: what changed against an earlier package, in words and with a sign.

import { bdi, h, icon } from "../dom.js";
import { changeOf, say, sayTerms, sayValue } from "./words.js";

const { gettext, ngettext } = globalThis;

const row = (issue, value, change) => h("tr", {},
  h("th", { scope: "row" }, issue.title),
  h("td", {}, value, change));

const plainRow = (package_) => (issue) => row(issue, bdi(sayValue(issue, package_[issue.id])));

function changedRow(issue, package_, change) {
  const value = change.kind === "removed" ? "" : h("span", { class: "changed" }, bdi(sayValue(issue, package_[issue.id])));
  const sign = h("span", { class: "sign", "aria-hidden": "true" }, change.sign);
  return row(issue, value, h("span", { class: "change" }, sign, change.words));
}

const table = (rows) => h("table", { class: "terms" }, h("tbody", {}, rows));

/** What changed first, the rest folded away; without a reference simply all terms. */
export function termsAgainst(view, package_, reference) {
  if (!reference) return [table(view.issuesOf(package_).map(plainRow(package_)))];
  const { offer, place } = reference;
  const old = offer.packages[place];
  const than = view.packageName(offer, place);
  const named = view.issues.filter((issue) => issue.id in package_ || issue.id in old);
  const changes = named.map((issue) => [issue, changeOf(issue, package_, old, than)]);
  const changed = changes.filter(([, change]) => change.kind !== "same");
  const same = changes.filter(([, change]) => change.kind === "same").map(([issue]) => issue);
  if (!changed.length) return [h("p", { class: "second" }, say(gettext("The same terms as %(than)s."), { than })), folded(same, package_, sayTerms(same.length))];
  const words = say(ngettext("%(count)s other term unchanged", "%(count)s other terms unchanged", same.length), { count: same.length });
  return [
    table(changed.map(([issue, change]) => changedRow(issue, package_, change))),
    same.length ? folded(same, package_, words) : "",
  ];
}

const folded = (issues, package_, words) => h("details", {},
  h("summary", { class: "second" }, words),
  table(issues.map(plainRow(package_))));

/** Every term, folded: for offers that are past. */
export const foldedTerms = (view, package_) => folded(view.issuesOf(package_), package_, gettext("Its terms"));

/** Every term as one line of a numbered list: what one is bound to. */
export function termsInWords(view, package_) {
  const line = (issue) => h("li", {}, h("span", {}, issue.title, ": ", h("strong", {}, bdi(sayValue(issue, package_[issue.id])))));
  return h("ol", { class: "in-words" }, view.issuesOf(package_).map(line));
}

export const privateWord = (words = gettext("Only you see this")) => h("span", { class: "private-word" }, icon("lock"), " ", words);

// Tables that talk face to face: what each side wrote down, and the questions before something is written down.

import { bdi, h } from "../dom.js";
import { packageOf } from "./state.js";
import { termsInWords } from "./terms.js";
import { changeOf, say, sayValue } from "./words.js";

const { gettext, ngettext } = globalThis;

/** What a side wrote down, as a column of the comparison; null while it wrote nothing. */
export function recordColumn(view, party) {
  const record = view.state.records[party];
  if (!record) return null;
  const name = view.name(party);
  const words = record.package ? gettext("%(name)s wrote") : gettext("%(name)s: no deal");
  return { party, record, package: record.package, worth: record.worth, beside: record.beside, words: say(words, { name }) };
}

const recordOfOthers = (view) => view.others.map((party) => view.state.records[party.id]).find(Boolean);

/** Where the form stands, in a sentence. */
export function formWords(view) {
  const { records, phase } = view.state;
  if (phase !== "open") return "";
  const mine = records[view.me?.party];
  const theirs = recordOfOthers(view);
  const name = view.otherNames();
  if (mine && theirs) return say(gettext("You and %(name)s wrote down different things. What differs stands apart."), { name });
  if (mine) return say(gettext("You wrote it down. It counts once %(name)s has written down the same."), { name });
  if (theirs) return say(gettext("%(name)s wrote down an outcome. Read it line by line before you confirm it."), { name });
  return gettext("When you have settled it aloud, one of you writes it down and the other confirms it.");
}

/** What can be done about the outcome now. */
export function formButtons(view, act) {
  const theirs = recordOfOthers(view);
  const mine = view.state.records[view.me.party];
  const button = (words, kind, action) => h("button", { type: "button", class: `button ${kind}`, onclick: action }, words);
  const write = () => {
    if (theirs?.package) act.startPackage(theirs.package);
    location.hash = "#builder";
  };
  const agrees = theirs && mine && JSON.stringify(theirs.package) === JSON.stringify(mine.package);
  return [
    theirs && !agrees ? button(theirs.package ? gettext("Confirm the deal…") : gettext("Confirm: no deal…"), "button-primary", () => act.confirmRecord(theirs)) : "",
    button(theirs ? gettext("Write it differently") : gettext("Write down the deal"), theirs ? "" : "button-primary", write),
    !mine || mine.package ? button(gettext("No deal…"), "button-quiet", () => act.recordNone()) : "",
  ];
}

/** Adds to the dialogs what is asked at such a table. */
export const aloudQuestions = {
  record(dialogs, { packages: [package_], worths: [found] }, send) {
    const { view } = dialogs;
    dialogs.ask({
      title: gettext("Write down this deal?"),
      head: { before: dialogs.steps(gettext("2 Read and write down")), after: h("p", {}, say(gettext("It binds once %(name)s has confirmed it."), { name: view.otherNames() })) },
      body: [termsInWords(view, package_), dialogs.worth(found.points, view.index(view.me.party), gettext("the deal"), found)],
      primary: gettext("Write it down"),
      back: gettext("Back to the terms"),
      still: () => dialogs.stillOpen(),
      commit: () => send({ t: "record", package: package_ }),
    });
    dialogs.refresh();
  },

  none(dialogs, send) {
    const { view } = dialogs;
    dialogs.ask({
      title: gettext("Write down that there is no deal?"),
      head: { after: h("p", {}, say(gettext("It counts once %(name)s has written down the same."), { name: view.otherNames() })) },
      body: [],
      primary: gettext("No deal"),
      kind: "button-danger",
      back: gettext("Back to the table"),
      still: () => dialogs.stillOpen(),
      commit: () => send({ t: "record", package: null }),
    });
    dialogs.refresh();
  },

  confirm(dialogs, record, draft, send) {
    const { view } = dialogs;
    if (!record.package) {
      aloudQuestions.none(dialogs, send);
      return;
    }
    const mine = view.state.records[view.me.party]?.package ?? packageOf(view.issues, draft);
    const lines = view.issuesOf(record.package).map((issue) => lineOf(view, issue, record.package, mine));
    const ticks = lines.map(({ tick }) => tick);
    const question = dialogs.ask({
      title: say(gettext("Confirm what %(name)s wrote down?"), { name: view.name(record.party) }),
      head: { before: dialogs.steps(gettext("2 Read and confirm")), after: h("p", {}, gettext("Tick each line that says what you settled. Confirming makes it the deal.")) },
      body: [h("ol", { class: "in-words" }, lines.map(({ element }) => element)), dialogs.worth(record.worth, view.index(record.party), gettext("the deal"), record.beside)],
      primary: say(ngettext("Confirm the term", "Confirm all %(count)s terms", ticks.length), { count: ticks.length }),
      back: gettext("Back to the table"),
      still: () => (view.state.records[record.party] === record ? dialogs.stillOpen() : gettext("This was written down anew. Look at it again.")),
      commit: () => {
        const first = ticks.find((tick) => !tick.checked);
        if (!first) return send({ t: "record", package: record.package });
        dialogs.tell(question, gettext("Tick each line first. If one is wrong, go back and write it differently."));
        first.focus();
        return null;
      },
    });
    dialogs.refresh();
  },
};

/** One line to tick; where it differs from my own note, it says so. */
function lineOf(view, issue, package_, mine) {
  const tick = h("input", { type: "checkbox" });
  const value = package_[issue.id];
  const differs = mine && issue.id in mine && mine[issue.id] !== value;
  const change = differs ? changeOf({ issue, value }, { issue, value: mine[issue.id] }, gettext("your note")) : null;
  const words = change ? h("span", { class: "change" }, h("span", { class: "sign", "aria-hidden": "true" }, change.sign), change.words) : "";
  return { tick, element: h("li", {}, h("label", { class: "choice" }, tick, h("span", {}, issue.title, ": ", h("strong", {}, bdi(sayValue(issue, value))), words))) };
}

// Sides of several people: what one of them wants to do, and a teammate confirms.

import { h } from "../dom.js";
import { addedTerms, privateWord, termsInWords } from "./terms.js";
import { packageLetter, say } from "./words.js";

const { gettext } = globalThis;

/** A deed in the timeline, for its own side alone; with its buttons while it waits. */
export function deedCard(view, entry, act) {
  const { event, status } = entry;
  const waits = status === "waiting" && view.state.phase === "open";
  return h("div", { class: `card private stack-tight deed deed-${status}` },
    privateWord(view.me ? gettext("Only your side sees this") : say(gettext("Only the side of %(name)s"), { name: view.name(event.party) })),
    h("p", {}, h("strong", {}, title(event))),
    h("p", {}, asker(view, event)),
    terms(view, event),
    waits && act ? buttons(view, event, act) : h("p", { class: "second" }, words(status)));
}

function asker(view, event) {
  const name = view.doer(event);
  return h("span", { dir: "auto" }, view.isByMe(event) ? gettext("You want this.") : say(gettext("%(name)s wants this."), { name }));
}

function title({ what, fields }) {
  const titles = {
    MakeOffer: () => gettext("Send this offer?"),
    AcceptOffer: () => say(gettext("Accept offer %(number)s?"), { number: fields.offer }),
    RecordOutcome: () => (fields.package ? gettext("Write down this deal?") : gettext("Write down that there is no deal?")),
    WalkAway: () => gettext("Leave the table without a deal?"),
    Sign: () => gettext("Sign?"),
    SignText: () => gettext("Sign?"),
    SendBack: () => gettext("Send the terms back?"),
  };
  return titles[what]?.() ?? gettext("Do this?");
}

function terms(view, { what, fields }) {
  if (what === "AcceptOffer") {
    const package_ = view.state.offers[fields.offer - 1]?.packages[fields.package];
    return package_ ? termsInWords(view, package_) : "";
  }
  if (what === "RecordOutcome") return fields.package ? termsInWords(view, fields.package) : "";
  if (what === "SendBack" && fields.words) return h("p", { dir: "auto" }, fields.words);
  if (what !== "MakeOffer") return "";
  const several = fields.packages.length > 1;
  const packages = fields.packages.map((package_, place) => [several ? h("h4", {}, say(gettext("Package %(letter)s"), { letter: packageLetter(place) })) : "", termsInWords(view, package_)]);
  return [...packages, addedTerms(fields.added ?? [])];
}

/** Who asked waits for a teammate, if there is one; whoever else may say yes. */
function buttons(view, event, act) {
  const send = (kind) => async ({ currentTarget: button }) => {
    button.setAttribute("aria-busy", "true");
    await act.tap({ t: kind, deed: event.deed });
    button.removeAttribute("aria-busy");
  };
  const waits = view.isTeam && view.isByMe(event);
  return h("div", { class: "button-row" },
    waits ? h("span", { class: "second" }, gettext("Waiting for a teammate")) : h("button", { type: "button", class: "button button-primary", onclick: send("tap") }, gettext("Confirm")),
    h("button", { type: "button", class: "button", onclick: send("drop") }, gettext("Drop it")));
}

function words(status) {
  const said = { done: gettext("Confirmed and done."), dropped: gettext("Dropped."), replaced: gettext("A newer one took its place."), waiting: gettext("Not confirmed.") };
  return said[status];
}

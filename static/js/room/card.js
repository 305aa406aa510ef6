// An offer as a card: who, what changed, what it is worth to me, and what can be done about it.

import { bdi, h, s } from "../dom.js";
import { foldedTerms, privateWord, termsAgainst } from "./terms.js";
import { packageLetter, say, sayAgainst, sayScore, sayTime } from "./words.js";

const { gettext } = globalThis;
const SHAPES = {
  1: ["circle", { cx: 16, cy: 16, r: 13.5 }],
  2: ["path", { d: "M16 1 31 16 16 31 1 16z" }],
  3: ["path", { d: "M16 1 31 29H1z" }],
};
const OTHER_SHAPE = ["path", { d: "M4 4h24v24H4z" }];

export function offerCard(view, offer, act) {
  const isOpen = offer.status === "open" && view.state.phase !== "ended";
  const isPast = !isOpen && offer.status !== "accepted";
  const kind = isPast ? "offer-past" : offer.status === "accepted" ? "offer-settled" : "offer-open";
  const id = `offer-${offer.number}`;
  return h("article", { class: `offer ${kind} party-${view.index(offer.party)}`, "aria-labelledby": id },
    peg(view.index(offer.party), offer.number),
    h("header", { class: "offer-head" }, title(view, offer, id, isOpen), badge(view, offer, isOpen)),
    isPast ? pastBody(view, offer) : [body(view, offer), worthOf(view, offer)],
    isOpen && act && view.state.phase === "open" && view.mayAnswer(offer) ? foot(view, offer, act) : "");
}

const peg = (index, number) => s("svg", { class: `offer-peg party-${index}`, viewBox: "0 0 32 32", "aria-hidden": "true" },
  s(...shapeOf(index)), s("text", { x: 16, y: 20.5 }, String(number)));

function shapeOf(index) {
  const [tag, attributes] = SHAPES[index] ?? OTHER_SHAPE;
  return [tag, { class: "shape", ...attributes }];
}

function title(view, offer, id, isOpen) {
  const number = h("span", { class: "visually-hidden" }, say(gettext("Offer %(number)s: "), { number: offer.number }));
  if (view.isMine(offer.party)) return h("h3", { id, tabindex: "-1" }, number, isOpen ? gettext("You offer") : gettext("You offered"));
  return h("h3", { id, tabindex: "-1" }, number, view.who(offer.party, true), " ", isOpen ? gettext("offers") : gettext("offered"));
}

function badge(view, offer, isOpen) {
  if (offer.status === "accepted") return h("span", { class: "badge badge-solid" }, say(gettext("accepted at %(time)s"), { time: sayTime(offer.acceptedAt) }));
  if (isOpen && view.isMine(offer.party)) return h("span", { class: "badge" }, say(gettext("waiting for %(name)s"), { name: view.otherNames() }));
  if (isOpen) return h("span", { class: "badge" }, gettext("open"));
  return h("span", { class: "badge badge-off" }, pastWords(offer));
}

function pastWords(offer) {
  if (offer.status === "replaced") return say(gettext("replaced by %(number)s"), { number: offer.replacedBy });
  if (offer.status === "sent_back") return gettext("sent back");
  return offer.status === "withdrawn" ? gettext("withdrawn") : gettext("not accepted");
}

function body(view, offer) {
  const several = offer.packages.length > 1;
  return h("div", { class: "offer-body" }, offer.packages.map((package_, place) => [
    several ? h("h4", {}, say(gettext("Package %(letter)s"), { letter: packageLetter(place) })) : "",
    ...termsAgainst(view, package_, referenceFor(view, offer, package_)),
  ]));
}

export function referenceFor(view, offer, package_) {
  const before = offer.reference;
  return before && { offer: before, place: view.closest(before, package_) };
}

/** What is past folds to its head. */
function pastBody(view, offer) {
  const last = offer.packages.length - 1;
  return h("div", { class: "offer-body" }, offer.packages.map((package_, place) => foldedTerms(view, package_, place === last ? worthOf(view, offer) : "")));
}

function worthOf(view, offer) {
  if (!offer.worth || offer.worth.every((worth) => worth === null)) return "";
  const several = offer.packages.length > 1;
  const words = view.me ? ownWorth : bothWorths;
  const secret = view.me ? privateWord() : privateWord(gettext("Only instructors see this"));
  return h("div", { class: "offer-worth" }, secret, offer.worth.map((worth, place) =>
    h("span", {}, several ? `${packageLetter(place)}: ` : "", words(view, worth))));
}

const ownWorth = (view, worth) => [h("strong", {}, sayScore(worth, view.me.unit)), ` ${gettext("to you")}: `, sayAgainst(worth, view.me)];

const bothWorths = (view, worth) => Object.entries(worth).map(([party, points], place) =>
  [place ? ", " : "", bdi(view.name(party)), " ", h("strong", {}, sayScore(points, view.data.unit))]);

function foot(view, offer, act) {
  const button = (words, kind, action) => h("button", { type: "button", class: `button ${kind}`, onclick: action }, words);
  if (view.isMine(offer.party)) {
    const withdraw = button(gettext("Withdraw"), "", (event) => act.withdraw(offer, event.currentTarget));
    return h("footer", { class: "offer-foot" }, withdraw);
  }
  return h("footer", { class: "offer-foot" },
    button(say(gettext("Accept offer %(number)s…"), { number: offer.number }), "button-primary", () => act.accept(offer)),
    button(gettext("Counter"), "", () => act.counter(offer)));
}

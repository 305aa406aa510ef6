// An offer as a card: who, what changed, what it is worth to me, and what can be done about it.

import { bdi, h, s } from "../dom.js";
import { mayOffer } from "./course-state.js";
import { many } from "./many.js";
import { addedTerms, foldedTerms, packagesTable, privateWord, termsAgainst } from "./terms.js";
import { packageLetter, say, sayList, sayScore, sayTime } from "./words.js";
import { equalWords, worthWords } from "./worth.js";

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
  return h("article", { class: `offer ${kind} party-${view.index(offer.party)}`, "aria-labelledby": id, "data-shown": String(offer.shown ?? 0) },
    peg(view.index(offer.party), offer.number),
    h("header", { class: "offer-head" }, title(view, offer, id, isOpen), badge(view, offer, isOpen)),
    isPast ? pastBody(view, offer) : [body(view, offer), isOpen ? ruleOf(view, offer) : "", worthOf(view, offer), view.data.votes ? many.ballotOf(view, offer) : ""],
    isOpen && act && view.state.phase === "open" && view.mayAnswer(offer) ? foot(view, offer, act) : "");
}

const peg = (index, number) => s("svg", { class: `offer-peg party-${index}`, viewBox: "0 0 32 32", "aria-hidden": "true" },
  s(...shapeOf(index)), s("text", { x: 16, y: 20.5 }, String(number)));

function shapeOf(index) {
  const [tag, attributes] = SHAPES[index] ?? OTHER_SHAPE;
  return [tag, { class: "shape", ...attributes }];
}

/** What is offered: one package, several, or a proposal that leaves terms open. */
function whatOffered(view, offer, isOpen) {
  const mine = view.isMine(offer.party);
  const count = offer.packages.length;
  if (offer.left_open) return mine ? gettext("You propose, with terms open") : gettext("proposes, with terms open");
  if (count === 1) return { true: [gettext("You offered"), gettext("You offer")], false: [gettext("offered"), gettext("offers")] }[mine][Number(isOpen)];
  return say(mine ? gettext("You offer %(count)s packages") : gettext("offers %(count)s packages"), { count });
}

function title(view, offer, id, isOpen) {
  const number = h("span", { class: "visually-hidden" }, say(gettext("Offer %(number)s: "), { number: offer.number }));
  const words = whatOffered(view, offer, isOpen);
  if (view.isMine(offer.party)) return h("h3", { id, tabindex: "-1" }, number, words);
  return h("h3", { id, tabindex: "-1" }, number, view.who(offer.party, true), " ", words);
}

function badge(view, offer, isOpen) {
  if (offer.status === "accepted") return h("span", { class: "badge badge-solid" }, say(gettext("accepted at %(time)s"), { time: sayTime(offer.acceptedAt) }));
  if (isOpen && view.data.votes) return many.ballotBadge(view, offer);
  if (isOpen && view.isMine(offer.party)) return h("span", { class: "badge" }, say(gettext("waiting for %(name)s"), { name: view.otherNames() }));
  if (isOpen) return h("span", { class: "badge" }, gettext("open"));
  return h("span", { class: "badge badge-off" }, pastWords(offer));
}

function pastWords(offer) {
  if (offer.status === "replaced") return say(gettext("replaced by %(number)s"), { number: offer.replacedBy });
  return { withdrawn: gettext("withdrawn"), declined: gettext("declined"), lapsed: gettext("ran out"), sent_back: gettext("sent back") }[offer.status] ?? gettext("not accepted");
}

function body(view, offer) {
  const terms = offer.packages.length > 1
    ? [chooser(view, offer), packagesTable(view, offer.packages)]
    : termsAgainst(view, offer.packages[0], referenceFor(view, offer, offer.packages[0]));
  return h("div", { class: "offer-body" }, terms, addedTerms(offer.added), openWords(view, offer), closestWords(view, offer));
}

/** On a phone one of several packages shows at a time, and the buttons below speak of it. */
function chooser(view, offer) {
  const name = `package-of-${offer.number}`;
  const choose = (place) => (event) => {
    offer.shown = place;
    const article = event.currentTarget.closest(".offer");
    article.dataset.shown = String(place);
    article.querySelector(".offer-foot")?.dispatchEvent(new CustomEvent("shown"));
  };
  const choice = (_, place) => {
    const radio = h("input", { type: "radio", name, onchange: choose(place) });
    radio.checked = place === (offer.shown ?? 0);
    return h("label", {}, radio, packageLetter(place));
  };
  return h("div", { class: "segmented", role: "radiogroup", "aria-label": gettext("Package to answer or to look at") }, offer.packages.map(choice));
}

function openWords(view, offer) {
  const names = [...new Set((offer.left_open ?? []).flat())].map((id) => view.issue[id].name);
  return names.length ? h("p", { class: "second" }, say(gettext("Still open: %(issues)s."), { issues: sayList(names) }), " ", gettext("Nobody can accept it before it is whole.")) : "";
}

function closestWords(view, offer) {
  return Object.entries(offer.closest).map(([party, place]) =>
    h("p", { class: "second" }, say(view.isMine(party) ? gettext("You called %(letter)s closest.") : gettext("%(name)s called %(letter)s closest."), { name: view.name(party), letter: packageLetter(place) })));
}

/** What the session's rules mean for this offer. */
function ruleOf(view, offer) {
  const { offers, offer_limit: limit } = view.state.policy;
  const words = offer.expiresAt ? [say(gettext("It stands until %(time)s."), { time: sayTime(offer.expiresAt) })] : [];
  if (offers === "open") words.push(gettext("It stays on the table beside newer ones."));
  if (offers === "turns" && offer === view.state.offers.at(-1)) words.push(view.isMine(offer.party) ? gettext("It is their turn.") : gettext("The next offer is yours to make."));
  const made = view.state.offers.filter((other) => other.party === offer.party && other.number <= offer.number).length;
  if (limit) words.push(say(gettext("Number %(made)s of %(limit)s offers."), { made, limit }));
  return words.length ? h("p", { class: "second offer-rule" }, words.join(" ")) : "";
}

export function referenceFor(view, offer, package_) {
  const before = offer.reference;
  return before && { offer: before, place: view.closest(before, package_) };
}

/** What is past folds to its head. */
function pastBody(view, offer) {
  const last = offer.packages.length - 1;
  return h("div", { class: "offer-body" }, offer.packages.map((package_, place) => foldedTerms(view, package_, place === last ? [addedTerms(offer.added), worthOf(view, offer)] : "")));
}

function worthOf(view, offer) {
  if (!offer.worth || offer.worth.every((worth) => worth === null)) return "";
  const secret = view.me ? privateWord() : privateWord(gettext("Only instructors see this"));
  return h("div", { class: "offer-worth" }, secret, view.me ? ownWorths(view, offer) : allWorths(view, offer));
}

function ownWorths(view, offer) {
  if (offer.packages.length === 1) return h("span", {}, worthWords(view, offer.worth[0], offer.beside?.[0]));
  const isOpen = offer.beside?.some((each) => each.range);
  const equal = isOpen ? null : equalWords(view, offer.worth);
  if (equal?.isEqual && view.isMine(offer.party)) return h("span", {}, equal.words);
  return offer.worth.map((worth, place) => h("span", {}, `${packageLetter(place)}: `, worthWords(view, worth, offer.beside?.[place])));
}

const allWorths = (view, offer) => offer.worth.map((worth, place) =>
  h("span", {}, offer.packages.length > 1 ? `${packageLetter(place)}: ` : "", bothWorths(view, worth)));

const bothWorths = (view, worth) => Object.entries(worth).map(([party, points], place) =>
  [place ? ", " : "", bdi(view.name(party)), " ", h("strong", {}, sayScore(points, view.data.unit))]);

function foot(view, offer, act) {
  const element = h("footer", { class: "offer-foot" });
  const draw = () => element.replaceChildren(...(view.isMine(offer.party) ? [withdrawButton(offer, act)] : answerButtons(view, offer, act, offer.shown ?? 0)));
  element.addEventListener("shown", draw);
  draw();
  return element;
}

const button = (words, kind, action) => h("button", { type: "button", class: `button ${kind}`, onclick: action }, words);

const withdrawButton = (offer, act) => button(gettext("Withdraw"), "", (event) => act.withdraw(offer, event.currentTarget));

/** Everything that can be answered to somebody else's offer, for one of its packages. */
export function answerButtons(view, offer, act, place) {
  if (view.data.votes) return many.ballotButtons(view, offer, act, place);
  const several = offer.packages.length > 1;
  const words = { number: offer.number, letter: packageLetter(place) };
  const isWhole = !offer.left_open?.[place]?.length;
  const canAnswer = !offer.noes.includes(view.me.party);
  return [
    isWhole ? button(say(several ? gettext("Accept offer %(number)s %(letter)s…") : gettext("Accept offer %(number)s…"), words), "button-primary", () => act.accept(offer, place)) : "",
    mayOffer(view) && button(several ? say(gettext("Counter from %(letter)s"), words) : gettext("Counter"), "", () => act.counter(offer, place)),
    several && offer.closest[view.me.party] !== place ? button(say(gettext("%(letter)s is closest"), words), "", (event) => act.closest(offer, place, event.currentTarget)) : "",
    canAnswer ? button(gettext("Decline"), "button-quiet", (event) => act.decline(offer, event.currentTarget)) : "",
    canAnswer ? button(gettext("Decline with a word…"), "button-quiet", () => act.declineWith(offer)) : "",
  ].filter(Boolean);
}

// What a proposal's card says of its votes, and what can be answered to it where several decide.

import { bdi, h, mark } from "../dom.js";
import { gaugesOf } from "./gauges.js";
import { bestOf, inFavour, voteOf } from "./votes-state.js";
import { tallyWords } from "./votes-words.js";
import { packageLetter, say, sayScore } from "./words.js";

const { gettext } = globalThis;
const LEANS = { yes: gettext("%(name)s leans to yes"), no: gettext("%(name)s leans to no"), unsure: gettext("%(name)s is unsure") };
const MY_LEANS = { yes: gettext("You lean to yes"), no: gettext("You lean to no"), unsure: gettext("You are unsure") };

export const isCarried = (view, offer) => view.state.votes.carried?.offer === offer.number;

/** In the head of the card: how far it is. */
export function ballotBadge(view, offer) {
  if (isCarried(view, offer)) return h("span", { class: "badge badge-attention" }, gettext("last call"));
  return h("span", { class: "badge" }, tallyWords(view, bestOf(view.state, offer).yes));
}

/** Under the terms: gauges, who is for it and against it, who leans how, whose names are under it. */
export function ballotOf(view, offer) {
  const { place, yes } = bestOf(view.state, offer);
  const out = leftOut(view, offer.packages[place]);
  const lines = [
    offer.sponsors.length ? say(gettext("Names under it: %(names)s."), { names: view.names(offer.sponsors) }) : "",
    say(gettext("For it: %(names)s."), { names: view.names(yes) }),
    offer.noes.length ? say(gettext("Against it: %(names)s."), { names: view.names(offer.noes) }) : "",
    leanWords(view, offer),
    out.length ? say(gettext("Left out: %(names)s."), { names: view.names(out) }) : "",
    bonusWords(view, offer),
  ];
  return h("div", { class: "ballot" }, gaugesOfAll(view, offer), lines.filter(Boolean).map((line) => h("p", { class: "second" }, bdi(line))));
}

/** Side by side under their letters; on a phone those of the package one looks at. */
function gaugesOfAll(view, { levels }) {
  if (!levels || levels.length === 1) return gaugesOf(view, levels?.[0]);
  return h("div", { class: "packages" }, levels.map((each, place) => h("div", { class: `pkg pkg-${place}` }, h("h4", {}, packageLetter(place)), gaugesOf(view, each))));
}

/** All of it that can change: if it is the same, the card looks the same. */
export function ballotFace(view, { number, yeses, sponsors, stances }) {
  const { signers, votes } = view.state;
  return view.data.votes ? JSON.stringify([signers.map((party) => [...(yeses[party] ?? [])]), sponsors, stances, votes.carried?.offer === number, votes.left]) : "";
}

function leanWords(view, offer) {
  const leaning = Object.entries(offer.stances).filter(([party]) => !voteOf(offer, party));
  return leaning.length ? `${leaning.map(([party, stance]) => say((view.isMine(party) ? MY_LEANS : LEANS)[stance], { name: view.name(party) })).join("; ")}.` : "";
}

/** Points that come to me only if enough others sign too. */
function bonusWords(view, offer) {
  const bonuses = view.me?.bonuses ?? [];
  if (!bonuses.length || !offer.worth || view.me.calculator !== "exact") return "";
  return bonuses.map(({ approvals, points }) => say(gettext("%(points)s more to you if %(count)s sign it."), { points: sayScore(points, view.me.unit), count: approvals })).join(" ");
}

/** When the deal is a split of others. */
export function leftOutWords(view) {
  const isOut = view.me && view.data.votes && view.state.deal && leftOut(view, view.state.deal.package).includes(view.me.party);
  return isOut ? gettext("The others agreed. You are left out.") : "";
}

/** The signs of those who are for the deal. */
export const signs = (view) => view.data.parties.filter((party) => view.state.votes.count?.yes.includes(party.id)).map((party) => mark(party.index));

export const ending = (view) => [h("span", { class: "settled" }, gettext("Deal"), signs(view)), h("br")];

export function leftOut(view, package_) {
  if (!view.data.votes.worths.length) return [];
  return view.state.signers.filter((party) => !(party in package_));
}

/** Everything I can answer to another's proposal here, for one of its packages. */
export function ballotButtons(view, offer, act, place) {
  const me = view.me.party;
  if (!view.state.signers.includes(me) || view.state.votes.left.includes(me)) return [];
  const button = (words, kind, action) => h("button", { type: "button", class: `button ${kind}`, onclick: action }, words);
  const letter = offer.packages.length > 1 ? ` ${packageLetter(place)}` : "";
  const vote = voteOf(offer, me);
  const isOut = leftOut(view, offer.packages[place]).includes(me);
  const isWhole = !offer.left_open?.[place]?.length;
  const saidThis = inFavour(view.state, offer, place).includes(me);
  return [
    isWhole && !isOut && !saidThis ? button(say(gettext("Yes to offer %(number)s…"), { number: `${offer.number}${letter}` }), "button-primary", () => act.accept(offer, place)) : "",
    vote !== "no" && !isOut ? button(gettext("No"), "", (event) => act.decline(offer, event.currentTarget)) : "",
    vote ? button(vote === "yes" ? gettext("Take back my yes") : gettext("Take back my no"), "", (event) => act.takeBack(offer, event.currentTarget)) : "",
    button(gettext("Counter"), "", () => act.counter(offer, place)),
    offer.sponsors.includes(me) || isOut ? "" : button(gettext("Put my name under it"), "button-quiet", (event) => act.sponsor(offer, event.currentTarget)),
    vote || isOut ? "" : lean(view, offer, act, place),
  ].filter(Boolean);
}

/** A straw vote, so that the others know; it binds nobody. */
function lean(view, offer, act, place) {
  const now = offer.stances[view.me.party];
  const one = (stance, words) => h("button", { type: "button", "aria-pressed": String(now === stance), onclick: (event) => now !== stance && act.stance(offer, stance, event.currentTarget, place) }, words);
  return h("span", { class: "lean" }, h("span", { class: "label" }, gettext("You lean, without binding yourself:")), h("span", { class: "segmented", role: "group", "aria-label": say(gettext("How you lean to offer %(number)s"), { number: offer.number }) },
    one("yes", gettext("Yes")), one("unsure", gettext("Unsure")), one("no", gettext("No"))));
}

// Who is in: every party against every proposal on the table, live. A sign and a word, never a colour alone.

import { bdi, h, hidden, mark } from "../dom.js";
import { bestOf, leading, standingOffers, voteOf } from "./votes-state.js";
import { tallyWords } from "./votes-words.js";
import { say } from "./words.js";

const { gettext } = globalThis;
const SIGNS = { made: "●", yes: "✓", no: "✕", "lean yes": "(✓)", "lean no": "(✕)", "lean unsure": "(?)", "": "·" };
const WORDS = {
  made: gettext("made it"), yes: gettext("yes"), no: gettext("no"), "lean yes": gettext("leans to yes"),
  "lean no": gettext("leans to no"), "lean unsure": gettext("is unsure"), "": gettext("has said nothing"), out: gettext("is not in it"),
};

export class Matrix {
  /** `choose(number)`: compare another proposal; null where nothing is to be compared. */
  constructor(place, view, choose) {
    Object.assign(this, { place, view, choose });
    place.hidden = !view.data.votes;
  }

  draw() {
    if (!this.view.data.votes) return;
    const offers = standingOffers(this.view.state);
    const face = JSON.stringify([offers.map((offer) => [offer.number, offer.noes, offer.stances, offer.sponsors, Object.keys(offer.yeses)]), this.view.state.votes, this.view.state.people, this.view.state.phase]);
    if (face === this.face) return;
    this.face = face;
    const hadFocus = this.place.contains(document.activeElement) && document.activeElement.dataset.offer;
    this.place.replaceChildren(h("h3", {}, gettext("Who is in")), offers.length ? this.table(offers) : "", this.legend(offers));
    if (hadFocus) this.place.querySelector(`[data-offer="${hadFocus}"]`)?.focus();
  }

  legend(offers) {
    const { view } = this;
    const signs = offers.length ? h("p", { class: "label" }, gettext("● made it · ✓ yes · ✕ no · in brackets: only leans that way")) : "";
    return h("div", { class: "stack-tight" }, signs, h("p", { class: "second" }, view.data.votes.rule));
  }

  table(offers) {
    const { view } = this;
    const parties = view.data.parties.filter((party) => view.state.signers.includes(party.id));
    return h("div", { class: "scroll-x", tabindex: "0", role: "region", "aria-label": gettext("Who is for which proposal") },
      h("table", { class: "matrix" },
        h("thead", {}, h("tr", {}, h("th", { scope: "col" }, hidden(gettext("Party"))), offers.map((offer) => this.head(offer)))),
        h("tbody", {}, parties.map((party) => h("tr", {}, this.name(party), offers.map((offer) => this.cell(offer, party.id))))),
        h("tfoot", {}, h("tr", {}, h("th", { scope: "row" }, gettext("For it")), offers.map((offer) => this.sum(offer))))));
  }

  head(offer) {
    const { view } = this;
    const isShown = leading(view.state, view.me?.party) === offer;
    const isCarried = view.state.votes.carried?.offer === offer.number;
    const content = [mark(view.index(offer.party)), ` ${offer.number}`, isCarried ? h("span", { class: "sign", "aria-hidden": "true" }, "!") : "", isCarried ? hidden(gettext("has enough votes")) : ""];
    const label = say(gettext("Compare %(offer)s"), { offer: view.offerName(offer) });
    const head = this.choose && !view.isMine(offer.party)
      ? h("button", { type: "button", class: "matrix-head", "data-offer": String(offer.number), "aria-label": label, "aria-pressed": String(isShown), onclick: () => this.choose(offer.number) }, content)
      : h("span", { class: "matrix-head" }, content, hidden(view.offerName(offer)));
    return h("th", { scope: "col" }, head);
  }

  name(party) {
    const { view } = this;
    const notes = [view.data.votes.veto.includes(party.id) ? gettext("veto") : "", view.state.votes.left.includes(party.id) ? gettext("left") : ""].filter(Boolean);
    return h("th", { scope: "row" }, h("span", { class: `who party-${party.index}` }, mark(party.index), " ", bdi(view.name(party.id))), notes.length ? h("span", { class: "label" }, ` ${notes.join(", ")}`) : "");
  }

  cell(offer, party) {
    const { view } = this;
    const share = view.data.votes.worths.length ? offer.packages[bestOf(view.state, offer).place][party] : undefined;
    const isOut = view.data.votes.worths.length > 0 && share === undefined;
    const kind = this.kindOf(offer, party);
    const number = share === undefined ? "" : h("span", {}, String(share), " ");
    const sign = isOut && !kind ? "" : SIGNS[kind];
    const sponsor = offer.sponsors.includes(party) ? hidden(`, ${gettext("name under it")}`) : "";
    return h("td", { class: kind === "yes" || kind === "made" ? "in" : "" }, number, h("span", { "aria-hidden": "true" }, sign), hidden(isOut && !kind ? WORDS.out : WORDS[kind]), sponsor);
  }

  kindOf(offer, party) {
    if (party === offer.party) return "made";
    const vote = voteOf(offer, party);
    if (vote || !offer.stances[party]) return vote;
    return `lean ${offer.stances[party]}`;
  }

  sum(offer) {
    const { yes } = bestOf(this.view.state, offer);
    const { needed } = this.view.data.votes;
    return h("td", { title: tallyWords(this.view, yes) }, String(yes.length), needed ? h("span", { class: "label" }, `/${needed}`) : "");
  }
}

// One line under the head, on every panel: a proposal that is about to count, or a straw poll that waits for me.

import { h, icon } from "../dom.js";
import { isPolled, leading, standingOffers, voteOf } from "./votes-state.js";
import { packageLetter, say } from "./words.js";

const { gettext } = globalThis;

export class LastCall {
  /** `act`: accept, decline, takeBack, stance; null for who reads along. */
  constructor(place, view, clock, act) {
    Object.assign(this, { place, view, clock, act });
    if (view.data.votes) setInterval(() => this.draw(), 500);
  }

  draw() {
    const { state } = this.view;
    const isOpen = state.phase === "open" && this.view.data.votes;
    const { carried, poll } = state.votes;
    const left = carried && this.clock.secondsTo(carried.countsAt);
    const isPoll = !carried && this.act && isPolled(state, this.view.me.party) && this.clock.secondsTo(poll.endsAt) > 0 && this.asked();
    if (isOpen && carried) this.show(`${carried.offer} ${this.voteOf(carried)}`, () => this.callParts(carried), left);
    else if (isOpen && isPoll) this.show(`poll ${poll.number} ${this.asked().number}`, () => this.pollParts(this.asked()), this.clock.secondsTo(poll.endsAt));
    else this.hide();
  }

  hide() {
    this.place.hidden = true;
    this.face = "";
  }

  /** Only the figure changes every second, so that a button keeps the focus. */
  show(face, parts, left) {
    this.place.hidden = false;
    if (face !== this.face) {
      this.face = face;
      this.figure = h("strong", { class: "figure" });
      this.place.replaceChildren(icon("clock"), ...parts());
    }
    const figure = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    if (this.figure.textContent !== figure) this.figure.textContent = figure;
  }

  asked() {
    return leading(this.view.state, this.view.me.party) ?? standingOffers(this.view.state).find((offer) => !this.view.isMine(offer.party)) ?? null;
  }

  voteOf({ offer }) {
    return this.act ? voteOf(this.view.state.offers[offer - 1], this.view.me.party) : "";
  }

  callParts({ offer: number, package: place }) {
    const offer = this.view.state.offers[number - 1];
    const letter = offer.packages.length > 1 ? ` ${packageLetter(place)}` : "";
    const words = say(gettext("Last call: offer %(number)s has enough votes and becomes the deal in"), { number: `${number}${letter}` });
    return [h("span", { class: "call-words" }, words, " ", this.figure), h("span", { class: "button-row" }, this.callButtons(offer, place))];
  }

  callButtons(offer, place) {
    if (!this.act || !this.view.state.signers.includes(this.view.me.party)) return [];
    const button = (words, action) => h("button", { type: "button", class: "button button-small", onclick: action }, words);
    if (this.view.isMine(offer.party)) return [];
    const vote = voteOf(offer, this.view.me.party);
    if (vote) return [button(vote === "yes" ? gettext("Take back my yes") : gettext("Take back my no"), (event) => this.act.takeBack(offer, event.currentTarget))];
    const isOut = this.view.data.votes.worths.length > 0 && !(this.view.me.party in offer.packages[place]);
    const no = button(isOut ? gettext("Let it be") : gettext("No"), (event) => this.act.decline(offer, event.currentTarget));
    return isOut ? [no] : [button(gettext("Yes…"), () => this.act.accept(offer, place)), no];
  }

  pollParts(offer) {
    const words = say(gettext("Straw poll: how do you lean to offer %(number)s? It binds nobody."), { number: offer.number });
    const stance = (kind, label) => h("button", { type: "button", class: "button button-small", onclick: (event) => this.act.stance(offer, kind, event.currentTarget) }, label);
    return [h("span", { class: "call-words" }, words, " ", this.figure), h("span", { class: "button-row" }, stance("yes", gettext("Yes")), stance("unsure", gettext("Unsure")), stance("no", gettext("No")))];
  }
}

// The builder of a split: who is in it, and what of their worth each gets. What is left to divide is said all the time.

import { h } from "../dom.js";
import { say, sayAmount } from "./words.js";

const { gettext } = globalThis;

const faceOf = (members) => [...members].sort().join();

/** The builder of offers, made one of splits. */
export const splitting = (Builder) => class extends Builder {
  constructor(parts, view, draft, act) {
    super(parts, view, draft, act);
    this.unit = view.issues[0].unit;
    this.chips = this.worths.filter(({ members }) => this.mayPropose(members)).map((each) => this.chip(each));
    parts.rows.prepend(h("div", { class: "stack-tight split-worths" }, h("p", { class: "second" }, gettext("What can be shared, and by whom. Choose who is in it:")), h("div", { class: "button-row" }, this.chips)));
  }

  chip({ members, worth }) {
    const words = say(gettext("%(names)s: %(worth)s"), { names: this.view.names(members), worth: sayAmount(worth, this.unit) });
    return h("button", { type: "button", class: "chip", "data-members": faceOf(members), onclick: () => this.choosePeople(members) }, words);
  }

  draw() {
    super.draw();
    for (const chip of this.chips) chip.setAttribute("aria-pressed", String(chip.dataset.members === faceOf(Object.keys(this.package))));
  }

  get worths() {
    return this.view.data.votes.worths;
  }

  /** What these can share; null if nothing. */
  worthOf(members) {
    return this.worths.find((each) => faceOf(each.members) === faceOf(members))?.worth ?? null;
  }

  /** Nobody who has a vote proposes a split of others. */
  mayPropose(members) {
    const me = this.view.me.party;
    return members.includes(me) || !this.view.state.signers.includes(me);
  }

  /** These are in it, and begin with equal shares in whole steps. */
  choosePeople(members) {
    const { step } = this.view.issues[0];
    const steps = Math.round(this.worthOf(members) / step);
    const each = Math.floor(steps / members.length);
    const shares = members.map((party, place) => [party, Number(((each + (place < steps % members.length ? 1 : 0)) * step).toFixed(9))]);
    this.startFrom(Object.fromEntries(shares));
  }

  missingIn() {
    return [];
  }

  /** What keeps this from being sent; empty if nothing. */
  faultIn(package_) {
    const members = Object.keys(package_);
    if (members.length < 2) return gettext("Choose who is in it.");
    if (!this.mayPropose(members)) return gettext("You have to be in the split that you propose.");
    const worth = this.worthOf(members);
    if (worth === null) return gettext("These have nothing to share. Choose others.");
    const left = Number((worth - members.reduce((sum, party) => sum + package_[party], 0)).toFixed(9));
    const amount = sayAmount(Math.abs(left), this.unit);
    if (left > 0) return say(gettext("%(amount)s are still to be divided."), { amount });
    return left < 0 ? say(gettext("The shares are %(amount)s too much."), { amount }) : "";
  }

  /** Only what is whole can be asked for its worth. */
  toScore() {
    return super.toScore().filter((package_) => !this.faultIn(package_));
  }

  openWords() {
    const out = this.view.state.signers.filter((party) => !(party in this.package));
    const left = this.draft.isEmpty || !out.length ? "" : say(gettext("Left out: %(names)s."), { names: this.view.names(out) });
    return [this.draft.isEmpty ? "" : this.faultIn(this.package), left].filter(Boolean).join(" ");
  }

  drawFoot() {
    super.drawFoot();
    this.propose.hidden = true;
  }

  review() {
    if (this.packages.every((package_) => !this.faultIn(package_))) this.send(false);
    else this.act.say(this.faultIn(this.package) || gettext("One of the packages is not whole yet."));
  }
};

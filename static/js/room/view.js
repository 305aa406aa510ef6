// Through whose eyes the page looks: who is who, which side they sit on, and what their offers are called.

import { bdi, h, mark } from "../dom.js";
import { linkOf } from "./strands-state.js";
import { nameOf, packageLetter, say, sayList } from "./words.js";

const { gettext } = globalThis;

export class View {
  constructor(data, state) {
    Object.assign(this, { data, state, me: data.me, issues: data.issues });
    this.parties = Object.fromEntries(data.parties.map((party) => [party.id, party]));
    // Who only watches may be none of the case's own parties.
    this.parties.observer ??= { id: "observer", name: gettext("An observer"), role: "observer", kind: "observer", index: 8 };
    this.issue = Object.fromEntries(data.issues.map((issue) => [issue.id, issue]));
    this.slots = slotsOf(data.issues);
    this.others = data.parties.filter((party) => party.id !== data.me?.party);
    this.strands = data.strands.filter((strand) => !this.me || [...strand.parties, ...strand.signers].includes(this.me.party));
  }

  /** The one that is negotiated now: mine if I negotiate one, else the one I wait for. */
  get strand() {
    const open = this.strands.filter((strand) => !this.isSettled(strand.id) && (!strand.after.length || this.state.strands[strand.id]?.opened));
    return open.find((strand) => strand.parties.includes(this.me?.party)) ?? open[0] ?? this.strands.at(-1) ?? null;
  }

  isSettled(id) {
    return Boolean(this.state.strands[id]?.settled);
  }

  /** Whether I make and answer offers in what is negotiated now; a principal leaves that to an agent. */
  get negotiates() {
    return !this.strand || this.strand.parties.includes(this.me?.party);
  }

  /** Whose offers stand side by side in what is negotiated now. */
  get bargainers() {
    return this.strand?.parties ?? this.state.signers;
  }

  get isOfMany() {
    return this.bargainers.length > 2;
  }

  /** They talk face to face and write down what they settled. */
  get isAloud() {
    return this.state.policy.mode === "aloud";
  }

  /** A mediator helps the others to agree and has no yes or no of its own. */
  get votes() {
    return ["negotiator", "principal", "agent"].includes(this.parties[this.me?.party]?.kind);
  }

  /** The newest offer of those parties that stands in what is negotiated now, or waits there for signatures. */
  standing(isOf) {
    const { state, strand } = this;
    if (state.phase === "ended") return null;
    const here = strand ? state.offers.filter((offer) => linkOf(state, offer.packages[0]) === strand) : state.offers;
    return here.filter(({ status, party }) => (status === "open" || status === "accepted") && isOf(party)).at(-1) ?? null;
  }

  standingOf(party) {
    return this.standing((other) => other === party);
  }

  get standingOfOthers() {
    return this.standing((party) => !this.isMine(party));
  }

  mayAnswer(offer) {
    if (!this.isMine(offer.party) && !this.votes) return false;
    const strand = linkOf(this.state, offer.packages[0]);
    return !strand || strand.parties.includes(this.me?.party);
  }

  /** The issues of an offer that could be made now. */
  get buildable() {
    return this.strand ? this.issues.filter((issue) => this.strand.issues.includes(issue.id)) : this.issues;
  }

  /** After news: what things are worth to me, now and of all that was offered before. */
  renew(data) {
    Object.assign(this.data, { me: data.me, notes: data.notes, stakes: data.stakes, mates: data.mates });
    this.me = data.me;
    for (const { type, offer, worth, beside } of data.events) {
      const known = type === "offer.made" ? this.state.offers[offer - 1] : null;
      if (known) Object.assign(known, { worth, beside, gross: undefined, grossBeside: undefined });
    }
  }

  isMine(party) {
    return party === this.me?.party;
  }

  /** Whether I said or asked it myself, and not a teammate; what does not say by whom is the first one's. */
  isByMe({ party, by = 1 }) {
    return this.isMine(party) && by === (this.data.mates?.me ?? 1);
  }

  /** Who said or asked it: of my own side the very person, of others their party. */
  doer(event) {
    if (!this.isMine(event.party)) return this.name(event.party);
    return this.isByMe(event) ? gettext("You") : this.mateName(event.by ?? 1);
  }

  mateName(number) {
    return this.data.mates?.names[number] || gettext("A teammate");
  }

  /** I sit at the end side; for a third person party 1 stands at the start. */
  side(party) {
    if (this.me) return this.isMine(party) ? "mine" : "theirs";
    return this.parties[party].index === 1 ? "theirs" : "mine";
  }

  index(party) {
    return this.parties[party].index;
  }

  /** Several people on one side speak as one party. */
  get isTeam() {
    const own = this.state.people[this.me?.party];
    return Boolean(own) && own.person + own.partner > 1;
  }

  name(party, first = false) {
    if (this.isMine(party)) return this.isTeam ? gettext("Your side") : gettext("You");
    return nameOf(this.parties[party], this.state.people, first);
  }

  /** The others first, then "you", as one says it. */
  names(parties) {
    const others = parties.filter((party) => !this.isMine(party)).map((party) => this.name(party));
    return sayList(others.length < parties.length ? [...others, this.isTeam ? gettext("your side") : gettext("you")] : others);
  }

  who(party, first = false, name = this.name(party, first)) {
    return h("span", { class: `who party-${this.index(party)}` }, mark(this.index(party)), " ", bdi(name));
  }

  otherNames() {
    const others = this.others.filter((party) => party.kind !== "observer" && (!this.strand || this.strand.parties.includes(party.id)));
    return others.map((party) => party.name).join(", ");
  }

  /** What an offer is called in a comparison: "your offer 4", "Noreen’s offer 5". */
  offerName(offer) {
    if (this.isMine(offer.party)) return say(gettext("your offer %(number)s"), { number: offer.number });
    const words = { name: nameOf(this.parties[offer.party]), number: offer.number };
    return say(gettext("%(name)s’s offer %(number)s"), words);
  }

  packageName(offer, place) {
    const name = this.offerName(offer);
    return offer.packages.length > 1 ? `${name} ${packageLetter(place)}` : name;
  }

  /** The package of an offer that differs least from the given one. */
  closest(offer, package_) {
    const apart = (other) => this.issues.filter((issue) => other[issue.id] !== package_[issue.id]).length;
    const places = offer.packages.map((_, place) => place);
    return places.reduce((best, place) => (apart(offer.packages[place]) < apart(offer.packages[best]) ? place : best), 0);
  }

  /** What a package says in a slot: {issue, value}, or null if nothing. */
  termIn(slot, package_) {
    const issue = package_ && slot.issues.find((each) => each.id in package_);
    return issue ? { issue, value: package_[issue.id] } : null;
  }

  /** The slots that one of these packages fills. */
  slotsIn(...packages) {
    return this.slots.filter((slot) => packages.some((package_) => this.termIn(slot, package_)));
  }

  /** The issues that a package settles, in the case's order. */
  issuesOf(package_) {
    return this.issues.filter((issue) => issue.id in package_);
  }
}

/** Issues of one group stand for each other, as a price of sale and a rent do: they share a line in comparisons. */
function slotsOf(issues) {
  const slots = new Map();
  for (const issue of issues) {
    const key = issue.group ? `group ${issue.group}` : issue.id;
    if (!slots.has(key)) slots.set(key, { title: issue.title, issues: [] });
    slots.get(key).issues.push(issue);
  }
  return [...slots.values()];
}

/** Whether two terms of one slot say the same. */
export const sameTerm = (one, other) => one?.issue === other?.issue && one?.value === other?.value;

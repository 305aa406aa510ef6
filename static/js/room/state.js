// The state of the table as its events tell it: the browser's mirror of the server's rules.
// Pure: it touches neither the page nor the network.

import { lengthenRound, newRounds, resumeRounds, roundChanges } from "./rounds-state.js";
import { many } from "./many.js";
import { shares } from "./shares.js";
import { courseChanges, lengthenCourse, newCourse, openPhase, resumeCourse } from "./course-state.js";
import { linkOf, sameStrand, settleStrand, strandChanges } from "./strands-state.js";
import { teamChanges } from "./teams-state.js";
import { newText, textChanges } from "./text-state.js";

export function newState({ room, signers, votes, strands } = {}) {
  return {
    policy: room?.policy ?? {}, signers: signers ?? [], links: strands ?? [], pins: {}, records: {},
    applied: 0, phase: "waiting", outcome: null, openedAt: null, closesAt: null, pauseReason: "",
    entries: [], offers: [], people: {}, hands: new Set(), deal: null, walked: null,
    rounds: newRounds(), text: newText(), strands: {}, settled: null, deeds: new Map(),
    ...newCourse(),
    ...many?.newVotes(), isVoted: Boolean(votes),
  };
}

const changes = {
  "seat.taken"(state, event) {
    if (event.kind === "observer") {
      state.entries.push({ kind: "seat", taken: true, event });
      return;
    }
    const kinds = (state.people[event.party] ??= { person: 0, partner: 0 });
    kinds[event.kind] += 1;
    state.entries.push({ kind: "seat", taken: true, event });
  },
  "seat.left"(state, event) {
    if (!state.people[event.party]) return;
    const kinds = (state.people[event.party] ??= { person: 0, partner: 0 });
    kinds[kinds.person > 0 ? "person" : "partner"] -= 1;
    state.entries.push({ kind: "seat", taken: false, event });
  },
  "table.opened"(state, event) {
    Object.assign(state, { phase: "open", openedAt: event.at, closesAt: event.closes_at });
    state.entries.push({ kind: "line", event });
  },
  "table.paused"(state, event) {
    Object.assign(state, { phase: "paused", pauseReason: event.reason, pausedAt: event.at });
    state.entries.push({ kind: "line", event });
  },
  "table.resumed"(state, event) {
    resumeRounds(state, event.closes_at);
    resumeCourse(state, event.closes_at);
    many?.resumeVotes(state, event.closes_at);
    const rested = new Date(event.closes_at) - new Date(state.closesAt);
    for (const offer of state.offers) if (offer.expiresAt) offer.expiresAt = new Date(new Date(offer.expiresAt).getTime() + rested).toISOString();
    Object.assign(state, { phase: openPhase(state), pauseReason: "", pausedAt: null, closesAt: event.closes_at });
    state.entries.push({ kind: "line", event });
  },
  "table.extended"(state, event) {
    lengthenRound(state, event.seconds);
    lengthenCourse(state, event.seconds);
    state.closesAt = event.closes_at;
    state.entries.push({ kind: "line", event });
  },
  "table.closed"(state, event) {
    Object.assign(state, { phase: "ended", outcome: event.outcome });
    if (event.outcome === "deal") state.deal ??= state.settled;
    state.hands.clear();
    state.entries.push({ kind: "end", event });
  },
  "message.said"(state, event) {
    state.entries.push({ kind: "message", event });
  },
  "message.whispered"(state, event) {
    state.entries.push({ kind: "message", event });
  },
  "offer.made"(state, event) {
    const related = sameStrand(state, event.packages[0]);
    const before = related.filter((offer) => offer.party !== event.party).at(-1);
    const offer = { ...event, number: event.offer, status: "open", reference: before ?? related.at(-1) ?? null,
      added: event.added ?? [], expiresAt: event.expires_at ?? null, noes: [], closest: {}, ...many?.newBallot() };
    const replaced = state.policy.offers === "open" ? [] : related.filter((other) => other.party === event.party && other.status === "open");
    for (const other of replaced) Object.assign(other, { status: "replaced", replacedBy: event.offer });
    state.offers.push(offer);
    state.entries.push({ kind: "offer", event, offer });
  },
  "offer.withdrawn"(state, event) {
    state.offers[event.offer - 1].status = "withdrawn";
  },
  "offer.lapsed"(state, event) {
    state.offers[event.offer - 1].status = "lapsed";
    state.entries.push({ kind: "answer", event });
  },
  "offer.declined"(state, event) {
    const offer = state.offers[event.offer - 1];
    offer.noes.push(event.party);
    many?.sayNo(offer, event.party);
    if (new Set([...offer.noes, offer.party]).size >= deciders(state, offer.packages[0]).length) offer.status = "declined";
    state.entries.push({ kind: "answer", event });
  },
  "offer.preferred"(state, event) {
    state.offers[event.offer - 1].closest[event.party] = event.package;
    state.entries.push({ kind: "answer", event });
  },
  "term.pinned"(state, event) {
    (state.pins[event.issue] ??= {})[event.party] = event.value;
    state.entries.push({ kind: "answer", event, held: isHeld(state, event.issue) });
  },
  "term.unpinned"(state, event) {
    const value = state.pins[event.issue][event.party];
    delete state.pins[event.issue][event.party];
    state.entries.push({ kind: "answer", event: { ...event, value } });
  },
  "outcome.recorded"(state, event) {
    state.records[event.party] = event;
    state.entries.push({ kind: "answer", event });
  },
  "offer.accepted"(state, event) {
    const offer = state.offers[event.offer - 1];
    Object.assign(offer, { acceptedAt: event.at, acceptedPackage: event.package, acceptedBy: event.party });
    many?.takeYes(state, offer, event);
  },
  "deal.made"(state, event) {
    if (event.slot !== "main") {
      settleStrand(state, event);
      return;
    }
    state.deal = event;
    // Number 0: nobody offered it here; both sides wrote down what they had settled aloud.
    if (event.offer) Object.assign(state.offers[event.offer - 1], { status: "accepted", acceptedAt: event.at });
  },
  "party.walked_away"(state, event) {
    state.walked = event.party;
    many?.walkAway(state, event);
  },
  "reason.given"(state, event) {
    state.entries.push({ kind: "reason", event });
  },
  "help.asked"(state, event) {
    state.hands.add(event.party);
    state.entries.push({ kind: "help", event });
  },
  "help.closed"(state, event) {
    state.hands.delete(event.party);
    state.entries.push({ kind: "help", event });
  },
  ...roundChanges,
  ...textChanges,
  ...courseChanges,
  ...strandChanges,
  ...teamChanges,
  ...many?.voteChanges,
};

/** Adds events that follow on; true if one is missing in between. Types of a newer server count and pass by. */
export function applyEvents(state, events) {
  for (const event of events) {
    if (event.n <= state.applied) continue;
    if (event.n !== state.applied + 1) return true;
    changes[event.type]?.(state, shares?.inward(event) ?? event);
    state.applied = event.n;
  }
  return false;
}

/** Who decides on these terms: of linked negotiations those who hold this one, else all who sign. */
const deciders = (state, package_) => linkOf(state, package_)?.parties ?? state.signers;

/** Whether all who decide have pinned this term at the same value. */
export function isHeld(state, issue) {
  const pins = state.pins[issue] ?? {};
  const who = deciders(state, { [issue]: true });
  return who.every((party) => party in pins && pins[party] === pins[who[0]]);
}

/** Why I cannot offer now although the table is open: "turn", "limit", or nothing. */
export function turnFault(state, party) {
  const { offers, offer_limit: limit } = state.policy;
  if (limit && state.offers.filter((offer) => offer.party === party).length >= limit) return "limit";
  const last = state.offers.at(-1);
  if (offers !== "turns" || last?.party !== party) return "";
  return last.noes.length || last.status === "lapsed" ? "" : "turn";
}

function holdsTest(key, test, chosen) {
  if (key === "all") return test.every((part) => holds(part, chosen));
  if (key === "any") return test.some((part) => holds(part, chosen));
  if (key === "not") return !holds(test, chosen);
  if (Array.isArray(test)) return test.includes(chosen[key]);
  if (typeof test !== "object") return chosen[key] === test;
  const value = chosen[key];
  return typeof value === "number" && value >= (test.min ?? -Infinity) && value <= (test.max ?? Infinity);
}

/** Whether a condition of the case holds for these choices; none always holds. */
export const holds = (when, chosen) => !when || Object.entries(when).every(([key, test]) => holdsTest(key, test, chosen));

/** The part of the choices that is a package: what does not apply is left out, and cannot make others apply. */
export function packageOf(issues, chosen) {
  let package_ = { ...chosen };
  for (let round = 0; round <= issues.length; round += 1) {
    const kept = issues.filter((issue) => issue.id in package_ && holds(issue.when, package_));
    if (kept.length === Object.keys(package_).length) break;
    package_ = Object.fromEntries(kept.map((issue) => [issue.id, package_[issue.id]]));
  }
  return package_;
}

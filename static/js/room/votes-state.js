// Votes among more than two, as events tell them: who is for what, what is carried, how everybody leans.
// Pure, as state.js is.

export const newVotes = () => ({ votes: { carried: null, count: null, left: [], poll: null, answered: new Set(), chosen: null } });

const later = (at, by) => new Date(Date.parse(at) + by).toISOString();

/** After a pause a last call and a poll go on for as long as they would have. */
export function resumeVotes({ votes, closesAt }, closes) {
  const rested = Date.parse(closes) - Date.parse(closesAt);
  if (votes.carried) votes.carried = { ...votes.carried, countsAt: later(votes.carried.countsAt, rested) };
  if (votes.poll) votes.poll = { ...votes.poll, endsAt: later(votes.poll.endsAt, rested) };
}

/** What an offer gathers where several vote. */
export const newBallot = () => ({ yeses: {}, sponsors: [], stances: {} });

export function takeYes(state, offer, event) {
  sayYes(offer, event);
  if (state.isVoted) noteYes(state, event);
}

function sayYes(offer, { party, package: place }) {
  (offer.yeses[party] ??= new Set()).add(place);
  offer.noes = offer.noes.filter((other) => other !== party);
}

/** Several who say yes to the same, one after the other, stand in one line. */
function noteYes(state, event) {
  const last = state.entries.at(-1);
  const joins = last?.kind === "vote" && last.event.type === event.type && last.event.offer === event.offer && last.event.package === event.package;
  if (joins) last.parties = [...last.parties, event.party];
  else state.entries.push({ kind: "vote", event, parties: [event.party] });
}

export function sayNo(offer, party) {
  delete offer.yeses[party];
}

export const voteChanges = {
  "vote.taken_back"(state, event) {
    const offer = state.offers[event.offer - 1];
    delete offer.yeses[event.party];
    offer.noes = offer.noes.filter((party) => party !== event.party);
    offer.sponsors = offer.sponsors.filter((party) => party !== event.party);
    state.entries.push({ kind: "vote", event });
  },
  "vote.carried"(state, event) {
    state.votes.carried = { offer: event.offer, package: event.package, countsAt: event.counts_at };
    state.entries.push({ kind: "vote", event });
  },
  "vote.broken"(state, event) {
    state.votes.carried = null;
    state.entries.push({ kind: "vote", event });
  },
  "vote.counted"(state, event) {
    Object.assign(state.votes, { carried: null, count: event });
  },
  "offer.sponsored"(state, event) {
    state.offers[event.offer - 1].sponsors.push(event.party);
    state.entries.push({ kind: "vote", event });
  },
  "stance.taken"(state, event) {
    state.offers[event.offer - 1].stances[event.party] = event.stance;
    state.votes.answered.add(event.party);
  },
  "poll.called"(state, event) {
    Object.assign(state.votes, { poll: { number: event.poll, endsAt: event.ends_at }, answered: new Set() });
    state.entries.push({ kind: "vote", event });
  },
};

/** A party goes away; its offers go with it, and whether the others go on the end of the table tells. */
export function walkAway(state, event) {
  state.votes.left.push(event.party);
  for (const offer of state.offers) if (offer.party === event.party && offer.status === "open") offer.status = "withdrawn";
  if (state.isVoted) state.entries.push({ kind: "vote", event });
}

/** Who is for this package and still here, in the order of those who vote. */
export const inFavour = (state, offer, place) =>
  state.signers.filter((party) => !state.votes.left.includes(party) && (party === offer.party || offer.yeses[party]?.has(place)));

/** The package of an offer that most are for: {place, yes}. */
export function bestOf(state, offer) {
  const all = offer.packages.map((_, place) => ({ place, yes: inFavour(state, offer, place) }));
  return all.reduce((best, each) => (each.yes.length > best.yes.length ? each : best));
}

/** The proposals on the table, in their order. */
export const standingOffers = (state) => state.offers.filter((offer) => offer.status === "open");

/** The proposal of others that is carried, that the reader chose, or that most are for. */
export function leading(state, party) {
  const others = standingOffers(state).filter((offer) => offer.party !== party);
  const { carried, chosen } = state.votes;
  const found = others.find((offer) => offer.number === chosen) ?? others.find((offer) => offer.number === carried?.offer);
  if (found) return found;
  const votes = (offer) => bestOf(state, offer).yes.length;
  return others.reduce((best, offer) => (best && votes(best) > votes(offer) ? best : offer), null);
}

/** "yes", "no", or "" for who has not said anything that counts. */
export function voteOf(offer, party) {
  if (party === offer.party || offer.yeses[party]?.size) return "yes";
  return offer.noes.includes(party) ? "no" : "";
}

/** What the parts of the page can ask for here. */
export const acts = (press, say) => ({
  takeBack: (offer, button) => press(button, { t: "back", offer: offer.number }),
  sponsor: (offer, button) => press(button, { t: "sponsor", offer: offer.number }),
  stance: (offer, stance, button, place = 0) => press(button, { t: "stance", offer: offer.number, package: place, stance }),
  say,
});

/** Two proposals to lay side by side while I have none: the one looked at and the newest other. */
export function pairOf(view) {
  const all = standingOffers(view.state);
  const first = leading(view.state, view.me?.party) ?? all.at(-1);
  return [first, all.filter((offer) => offer !== first).at(-1)].filter(Boolean);
}

export const isPolled = (state, party) => Boolean(state.votes.poll && !state.votes.answered.has(party) && state.signers.includes(party));

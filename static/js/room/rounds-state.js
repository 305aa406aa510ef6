// What rounds do to the state: which one runs, who has chosen, what was sealed and shown. Pure, as state.js is.

export const newRounds = () => ({ number: 0, beganAt: null, endsAt: null, talk: "", ready: new Set(), sealed: {}, played: [] });

export const roundChanges = {
  "round.began"(state, event) {
    const { played } = state.rounds;
    state.rounds = { ...newRounds(), number: event.round, beganAt: event.at, endsAt: event.ends_at, talk: event.talk, played };
    state.entries.push({ kind: "round", event });
  },
  "move.sealed"(state, event) {
    state.rounds.sealed[event.party] = event.move;
  },
  "crew.ready"(state, event) {
    state.rounds.ready.add(event.party);
  },
  "round.revealed"(state, event) {
    const played = { ...event, moves: event.moves ?? { ...state.rounds.sealed }, landed: event.landed ?? {}, isNamed: event.moves !== null };
    state.rounds.played.push(played);
    state.rounds.endsAt = null;
    state.entries.push({ kind: "round", event });
  },
  "crew.landed"(state, event) {
    const played = state.rounds.played[event.round - 1];
    played.landed[event.party] = event.points;
    played.moves[event.party] = event.move;
  },
};

const later = (at, milliseconds) => (at ? new Date(Date.parse(at) + milliseconds).toISOString() : at);

/** After a pause a round has its whole time, as if the clock had not stood still. */
export function resumeRounds(state, closesAt) {
  const rested = Date.parse(closesAt) - Date.parse(state.closesAt);
  const { rounds } = state;
  Object.assign(rounds, { beganAt: later(rounds.beganAt, rested), endsAt: later(rounds.endsAt, rested) });
}

export function lengthenRound(state, seconds) {
  state.rounds.endsAt = later(state.rounds.endsAt, seconds * 1000);
}

export const isLast = (data, number) => number === data.rounds.multipliers.length;

/** At a table of rounds people talk to other sides only where the case has a talk. */
export const isTalkClosed = ({ data, state }) => Boolean(data.rounds) && state.phase !== "waiting" && !(state.rounds.endsAt && state.rounds.talk);

/** What a party has landed so far; null where nobody tells me. */
export function totalOf(state, party) {
  const known = state.rounds.played.filter((one) => party in one.landed);
  return known.length === state.rounds.played.length ? known.reduce((sum, one) => sum + one.landed[party], 0) : null;
}

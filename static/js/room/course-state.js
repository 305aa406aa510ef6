// The parts of a table's time and the news told there, as events tell them. Pure, as state.js is.

export const newCourse = () => ({ part: null, overtime: false, news: [], plan: [], held: 0, pausedAt: null, waited: null });

export const courseChanges = {
  "phase.began"(state, event) {
    state.part = { id: event.phase, place: event.place, from: event.at, until: event.ends_at };
    state.phase = openPhase(state);
    state.entries.push({ kind: "line", event });
  },
  "overtime.began"(state, event) {
    Object.assign(state, { closesAt: event.closes_at, overtime: true });
    if (state.part) state.part.until = event.closes_at;
    state.entries.push({ kind: "line", event });
  },
  "waiting.counted"(state, event) {
    state.waited = event.units;
  },
  "news.planned"(state, event) {
    state.plan = event.plan;
  },
  "news.released"(state, event) {
    state.news.push(event);
    state.entries.push({ kind: "news", event });
  },
};

/** A table at work is open, or asks its people: then nothing is said or done at it. */
export const openPhase = (state) => (state.part?.id === "ask" ? "asking" : "open");

const later = (at, by) => new Date(Date.parse(at) + by).toISOString();

/** After a pause everything is later by as long as it took. */
export function resumeCourse(state, closesAt) {
  const rested = Date.parse(closesAt) - Date.parse(state.closesAt);
  state.held += rested;
  if (state.part) Object.assign(state.part, { from: later(state.part.from, rested), until: later(state.part.until, rested) });
}

/** More time is the running part's, and everything may be done in it again. */
export function lengthenCourse(state, seconds) {
  state.overtime = false;
  if (state.part) state.part.until = later(state.part.until, seconds * 1000);
}

/** The group whose turn it is to talk among themselves; null when the table is everybody's. */
export function groupNow(view) {
  const { part, phase } = view.state;
  if (!part || phase === "ended") return null;
  return view.data.phases.find((each) => each.id === part.id)?.groups[part.place] ?? null;
}

/** Something new may be put on the table: not while groups talk by turns, and not when the time is over. */
export const mayOffer = (view) => !view.state.overtime && !isSettling(view) && !groupNow(view);

/** What is on the table is still answered, and nothing new comes. */
export const isSettling = (view) => view.state.part?.id === "settle_up";

export const isTurnOfOthers = (view) => Boolean(view.me && groupNow(view) && !groupNow(view).includes(view.me.party));

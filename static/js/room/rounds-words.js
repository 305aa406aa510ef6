// Rounds in words: for the page, the timeline and the announcer. It draws nothing.

import { isTalkClosed, totalOf } from "./rounds-state.js";
import { say, sayAmount, sayList } from "./words.js";

const { gettext, ngettext } = globalThis;

export const moveLabel = (view, move) => view.data.rounds.moves.find(({ id }) => id === move)?.label ?? move;

export const sayLanded = (view, points) => sayAmount(points, view.data.rounds.unit);

export function talkRounds(data) {
  return Object.keys(data.rounds.talk).map(Number).sort((one, other) => one - other);
}

/** "Round 4 of 8, counts three times". */
export function roundTitle(view, number) {
  const { multipliers } = view.data.rounds;
  return say(gettext("Season %(number)s of %(all)s"), { number, all: multipliers.length });
}

export function weightWords(view, number) {
  const times = view.data.rounds.multipliers[number - 1];
  return times === 1 ? gettext("counts once") : say(ngettext("counts %(times)s times", "counts %(times)s times", times), { times });
}

/** Whether people may talk now and until when, plainly. */
export function talkWords(view) {
  const { state } = view;
  if (!isTalkClosed(view)) return openTalk(state.rounds.talk);
  const next = talkRounds(view.data).filter((number) => number > state.rounds.number);
  if (!next.length) return gettext("Talk with the others is closed. There is no talk any more.");
  return say(gettext("Talk with the others is closed. The next talk is before season %(number)s."), { number: next[0] });
}

function openTalk(talk) {
  if (talk === "representatives") return gettext("Talk is open: one person speaks for each side. It ends when the season does.");
  return gettext("Talk is open: everybody may speak. It ends when the season does.");
}

export function countWords(view, played) {
  const { moves } = view.data.rounds;
  const parts = moves.filter(({ id }) => played.counts[id]).map(({ id, label }) => say(gettext("%(count)s %(move)s"), { count: played.counts[id], move: label }));
  return sayList(parts);
}

function absentWords(view, played) {
  if (!played.absent.length) return "";
  const names = sayList(played.absent.map((party) => view.name(party)));
  return ` ${say(gettext("Did not choose in time and got “%(move)s”: %(names)s."), { names, move: moveLabel(view, played.default) })}`;
}

/** One line for the timeline and for the ear. */
export function roundWords(view, event) {
  if (event.type === "round.began") {
    const words = `${roundTitle(view, event.round)}, ${weightWords(view, event.round)}.`;
    return event.talk ? `${words} ${openTalk(event.talk)}` : words;
  }
  const played = view.state.rounds.played[event.round - 1];
  const shown = say(gettext("Season %(number)s is shown: %(counts)s."), { number: event.round, counts: countWords(view, played) });
  return shown + ownWords(view, played) + absentWords(view, played);
}

function ownWords(view, played) {
  const points = view.me ? played.landed[view.me.party] : undefined;
  return points === undefined ? "" : ` ${say(gettext("It brought you %(points)s."), { points: sayLanded(view, points) })}`;
}

export function overWords(view) {
  const total = view.me ? totalOf(view.state, view.me.party) : null;
  const words = gettext("All seasons are over.");
  return total === null ? words : `${words} ${say(gettext("In all you have %(points)s."), { points: sayLanded(view, total) })}`;
}

"""Rounds: a sealed choice each, all shown at the same instant, and talk only where the case has it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from bargaining import case as casefile
from bargaining.mechanisms import rounds_game
from bargaining.rounds import round_points
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide.base import Decision, decision_on, party_of, require_open
from negotiations.rules.decide.dues import Due, watch
from negotiations.rules.events.rounds import Talk
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import RoomState

#: A talk before a choice takes this many times as long as the choice itself, if the table has the time.
TALK_TIMES = 3


def require_rounds(state: RoomState) -> casefile.Rounds:
    if state.case.rounds is None:
        raise RuleBroken("wrong_table")
    return state.case.rounds


@decision_on.register
def _(command: c.Choose, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    closes_at = require_open(state, now)
    rounds = require_rounds(state)
    party = party_of(actor)
    ends_at = state.rounds.ends_at
    if command.round != state.rounds.number or ends_at is None or now >= ends_at:
        raise RuleBroken("wrong_round")
    if party in state.rounds.sealed:
        raise RuleBroken("chosen_already")
    if command.move not in rounds.moves:
        raise RuleBroken("unknown_move")
    sealed = e.Draft(e.MoveSealed(command.round, party, command.move), audience=(party,))
    drafts = [sealed, e.Draft(e.CrewReady(command.round, party))]
    moves = {**state.rounds.sealed, party: command.move}
    if not waiting_for(state) - {party}:
        drafts += reveal(state, moves, now)
    return Decision(tuple(drafts), min(closes_at, ends_at))


def crews(state: RoomState) -> tuple[str, ...]:
    """The parties that choose."""
    return tuple(party.id for party in state.case.parties if party.negotiates)


def waiting_for(state: RoomState) -> set[str]:
    """Who is at the table and has not chosen yet. Nobody waits for a party that nobody plays."""
    seated = {seat.party for seat in state.seats.values()}
    return (seated & set(crews(state))) - state.rounds.sealed.keys()


def opening(state: RoomState, now: datetime, closes_at: datetime) -> list[e.Draft]:
    """What opening a table of rounds begins with."""
    return [] if state.case.rounds is None else [begin(state.case.rounds, 1, now, closes_at)]


def begin(rounds: casefile.Rounds, number: int, now: datetime, closes_at: datetime) -> e.Draft:
    """The time that is left is shared out so that all rounds to come find theirs in it."""
    planned = [planned_seconds(rounds, n) for n in range(number, len(rounds.multipliers) + 1)]
    left = (closes_at - now).total_seconds()
    seconds = planned[0] * min(1.0, left / sum(planned))
    ends_at = min(closes_at, now + timedelta(seconds=seconds))
    return e.Draft(e.RoundBegan(number, ends_at, talk_before(rounds, number)))


def planned_seconds(rounds: casefile.Rounds, number: int) -> int:
    times = 1 + TALK_TIMES if talk_before(rounds, number) else 1
    return max(1, rounds.seconds_per_round) * times


def talk_before(rounds: casefile.Rounds, number: int) -> Talk:
    if number in rounds.talk_before.get("all", ()):
        return "all"
    return "representatives" if number in rounds.talk_before.get("representatives", ()) else ""


def reveal(state: RoomState, sealed: Mapping[str, str], now: datetime) -> list[e.Draft]:
    """Everything at once: the moves, what they brought, and what comes next."""
    rounds = require_rounds(state)
    number = state.rounds.number
    absent = tuple(party for party in crews(state) if party not in sealed)
    moves = {party: sealed.get(party, rounds.default) for party in crews(state)}
    landed = round_points(rounds_game(state.case), number, moves)
    # In the order of the case: the order of choosing would tell who chose what.
    chosen = list(moves.values())
    counts = {move: chosen.count(move) for move in rounds.moves if move in chosen}
    if rounds.reveal == "counts_only":
        shown = [e.Draft(e.RoundRevealed(number, counts, absent, rounds.default))]
        shown += [
            e.Draft(e.CrewLanded(number, party, moves[party], landed[party]), audience=(party,))
            for party in crews(state)
        ]
    else:
        shown = [e.Draft(e.RoundRevealed(number, counts, absent, rounds.default, moves, landed))]
    return [*shown, follow(state, rounds, now)]


def follow(state: RoomState, rounds: casefile.Rounds, now: datetime) -> e.Draft:
    """The next round, or the end of the table."""
    number = state.rounds.number
    assert state.closes_at is not None
    if number == len(rounds.multipliers) or chance(now, number) >= rounds.continues or now >= state.closes_at:
        return e.Draft(e.TableClosed("played_out"))
    return begin(rounds, number + 1, now, state.closes_at)


def chance(now: datetime, number: int) -> float:
    """Whether an open-ended game goes on: nobody can foresee it, and the log says how it fell."""
    digest = hashlib.sha256(f"{now.isoformat()} {number}".encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


@watch
def next_moment(state: RoomState) -> Due | None:
    """The end of the round: whoever has not chosen by then gets the default move."""
    if state.rounds.ends_at is None:
        return None
    return Due(state.rounds.ends_at, happens=lambda now: tuple(reveal(state, state.rounds.sealed, now)))


def talk_until(state: RoomState, actor: c.Actor, closes_at: datetime, now: datetime) -> datetime:
    """Until when these words may still be said to everybody; refused where parties do not talk now."""
    if state.case.rounds is None:
        return closes_at
    rounds = state.rounds
    if not rounds.talk or rounds.ends_at is None or now >= rounds.ends_at:
        raise RuleBroken("talk_closed")
    speaker = rounds.speakers.get(party_of(actor), actor.id)
    # A representative who has left the table can be followed by another.
    if rounds.talk == "representatives" and speaker != actor.id and speaker in state.seats:
        raise RuleBroken("not_representative")
    return min(closes_at, rounds.ends_at)

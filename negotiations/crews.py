"""Practice crews in a table of rounds: when each speaks or chooses, and what it does then.

A crew acts by the clock of its round and not by the last word said, so that people who talk do not hold it up.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from bargaining import partners
from bargaining.case import Case
from negotiations.rules.decide.rounds import crews
from negotiations.rules.room import Played, RoomState, SeatState

#: By this share of a round every practice crew has spoken and chosen.
IN_TIME = 0.6


def next_crew(state: RoomState) -> SeatState | None:
    """The practice crew that acts next in the round that runs: first all speak, where there is a talk, then all
    choose."""
    return next((seat for seat, _ in to_come(state)), None)


def to_come(state: RoomState) -> Iterator[tuple[SeatState, bool]]:
    """What practice crews still have to do in this round, each with whether it is to talk."""
    seats = practice_crews(state)
    for seat in seats:
        if speaks(state, seat):
            yield seat, True
    for seat in seats:
        if seat.party not in state.rounds.sealed:
            yield seat, False


def practice_crews(state: RoomState) -> list[SeatState]:
    """One seat a party, in the order of the case."""
    found: dict[str, SeatState] = {}
    for seat in state.seats.values():
        if seat.kind == "partner" and partners.can_play(state.case, seat.party):
            found.setdefault(seat.party, seat)
    return [found[party] for party in crews(state) if party in found]


def speaks(state: RoomState, seat: SeatState) -> bool:
    """Whether this crew still has its say before the choice; it says nothing more once it has chosen."""
    rounds = state.rounds
    return bool(rounds.talk) and not {seat.party} & (rounds.speakers.keys() | rounds.sealed.keys())


def crew_moves_at(state: RoomState, room: UUID) -> datetime | None:
    """When the next practice crew acts: its place in the order of this round, each after a moment of its own."""
    began_at, ends_at = state.rounds.began_at, state.rounds.ends_at
    if state.phase != "open" or began_at is None or ends_at is None or next_crew(state) is None:
        return None
    moments = pauses(state, room)
    done = len(moments) - len(list(to_come(state)))
    seconds, most = sum(moments), (ends_at - began_at).total_seconds() * IN_TIME
    scale = min(1.0, most / seconds) if seconds else 1.0
    return began_at + timedelta(seconds=sum(moments[: done + 1]) * scale)


def pauses(state: RoomState, room: UUID) -> list[float]:
    """How long each act of this round takes, in the order of the acts. Crews think at the same time, so that
    several of them take no longer than one."""
    seats = practice_crews(state)
    least, most = state.policy.partner_pace
    times = 2 if state.rounds.talk else 1
    chance = random.Random(f"{room}:round {state.rounds.number}")
    return [chance.uniform(least, most) / len(seats) for _ in range(len(seats) * times)]


def view_of_rounds(
    state: RoomState, seat: SeatState, case: Case, character: partners.Character
) -> partners.RoundsView:
    return partners.RoundsView(
        case=case,
        party=seat.party,
        history=tuple(_seen(one, seat.party) for one in state.rounds.played),
        talking=speaks(state, seat),
        character=character,
    )


def _seen(one: Played, party: str) -> partners.SeenRound:
    """No more than where the table shows counts only."""
    moves = list(one.moves.values())
    return partners.SeenRound(one.moves[party], {move: moves.count(move) for move in moves})

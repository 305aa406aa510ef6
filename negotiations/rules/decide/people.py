"""Who sits where."""

from __future__ import annotations

from datetime import datetime

from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide.base import Decision, decision_on
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import RoomState
from negotiations.rules.room.strands import watchers


@decision_on.register
def _(command: c.TakeSeat, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    if state.phase == "ended":
        raise RuleBroken("room_closed")
    if command.seat in state.seats:
        raise RuleBroken("seat_taken")
    if command.party not in (watchers(state.case) if command.kind == "observer" else state.case.party_ids):
        raise RuleBroken("forbidden")
    left = [e.SeatLeft(seat, state.seats[seat].party) for seat in command.instead if seat in state.seats]
    taken = e.SeatTaken(command.seat, command.party, command.kind)
    return Decision(tuple(e.Draft(event) for event in (*left, taken)))


@decision_on.register
def _(command: c.LeaveSeat, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    party = state.party_of(command.seat)
    if party is None:
        raise RuleBroken("not_seated")
    return Decision((e.Draft(e.SeatLeft(command.seat, party)),))

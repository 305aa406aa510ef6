"""Who sits where."""

from __future__ import annotations

from typing import Any

from negotiations.rules import events as e
from negotiations.rules.room.evolving import changes_by
from negotiations.rules.room.state import RoomState, SeatState
from negotiations.rules.room.teams import Deed, Teams


@changes_by.register
def _(event: e.SeatTaken, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    seat = SeatState(event.seat, event.party, event.kind)
    return {"seats": {**state.seats, event.seat: seat}}


@changes_by.register
def _(event: e.SeatLeft, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    return {"seats": {key: seat for key, seat in state.seats.items() if key != event.seat}}


@changes_by.register
def _(event: e.TapAsked, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    deed = Deed(event.deed, logged.actor, event.what, event.fields)
    return {
        "teams": Teams(
            {**state.teams.asked, event.party: event.deed}, {**state.teams.waiting, event.party: deed}
        )
    }


@changes_by.register
def _(event: e.TapGiven, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    return {"teams": state.teams.without(event.party)}


@changes_by.register
def _(event: e.TapDropped, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    return {"teams": state.teams.without(event.party)}

"""Who sits where."""

from __future__ import annotations

from typing import Any

from negotiations.rules import events as e
from negotiations.rules.room.evolving import changes_by
from negotiations.rules.room.state import RoomState, SeatState


@changes_by.register
def _(event: e.SeatTaken, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    seat = SeatState(event.seat, event.party, event.kind)
    return {"seats": {**state.seats, event.seat: seat}}


@changes_by.register
def _(event: e.SeatLeft, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    return {"seats": {key: seat for key, seat in state.seats.items() if key != event.seat}}

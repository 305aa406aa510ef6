"""The parts of the time at a table."""

from __future__ import annotations

from typing import Any

from msgspec import structs

from negotiations.rules import events as e
from negotiations.rules.room.evolving import changes_by
from negotiations.rules.room.state import RoomState


@changes_by.register
def _(event: e.PhaseBegan, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    now = {"phase": event.phase, "place": event.place, "since": logged.at, "ends_at": event.ends_at}
    return {"course": structs.replace(state.course, **now)}


@changes_by.register
def _(event: e.WaitingCounted, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    return {"course": structs.replace(state.course, waited=event.units)}


@changes_by.register
def _(event: e.OvertimeBegan, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    course = structs.replace(state.course, overtime=True)
    return {"closes_at": event.closes_at, "course": course}

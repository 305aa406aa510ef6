"""The time of a table, and its end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from msgspec import structs

from negotiations.rules import events as e
from negotiations.rules.room.evolving import changes_by
from negotiations.rules.room.offers import on_the_table
from negotiations.rules.room.state import RoomState


@changes_by.register
def _(event: e.TableOpened, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    length = (event.closes_at - logged.at).total_seconds()
    course = structs.replace(state.course, length=length)
    return {"phase": "open", "opened_at": logged.at, "closes_at": event.closes_at, "course": course}


@changes_by.register
def _(event: e.TablePaused, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    return {"phase": "paused", "paused_at": event.at, "pause_reason": event.reason}


@changes_by.register
def _(event: e.TableResumed, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    rested = event.closes_at - (state.closes_at or event.closes_at)
    back = {"phase": "open", "paused_at": None, "pause_reason": "", "closes_at": event.closes_at}
    following = {name: getattr(state, name).moved(rested) for name in ("course", "news", "rounds", "votes")}
    return {**back, **following, "bargain": state.bargain.later(rested)}


@changes_by.register
def _(event: e.TableExtended, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    course, rounds = (each.longer(timedelta(seconds=event.seconds)) for each in (state.course, state.rounds))
    return {"closes_at": event.closes_at, "course": course, "rounds": rounds}


@changes_by.register
def _(event: e.TableClosed, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    ended = {"phase": "ended", "outcome": event.outcome, "ended_at": logged.at}
    return {**ended, "hands": frozenset(), **on_the_table(state, state.offers, frozenset())}

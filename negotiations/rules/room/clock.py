"""The time of a table, and its end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from negotiations.rules import events as e
from negotiations.rules.room.evolving import changes_by
from negotiations.rules.room.offers import on_the_table
from negotiations.rules.room.state import RoomState


@changes_by.register
def _(event: e.TableOpened, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    return {"phase": "open", "opened_at": logged.at, "closes_at": event.closes_at}


@changes_by.register
def _(event: e.TablePaused, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    return {"phase": "paused", "paused_at": event.at, "pause_reason": event.reason}


@changes_by.register
def _(event: e.TableResumed, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    rested = event.closes_at - (state.closes_at or event.closes_at)
    back = {"phase": "open", "paused_at": None, "pause_reason": "", "closes_at": event.closes_at}
    return {**back, "rounds": state.rounds.moved(rested), "bargain": state.bargain.later(rested)}


@changes_by.register
def _(event: e.TableExtended, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    longer = state.rounds.longer(timedelta(seconds=event.seconds))
    return {"closes_at": event.closes_at, "rounds": longer}


@changes_by.register
def _(event: e.TableClosed, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    ended = {"phase": "ended", "outcome": event.outcome, "ended_at": logged.at}
    return {**ended, "hands": frozenset(), **on_the_table(state, state.offers, frozenset())}

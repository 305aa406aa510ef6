"""Rounds: what is sealed, who is ready, and what was shown."""

from __future__ import annotations

from typing import Any

from msgspec import structs

from bargaining.mechanisms import rounds_game
from bargaining.rounds import round_points
from negotiations.rules import events as e
from negotiations.rules.room.evolving import changes_by
from negotiations.rules.room.seasons import Played, Rounds
from negotiations.rules.room.state import RoomState


@changes_by.register
def _(event: e.RoundBegan, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    began = Rounds(event.round, logged.at, event.ends_at, event.talk, played=state.rounds.played)
    return {"rounds": began}


@changes_by.register
def _(event: e.MoveSealed, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    sealed = {**state.rounds.sealed, event.party: event.move}
    return {"rounds": structs.replace(state.rounds, sealed=sealed), "last_by": event.party}


@changes_by.register
def _(event: e.CrewReady, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    return {}


@changes_by.register
def _(event: e.RoundRevealed, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    moves = {**state.rounds.sealed, **dict.fromkeys(event.absent, event.default)}
    landed = round_points(rounds_game(state.case), event.round, moves)
    played = (*state.rounds.played, Played(moves, landed, event.absent))
    return {"rounds": structs.replace(state.rounds, played=played, ends_at=None)}


@changes_by.register
def _(event: e.CrewLanded, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    return {}

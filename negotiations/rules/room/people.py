"""Who sits where, and who is here."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any

from bargaining.case import Case
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


def presence(case: Case, here: AbstractSet[str | None]) -> dict[str, bool]:
    """Of each party of the case whether somebody is here for it; who only watches plays none of them."""
    return {party: party in here for party in case.party_ids}

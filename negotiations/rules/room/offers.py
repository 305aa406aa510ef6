"""Packages on the table, and leaving without one."""

from __future__ import annotations

from typing import Any

from negotiations.rules import events as e
from negotiations.rules.room.evolving import changes_by
from negotiations.rules.room.state import Offer, RoomState


@changes_by.register
def _(event: e.OfferMade, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    offer = Offer(event.offer, event.party, event.packages, event.digest, logged.at)
    standing = {**state.standing, event.party: event.offer}
    offered = {**state.offered_by, event.party: state.offered_by.get(event.party, 0) + 1}
    offers = (*state.offers, offer)
    return {"offers": offers, "standing": standing, "offered_by": offered, "last_by": event.party}


@changes_by.register
def _(event: e.OfferWithdrawn, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    standing = {party: number for party, number in state.standing.items() if number != event.offer}
    return {"standing": standing, "withdrawn": state.withdrawn | {event.offer}, "last_by": event.party}


@changes_by.register
def _(event: e.OfferAccepted, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    by = state.accepted.get(event.offer, frozenset()) | {event.party}
    return {"accepted": {**state.accepted, event.offer: by}, "last_by": event.party}


@changes_by.register
def _(event: e.DealMade, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    return {"deal": event.package, "deal_offer": event.offer}


@changes_by.register
def _(event: e.WalkedAway, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    return {"walked": event.party, "last_by": event.party}


@changes_by.register
def _(event: e.ReasonGiven, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    return {}

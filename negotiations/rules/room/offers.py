"""Packages on the table, and leaving without one."""

from __future__ import annotations

from typing import Any

from msgspec import structs

from negotiations.rules import events as e
from negotiations.rules.room.evolving import changes_by
from negotiations.rules.room.state import Offer, RoomState


@changes_by.register
def _(event: e.OfferMade, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    offer = Offer(event.offer, event.party, event.packages, event.digest, logged.at)
    replaced = state.standing.get(event.party) if state.policy.offers == "supersede" else None
    numbers = state.bargain.standing - {replaced} | {event.offer}
    offered = {**state.offered_by, event.party: state.offered_by.get(event.party, 0) + 1}
    offers = (*state.offers, offer)
    return {
        "offers": offers,
        **on_the_table(state, offers, numbers),
        "offered_by": offered,
        "last_by": event.party,
    }


def on_the_table(state: RoomState, offers: tuple[Offer, ...], numbers: frozenset[int]) -> dict[str, Any]:
    """The changes when exactly these offers stand."""
    standing = {offers[number - 1].party: number for number in sorted(numbers)}
    return {"standing": standing, "bargain": structs.replace(state.bargain, standing=numbers)}


def without(state: RoomState, number: int) -> dict[str, Any]:
    """The changes when this offer no longer stands."""
    return on_the_table(state, state.offers, state.bargain.standing - {number})


@changes_by.register
def _(event: e.OfferWithdrawn, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    withdrawn = state.withdrawn | {event.offer}
    return {**without(state, event.offer), "withdrawn": withdrawn, "last_by": event.party}


@changes_by.register
def _(event: e.OfferAccepted, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    """A yes; who had said no before has changed its mind."""
    places = state.accepted.get(event.offer, {})
    places = {**places, event.package: places.get(event.package, frozenset()) | {event.party}}
    said_no = state.bargain.declined.get(event.offer, frozenset()) - {event.party}
    declined = {**state.bargain.declined, event.offer: said_no}
    return {
        "accepted": {**state.accepted, event.offer: places},
        "bargain": structs.replace(state.bargain, declined=declined),
        "last_by": event.party,
    }


@changes_by.register
def _(event: e.OfferDeclined, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    """A no; a yes before it is taken back. Once nobody is left who could say yes, the offer is gone."""
    said_no = state.bargain.declined.get(event.offer, frozenset()) | {event.party}
    declined = {**state.bargain.declined, event.offer: said_no}
    accepted = {place: by - {event.party} for place, by in state.accepted.get(event.offer, {}).items()}
    # Nobody declines an own offer, so when one signer is left it is the author.
    gone = {event.offer} if len(set(state.case.signers) - said_no) <= 1 else set()
    changes = on_the_table(state, state.offers, state.bargain.standing - gone)
    changes["bargain"] = structs.replace(changes["bargain"], declined=declined)
    return {**changes, "accepted": {**state.accepted, event.offer: accepted}, "last_by": event.party}


@changes_by.register
def _(event: e.OfferPreferred, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    of_offer = {**state.bargain.closest.get(event.offer, {}), event.party: event.package}
    closest = {**state.bargain.closest, event.offer: of_offer}
    return {"bargain": structs.replace(state.bargain, closest=closest), "last_by": event.party}


@changes_by.register
def _(event: e.DealMade, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    return {"deal": event.package, "deal_offer": event.offer}


@changes_by.register
def _(event: e.WalkedAway, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    return {"walked": event.party, "last_by": event.party}


@changes_by.register
def _(event: e.ReasonGiven, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    return {}

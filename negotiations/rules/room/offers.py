"""Packages on the table, and leaving without one."""

from __future__ import annotations

from typing import Any

from msgspec import structs

from negotiations.rules import events as e
from negotiations.rules.room.evolving import changes_by
from negotiations.rules.room.signing import is_strand, replaced_by, settled
from negotiations.rules.room.state import Offer, RoomState
from negotiations.rules.room.strands import deciders, link_of_offer, linked, touched
from negotiations.rules.room.votes import gone


@changes_by.register
def _(event: e.OfferMade, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    content = (event.packages, event.digest, logged.at, event.added, event.left_open)
    offer = Offer(event.offer, event.party, *content)
    replaced = None if state.policy.offers == "open" else replaced_by(event, state)
    numbers = state.bargain.standing - {replaced} | {event.offer}
    offered = {**state.offered_by, event.party: state.offered_by.get(event.party, 0) + 1}
    offers = (*state.offers, offer)
    changes = on_the_table(state, offers, numbers)
    if event.expires_at:
        bargain = changes["bargain"]
        changes["bargain"] = structs.replace(
            bargain, expires={**bargain.expires, event.offer: event.expires_at}
        )
    changes |= touched(state, linked(state, event.packages[0]), event.party, logged.at)
    return {"offers": offers, **changes, "offered_by": offered, "last_by": event.party}


def on_the_table(state: RoomState, offers: tuple[Offer, ...], numbers: frozenset[int]) -> dict[str, Any]:
    """The changes when exactly these offers stand."""
    standing = {offers[number - 1].party: number for number in sorted(numbers)}
    return {"standing": standing, "bargain": state.bargain.with_standing(numbers)}


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
        **touched(state, link_of_offer(state, event.offer), event.party, logged.at),
        "last_by": event.party,
    }


@changes_by.register
def _(event: e.OfferDeclined, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    """A no; a yes before it is taken back. Once nobody is left who could say yes, the offer is gone."""
    said_no = state.bargain.declined.get(event.offer, frozenset()) | {event.party}
    declined = {**state.bargain.declined, event.offer: said_no}
    accepted = {place: by - {event.party} for place, by in state.accepted.get(event.offer, {}).items()}
    # Nobody declines an own offer, so when one signer is left it is the author.
    gone = {event.offer} if len(set(deciders(state, event.offer)) - said_no) <= 1 else set()
    changes = on_the_table(state, state.offers, state.bargain.standing - gone)
    changes["bargain"] = structs.replace(changes["bargain"], declined=declined)
    changes |= touched(state, link_of_offer(state, event.offer), event.party, logged.at)
    return {**changes, "accepted": {**state.accepted, event.offer: accepted}, "last_by": event.party}


@changes_by.register
def _(event: e.OfferPreferred, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    of_offer = {**state.bargain.closest.get(event.offer, {}), event.party: event.package}
    closest = {**state.bargain.closest, event.offer: of_offer}
    return {"bargain": structs.replace(state.bargain, closest=closest), "last_by": event.party}


@changes_by.register
def _(event: e.OfferLapsed, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    changes = without(state, event.offer)
    lapsed = state.bargain.lapsed | {event.offer}
    return {**changes, "bargain": structs.replace(changes["bargain"], lapsed=lapsed)}


@changes_by.register
def _(event: e.TermPinned, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    of_issue = {**state.bargain.pins.get(event.issue, {}), event.party: event.value}
    pins = {**state.bargain.pins, event.issue: of_issue}
    return {"bargain": structs.replace(state.bargain, pins=pins), "last_by": event.party}


@changes_by.register
def _(event: e.TermUnpinned, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    of_issue = state.bargain.pins.get(event.issue, {}).items()
    left = {party: value for party, value in of_issue if party != event.party}
    pins = {**state.bargain.pins, event.issue: left}
    return {"bargain": structs.replace(state.bargain, pins=pins), "last_by": event.party}


@changes_by.register
def _(event: e.OutcomeRecorded, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    records = {**state.bargain.records, event.party: event.package}
    return {"bargain": structs.replace(state.bargain, records=records), "last_by": event.party}


@changes_by.register
def _(event: e.DealMade, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    if is_strand(state, event.slot):
        return settled(event, state, logged)
    return {"deal": event.package, "deal_offer": event.offer or None}


@changes_by.register
def _(event: e.WalkedAway, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    """Its offers go with it; whether the others go on, the end of the table tells."""
    stay = frozenset(n for n in state.bargain.standing if state.offers[n - 1].party != event.party)
    left = {**on_the_table(state, state.offers, stay), **gone(state, event.party)}
    return {"walked": event.party, "last_by": event.party, **left}


@changes_by.register
def _(event: e.ReasonGiven, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    return {}

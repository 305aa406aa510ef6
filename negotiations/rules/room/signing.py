"""Agents agree, principals sign or send back, and a strand is settled."""

from __future__ import annotations

from typing import Any

from msgspec import structs

from bargaining.strands import strand_named
from negotiations.rules import events as e
from negotiations.rules.room.evolving import changes_by
from negotiations.rules.room.state import RoomState
from negotiations.rules.room.strands import Marked, link_of_offer, linked


@changes_by.register
def _(event: e.TermsAgreed, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    changes: dict[str, Any] = {
        "agreed": state.offers[event.offer - 1].packages[event.package],
        "agreed_at": logged.at,
        "offer": event.offer,
        "digest": event.digest,
        "signed": {},
    }
    return {"strands": state.strands.changed(event.strand, **changes)}


@changes_by.register
def _(event: e.TermsSigned, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    signed = {**state.strands.of(event.strand).signed, event.party: logged.at}
    strands = state.strands.changed(event.strand, signed=signed, last_at=logged.at)
    return {"strands": strands, "last_by": event.party}


@changes_by.register
def _(event: e.TermsSentBack, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    """The agreement is off and so is the offer it came from; both sides may offer anew."""
    strand = state.strands.of(event.strand)
    assert strand.agreed is not None
    sent_back = (*strand.sent_back, Marked(event.party, strand.agreed, after=len(state.offers)))
    strands = state.strands.changed(
        event.strand,
        agreed=None, agreed_at=None, offer=None, digest="", signed={}, sent_back=sent_back,
        last_by=event.party, last_at=logged.at,
    )  # fmt: skip
    return {"strands": strands, **standing_without(state, event.strand), "last_by": event.party}


@changes_by.register
def _(event: e.TermsMarked, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    *before, last = state.strands.of(event.strand).sent_back
    sent_back = (*before, structs.replace(last, issues=event.issues))
    return {"strands": state.strands.changed(event.strand, sent_back=sent_back)}


@changes_by.register
def _(event: e.StrandOpened, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    return {}  # it follows from what is settled; the line is for those who wait


def standing_without(state: RoomState, strand: str) -> dict[str, Any]:
    """The changes when nothing of this strand stands on the table any more."""
    kept = {
        number
        for number in state.bargain.standing
        if (link := link_of_offer(state, number)) is None or link.id != strand
    }
    standing = {state.offers[number - 1].party: number for number in sorted(kept)}
    return {"standing": standing, "bargain": state.bargain.with_standing(frozenset(kept))}


def settled(event: e.DealMade, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    """The changes when a strand is settled; the deal of the table is all of them together."""
    strands = state.strands.changed(
        event.slot, agreed=None, settled=event.package, settled_at=logged.at, offer=event.offer
    )
    changes = {"strands": strands, **standing_without(state, event.slot)}
    links = state.case.strands
    if any(strands.of(link.id).settled is None for link in links):
        return changes
    return {**changes, "deal": strands.settled_in(links), "deal_offer": event.offer}


def replaced_by(event: e.OfferMade, state: RoomState) -> int | None:
    """The own standing offer in the same strand, or of the whole table."""
    own = [number for number in state.bargain.standing if state.offers[number - 1].party == event.party]
    link = linked(state, event.packages[0])
    same = [number for number in own if link_of_offer(state, number) == link]
    return max(same, default=None)


def is_strand(state: RoomState, slot: str) -> bool:
    return strand_named(state.case, slot) is not None

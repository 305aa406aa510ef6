"""Whose word a table waits for, where more than two vote: in a poll, in a last call, and otherwise."""

from __future__ import annotations

from negotiations.rules.decide import is_voted, supporters
from negotiations.rules.room import Offer, RoomState


def awaited(state: RoomState) -> frozenset[str]:
    """The parties from whom something is to be heard now. A poll waits for practice partners, for persons nobody
    waits: they answer or let it be."""
    here = frozenset(state.case.party_ids) - state.votes.left
    if not is_voted(state.case):
        return here - {state.last_by}
    partners = {seat.party for seat in state.seats.values() if seat.kind == "partner"}
    asked = frozenset(party for party in here & partners if polled(state, party))
    if asked:
        return asked
    return here & _in_the_last_call(state) if state.votes.carried else here - {state.last_by}


def polled(state: RoomState, party: str) -> Offer | None:
    """The proposal on which a poll still waits for this party's stance: the one with the most votes so far."""
    poll, seen_at = state.votes.poll, state.sights.of(party).at
    if poll is None or seen_at is None or seen_at >= poll.ends_at:
        return None
    if party in state.votes.answered or party not in state.case.signers:
        return None
    return max(
        (offer for offer in state.offers if state.standing_offer(offer.number) and offer.party != party),
        key=lambda offer: (len(supporters(state, offer.number, 0)), offer.number),
        default=None,
    )


def _in_the_last_call(state: RoomState) -> frozenset[str]:
    """Who has not said yes or no to what is carried; among coalitions also who was asked to leave it."""
    carried = state.votes.carried
    assert carried is not None
    said = supporters(state, carried.offer, carried.package) | _said_no(state, carried.offer)
    silent = frozenset(state.case.signers) - said
    if state.case.mechanism != "coalition":
        return silent
    rivals = [o for o in state.offers if o.number != carried.offer and state.standing_offer(o.number)]
    members = state.offers[carried.offer - 1].packages[carried.package].keys()
    return silent | {party for party in members if any(_is_asked(state, rival, party) for rival in rivals)}


def _is_asked(state: RoomState, offer: Offer, party: str) -> bool:
    said = supporters(state, offer.number, 0) | _said_no(state, offer.number)
    return party in offer.packages[0] and party not in said


def _said_no(state: RoomState, offer: int) -> frozenset[str]:
    return state.bargain.declined.get(offer, frozenset())

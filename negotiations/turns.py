"""Whose word a table waits for: in a poll, in a last call, when nothing new may come any more, and otherwise."""

from __future__ import annotations

from bargaining.case import SETTLE_UP
from negotiations.rules.decide import is_voted, supporters
from negotiations.rules.decide.phases import backing
from negotiations.rules.room import Offer, RoomState
from negotiations.rules.room.strands import deciders


def awaited(state: RoomState) -> frozenset[str]:
    """The parties from whom something is to be heard now. A poll waits for practice partners, for persons nobody
    waits: they answer or let it be."""
    here = frozenset(state.case.party_ids) - state.votes.left
    others = here - {state.last_by}
    if is_closing(state):
        others = frozenset(party for party in here if unanswered(state, party))
    if not is_voted(state.case):
        return others
    partners = {seat.party for seat in state.seats.values() if seat.kind == "partner"}
    asked = frozenset(party for party in here & partners if polled(state, party))
    if asked:
        return asked
    return here & _in_the_last_call(state) if state.votes.carried else others


def is_closing(state: RoomState) -> bool:
    """Nothing new may come, but what is on the table may be answered."""
    return state.course.overtime or state.course.phase == SETTLE_UP


def unanswered(state: RoomState, party: str) -> tuple[int, ...]:
    """The whole offers of others that wait for this party's yes or no."""
    return tuple(number for number in sorted(state.bargain.standing) if _waits_for(state, number, party))


def _waits_for(state: RoomState, number: int, party: str) -> bool:
    offer = state.offers[number - 1]
    is_asked = party in deciders(state, number)
    if state.case.mechanism == "coalition":
        is_asked = any(party in package for package in offer.packages)
    said = backing(state, number) | _said_no(state, number)
    return is_asked and not offer.left_open and party not in said


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

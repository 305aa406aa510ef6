"""Votes among more than two: changes of mind, what is carried, names under proposals, how everybody leans."""

from __future__ import annotations

from typing import Any

from msgspec import structs

from negotiations.rules import events as e
from negotiations.rules.room.ballots import Carried, Count, Poll
from negotiations.rules.room.evolving import changes_by
from negotiations.rules.room.state import RoomState


@changes_by.register
def _(event: e.VoteTakenBack, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    names = tuple(name for name in state.votes.sponsors.get(event.offer, ()) if name != event.party)
    votes = structs.replace(state.votes, sponsors={**state.votes.sponsors, event.offer: names})
    return {**without_votes(state, event.offer, event.party), "votes": votes, "last_by": event.party}


def without_votes(state: RoomState, offer: int, party: str) -> dict[str, Any]:
    """The changes when what the party said of the offer no longer counts."""
    accepted = {place: by - {party} for place, by in state.accepted.get(offer, {}).items()}
    declined = state.bargain.declined.get(offer, frozenset()) - {party}
    bargain = structs.replace(state.bargain, declined={**state.bargain.declined, offer: declined})
    return {"accepted": {**state.accepted, offer: accepted}, "bargain": bargain}


@changes_by.register
def _(event: e.VoteCarried, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    carried = Carried(event.offer, event.package, event.counts_at)
    return {"votes": structs.replace(state.votes, carried=carried)}


@changes_by.register
def _(event: e.VoteBroken, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    return {"votes": structs.replace(state.votes, carried=None)}


@changes_by.register
def _(event: e.VoteCounted, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    count = Count(event.yes, event.no, event.silent)
    return {"votes": structs.replace(state.votes, carried=None, count=count)}


@changes_by.register
def _(event: e.OfferSponsored, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    names = (*state.votes.sponsors.get(event.offer, ()), event.party)
    sponsors = {**state.votes.sponsors, event.offer: names}
    return {"votes": structs.replace(state.votes, sponsors=sponsors), "last_by": event.party}


@changes_by.register
def _(event: e.StanceTaken, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    of_offer = {**state.votes.stances.get(event.offer, {}), event.party: (event.package, event.stance)}
    stances = {**state.votes.stances, event.offer: of_offer}
    answered = state.votes.answered | {event.party}
    return {"votes": structs.replace(state.votes, stances=stances, answered=answered)}


@changes_by.register
def _(event: e.PollCalled, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    poll = Poll(event.poll, logged.at, event.ends_at)
    planned = max(state.votes.planned, event.planned)
    return {"votes": structs.replace(state.votes, poll=poll, planned=planned, answered=frozenset())}


def gone(state: RoomState, party: str) -> dict[str, Any]:
    """The changes when a party goes away and the others may stay."""
    return {"votes": structs.replace(state.votes, left=state.votes.left | {party})}

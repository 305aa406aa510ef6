"""What lists and the live board need to know of a room, kept in its row so that nobody replays for them."""

from __future__ import annotations

from datetime import datetime
from itertools import product
from typing import Any

from msgspec import Struct

from bargaining.case import Package
from negotiations.rules.decide import is_voted, supporters
from negotiations.rules.room import RoomState
from negotiations.rules.room.strands import link_of_offer


class Summary(Struct, frozen=True):
    """`apart` counts, of all `terms` in the standing offers, those on which two parties differ. Of rounds: which one
    runs, who is ready in it, and what each party has landed before it; no move that is still sealed. `course` is the
    phase of the case that runs, `told` and `untold` the news, `changed` what of it changed the case, and `acted_at`
    when each party last did anything: who is quiet for long. Of votes: who is for each standing offer, by its number;
    which one is carried, and until when minds can change; who left the others; who did not sign the deal."""

    phase: str
    outcome: str | None
    offers: int
    messages: int
    said_by: dict[str, int]
    offered_by: dict[str, int]
    standing: dict[str, int]
    apart: int | None
    terms: int
    hands: list[str]
    seats: dict[str, str]
    deal: dict[str, Any] | None
    opened_at: datetime | None
    closes_at: datetime | None
    ended_at: datetime | None
    last_at: datetime | None
    last_by: str | None
    walked: str | None
    pause_reason: str
    round: int = 0
    ready: list[str] = []
    landed: dict[str, float] = {}
    course: str = ""
    told: list[str] = []
    untold: list[str] = []
    changed: list[str] = []
    acted_at: dict[str, datetime] = {}
    yes: dict[str, list[str]] = {}
    carried: int | None = None
    counts_at: datetime | None = None
    left: list[str] = []
    dissent: list[str] = []


def summarise(state: RoomState) -> Summary:
    offers = [state.offers[number - 1].packages for number in compared(state)]
    return Summary(
        phase=state.phase,
        outcome=state.outcome,
        offers=len(state.offers),
        messages=state.messages + state.channels.messages,
        said_by=said_by(state),
        offered_by=dict(state.offered_by),
        standing=dict(state.standing),
        apart=apart(offers),
        terms=len(set().union(*(package for packages in offers for package in packages))),
        hands=sorted(state.hands),
        seats={str(seat.id): seat.kind for seat in state.seats.values()},
        deal=dict(state.deal) if state.deal is not None else None,
        opened_at=state.opened_at,
        closes_at=state.closes_at,
        ended_at=state.ended_at,
        last_at=state.last_at,
        last_by=state.last_by,
        walked=state.walked,
        pause_reason=state.pause_reason,
        round=state.rounds.number,
        ready=sorted(state.rounds.sealed),
        landed=state.rounds.totals,
        course=state.course.phase,
        told=list(state.news.told),
        untold=[news.id for news in state.news.left],
        changed=list(state.news.changed),
        acted_at=dict(state.course.acted_at),
        **votes(state),
    )


def votes(state: RoomState) -> dict[str, Any]:
    """Where several vote: who is for each standing offer, what is carried, who left, who did not sign the deal."""
    if not is_voted(state.case):
        return {}
    count, carried = state.votes.count, state.votes.carried
    return {
        "yes": {str(number): in_favour(state, number) for number in sorted(state.bargain.standing)},
        "carried": carried.offer if carried else None,
        "counts_at": carried.counts_at if carried else None,
        "left": sorted(state.votes.left),
        "dissent": [*count.no, *count.silent] if count else [],
    }


def in_favour(state: RoomState, number: int) -> list[str]:
    """Who is for the package of this offer that has most votes."""
    places = range(len(state.offers[number - 1].packages))
    most: frozenset[str] = max((supporters(state, number, place) for place in places), key=len)
    return sorted(most)


def compared(state: RoomState) -> list[int]:
    """The standing offers to be compared: of linked negotiations those of the one where the newest offer stands."""
    numbers = list(state.standing.values())
    if not state.case.strands or not numbers:
        return numbers
    newest = link_of_offer(state, max(numbers))
    return [number for number in numbers if link_of_offer(state, number) == newest]


def said_by(state: RoomState) -> dict[str, int]:
    """How often each party spoke, to the table or apart."""
    counts = {
        party: state.said_by.get(party, 0) + state.channels.said_by(party) for party in state.case.party_ids
    }
    return {party: count for party, count in counts.items() if count}


def apart(offers: list[tuple[Package, ...]]) -> int | None:
    """The terms that still differ between two offers, at the packages of each that come closest."""
    if len(offers) < 2:
        return None
    return min(
        sum(one.get(issue) != other.get(issue) for issue in one.keys() | other.keys())
        for one, other in product(*offers[:2])
    )

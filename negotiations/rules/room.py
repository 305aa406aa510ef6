"""The state of a table as the log tells it: `evolve` adds one event, `replay` all of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import singledispatch
from typing import Any, Literal
from uuid import UUID

from msgspec import Struct, structs

from bargaining.case import Case, Package
from negotiations.rules import events as e
from negotiations.rules.commands import SeatKind

Phase = Literal["waiting", "open", "paused", "ended"]


class Policy(Struct, frozen=True):
    """What a session decided for all its rooms before they began. `partner_pace` is how many seconds
    a practice partner thinks, at least and at most."""

    partner_pace: tuple[float, float] = (6.0, 15.0)


class SeatState(Struct, frozen=True):
    id: UUID
    party: str
    kind: SeatKind


class Offer(Struct, frozen=True):
    number: int
    party: str
    packages: tuple[Package, ...]
    digest: str
    at: datetime


class RoomState(Struct, frozen=True):
    """What the log says so far. `case` is the public part of the case: no party's secret is in it."""

    case: Case
    policy: Policy = Policy()
    seq: int = 0
    phase: Phase = "waiting"
    seats: Mapping[UUID, SeatState] = {}
    offers: tuple[Offer, ...] = ()
    standing: Mapping[str, int] = {}
    withdrawn: frozenset[int] = frozenset()
    accepted: Mapping[int, frozenset[str]] = {}
    messages: int = 0
    said_by: Mapping[str, int] = {}
    offered_by: Mapping[str, int] = {}
    hands: frozenset[str] = frozenset()
    opened_at: datetime | None = None
    closes_at: datetime | None = None
    paused_at: datetime | None = None
    pause_reason: str = ""
    ended_at: datetime | None = None
    outcome: e.Outcome | None = None
    deal: Package | None = None
    deal_offer: int | None = None
    walked: str | None = None
    last_at: datetime | None = None
    last_by: str | None = None

    def standing_offer(self, number: int) -> Offer | None:
        """The offer with this number while it stands on the table, else None."""
        if 1 <= number <= len(self.offers):
            offer = self.offers[number - 1]
            if self.standing.get(offer.party) == number:
                return offer
        return None

    def party_of(self, seat: UUID) -> str | None:
        found = self.seats.get(seat)
        return found.party if found else None


def digest_of(packages: Iterable[Package]) -> str:
    """A short fingerprint of an offer's content: an accept that names it cannot mean anything else."""
    text = json.dumps([dict(package) for package in packages], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def replay(case: Case, log: Iterable[e.Logged], policy: Policy | None = None) -> RoomState:
    state = RoomState(case=case, policy=policy or Policy())
    for logged in log:
        state = evolve(state, logged)
    return state


def evolve(state: RoomState, logged: e.Logged) -> RoomState:
    """The state after one more event. Deadlines and the end come from events alone, never from a clock."""
    changes = changes_by(logged.event, state, logged)
    return structs.replace(state, seq=logged.seq, last_at=logged.at, **changes)


@singledispatch
def changes_by(event: e.Event, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    raise TypeError(f"no rule for {event.type}")


@changes_by.register
def _(event: e.SeatTaken, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    seat = SeatState(event.seat, event.party, event.kind)
    return {"seats": {**state.seats, event.seat: seat}}


@changes_by.register
def _(event: e.SeatLeft, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    return {"seats": {key: seat for key, seat in state.seats.items() if key != event.seat}}


@changes_by.register
def _(event: e.TableOpened, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    return {"phase": "open", "opened_at": logged.at, "closes_at": event.closes_at}


@changes_by.register
def _(event: e.TablePaused, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    return {"phase": "paused", "paused_at": event.at, "pause_reason": event.reason}


@changes_by.register
def _(event: e.TableResumed, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    return {"phase": "open", "paused_at": None, "pause_reason": "", "closes_at": event.closes_at}


@changes_by.register
def _(event: e.TableExtended, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    return {"closes_at": event.closes_at}


@changes_by.register
def _(event: e.TableClosed, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    ended = {"phase": "ended", "outcome": event.outcome, "ended_at": logged.at}
    return {**ended, "hands": frozenset(), "standing": {}}


@changes_by.register
def _(event: e.MessageSaid, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    said = {**state.said_by, event.party: state.said_by.get(event.party, 0) + 1}
    return {"messages": state.messages + 1, "said_by": said, "last_by": event.party}


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


@changes_by.register
def _(event: e.HelpAsked, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    return {"hands": state.hands | {event.party}}


@changes_by.register
def _(event: e.HelpClosed, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    return {"hands": state.hands - {event.party}}

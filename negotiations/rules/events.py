"""What happened at a table: one closed class an event type, payload in and out.

A payload's meaning never changes; a new meaning is a new type. See docs/developers/add-an-event.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, Literal
from uuid import UUID

import msgspec
from msgspec import Struct

from bargaining.case import Value
from negotiations.rules.commands import SeatKind

Outcome = Literal["deal", "walked_away", "out_of_time", "closed"]
Audience = tuple[str, ...] | None


class Event(Struct, frozen=True, forbid_unknown_fields=True):
    """Base of all events; `type` is its name in the log."""

    type: ClassVar[str]


class SeatTaken(Event, frozen=True):
    type: ClassVar[str] = "seat.taken"
    seat: UUID
    party: str
    kind: SeatKind


class SeatLeft(Event, frozen=True):
    type: ClassVar[str] = "seat.left"
    seat: UUID
    party: str


class TableOpened(Event, frozen=True):
    type: ClassVar[str] = "table.opened"
    closes_at: datetime


class TablePaused(Event, frozen=True):
    type: ClassVar[str] = "table.paused"
    reason: str
    at: datetime


class TableResumed(Event, frozen=True):
    type: ClassVar[str] = "table.resumed"
    closes_at: datetime


class TableExtended(Event, frozen=True):
    """More time; while paused `closes_at` counts as if the clock had run on from the pause."""

    type: ClassVar[str] = "table.extended"
    seconds: int
    closes_at: datetime


class TableClosed(Event, frozen=True):
    type: ClassVar[str] = "table.closed"
    outcome: Outcome


class MessageSaid(Event, frozen=True):
    type: ClassVar[str] = "message.said"
    party: str
    text: str


class OfferMade(Event, frozen=True):
    type: ClassVar[str] = "offer.made"
    offer: int
    party: str
    packages: tuple[Mapping[str, Value], ...]
    digest: str


class OfferWithdrawn(Event, frozen=True):
    type: ClassVar[str] = "offer.withdrawn"
    offer: int
    party: str


class OfferAccepted(Event, frozen=True):
    type: ClassVar[str] = "offer.accepted"
    offer: int
    package: int
    party: str


class DealMade(Event, frozen=True):
    """The agreement rule made this package final. `slot` names what it settles: one agreement a slot."""

    type: ClassVar[str] = "deal.made"
    slot: str
    offer: int
    package: Mapping[str, Value]


class WalkedAway(Event, frozen=True):
    type: ClassVar[str] = "party.walked_away"
    party: str


class ReasonGiven(Event, frozen=True):
    """Why a party walked away: for itself and the instructor."""

    type: ClassVar[str] = "reason.given"
    party: str
    text: str


class HelpAsked(Event, frozen=True):
    type: ClassVar[str] = "help.asked"
    party: str


class HelpClosed(Event, frozen=True):
    type: ClassVar[str] = "help.closed"
    party: str


EVENTS: dict[str, type[Event]] = {kind.type: kind for kind in Event.__subclasses__()}


class Draft(Struct, frozen=True):
    """An event that is not written yet. `audience` names the parties that may see it; None means all."""

    event: Event
    audience: Audience = None


class Logged(Struct, frozen=True, gc=False):
    """An event as it stands in the log. Only a command's first event carries its id and digest."""

    seq: int
    event: Event
    actor: UUID
    audience: Audience
    at: datetime
    command_id: UUID | None = None
    digest: bytes | None = None


def payload_of(event: Event) -> bytes:
    return msgspec.json.encode(event)


def event_from(kind: str, payload: bytes | str) -> Event:
    return msgspec.json.decode(payload, type=EVENTS[kind])

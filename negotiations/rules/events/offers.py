"""Packages on the table, and leaving without one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from bargaining.case import Value
from negotiations.rules.events.base import Event


class OfferMade(Event, frozen=True, omit_defaults=True):
    """`left_open` names the terms that each package leaves open; empty means that all are whole."""

    type: ClassVar[str] = "offer.made"
    offer: int
    party: str
    packages: tuple[Mapping[str, Value], ...]
    digest: str
    added: tuple[str, ...] = ()
    left_open: tuple[tuple[str, ...], ...] = ()
    expires_at: datetime | None = None


class OfferLapsed(Event, frozen=True):
    """Its time ran out before anybody took it."""

    type: ClassVar[str] = "offer.lapsed"
    offer: int
    party: str


class OfferWithdrawn(Event, frozen=True):
    type: ClassVar[str] = "offer.withdrawn"
    offer: int
    party: str


class OfferAccepted(Event, frozen=True):
    type: ClassVar[str] = "offer.accepted"
    offer: int
    package: int
    party: str


class OfferDeclined(Event, frozen=True):
    """A no. Where only one other side could say yes, the offer is off the table with it."""

    type: ClassVar[str] = "offer.declined"
    offer: int
    party: str
    words: str = ""


class OfferPreferred(Event, frozen=True):
    """Which package of several a party finds closest; a word, not a yes."""

    type: ClassVar[str] = "offer.preferred"
    offer: int
    package: int
    party: str


class TermPinned(Event, frozen=True):
    """A party would settle this term so; a word, not a yes."""

    type: ClassVar[str] = "term.pinned"
    issue: str
    value: Value
    party: str


class TermUnpinned(Event, frozen=True):
    type: ClassVar[str] = "term.unpinned"
    issue: str
    party: str


class OutcomeRecorded(Event, frozen=True):
    """What one side wrote down of a talk face to face; no package is no deal."""

    type: ClassVar[str] = "outcome.recorded"
    party: str
    package: Mapping[str, Value] | None


class DealMade(Event, frozen=True, omit_defaults=True):
    """The agreement rule made this package final. `slot` names what it settles: one agreement a slot. `offer` is 0
    where both sides wrote down what they had settled aloud; `approvals` is how many voted for it, 0 where nobody
    votes."""

    type: ClassVar[str] = "deal.made"
    slot: str
    offer: int
    package: Mapping[str, Value]
    added: tuple[str, ...] = ()
    approvals: int = 0


class WalkedAway(Event, frozen=True):
    type: ClassVar[str] = "party.walked_away"
    party: str


class ReasonGiven(Event, frozen=True):
    """Why a party walked away: for itself and the instructor."""

    type: ClassVar[str] = "reason.given"
    party: str
    text: str

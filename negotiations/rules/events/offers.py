"""Packages on the table, and leaving without one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from bargaining.case import Value
from negotiations.rules.events.base import Event


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

"""Votes among more than two: what was carried, what broke it, how it was counted, and what binds nobody."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from negotiations.rules.commands.votes import Stance
from negotiations.rules.events.base import Event


class VoteTakenBack(Event, frozen=True):
    """What a party said of an offer counts no more, nor its name under it."""

    type: ClassVar[str] = "vote.taken_back"
    offer: int
    party: str


class VoteCarried(Event, frozen=True):
    """A package has enough votes. It counts at this moment, unless somebody's change of mind breaks it before."""

    type: ClassVar[str] = "vote.carried"
    offer: int
    package: int
    counts_at: datetime


class VoteBroken(Event, frozen=True):
    """What was carried no longer has enough votes."""

    type: ClassVar[str] = "vote.broken"
    offer: int
    package: int


class VoteCounted(Event, frozen=True):
    """How everybody stood to the package when it became the deal; a dissent is on record here."""

    type: ClassVar[str] = "vote.counted"
    offer: int
    package: int
    yes: tuple[str, ...]
    no: tuple[str, ...]
    silent: tuple[str, ...]


class OfferSponsored(Event, frozen=True):
    type: ClassVar[str] = "offer.sponsored"
    offer: int
    party: str


class StanceTaken(Event, frozen=True):
    """How a party leans; it binds nobody."""

    type: ClassVar[str] = "stance.taken"
    offer: int
    package: int
    party: str
    stance: Stance


class PollCalled(Event, frozen=True):
    """Everybody is asked how they lean. `planned` is which poll of the case's own it is, 0 if it is none."""

    type: ClassVar[str] = "poll.called"
    poll: int
    ends_at: datetime
    planned: int = 0

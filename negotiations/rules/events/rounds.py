"""Rounds: sealed moves, and all of them shown at one instant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, Literal

from negotiations.rules.events.base import Event

#: Who may talk to the others before a choice: nobody, everybody, or one person a party.
Talk = Literal["", "all", "representatives"]


class RoundBegan(Event, frozen=True):
    type: ClassVar[str] = "round.began"
    round: int
    ends_at: datetime
    talk: Talk


class MoveSealed(Event, frozen=True):
    """What a party chose: for itself alone until all is shown."""

    type: ClassVar[str] = "move.sealed"
    round: int
    party: str
    move: str


class CrewReady(Event, frozen=True):
    """That a party has chosen, not what."""

    type: ClassVar[str] = "crew.ready"
    round: int
    party: str


class RoundRevealed(Event, frozen=True):
    """All moves at once, or only how many chose what (`moves` and `landed` are None then).

    `absent` did not choose in time and got the `default` move; `landed` are the points of this round.
    """

    type: ClassVar[str] = "round.revealed"
    round: int
    counts: Mapping[str, int]
    absent: tuple[str, ...]
    default: str
    moves: Mapping[str, str] | None = None
    landed: Mapping[str, float] | None = None


class CrewLanded(Event, frozen=True):
    """Where only counts are shown: what the round brought one party, for itself."""

    type: ClassVar[str] = "crew.landed"
    round: int
    party: str
    move: str
    points: float

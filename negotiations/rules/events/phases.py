"""The parts of the time at a table, and what is left when it has passed."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from negotiations.rules.events.base import Event


class PhaseBegan(Event, frozen=True):
    """`place` tells which of the phase's groups meets, where groups take turns; else it is 0."""

    type: ClassVar[str] = "phase.began"
    phase: str
    place: int
    ends_at: datetime


class WaitingCounted(Event, frozen=True):
    """So many units of waiting cost something by the time of the deal."""

    type: ClassVar[str] = "waiting.counted"
    units: int


class OvertimeBegan(Event, frozen=True):
    """The time is over, but what is on the table may still be answered until `closes_at`."""

    type: ClassVar[str] = "overtime.began"
    closes_at: datetime

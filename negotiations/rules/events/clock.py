"""The time of a table, and its end."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Literal

from negotiations.rules.events.base import Event

#: no_deal: at a table face to face all sides wrote down that there is none.
Outcome = Literal["deal", "walked_away", "out_of_time", "closed", "no_deal", "played_out"]


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

"""The time of a table: what instructors and the house ask."""

from __future__ import annotations

from typing import ClassVar

from negotiations.rules.commands.actors import STAFF, Asked
from negotiations.rules.events.news import PlannedNews


class OpenTable(Asked, frozen=True, omit_defaults=True):
    """`news` is what will be told at this table, and when."""

    by: ClassVar = STAFF
    seconds: int
    news: tuple[PlannedNews, ...] = ()


class PauseTable(Asked, frozen=True):
    by: ClassVar = STAFF
    reason: str = ""


class ResumeTable(Asked, frozen=True):
    by: ClassVar = STAFF


class ExtendTable(Asked, frozen=True):
    by: ClassVar = STAFF
    seconds: int


class CloseTable(Asked, frozen=True):
    """The instructor ends the table before its time."""

    by: ClassVar = STAFF


class Tick(Asked, frozen=True):
    """Something is due by the clock: the deadline, or what else a table does by itself."""

    by: ClassVar = STAFF

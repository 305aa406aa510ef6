"""The time of a table: what instructors and the house ask."""

from __future__ import annotations

from typing import ClassVar

from negotiations.rules.commands.actors import STAFF, Asked


class OpenTable(Asked, frozen=True):
    by: ClassVar = STAFF
    seconds: int


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

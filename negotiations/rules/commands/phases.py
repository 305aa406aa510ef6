"""The parts of the time at a table."""

from __future__ import annotations

from typing import ClassVar

from negotiations.rules.commands.actors import STAFF, Asked


class NextPhase(Asked, frozen=True):
    """Goes on to the next phase, or the next group of this one, before its time."""

    by: ClassVar = STAFF

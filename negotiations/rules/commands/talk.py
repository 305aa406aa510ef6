"""Words, and a raised hand."""

from __future__ import annotations

from typing import ClassVar

from negotiations.rules.commands.actors import SEATS, STAFF, Asked


class Say(Asked, frozen=True):
    by: ClassVar = SEATS
    text: str


class AskHelp(Asked, frozen=True):
    """Calls the instructor; the other side does not learn of it."""

    by: ClassVar = SEATS


class CloseHelp(Asked, frozen=True):
    """Lowers a raised hand: the party itself, or the instructor naming the party."""

    by: ClassVar = SEATS | STAFF

    party: str | None = None

"""Words, and a raised hand."""

from __future__ import annotations

from typing import ClassVar

from negotiations.rules.commands.actors import SEATS, STAFF, Asked


class Say(Asked, frozen=True, omit_defaults=True):
    """`to` names who hears it: "" the table, "team" the own side, "a+b" these parties alone."""

    by: ClassVar = SEATS
    needs: ClassVar = "talk"
    text: str
    to: str = ""


class AskHelp(Asked, frozen=True):
    """Calls the instructor; the other side does not learn of it."""

    by: ClassVar = SEATS
    needs: ClassVar = "ask"


class CloseHelp(Asked, frozen=True):
    """Lowers a raised hand: the party itself, or the instructor naming the party."""

    by: ClassVar = SEATS | STAFF
    needs: ClassVar = "ask"

    party: str | None = None

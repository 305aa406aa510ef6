"""Packages on the table, and leaving without one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from bargaining.case import Value
from negotiations.rules.commands.actors import SEATS, Asked


class MakeOffer(Asked, frozen=True, omit_defaults=True):
    """`words` are said with the offer, in the same act, so that nobody's answer comes between the two."""

    by: ClassVar = SEATS
    needs: ClassVar = "propose"

    packages: tuple[Mapping[str, Value], ...]
    words: str = ""


class AcceptOffer(Asked, frozen=True):
    """Names the offer, the package in it and the digest the actor read, so that a stale screen cannot bind."""

    by: ClassVar = SEATS

    offer: int
    package: int
    digest: str


class DeclineOffer(Asked, frozen=True, omit_defaults=True):
    """A plain no, with a word or without one."""

    by: ClassVar = SEATS

    offer: int
    words: str = ""


class MarkClosest(Asked, frozen=True):
    """Says which package of a multiple offer comes closest to what one could take. It binds nobody."""

    by: ClassVar = SEATS

    offer: int
    package: int


class WithdrawOffer(Asked, frozen=True):
    by: ClassVar = SEATS
    needs: ClassVar = "propose"
    offer: int


class WalkAway(Asked, frozen=True):
    """Leaves without a deal. The reason is for the instructor only."""

    by: ClassVar = SEATS

    reason: str = ""

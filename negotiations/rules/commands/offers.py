"""Packages on the table, and leaving without one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from bargaining.case import Value
from negotiations.rules.commands.actors import SEATS, Asked


class MakeOffer(Asked, frozen=True, omit_defaults=True):
    """`words` are said with the offer, in the same act, so that nobody's answer comes between the two.

    `added` are terms of the table's own, in words; they belong to each package. With `proposal` terms may be left
    open; what is not whole cannot be accepted.
    """

    by: ClassVar = SEATS
    tapped: ClassVar = True
    needs: ClassVar = "propose"

    packages: tuple[Mapping[str, Value], ...]
    words: str = ""
    added: tuple[str, ...] = ()
    proposal: bool = False


class AcceptOffer(Asked, frozen=True):
    """Names the offer, the package in it and the digest the actor read, so that a stale screen cannot bind."""

    by: ClassVar = SEATS
    tapped: ClassVar = True

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


class PinTerm(Asked, frozen=True):
    """Would settle one term so, for now. It holds once all who sign have pinned the same, and binds nobody."""

    by: ClassVar = SEATS

    issue: str
    value: Value


class UnpinTerm(Asked, frozen=True):
    by: ClassVar = SEATS
    issue: str


class RecordOutcome(Asked, frozen=True):
    """What a table that talks face to face settled, as one side wrote it down; None is no deal. It counts once
    all who sign have written down the same."""

    by: ClassVar = SEATS
    tapped: ClassVar = True

    package: Mapping[str, Value] | None


class WalkAway(Asked, frozen=True):
    """Leaves without a deal. The reason is for the instructor only."""

    by: ClassVar = SEATS
    tapped: ClassVar = True

    reason: str = ""

"""What is asked at a table of more than two: changes of mind, names under a proposal, and votes that bind nobody."""

from __future__ import annotations

from typing import ClassVar, Literal

from negotiations.rules.commands.actors import SEATS, STAFF, Asked

Stance = Literal["yes", "no", "unsure"]


class TakeBack(Asked, frozen=True):
    """Takes back what one said of an offer, a yes or a no, and one's name under it."""

    by: ClassVar = SEATS
    offer: int


class Sponsor(Asked, frozen=True):
    """Puts one's name under another's proposal. It is no vote."""

    by: ClassVar = SEATS
    offer: int


class TakeStance(Asked, frozen=True):
    """Says how one leans. It binds nobody."""

    by: ClassVar = SEATS
    offer: int
    package: int
    stance: Stance


class CallPoll(Asked, frozen=True):
    """Asks everybody how they lean, now: the instructor, the house when the case says so, or a facilitator."""

    by: ClassVar = SEATS | STAFF
    needs: ClassVar = "talk"

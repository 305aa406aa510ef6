"""Sides of several people: what one of them wants to do, another confirms."""

from __future__ import annotations

from typing import ClassVar

from negotiations.rules.commands.actors import SEATS, Asked


class Tap(Asked, frozen=True):
    """Confirms what a teammate wants to do; with that it is done."""

    by: ClassVar = SEATS
    needs: ClassVar = "propose"
    deed: int


class DropDeed(Asked, frozen=True):
    """It shall not be done: said by a teammate, or taken back by who wanted it."""

    by: ClassVar = SEATS
    needs: ClassVar = "propose"
    deed: int

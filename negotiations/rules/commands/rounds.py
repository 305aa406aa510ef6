"""A choice that all make at the same moment, round after round."""

from __future__ import annotations

from typing import ClassVar

from negotiations.rules.commands.actors import SEATS, Asked


class Choose(Asked, frozen=True):
    """The party's move in this round. It names the round it was meant for, so that a late one cannot slip into
    the next."""

    by: ClassVar = SEATS
    round: int
    move: str

"""What each choice for those left over would mean, told before the instructor chooses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import get_args
from uuid import UUID

from classrooms.rules.pairing.draw import pair
from classrooms.rules.pairing.people import Comer, OddRule, Side, Wishes


@dataclass(frozen=True)
class Preview:
    """How many tables there would be and who would be odd at them, in numbers."""

    odd: OddRule
    tables: int
    seconds: int
    observers: int
    with_partners: int
    with_instructor: bool
    waiting: int


def previews(count: int, sides: Sequence[Side]) -> list[Preview]:
    """Of so many people, for every choice. Nothing depends on who they are."""
    return [preview(count, sides, odd) for odd in get_args(OddRule)]


def preview(count: int, sides: Sequence[Side], odd: OddRule) -> Preview:
    drawn = pair([Comer(UUID(int=n + 1)) for n in range(count)], sides, Wishes(odd=odd), Random(0))
    return Preview(
        odd,
        len(drawn.tables),
        len(drawn.seconds),
        len(drawn.observers),
        len(drawn.with_partners),
        drawn.instructor is not None,
        len(drawn.waiting),
    )

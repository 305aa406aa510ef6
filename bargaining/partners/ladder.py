"""The packages that are better for a partner than none, from worst to best, by its own sheet alone. Worked out
once for each case object; what is too large to look through is sampled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from math import prod

import numpy as np

from bargaining.case import Case, Value
from bargaining.outcomes import Floats, Integers, Mask, Space, space
from bargaining.partners.samples import effects_of, sample
from bargaining.scoring import alternative_value

#: Above this many packages a partner looks at a sample.
MOST_OUTCOMES = 2_000_000
#: Packages within this share of the range are equally good to a partner.
SAME_TO_ME = 0.05


@dataclass(frozen=True, eq=False)
class Ladder:
    """The valid packages above the alternative: `order` are their places in the space, `points` rise."""

    space: Space
    party: str
    order: Integers
    points: Floats
    alternative: float

    def __len__(self) -> int:
        return len(self.order)

    @property
    def range(self) -> float:
        return float(self.points[-1]) - self.alternative

    def level(self, share: float) -> float:
        """The points at this share of the way from the alternative to the best package."""
        return self.alternative + share * self.range

    def band(self, level: float, last: float | None, width: float = SAME_TO_ME) -> Integers:
        """The places of packages worth about the level, at least it, and no more than the last own offer."""
        low = int(np.searchsorted(self.points, min(level, self.points[-1]), side="left"))
        top = float(self.points[low]) + width * self.range
        if last is not None and last > self.alternative:
            top = min(top, max(last, float(self.points[low])))
        return self.order[low : int(np.searchsorted(self.points, top, side="right"))]

    def package(self, place: int) -> dict[str, Value]:
        return self.space.package(place)

    @cached_property
    def effects(self) -> dict[str, Floats]:
        """How many points each value of each issue brings on average; nan for one that is in no package."""
        return effects_of(self.space, self.party)

    @cached_property
    def stakes(self) -> dict[str, float]:
        """What each issue can make of a difference to the partner, in points on average."""
        return {name: float(np.nanmax(means) - np.nanmin(means)) for name, means in self.effects.items()}


def ladder_of(case: Case, party: str) -> Ladder:
    """The party's ladder; ValueError if the case does not show its alternative."""
    key = ("ladder", party)
    if key not in case.memo:
        outcomes = _outcomes(case, party)
        worth = outcomes.column_of(party)
        alternative = alternative_value(case, party)
        order = np.argsort(worth, kind="stable")
        order = order[(worth[order] > alternative) & outcomes.valid[order]]
        case.memo[key] = Ladder(outcomes, party, order, worth[order], alternative)
    ladder: Ladder = case.memo[key]
    return ladder


def narrowed(case: Case, party: str, keep: Callable[[Space], Mask]) -> Case:
    """The same case for a partner that looks only at some packages; the case itself if none would be left."""
    ladder = ladder_of(case, party)
    kept = keep(ladder.space)[ladder.order]
    if kept.all() or not kept.any():
        return case
    found = replace(case)
    found.memo["ladder", party] = replace(ladder, order=ladder.order[kept], points=ladder.points[kept])
    return found


def _outcomes(case: Case, party: str) -> Space:
    whole = prod(len(issue.values()) for issue in case.listed_issues) <= MOST_OUTCOMES
    return space(case) if whole else sample(case, party)

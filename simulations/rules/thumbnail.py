"""The shape of a case, small enough to keep with its edition and to draw: for two parties the plane of their points,
for more a strip a party. A function of the case alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from math import prod
from typing import Any

import numpy as np
from msgspec import Struct

from bargaining.analysis import Analysis, analysis
from bargaining.case import Case, Issue
from bargaining.coupling import coupled
from bargaining.frontier import MOST_VECTORS
from bargaining.outcomes import Floats, Space, SpaceTooLarge, space

#: Listing more deals, or more choices of coupled issues, would keep somebody waiting; so would adding more of them up.
MOST_DEALS, MOST_SUMS = 1_500_000, 40_000_000
#: Cells of the drawing in each direction, and of a strip.
CELLS, BARS = 28, 24
#: How much room is left below an alternative, as a share of what can be gained above it.
BELOW = 0.5

Pair = tuple[float, float]


class Strip(Struct, frozen=True):
    """One party's points: from the worst to the best deal, its alternative, and, where the deals can be listed, those
    that pass and how many lie where (`bars` are heights from 0 to 1 over equal parts of the range)."""

    low: float
    high: float
    alternative: float
    passing: Pair | None = None
    bars: tuple[float, ...] = ()


class Thumbnail(Struct, frozen=True):
    """Axes, frontier and cloud are there for two parties, strips for more. A point is (first party's, second party's).

    Deals pass if enough parties for the agreement rule accept them, and are rational if nobody is below the own
    alternative; None where they are too many to count. Where they are too many to list there is no cloud.
    """

    parties: tuple[str, ...]
    alternatives: tuple[float, ...]
    deals: int
    passing: int | None
    rational: int | None
    best: float | None = None
    axes: tuple[Pair, ...] = ()
    frontier: tuple[Pair, ...] = ()
    cloud: tuple[Pair, ...] = ()
    strips: tuple[Strip, ...] = ()


def thumbnail(case: Case) -> Thumbnail | None:
    """None where a case has no packages with points, or issues that hang together in too many ways."""
    if case.mechanism != "agreement" or len(case.scored_ids) < 2 or takes_long(case):
        return None
    # On a copy of its own: what is worked out here is large, and the case that pages share lives on.
    alone = replace(case)
    try:
        there = analysis(alone)
        listed = space(alone) if most_deals(case) <= MOST_DEALS else None
    except SpaceTooLarge:
        return None
    # Counting without listing is quick for two, and may be slow for many.
    is_counted = listed is not None or len(there.parties) == 2
    return Thumbnail(
        parties=there.parties,
        alternatives=_numbers(there.alternatives),
        deals=there.valid_outcomes,
        passing=there.passing_outcomes if is_counted else None,
        rational=there.rational_outcomes if is_counted else None,
        **(_plane(there, listed) if len(there.parties) == 2 else _strips(there, listed)),
    )


def takes_long(case: Case) -> bool:
    """Whether too many issues hang together, or, for a frontier of two, too many sums might have to be made: what is
    undominated so far with every choice of the next group."""
    sums, kept = 0, 1
    for choices in sorted(map(_most_of, coupled(case))):
        sums += kept * choices
        kept = min(kept * choices, MOST_VECTORS)
    return most_coupled(case) > MOST_DEALS or (len(case.scored_ids) == 2 and sums > MOST_SUMS)


def most_deals(case: Case) -> int:
    """At least as many packages as there are."""
    return _most_of(case.listed_issues)


def most_coupled(case: Case) -> int:
    """At least as many as there are ways to settle any group of issues that hang together."""
    return max(map(_most_of, coupled(case)), default=1)


def _most_of(issues: Iterable[Issue]) -> int:
    """Issues of one group stand in for each other."""
    sizes: dict[str, int] = {}
    for issue in issues:
        name = issue.group or issue.id
        sizes[name] = max(sizes.get(name, 1), len(issue.values()))
    return prod(sizes.values())


def _plane(there: Analysis, listed: Space | None) -> dict[str, Any]:
    if there.frontier is None:
        return {}
    edge = there.frontier.vectors
    # Where no deal passes, the whole frontier is the story; else what lies far below the alternatives is not.
    floor = edge.min(axis=0) if there.passing_outcomes == 0 else np.full(2, np.inf)
    axes = tuple(
        _axis(float(there.alternatives[k]), float(edge[:, k].max()), float(floor[k])) for k in (0, 1)
    )
    lowest = np.array([low for low, _ in axes])
    shown = edge[(edge >= lowest).all(axis=1)]
    cloud = _cloud(listed.values[listed.valid], lowest, axes) if listed else ()
    return {
        "best": there.joint_surplus.amount,
        "axes": axes,
        "frontier": _pairs(shown),
        "cloud": cloud,
    }


def _axis(alternative: float, highest: float, floor: float) -> Pair:
    """From somewhat below the alternative, or from the floor, to a little above the best."""
    gain = max(highest - alternative, 0.1 * abs(alternative), 1.0)
    low = min(alternative - BELOW * gain, floor)
    return round(low, 6), round(max(highest, alternative) + 0.06 * gain, 6)


def _cloud(values: Floats, lowest: Floats, axes: tuple[Pair, ...]) -> tuple[Pair, ...]:
    """One deal of every cell of a grid that has any, where it is, so that a million draw like a hundred."""
    inside = values[(values >= lowest).all(axis=1)]
    sizes = np.array([(high - low) / CELLS for low, high in axes])
    cells = np.floor((inside - lowest) / sizes).astype(np.int64)
    _, first = np.unique(cells, axis=0, return_index=True)
    return _pairs(inside[first])


def _strips(there: Analysis, listed: Space | None) -> dict[str, Any]:
    """The frontier of many parties can be most of their deals, so nothing here asks for it."""
    ends = zip(there.value_min, there.value_max, there.alternatives, strict=True)
    strips = tuple(
        Strip(low=low, high=high, alternative=alternative, **_deals_along(listed, place, (low, high)))
        for place, (low, high, alternative) in enumerate(tuple(map(float, row)) for row in ends)
    )
    gains = listed.joint_surplus[listed.passing] if listed else ()
    return {"strips": strips, "best": float(max(gains)) if len(gains) else None}


def _deals_along(listed: Space | None, place: int, ends: Pair) -> dict[str, Any]:
    if listed is None:
        return {}
    points, passing = listed.values[listed.valid, place], listed.values[listed.passing, place]
    heights, _ = np.histogram(points, bins=BARS, range=(ends[0], max(ends[1], ends[0] + 1)))
    return {
        "passing": (float(passing.min()), float(passing.max())) if len(passing) else None,
        "bars": _numbers(heights / heights.max()),
    }


def _numbers(values: Floats) -> tuple[float, ...]:
    return tuple(round(float(value), 4) for value in values)


def _pairs(points: Floats) -> tuple[Pair, ...]:
    return tuple((round(float(x), 3), round(float(y), 3)) for x, y in points)

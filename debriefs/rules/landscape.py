"""What was possible in a case, small enough to store and to draw: the frontier, the best, and a thinned cloud.
Pure; a function of the case alone."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from bargaining.analysis import Analysis
from bargaining.case import Case
from bargaining.claims import best_surpluses
from bargaining.mechanisms import coalition_game
from bargaining.outcomes import Floats, SpaceTooLarge, space
from debriefs.rules.figures import alternative_of, analysis_if_possible
from debriefs.rules.games import largest_gain

#: How many cells of the cloud lie between the lowest and the highest points shown.
CELLS = 36
#: How much room the chart leaves below an alternative, as a share of what can be gained above it.
BELOW = 0.45

Pair = tuple[float, float]


class Landscape(Struct, frozen=True):
    """`axes`, `cloud` and `frontier` are there for two parties only; a point is (first party's, second party's).

    `outcomes` and `passing` are 0 and `best` is None where the space is too large to look through.
    """

    parties: tuple[str, ...]
    alternatives: dict[str, float]
    outcomes: int
    passing: int
    best: float | None
    axes: tuple[Pair, ...] = ()
    frontier: tuple[Pair, ...] = ()
    cloud: tuple[Pair, ...] = ()


def landscape(case: Case) -> Landscape:
    alternatives = {p: worth for p in case.scored_ids if (worth := alternative_of(case, p)) is not None}
    if case.mechanism == "coalition":
        return Landscape(case.scored_ids, alternatives, 0, 0, largest_gain(coalition_game(case)))
    possible = analysis_if_possible(case) if case.mechanism == "agreement" else None
    if possible is None:
        return Landscape(case.scored_ids, alternatives, 0, 0, None)
    best = best_surpluses(case)
    known = {
        "parties": case.scored_ids,
        "alternatives": alternatives,
        "outcomes": possible.outcomes,
        "passing": possible.passing_outcomes or 0,
        "best": best.joint if best is not None else None,
    }
    return Landscape(**known, **(_drawn(possible) if len(possible.parties) == 2 else {}))  # type: ignore[arg-type]


def _drawn(possible: Analysis) -> dict[str, tuple[Pair, ...]]:
    if possible.frontier is None:
        return {}
    edge = possible.frontier.vectors
    axes = tuple(_axis(float(possible.alternatives[k]), float(edge[:, k].max())) for k in (0, 1))
    lowest = np.array([low for low, _ in axes])
    shown = edge[(edge >= lowest).all(axis=1)]
    return {"axes": axes, "frontier": _pairs(shown), "cloud": _cloud(_values(possible.case), lowest, axes)}


def _values(case: Case) -> Floats:
    """The points of every package, [n, parties]; none where they are too many to list."""
    try:
        return space(case).values
    except SpaceTooLarge:
        return np.empty((0, len(case.scored_ids)))


def _axis(alternative: float, highest: float) -> Pair:
    """From somewhat below the alternative to a little above the best on the frontier."""
    gain = max(highest - alternative, 1.0)
    return round(alternative - BELOW * gain, 6), round(highest + 0.03 * gain, 6)


def _cloud(values: Floats, lowest: Floats, axes: tuple[Pair, ...]) -> tuple[Pair, ...]:
    """One of the possible deals in every cell of a grid that has any, so that a million draw like a thousand."""
    inside = values[(values >= lowest).all(axis=1)]
    sizes = np.array([(high - low) / CELLS for low, high in axes])
    cells = np.floor((inside - lowest) / sizes).astype(np.int64)
    _, first = np.unique(cells, axis=0, return_index=True)
    return _pairs(inside[first])


def _pairs(points: Floats) -> tuple[Pair, ...]:
    return tuple((float(x), float(y)) for x, y in np.round(points, 3))

"""Named points of an outcome space: the largest joint surplus, Nash, egalitarian, the middle deal and the
author's landmarks. Finite spaces have ties, so every answer lists all of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bargaining.frontier import pareto_mask
from bargaining.outcomes import Floats, Integers, Mask, Space


@dataclass(frozen=True)
class Solution:
    """What is largest, and the indices of all packages that reach it."""

    amount: float
    outcomes: tuple[int, ...]


@dataclass(frozen=True)
class MiddleDeal:
    """The middle option of every issue; the average where an issue has two middles."""

    values: tuple[float, ...]
    outcomes: tuple[int, ...]


@dataclass(frozen=True)
class LandmarkFigures:
    """What one of the author's landmarks is worth; `share` of the best joint surplus, None without one."""

    id: str
    values: tuple[float, ...]
    passes: bool
    efficient: bool
    share: float | None


def max_joint_surplus(space: Space) -> Solution | None:
    """The largest sum of points above the alternatives among passing packages; None if none passes.

    Only meaningful where points of different parties may be added (case.comparable).
    """
    return _largest(space, space.passing, space.joint_surplus)


def nash(space: Space) -> Solution | None:
    """The largest product of surpluses among packages that leave nobody below the own alternative (Nash
    1950); None if there is none."""
    return _largest(space, space.unanimous, np.round(space.surplus.prod(axis=1), 9))


def egalitarian(space: Space) -> Solution | None:
    """The largest least surplus among packages that leave nobody below the own alternative, ties broken by
    the next least (Kalai 1977); None if there is none."""
    passing = np.flatnonzero(space.unanimous)
    if len(passing) == 0:
        return None
    ranked = np.sort(space.surplus[passing], axis=1)
    keep = np.arange(len(passing))
    for column in ranked.T:
        keep = keep[column[keep] == column[keep].max()]
    return Solution(float(ranked[keep[0], 0]), _indices(passing[keep]))


def middle_deal(space: Space) -> MiddleDeal:
    """The packages with the middle value of every issue that applies, and their average points."""
    mask = np.ones(len(space), bool)
    for issue in space.case.listed_issues:
        column = space.columns[issue.id]
        mask &= np.isin(column, [issue.position(value) for value in issue.middle]) | (column < 0)
    chosen = np.flatnonzero(mask)
    average = np.round(space.values[chosen].mean(axis=0), 9)
    return MiddleDeal(tuple(float(value) for value in average), _indices(chosen))


def landmark_figures(space: Space) -> tuple[LandmarkFigures, ...]:
    """Points, passing, efficiency and share of the best joint surplus of each landmark of the case."""
    best = max_joint_surplus(space)
    efficient = np.zeros(len(space), bool)
    efficient[space.valid] = pareto_mask(space.values[space.valid])
    figures = []
    for landmark in space.case.landmarks:
        k = space.index(landmark.package)
        joint = float(space.joint_surplus[k])
        figures.append(
            LandmarkFigures(
                id=landmark.id,
                values=tuple(float(value) for value in space.values[k]),
                passes=bool(space.passing[k]),
                efficient=bool(efficient[k]),
                share=joint / best.amount if best and best.amount > 0 else None,
            )
        )
    return tuple(figures)


def _largest(space: Space, passing: Mask, amounts: Floats) -> Solution | None:
    if not passing.any():
        return None
    best = amounts[passing].max()
    return Solution(float(best), _indices(np.flatnonzero(passing & (amounts == best))))


def _indices(found: Integers) -> tuple[int, ...]:
    return tuple(int(k) for k in found)

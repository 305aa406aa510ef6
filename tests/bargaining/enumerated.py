"""Frontier, solutions and named packages by looking at every package: slow, short, and written separately from the
structured way in `bargaining`, so that each can be held against the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bargaining.outcomes import Floats, Integers, Mask, Space


def pareto_mask(values: Floats) -> Mask:
    """Which rows of values[n, parties] no other row dominates (>= for all and > for one); ties all stay."""
    if len(values) == 0:
        return np.zeros(0, bool)
    vectors, back = _distinct(np.round(values, 9))
    keep = _keep_two(vectors) if vectors.shape[1] == 2 else _keep_many(vectors)
    mask: Mask = keep[back]
    return mask


def frontier(space: Space, within: Mask | None = None) -> Floats:
    """The distinct undominated value vectors [m, parties], rising in the first party's points.

    `within` limits the outcomes compared, as space.passing does; default all.
    """
    if within is not None:
        return _distinct_undominated(space.values[within])
    # Every room of a class asks for the whole space's.
    if "frontier" not in space.case.memo:
        space.case.memo["frontier"] = _distinct_undominated(space.values)
    vectors: Floats = space.case.memo["frontier"]
    return vectors


def dominated_by(space: Space, vector: npt.ArrayLike) -> int:
    """How many packages are at least as good for all and better for someone than these points."""
    return int(better_for_all(space, vector).sum())


def better_for_all(space: Space, vector: npt.ArrayLike) -> Mask:
    """Which packages are at least as good for all and better for someone than these points."""
    there = np.round(np.asarray(vector, np.float64), 9)
    mask: Mask = np.all(space.values >= there, axis=1) & np.any(space.values > there, axis=1)
    return mask


def distance(space: Space, vector: npt.ArrayLike, within: Mask | None = None) -> float:
    """Euclidean distance to the nearest frontier vector, each party's points scaled to 0..1 over all packages."""
    low, high = space.values.min(axis=0), space.values.max(axis=0)
    span = np.where(high > low, high - low, 1.0)
    gaps = (frontier(space, within) - np.round(np.asarray(vector, np.float64), 9)) / span
    if len(gaps) == 0:
        raise ValueError("There is no frontier where no package is left.")
    return round(float(np.sqrt((gaps**2).sum(axis=1)).min()), 9)


def _distinct_undominated(values: Floats) -> Floats:
    vectors: Floats = np.unique(values[pareto_mask(values)], axis=0)
    return vectors


def _distinct(values: Floats) -> tuple[Floats, Integers]:
    """The distinct rows in rising order, and which of them each row is; faster than np.unique by rows."""
    order = np.lexsort(values.T[::-1])
    ranked = values[order]
    fresh = np.ones(len(ranked), bool)
    fresh[1:] = np.any(ranked[1:] != ranked[:-1], axis=1)
    back = np.empty(len(values), np.int64)
    back[order] = np.cumsum(fresh) - 1
    return ranked[fresh], back


def _keep_two(vectors: Floats) -> Mask:
    """Distinct rows rise in the first party: one stays if it beats all later ones for the second."""
    second = vectors[::-1, 1]
    best_before = np.concatenate(([-np.inf], np.maximum.accumulate(second)[:-1]))
    keep: Mask = (second > best_before)[::-1]
    return keep


def _keep_many(vectors: Floats) -> Mask:
    """Takes the row with the largest sum left, which nothing can dominate, and strikes what it dominates."""
    keep = np.zeros(len(vectors), bool)
    left = np.argsort(-vectors.sum(axis=1), kind="stable")
    while len(left):
        best = left[0]
        keep[best] = True
        beaten = (vectors[left] <= vectors[best]).all(axis=1)
        left = left[~beaten]
    return keep


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

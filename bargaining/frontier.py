"""The Pareto frontier of an outcome space, how far a package is from it, and how many packages beat one.
All comparisons are on points rounded to 9 decimals: float noise makes false frontier points."""

from __future__ import annotations

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

"""The Pareto frontier of a case, exact, block by block: what is dominated within a block, or within the sum of some
blocks, is dominated in every package it is part of, so sums are pruned as they grow (Minkowski sums of the
blocks' frontiers). It lists vectors of points; `bargaining.reaching` finds the packages that reach them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from bargaining.outcomes import Floats, Integers
from bargaining.pareto import pareto_mask, undominated
from bargaining.structure import Structure

#: Vectors that a frontier, or one of some blocks on the way to it, may have.
MOST_VECTORS = 100_000
#: Sums that are made at a time before they are pruned.
SUMS_AT_ONCE = 500_000


class FrontierTooLarge(Exception):
    """More vectors than MOST_VECTORS are undominated."""


@dataclass(frozen=True, eq=False)
class Frontier:
    """The distinct undominated vectors of points, [m, parties], rounded to 9 decimals, in ascending order.

    `order` is the order in which blocks were added, `begun[j]` the undominated sums, in steps, of the first j
    of them: whatever a package's first j blocks give, some row of `begun[j]` gives as much to everyone.
    """

    structure: Structure
    vectors: Floats
    order: tuple[int, ...]
    begun: tuple[Integers, ...]

    def __len__(self) -> int:
        return len(self.vectors)

    def holds(self, vector: npt.ArrayLike) -> bool:
        """Whether these points[parties], rounded to 9 decimals, are on the frontier."""
        return bool((self.vectors == _rounded(vector)).all(axis=1).any())

    def distances(self, vectors: npt.ArrayLike, scaled: bool = True) -> Floats:
        """For each of vectors[q, parties] the Euclidean distance to the nearest vector of the frontier, [q].

        Scaled: each party's range over all valid packages counts as 1 (a party without a range is left out);
        otherwise in points. Rounded to 9 decimals. ValueError where there is no frontier.
        """
        if len(self) == 0:
            raise ValueError("There is no frontier where no package is left.")
        unit = self._unit if scaled else np.ones(len(self.structure.parties))
        there = np.atleast_2d(_rounded(vectors))
        nearest = np.empty(len(there))
        for q, vector in enumerate(there):
            squares = np.zeros(len(self))
            for k, one in enumerate(unit):
                squares += ((self.vectors[:, k] - vector[k]) * one) ** 2
            nearest[q] = squares.min()
        return np.sqrt(nearest).round(9)

    def above(self, floor: npt.ArrayLike) -> Frontier:
        """The part of the frontier at or above floor[parties] for everyone."""
        return replace(self, vectors=self.vectors[np.all(self.vectors >= _rounded(floor), axis=1)])

    @cached_property
    def _unit(self) -> Floats:
        span = self.structure.highest - self.structure.lowest
        return np.divide(1.0, span, out=np.zeros_like(span), where=span > 0)


def frontier(of: Structure, floor: npt.ArrayLike | None = None) -> Frontier:
    """The frontier over all valid packages, or over those that give everyone at least floor[parties].

    With a floor, sums that cannot reach it any more are dropped on the way, which keeps a frontier of many
    parties small. FrontierTooLarge above MOST_VECTORS.
    """
    lowest = None if floor is None else of.grid.first_at(floor)
    order = sorted(range(len(of.blocks)), key=lambda k: len(of.blocks[k].allowed))
    rest = np.sum([block.allowed.max(axis=0) for block in of.blocks], axis=0)
    begun = [np.zeros((1, len(of.parties)), np.int64)]
    for k in order:
        rest = rest - of.blocks[k].allowed.max(axis=0)
        begun.append(_best_sums(begun[-1], of.blocks[k].allowed, None if lowest is None else lowest - rest))
    return Frontier(of, _vectors(of, begun[-1]), tuple(order), tuple(begun))


def _best_sums(ones: Integers, others: Integers, floor: Integers | None) -> Integers:
    """The undominated sums of a row of each, at or above the floor."""
    best = np.empty((0, ones.shape[1]), np.int64)
    for sums in _sums(ones, _worth_adding(others)):
        if floor is not None:
            sums = sums[(sums >= floor).all(axis=1)]
        best = undominated(np.concatenate((best, sums)) if len(best) else sums)
        if len(best) > MOST_VECTORS:
            raise FrontierTooLarge(f"More than {MOST_VECTORS} vectors of points are undominated.")
    return best


def _worth_adding(rows: Integers) -> Integers:
    """A block's own frontier, found in slices so that a long block is never copied whole."""
    best = rows[:0]
    for start in range(0, len(rows), SUMS_AT_ONCE):
        best = undominated(np.concatenate((best, rows[start : start + SUMS_AT_ONCE])))
    return best


def _sums(ones: Integers, others: Integers) -> Iterator[Integers]:
    """The sums of a row of each, some of them at a time, [n, parties]; none if there is no row."""
    many = max(1, SUMS_AT_ONCE // max(1, len(ones)))
    for start in range(0, len(others) if len(ones) else 0, many):
        few = others[start : start + many]
        sums = np.empty((len(ones) * len(few), ones.shape[1]), np.int64, order="F")
        for k in range(ones.shape[1]):
            np.add(ones[:, k, None], few[:, k], out=sums[:, k].reshape(len(ones), len(few)))
        yield sums


def _vectors(of: Structure, steps: Integers) -> Floats:
    """Points in ascending order. On a fine grid different sums may be equal points, or dominated ones, once
    they are rounded."""
    vectors = of.grid.points(steps)
    if not of.grid.whole and len(vectors):
        vectors = np.unique(vectors[pareto_mask(vectors)], axis=0)
    return vectors[np.lexsort(vectors.T[::-1])]


def _rounded(vector: npt.ArrayLike) -> Floats:
    return np.asarray(vector, np.float64).round(9)

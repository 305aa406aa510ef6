"""The Pareto frontier of a case, exact, block by block: what is dominated within a block, or within the sum of some
blocks, is dominated in every package it is part of, so sums are pruned as they grow (Minkowski sums of the
blocks' frontiers). It lists vectors of points; `bargaining.reaching` finds the packages that reach them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from bargaining.outcomes import Floats, Integers, Mask
from bargaining.pareto import pareto_mask, undominated
from bargaining.structure import Block, Rows, Structure

#: Vectors that a frontier, or one of some blocks on the way to it, may have.
MOST_VECTORS = 100_000
#: Sums that are made at a time before they are pruned.
SUMS_AT_ONCE = 500_000
#: Gaps to the frontier that are measured at a time.
GAPS_AT_ONCE = 200_000


class FrontierTooLarge(Exception):
    """More vectors than MOST_VECTORS are undominated."""


@dataclass(frozen=True, eq=False)
class Stage:
    """The undominated sums of some blocks, in steps: sums[m, parties]. Each is the sum `before[m]` of the stage
    before and the block's row `row[m]`: one way to reach it, of perhaps several."""

    sums: Integers
    before: Integers
    row: Integers

    def __len__(self) -> int:
        return len(self.sums)

    def at(self, places: Integers | Mask) -> Stage:
        return Stage(self.sums[places], self.before[places], self.row[places])

    def with_others(self, other: Stage) -> Stage:
        pairs = zip((self.sums, self.before, self.row), (other.sums, other.before, other.row), strict=True)
        return Stage(*map(np.concatenate, pairs))


@dataclass(frozen=True, eq=False)
class Frontier:
    """The distinct undominated vectors of points, [m, parties], rounded to 9 decimals, in ascending order.

    `order` is the order in which blocks were added and `stages[j]` what the first j of them gave: whatever a
    package's first j blocks give, some sum there gives as much to everyone. `ends[m]` is where in the last
    stage each vector stands.
    """

    structure: Structure
    vectors: Floats
    order: tuple[int, ...]
    stages: tuple[Stage, ...]
    ends: Integers

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
        nearest, many = np.empty(len(there)), max(1, GAPS_AT_ONCE // len(self))
        for start in range(0, len(there), many):
            some = there[start : start + many]
            squares = np.zeros((len(some), len(self)))
            for k, one in enumerate(unit):
                squares += ((self.vectors[:, k] - some[:, k, None]) * one) ** 2
            nearest[start : start + many] = squares.min(axis=1)
        return np.sqrt(nearest).round(9)

    def above(self, floor: npt.ArrayLike) -> Frontier:
        """The part of the frontier at or above floor[parties] for everyone."""
        there = np.all(self.vectors >= _rounded(floor), axis=1)
        return replace(self, vectors=self.vectors[there], ends=self.ends[there])

    @cached_property
    def one_each(self) -> list[Rows]:
        """For each vector the rows of blocks of one package that reaches it; `bargaining.reaching` finds all."""
        chosen, at = np.empty((len(self), len(self.order)), np.int64), self.ends
        for block, stage in zip(reversed(self.order), reversed(self.stages), strict=False):
            chosen[:, block] = stage.row[at]
            at = stage.before[at]
        return list(map(tuple, chosen.tolist()))

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
    stages = [_nothing(of)]
    for k in order:
        rest = rest - of.blocks[k].allowed.max(axis=0)
        stages.append(_extended(stages[-1].sums, of.blocks[k], None if lowest is None else lowest - rest))
    vectors, ends = _vectors(of, stages[-1].sums)
    return Frontier(of, vectors, tuple(order), tuple(stages), ends)


def _nothing(of: Structure) -> Stage:
    return Stage(np.zeros((1, len(of.parties)), np.int64), np.zeros(1, np.int64), np.zeros(1, np.int64))


def _extended(sums: Integers, block: Block, floor: Integers | None) -> Stage:
    """The undominated sums of a sum and a row of the block, at or above the floor."""
    best = Stage(sums[:0], np.empty(0, np.int64), np.empty(0, np.int64))
    for some in _combined(sums, block, _worth_adding(block)):
        left = some if floor is None else some.at(np.all(some.sums >= floor, axis=1))
        left = best.with_others(left) if len(best) else left
        best = left.at(undominated(left.sums))
        if len(best) > MOST_VECTORS:
            raise FrontierTooLarge(f"More than {MOST_VECTORS} vectors of points are undominated.")
    return best


def _worth_adding(block: Block) -> Integers:
    """The rows of the block's own frontier, found in slices so that a long block is never copied whole."""
    rows = np.flatnonzero(block.valid)
    best = rows[:0]
    for start in range(0, len(rows), SUMS_AT_ONCE):
        some = np.concatenate((best, rows[start : start + SUMS_AT_ONCE]))
        best = some[undominated(block.steps[some])]
    return best


def _combined(sums: Integers, block: Block, rows: Integers) -> Iterator[Stage]:
    """Every sum with every of the rows, some of them at a time; none if there is no sum."""
    many = max(1, SUMS_AT_ONCE // max(1, len(sums)))
    for start in range(0, len(rows) if len(sums) else 0, many):
        some = rows[start : start + many]
        made = np.empty((len(sums) * len(some), sums.shape[1]), np.int64, order="F")
        for k in range(sums.shape[1]):
            np.add(sums[:, k, None], block.steps[some, k], out=made[:, k].reshape(len(sums), len(some)))
        yield Stage(made, np.repeat(np.arange(len(sums)), len(some)), np.tile(some, len(sums)))


def _vectors(of: Structure, steps: Integers) -> tuple[Floats, Integers]:
    """Points in ascending order, and which of the steps they are. On a fine grid different sums may be equal
    points, or dominated ones, once they are rounded."""
    vectors = of.grid.points(steps)
    order = np.lexsort(vectors.T[::-1])
    if not of.grid.whole and len(vectors):
        order = order[pareto_mask(vectors)[order]]
        order = order[np.concatenate(([True], np.any(np.diff(vectors[order], axis=0) != 0, axis=1)))]
    return vectors[order], order


def _rounded(vector: npt.ArrayLike) -> Floats:
    return np.asarray(vector, np.float64).round(9)

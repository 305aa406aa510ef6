"""How many packages there are of a kind, without listing them: near blocks are summed up beforehand, and for each
sum of the far ones it is looked up how many near sums go with it (meet in the middle). Counts are exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from bargaining.agreements import enough_of
from bargaining.grid import BEYOND
from bargaining.outcomes import Floats, Integers
from bargaining.pareto import LevelSets, ranks
from bargaining.sight import EVERYTHING
from bargaining.structure import Block, Structure

#: Cells of a table of sums that are kept, and that may be filled in making it.
MOST_CELLS, MOST_FILLED = 2_000_000, 400_000_000
#: Near sums that sets of bits are made of; far sums that are gone through for every count.
MOST_NEAR, MOST_FAR = 1024, 2_000_000
#: Packages, or sums of some blocks, that may be told apart one by one.
MOST_TOLD_APART = 5_000_000
#: Signers of whom every set is looked at.
MOST_SIGNERS = 10
# Above this, products of counts might not fit 64 bits.
SAFE = 2**62
# Sums that are looked up at a time.
SUMS_AT_ONCE = 200_000


class TooManyToCount(Exception):
    """The packages are too many, and their points too various, to be counted in bounded time."""


class Near(Protocol):
    """Sums of the near blocks, ready to be counted."""

    def within(self, low: Integers, beyond: Integers) -> Integers:
        """For each of low[n, parties] and beyond[n, parties] how many sums s have low <= s < beyond, [n]."""


@dataclass(frozen=True, eq=False)
class Counter:
    """Counts packages by their points. `far[n, parties]` are sums of the far blocks, each there `times[n]` times."""

    structure: Structure
    near: Near
    far: Integers
    times: Integers

    def at_least(self, vectors: npt.ArrayLike) -> list[int]:
        """For each of vectors[q, parties] the number of valid packages that give everyone at least these points."""
        low, _ = self._steps(vectors)
        return self._within(low, np.full_like(low, BEYOND))

    def at_most(self, vectors: npt.ArrayLike) -> list[int]:
        """The same for packages that give nobody more than these points."""
        _, beyond = self._steps(vectors)
        return self._within(np.full_like(beyond, -BEYOND), beyond)

    def equal_to(self, vectors: npt.ArrayLike) -> list[int]:
        """The same for packages with exactly these points, rounded to 9 decimals."""
        return self._within(*self._steps(vectors))

    def better_for_all(self, vectors: npt.ArrayLike) -> list[int]:
        """The same for packages at least as good for all and better for someone than these points."""
        return _differences(self.at_least(vectors), self.equal_to(vectors))

    def worse_for_all(self, vectors: npt.ArrayLike) -> list[int]:
        """The same for packages better for nobody and worse for someone than these points."""
        return _differences(self.at_most(vectors), self.equal_to(vectors))

    def _steps(self, vectors: npt.ArrayLike) -> tuple[Integers, Integers]:
        """The first steps at the points, and those above them, [q, parties]."""
        there = np.atleast_2d(np.asarray(vectors, np.float64))
        grid = self.structure.grid
        return np.stack([grid.first_at(row) for row in there]), np.stack(
            [grid.first_above(row) for row in there]
        )

    def _within(self, low: Integers, beyond: Integers) -> list[int]:
        """For each row of low and beyond how many packages lie at or above the one and below the other."""
        found: list[int] = []
        many = max(1, SUMS_AT_ONCE // len(self.far))
        for start in range(0, len(low), many):
            lows, ends = (
                (side[start : start + many, None, :] - self.far).reshape(-1, low.shape[1])
                for side in (low, beyond)
            )
            counts = self.near.within(lows, ends).reshape(-1, len(self.far))
            found += [total(each, self.times) for each in counts]
        return found


def counter(of: Structure) -> Counter:
    """What counts the packages of the case, made once; TooManyToCount if neither a table of sums nor sets of bits
    would do: as a rule above 10^9 packages of three parties, never for two with few different points."""
    if "counter" not in of.memo:
        of.memo["counter"] = _counter(of)
    made: Counter = of.memo["counter"]
    return made


def rational_outcomes(of: Structure, alternatives: Floats) -> int:
    """The number of valid packages that give everyone at least the own alternative[parties]."""
    return counter(of).at_least(alternatives)[0]


def accepting(of: Structure, alternatives: Floats) -> dict[frozenset[str], int]:
    """For every set of signers the number of valid packages that are worth the own alternative to these signers
    and to no other; TooManyToCount above 10 signers. The numbers add up to `of.valid_outcomes`.

    Counted for "at least these" first, then by inclusion and exclusion (Moebius inversion over sets).
    """
    signers = _signers(of)
    if len(signers) > MOST_SIGNERS:
        raise TooManyToCount(f"There are more than {MOST_SIGNERS} signers.")
    sets = list(product((False, True), repeat=len(signers)))
    answers = [dict(zip(signers, chosen, strict=True)) for chosen in sets]
    floors = [
        [alternatives[k] if answer.get(party) else of.lowest[k] for k, party in enumerate(of.parties)]
        for answer in answers
    ]
    found = dict(zip(sets, counter(of).at_least(floors), strict=True))
    for k in range(len(signers)):
        for chosen in found:
            if not chosen[k]:
                found[chosen] -= found[(*chosen[:k], True, *chosen[k + 1 :])]
    return {
        frozenset(party for party, yes in zip(signers, chosen, strict=True) if yes): count
        for chosen, count in found.items()
    }


def passing_outcomes(of: Structure, alternatives: Floats) -> int:
    """The number of valid packages that enough signers for the agreement rule would accept: those to whom they
    are worth the own alternative. One party's view of a case knows its own answer alone."""
    signers = _signers(of)
    if of.case.seen_as != EVERYTHING or (set(signers) == set(of.parties) and _unanimous(of)):
        return rational_outcomes(of, alternatives)
    counted = accepting(of, alternatives)
    yes = np.array([[party in those for party in signers] for those in counted])
    enough = enough_of(of.case.agreement, signers, yes)
    return sum(count for count, passes in zip(counted.values(), enough, strict=True) if passes)


def distinct_vectors(of: Structure) -> int:
    """The number of different vectors of points that valid packages have; TooManyToCount where it is not known.

    Sums are told apart in a table of cells where points are few, else by sorting.
    """
    cells = prod(_ranges(of.blocks))
    if of.grid.whole and cells * _rows(of.blocks) <= min(MOST_FILLED, 64 * of.valid_outcomes):
        return int(np.count_nonzero(_table(of.blocks, bool)))
    *blocks, last = sorted(of.blocks, key=lambda block: len(block.allowed))
    sums, _ = _told_apart(blocks, len(of.parties))
    if len(sums) * len(last.allowed) > MOST_TOLD_APART:
        raise TooManyToCount(f"There are more than {MOST_TOLD_APART} different sums of points.")
    sums = (sums[:, None, :] + last.allowed).reshape(-1, len(of.parties))
    return _number_of_distinct(sums if of.grid.whole else ranks(of.grid.points(sums)))


def _differences(ones: list[int], others: list[int]) -> list[int]:
    return [one - other for one, other in zip(ones, others, strict=True)]


def total(counts: Integers, times: Integers) -> int:
    """The exact sum of counts[n] x times[n], however large."""
    if int(counts.max(initial=0)) * int(times.max(initial=0)) * len(counts) < SAFE:
        return int(counts @ times)
    return sum(int(count) * int(time) for count, time in zip(counts, times, strict=True))


@dataclass(frozen=True, eq=False)
class SumTable:
    """Sums in a table with an axis a party: how many reach at least a cell in every party, with an empty rim."""

    reached: npt.NDArray[np.int64]

    def within(self, low: Integers, beyond: Integers) -> Integers:
        found = np.zeros(len(low), np.int64)
        for corner in product((0, 1), repeat=low.shape[1]):
            at = np.where(corner, beyond, low)
            last = np.array(self.reached.shape) - 1
            # Nothing reaches the rim, so counting from there on is counting nothing.
            found += (-1) ** sum(corner) * self.reached[tuple(np.clip(at, 0, last).T)]
        return found


@dataclass(frozen=True, eq=False)
class BitTable:
    """Sums as sets of bits by party and level."""

    sets: LevelSets

    def within(self, low: Integers, beyond: Integers) -> Integers:
        found = self.sets.above(list(low.T))
        if (beyond < BEYOND // 2).all():  # else there is no end
            for k in range(low.shape[1]):
                found &= ~self.sets.reaching(k, beyond[:, k])
        counts: Integers = np.bitwise_count(found).sum(axis=1, dtype=np.int64)
        return counts


def _counter(of: Structure) -> Counter:
    for make in (_with_bits, _with_table):
        made = make(of)
        if made is not None:
            return made
    raise TooManyToCount("The packages are too many, and their points too various, to be counted.")


def _with_bits(of: Structure) -> Counter | None:
    """As many near sums as sets of bits hold, so that the fewest are left to go through."""
    near: list[Block] = []
    for block in sorted(of.blocks, key=lambda block: -len(block.allowed)):
        if _size([*near, block]) <= MOST_NEAR:
            near.append(block)
    rest = [block for block in of.blocks if block not in near]
    if _size(rest) > MOST_FAR:
        return None
    sums, far = _all_sums(near, len(of.parties)), _all_sums(rest, len(of.parties))
    return Counter(of, BitTable(LevelSets(list(sums.T))), far, np.ones(len(far), np.int64))


def _with_table(of: Structure) -> Counter | None:
    """The same with as many blocks as a table of sums holds."""
    blocks = sorted(of.blocks, key=lambda block: len(block.allowed))
    near = 0
    while near < len(blocks) and _fits(blocks[: near + 1]):
        near += 1
    try:
        far, times = _told_apart(blocks[near:], len(of.parties))
    except TooManyToCount:
        return None
    if near == 0 or len(far) > MOST_FAR:
        return None
    counts = np.pad(_table(blocks[:near], np.int64), [(0, 1)] * len(of.parties))
    for axis in range(counts.ndim):
        counts = np.flip(np.cumsum(np.flip(counts, axis), axis), axis)
    return Counter(of, SumTable(counts), far, times)


def _fits(blocks: list[Block]) -> bool:
    cells = prod(_ranges(blocks))
    filled = cells * _rows(blocks)
    return cells <= MOST_CELLS and filled <= MOST_FILLED and _size(blocks) < SAFE


def _size(blocks: Sequence[Block]) -> int:
    """How many valid choices the blocks have together."""
    return prod(len(block.allowed) for block in blocks)


def _rows(blocks: Sequence[Block]) -> int:
    return sum(len(block.allowed) for block in blocks)


def _ranges(blocks: Sequence[Block]) -> list[int]:
    """For each party the number of levels that sums of the blocks can have."""
    highest = np.sum([block.allowed.max(axis=0) for block in blocks], axis=0)
    return [int(most) + 1 for most in np.atleast_1d(highest)]


def _table(blocks: Sequence[Block], kind: type) -> npt.NDArray[Any]:
    """In each cell, by the steps of each party, how many sums of the blocks are there (or whether any is)."""
    made = np.ones((1,) * blocks[0].allowed.shape[1], kind)
    for block in blocks:
        wider = np.zeros(made.shape + block.allowed.max(axis=0), kind)
        for row in block.allowed:
            wider[tuple(slice(at, at + old) for at, old in zip(row, made.shape, strict=True))] += made
        made = wider
    return made


def _all_sums(blocks: Sequence[Block], parties: int) -> Integers:
    sums = np.zeros((1, parties), np.int64)
    for block in blocks:
        sums = (sums[:, None, :] + block.allowed).reshape(-1, parties)
    return sums


def _told_apart(blocks: Sequence[Block], parties: int) -> tuple[Integers, Integers]:
    """The distinct sums of the blocks and how often each is there."""
    sums, times = np.zeros((1, parties), np.int64), np.ones(1, np.int64)
    for block in blocks:
        rows, often = _distinct(block.allowed)
        if len(sums) * len(rows) > MOST_TOLD_APART:
            raise TooManyToCount(f"There are more than {MOST_TOLD_APART} different sums of points.")
        sums, times = _distinct(
            (sums[:, None, :] + rows).reshape(-1, parties), (times[:, None] * often).ravel()
        )
    return sums, times


def _distinct(rows: Integers, times: Integers | None = None) -> tuple[Integers, Integers]:
    """The distinct rows, and the sum of the times each is there (once a row if nothing is said)."""
    order, ranked = _ranked(rows)
    first = np.flatnonzero(np.concatenate(([True], ranked[1:] != ranked[:-1])))
    if times is None:
        counts = np.diff(np.append(first, len(rows)))
    else:
        counts = np.add.reduceat(times[order], first)
    return rows[order[first]], counts


def _number_of_distinct(rows: Integers) -> int:
    keys = _keys(rows)
    if keys is None:
        return len(_distinct(rows)[0])
    return 1 + int(np.count_nonzero(np.diff(np.sort(keys))))


def _ranked(rows: Integers) -> tuple[Integers, Integers]:
    """An order that brings equal rows together, and one number a row in that order that tells them apart."""
    keys = _keys(rows)
    if keys is not None:
        order = np.argsort(keys)
        return order, keys[order]
    order = np.lexsort(rows.T[::-1])
    fresh = np.any(np.diff(rows[order], axis=0) != 0, axis=1)
    return order, np.cumsum(np.concatenate(([False], fresh)))


def _keys(rows: Integers) -> Integers | None:
    """One number a row, different for different rows, if their columns fit into its bits side by side."""
    low = rows.min(axis=0)
    bits = [int(span).bit_length() for span in rows.max(axis=0) - low]
    if sum(bits) > 62:
        return None
    keys = np.zeros(len(rows), np.int64)
    for k, width in enumerate(bits):
        keys = (keys << width) | (rows[:, k] - low[k])
    return keys


def _signers(of: Structure) -> tuple[str, ...]:
    return tuple(party for party in of.parties if party in of.case.signers)


def _unanimous(of: Structure) -> bool:
    return of.case.agreement.rule == "unanimous"

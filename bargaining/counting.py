"""How many packages there are of a kind, without listing them: near blocks are summed up beforehand, and for each
sum of the far ones it is looked up how many near sums go with it (meet in the middle). Counts are exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from operator import mul

import numpy as np
import numpy.typing as npt

from bargaining import sums
from bargaining.agreements import enough_of
from bargaining.grid import BEYOND
from bargaining.outcomes import Floats, Integers
from bargaining.pareto import ranks
from bargaining.sight import EVERYTHING
from bargaining.structure import Block, Structure

#: Cells of a table of sums that are kept, and that may be filled in making it.
MOST_CELLS, MOST_FILLED = 2_000_000, 100_000_000
#: Near sums that sets of bits are made of; far sums that are gone through for every count.
MOST_NEAR, MOST_FAR = 1024, 2_000_000
#: Packages, or sums of some blocks, that may be told apart one by one.
MOST_TOLD_APART = 5_000_000
#: A table is preferred if sets of bits would leave so many times more sums to go through.
WORTH_A_TABLE = 8
#: Sets of bits are made where a long block's rows would have to be gone through so many times for one count.
WORTH_BITS = 64
#: Signers of whom every set is looked at.
MOST_SIGNERS = 10
# Above this, products of counts might not fit 64 bits.
SAFE = 2**62
# Sums that are looked up at a time.
SUMS_AT_ONCE = 200_000


class TooManyToCount(Exception):
    """The packages are too many, and their points too various, to be counted in bounded time."""


@dataclass(frozen=True, eq=False)
class Counter:
    """Counts packages by their points. `far[n, parties]` are sums of the far blocks, each there `times[n]` times."""

    structure: Structure
    near: sums.BitTable | sums.SumTable | sums.RowTable
    far: Integers
    times: Integers

    def at_least(self, vectors: npt.ArrayLike) -> list[int]:
        """For each of vectors[q, parties] the number of valid packages that give everyone at least these points."""
        low, _ = self._steps(vectors)
        return self._within(low, np.full_like(low, BEYOND))

    def equal_to(self, vectors: npt.ArrayLike) -> list[int]:
        """The same for packages with exactly these points, rounded to 9 decimals."""
        return self._within(*self._steps(vectors))

    def better_for_all(self, vectors: npt.ArrayLike) -> list[int]:
        """The same for packages at least as good for all and better for someone than these points."""
        low, above = self._steps(vectors)
        return _differences(self._within(low, np.full_like(low, BEYOND)), self._within(low, above))

    def worse_for_all(self, vectors: npt.ArrayLike) -> list[int]:
        """The same for packages better for nobody and worse for someone than these points."""
        low, above = self._steps(vectors)
        return _differences(self._within(np.full_like(low, -BEYOND), above), self._within(low, above))

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
            found += _totals(counts, self.times)
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
    if of.grid.whole and _fits(of.blocks) and sums.filled(of.blocks) <= 64 * of.valid_outcomes:
        return int(np.count_nonzero(sums.table(of.blocks)))
    *blocks, last = sorted(of.blocks, key=lambda block: len(block.allowed))
    some, _ = _told_apart(blocks, len(of.parties))
    if len(some) * len(last.allowed) > MOST_TOLD_APART:
        raise TooManyToCount(f"There are more than {MOST_TOLD_APART} different sums of points.")
    every = (some[:, None, :] + last.allowed).reshape(-1, len(of.parties))
    return sums.number_of_distinct(every if of.grid.whole else ranks(of.grid.points(every)))


def _counter(of: Structure) -> Counter:
    """A table of sums where it leaves few sums to go through, else sets of bits or one long block's rows, else a
    table of what it holds."""
    bits, cells = _for_bits(of.blocks), _for_table(of.blocks)
    left, rest = _others(of.blocks, bits), _others(of.blocks, cells)
    if sums.size(left) > MOST_FAR or sums.size(left) > WORTH_A_TABLE * sums.size(rest):
        if cells:
            return _with_table(of, cells)
        if sums.size(left) > MOST_FAR:
            raise TooManyToCount("The packages are too many, and their points too various, to be counted.")
    longest = max(of.blocks, key=lambda block: len(block.allowed))
    if sums.size(_others(of.blocks, [longest])) < WORTH_BITS:
        return _with_rows(of, longest)
    return _with_bits(of, bits)


def _with_rows(of: Structure, longest: Block) -> Counter:
    far = sums.every(_others(of.blocks, [longest]), len(of.parties))
    return Counter(of, sums.RowTable(longest.allowed), far, np.ones(len(far), np.int64))


def _with_bits(of: Structure, near: Sequence[Block]) -> Counter:
    far = sums.every(_others(of.blocks, near), len(of.parties))
    return Counter(of, sums.BitTable(sums.every(near, len(of.parties))), far, np.ones(len(far), np.int64))


def _with_table(of: Structure, near: Sequence[Block]) -> Counter:
    return Counter(
        of, sums.SumTable(sums.table(near)), *_told_apart(_others(of.blocks, near), len(of.parties))
    )


def _for_bits(blocks: Sequence[Block]) -> list[Block]:
    """As many blocks as sets of bits hold, so that the fewest sums are left to go through."""
    near: list[Block] = []
    for block in sorted(blocks, key=lambda block: -len(block.allowed)):
        if sums.size([*near, block]) <= MOST_NEAR:
            near.append(block)
    return near


def _for_table(blocks: Sequence[Block]) -> list[Block]:
    """As many blocks as a table of sums holds."""
    near: list[Block] = []
    for block in sorted(blocks, key=lambda block: sums.cells([block])):
        if _fits([*near, block]):
            near.append(block)
    return near


def _fits(blocks: Sequence[Block]) -> bool:
    return (
        sums.cells(blocks) <= MOST_CELLS and sums.filled(blocks) <= MOST_FILLED and sums.size(blocks) < SAFE
    )


def _others(blocks: Sequence[Block], near: Sequence[Block]) -> list[Block]:
    return [block for block in blocks if block not in near]


def _told_apart(blocks: Sequence[Block], parties: int) -> tuple[Integers, Integers]:
    """The distinct sums of the blocks and how often each is there."""
    if sums.size(blocks) >= SAFE:
        raise TooManyToCount(
            "There are more than 10^18 packages, and their points too various to be counted."
        )
    found, times = np.zeros((1, parties), np.int64), np.ones(1, np.int64)
    for block in blocks:
        rows, often = sums.distinct(block.allowed)
        if len(found) * len(rows) > MOST_TOLD_APART:
            raise TooManyToCount(f"There are more than {MOST_TOLD_APART} different sums of points.")
        added, both = (found[:, None, :] + rows).reshape(-1, parties), (times[:, None] * often).ravel()
        found, times = sums.distinct(added, both)
    return found, times


def _differences(ones: list[int], others: list[int]) -> list[int]:
    return [one - other for one, other in zip(ones, others, strict=True)]


def _totals(counts: Integers, times: Integers) -> list[int]:
    """For each row of counts[q, n] the exact sum of counts x times[n], however large."""
    if int(counts.max(initial=0)) * int(times.max(initial=0)) * len(times) < SAFE:
        totals: list[int] = (counts @ times).tolist()
        return totals
    return [sum(map(mul, row, times.tolist())) for row in counts.tolist()]


def _signers(of: Structure) -> tuple[str, ...]:
    return tuple(party for party in of.parties if party in of.case.signers)


def _unanimous(of: Structure) -> bool:
    return of.case.agreement.rule == "unanimous"

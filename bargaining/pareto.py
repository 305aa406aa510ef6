"""Which of many vectors of whole numbers no other one beats, fast and exact. It knows neither cases nor points:
rows come from `bargaining.structure`, which writes points as whole numbers.

One row dominates another if it is at least as large everywhere and larger somewhere. With two columns the best
second number for each first number decides. With more, rows are taken by falling sum, so that nothing later can
dominate anything earlier, in chunks: for every column and level of a chunk there is a set, as bits, of the
chunk's rows that reach it, and the rows that dominate a given row are the intersection of one such set a column.
(The sets by level are the idea of bitset skylines: Tan, Eng, Ooi, "Efficient progressive skyline computation",
VLDB 2001; the chunks keep them small enough for the processor's cache.)
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Bits = npt.NDArray[np.uint64]

# The first chunk is small: a few strong rows beat most of the others. The last ones fill a cache line of bits.
FIRST_CHUNK, LARGEST_CHUNK = 64, 512
# Rows that are compared with a chunk at a time, so that the sets in hand stay in the cache.
PIECE = 2048
# Below this many comparisons comparing outright is faster than making sets.
FEW = 100_000


def undominated(rows: Integers) -> Integers:
    """The distinct rows of rows[n, columns] that no other row dominates, [m, columns], in no order of meaning.

    Takes about n log n steps for two columns, else n x m x columns / 64; memory grows with n alone.
    """
    if len(rows) < 2:
        return rows
    if rows.shape[1] == 1:
        return np.array([[rows.max()]])
    return _of_two(rows) if rows.shape[1] == 2 else _of_many(rows)


def covered(rows: Integers, by: Integers) -> Mask:
    """For each of rows[n, columns] whether some row of by[m, columns] is at least as large everywhere, [n]."""
    if len(rows) * len(by) <= FEW:
        return _covered_outright(rows, by)
    columns = [levels(column)[0] for column in np.concatenate((by, rows)).T]
    mask = np.zeros(len(rows), bool)
    for start in range(0, len(by), LARGEST_CHUNK):
        sets = LevelSets([column[: len(by)][start : start + LARGEST_CHUNK] for column in columns])
        left = np.flatnonzero(~mask)
        mask[left] = sets.any_above([column[len(by) :][left] for column in columns])
    return mask


def levels(column: Integers) -> tuple[Integers, Integers]:
    """The column in small whole numbers from 0 that keep its order, and what each of them stands for.

    Numbers close together are only shifted; others are replaced by their rank.
    """
    low, high = int(column.min()), int(column.max())
    if high - low <= max(4 * len(column), 1024):
        return column - low, np.arange(low, high + 1)
    order = np.argsort(column)
    ranked = column[order]
    fresh = np.concatenate(([True], ranked[1:] != ranked[:-1]))
    ranks = np.empty(len(column), np.int64)
    ranks[order] = np.cumsum(fresh) - 1
    return ranks, ranked[fresh]


class LevelSets:
    """For each column and level, which of a chunk's rows reach it: rows of bits, one bit a row of the chunk."""

    def __init__(self, columns: Sequence[Integers]) -> None:
        size = len(columns[0])
        self.words = -(-size // 64)
        self.places: list[Integers] = []  # by column: level -> which set
        self.sets: list[Bits] = []  # by column: sets from "all" down to "none"
        steps = np.arange(size + 1, dtype=np.int16)[:, None]
        for column in columns:
            ranked = np.sort(column)
            places = np.searchsorted(ranked, np.arange(int(ranked[-1]) + 2))
            self.places.append(places)
            self.sets.append(_packed(places[column].astype(np.int16) >= steps))

    def any_above(self, columns: Sequence[Integers], among: Bits | None = None) -> Mask:
        """For each row of the columns whether a row of the chunk is at least as large everywhere; with
        `among`[n, words] only the rows of the chunk count whose bits are set there."""
        mask = np.empty(len(columns[0]), bool)
        for start in range(0, len(mask), PIECE):
            piece = slice(start, start + PIECE)
            found = self.above([column[piece] for column in columns])
            mask[piece] = _any_bit(found if among is None else found & among[piece])
        return mask

    def above(self, columns: Sequence[Integers]) -> Bits:
        """The rows of the chunk that are at least as large everywhere, as bits, for each row; [n, words]."""
        found = self._reaching(0, columns[0])
        other = np.empty_like(found)
        for k in range(1, len(columns)):
            np.bitwise_and(found, self._reaching(k, columns[k], other), out=found)
        return found

    def _reaching(self, k: int, column: Integers, out: Bits | None = None) -> Bits:
        # A level above all of the chunk's is cut to the last place, whose set is empty.
        return self.sets[k].take(self.places[k].take(column, mode="clip"), axis=0, out=out, mode="clip")


def _covered_outright(rows: Integers, by: Integers) -> Mask:
    reached = np.ones((len(rows), len(by)), bool)
    for k in range(rows.shape[1]):
        reached &= by[:, k] >= rows[:, k, None]
    found: Mask = np.any(reached, axis=1)
    return found


def _of_two(rows: Integers) -> Integers:
    """For each first number the best second one; it stays if it beats those of all larger first numbers."""
    first, meaning = levels(rows[:, 0])
    best = np.full(len(meaning), rows[:, 1].min() - 1)
    np.maximum.at(best, first, rows[:, 1])
    beyond = np.maximum.accumulate(best[::-1])[::-1]
    stays = np.flatnonzero(np.append(best[:-1] > beyond[1:], True))
    return np.stack((meaning[stays], best[stays]), axis=1)


def _of_many(rows: Integers) -> Integers:
    columns = [levels(column)[0] for column in rows.T]
    left = np.argsort(-_weighed(columns), kind="stable")
    columns = [column[left] for column in columns]
    found, size = [], FIRST_CHUNK
    while len(left):
        chunk = [column[:size] for column in columns]
        sets = LevelSets(chunk)
        # Of equal rows the first stays, so a row is out if an earlier one is as large everywhere.
        found.append(left[:size][~sets.any_above(chunk, _earlier(len(chunk[0]), sets.words))])
        stay = size + np.flatnonzero(~sets.any_above([column[size:] for column in columns]))
        left, columns = left[stay], [column[stay] for column in columns]
        size = min(2 * size, LARGEST_CHUNK)
    return rows[np.concatenate(found)]


def _weighed(columns: Sequence[Integers]) -> Integers:
    """Sums that are larger for whatever dominates, with columns of short range weighing more per step."""
    ranges = [int(column.max()) + 1 for column in columns]
    total = np.zeros(len(columns[0]), np.int64)
    for column, one in zip(columns, ranges, strict=True):
        total += column * (max(ranges) // one)
    return total


def _earlier(size: int, words: int) -> Bits:
    return _packed(np.tri(size, size, -1, dtype=bool)).reshape(size, words)


def _packed(mask: Mask) -> Bits:
    """Rows of bits in whole words of 64."""
    whole = np.zeros((len(mask), -(-mask.shape[1] // 64) * 64), bool)
    whole[:, : mask.shape[1]] = mask
    return np.packbits(whole, axis=1).view(np.uint64)


def _any_bit(bits: Bits) -> Mask:
    """Which rows have a bit set. Folding halves is several times faster than `any` along such short rows."""
    while bits.shape[1] > 1:
        half = bits.shape[1] // 2
        folded = bits[:, :half] | bits[:, half : 2 * half]
        if bits.shape[1] % 2:
            folded[:, 0] |= bits[:, -1]
        bits = folded
    mask: Mask = bits[:, 0] != 0
    return mask

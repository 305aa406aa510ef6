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
# Levels further apart than this are found by halving.
WIDEST_TABLE = 2**14
# Below this many comparisons comparing outright is faster than making sets.
FEW = 100_000


def undominated(rows: Integers) -> Integers:
    """Where in rows[n, columns] the distinct rows stand that no other row dominates, [m], in no order of meaning;
    of equal rows one is named.

    Takes about n log n steps for two columns, else n x m x columns / 64; memory grows with n alone.
    """
    if len(rows) < 2:
        return np.arange(len(rows))
    if rows.shape[1] == 1:
        return np.array([rows[:, 0].argmax()])
    return _of_two(rows) if rows.shape[1] == 2 else _of_many(rows)


def covered(rows: Integers, by: Integers) -> Mask:
    """For each of rows[n, columns] whether some row of by[m, columns] is at least as large everywhere, [n]."""
    if len(rows) * len(by) <= FEW:
        return _covered_outright(rows, by)
    mask = np.zeros(len(rows), bool)
    for start in range(0, len(by), LARGEST_CHUNK):
        sets = LevelSets(by[start : start + LARGEST_CHUNK].T)
        left = np.flatnonzero(~mask)
        mask[left] = sets.any_above([column[left] for column in rows.T])
    return mask


def pareto_mask(values: npt.NDArray[np.float64]) -> Mask:
    """Which rows of values[n, columns], compared after rounding to 9 decimals, no other row dominates; ties all
    stay, [n]."""
    rows = ranks(values)
    best = {tuple(row) for row in rows[undominated(rows)].tolist()}
    return np.array([tuple(row) in best for row in rows.tolist()], bool)


def ranks(values: npt.NDArray[np.float64]) -> Integers:
    """The numbers of values[n, columns], rounded to 9 decimals, as ranks in their column; [n, columns]."""
    columns = [np.unique(np.round(column, 9), return_inverse=True)[1] for column in values.T]
    return np.stack(columns, axis=1).astype(np.int64)


class LevelSets:
    """For each column and level, which of a chunk's rows reach it: rows of bits, one bit a row of the chunk.

    `columns` holds the chunk by columns. Levels are looked up in a table where they lie close together, else
    by halving.
    """

    def __init__(self, columns: Sequence[Integers] | Integers) -> None:
        size = len(columns[0])
        self.words = -(-size // 64)
        self.ranked = [np.sort(column) for column in columns]
        self.tables = [_table(ranked) for ranked in self.ranked]
        self.sets: list[Bits] = []  # by column: from the set of all rows down to the empty one
        steps = np.arange(size + 1, dtype=np.int16)[:, None]
        for k, column in enumerate(columns):
            self.sets.append(_packed(self._places(k, column).astype(np.int16) >= steps))

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
        found = self.reaching(0, columns[0])
        other = np.empty_like(found)
        for k in range(1, len(columns)):
            np.bitwise_and(found, self.reaching(k, columns[k], other), out=found)
        return found

    def reaching(self, k: int, column: Integers, out: Bits | None = None) -> Bits:
        """The rows of the chunk whose k-th column is at least as large, as bits, for each number; [n, words]."""
        return self.sets[k].take(self._places(k, column), axis=0, out=out, mode="clip")

    def _places(self, k: int, column: Integers) -> Integers:
        table = self.tables[k]
        if table is None:
            return np.searchsorted(self.ranked[k], column)
        # What lies outside is cut to the ends: all rows reach the one, none reaches the other.
        places: Integers = table.take(column - self.ranked[k][0], mode="clip")
        return places


def _table(ranked: Integers) -> Integers | None:
    low, high = int(ranked[0]), int(ranked[-1])
    return np.searchsorted(ranked, np.arange(low, high + 2)) if high - low < WIDEST_TABLE else None


def _covered_outright(rows: Integers, by: Integers) -> Mask:
    found: Mask = np.any(_reached(rows, by), axis=1)
    return found


def _reached(rows: Integers, by: Integers) -> Mask:
    """Whether each row of `by` is at least as large everywhere as each of rows, [rows, by]."""
    reached = by[:, 0] >= rows[:, 0, None]
    for k in range(1, rows.shape[1]):
        reached &= by[:, k] >= rows[:, k, None]
    return reached


def _of_two(rows: Integers) -> Integers:
    """For each first number the best second one; it stays if it beats those of all larger first numbers."""
    first, second = _levels(rows[:, 0]), rows[:, 1]
    best = np.full(int(first.max()) + 1, second.min() - 1)
    np.maximum.at(best, first, second)
    beyond = np.maximum.accumulate(best[::-1])[::-1]
    stays = np.append(best[:-1] > beyond[1:], True)
    where = np.flatnonzero((second == best[first]) & stays[first])
    one = np.full(len(best), -1)
    one[first[where]] = where
    return one[one >= 0]


def _levels(column: Integers) -> Integers:
    """The column in small whole numbers from 0 that keep its order: numbers close together are only shifted,
    others are replaced by their rank."""
    low = int(column.min())
    if int(column.max()) - low <= max(4 * len(column), 1024):
        return column - low
    order = np.argsort(column)
    ranks = np.empty(len(column), np.int64)
    ranks[order] = np.cumsum(np.diff(column[order], prepend=low) != 0)
    return ranks


def _of_many(rows: Integers) -> Integers:
    left = np.argsort(-_weighed(rows), kind="stable")
    if len(rows) ** 2 <= FEW:
        earlier = _reached(rows[left], rows[left]) & np.tri(len(rows), k=-1, dtype=bool)
        few: Integers = left[~np.any(earlier, axis=1)]
        return few
    columns = [column[left] for column in rows.T]
    found, size = [], FIRST_CHUNK
    while len(left):
        chunk = [column[:size] for column in columns]
        sets = LevelSets(chunk)
        # Of equal rows the first stays, so a row is out if an earlier one is as large everywhere.
        found.append(left[:size][~sets.any_above(chunk, _earlier(len(chunk[0]), sets.words))])
        stay = size + np.flatnonzero(~sets.any_above([column[size:] for column in columns]))
        left, columns = left[stay], [column[stay] for column in columns]
        size = min(2 * size, LARGEST_CHUNK)
    return np.concatenate(found)


def _weighed(rows: Integers) -> Integers:
    """Sums that are larger for whatever dominates, with columns of short range weighing more per step."""
    low = rows.min(axis=0)
    ranges = rows.max(axis=0) - low + 1
    total: Integers = (rows - low) @ (ranges.max() // ranges)
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

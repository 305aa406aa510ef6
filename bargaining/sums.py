"""All sums of one row of each of some blocks, ready to be counted: in a table with a cell for every vector of steps, or
as sets of bits. It knows rows of whole numbers, not what they stand for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import prod

import numpy as np

from bargaining.grid import BEYOND
from bargaining.outcomes import Integers
from bargaining.pareto import LevelSets
from bargaining.structure import Block


class SumTable:
    """Counts sums by a table of how many lie in each cell, an axis a party; see `table`."""

    def __init__(self, counts: Integers) -> None:
        # How many reach at least a cell in every party, with a rim that nothing reaches.
        reached = np.pad(counts, [(0, 1)] * counts.ndim)
        for axis in range(counts.ndim):
            reached = np.flip(np.cumsum(np.flip(reached, axis), axis), axis)
        self.reached = reached

    def within(self, low: Integers, beyond: Integers) -> Integers:
        """For each of low[n, parties] and beyond[n, parties] how many sums s have low <= s < beyond, [n]."""
        found = np.zeros(len(low), np.int64)
        last = np.array(self.reached.shape) - 1
        for corner in product((0, 1), repeat=low.shape[1]):
            at = np.clip(np.where(corner, beyond, low), 0, last)
            found += (-1) ** sum(corner) * self.reached[tuple(at.T)]
        return found


class BitTable:
    """Counts sums[m, parties] by sets of bits, one for every party and level."""

    def __init__(self, sums: Integers) -> None:
        self.sets = LevelSets(list(sums.T))

    def within(self, low: Integers, beyond: Integers) -> Integers:
        """For each of low[n, parties] and beyond[n, parties] how many sums s have low <= s < beyond, [n]."""
        found = self.sets.above(list(low.T))
        if (beyond < BEYOND // 2).all():  # else there is no end
            for k in range(low.shape[1]):
                found &= ~self.sets.reaching(k, beyond[:, k])
        counts: Integers = np.bitwise_count(found).sum(axis=1, dtype=np.int64)
        return counts


class RowTable:
    """Counts sums[m, parties] by looking at each: for the rows of one long block, to which little is added."""

    def __init__(self, sums: Integers) -> None:
        self.columns = np.asfortranarray(sums).T

    def within(self, low: Integers, beyond: Integers) -> Integers:
        """For each of low[n, parties] and beyond[n, parties] how many sums s have low <= s < beyond, [n]."""
        return np.array([self._within(*ends) for ends in zip(low, beyond, strict=True)], np.int64)

    def _within(self, low: Integers, beyond: Integers) -> int:
        found = np.ones(self.columns.shape[1], bool)
        for column, first, end in zip(self.columns, low, beyond, strict=True):
            found &= column >= first
            if end < BEYOND // 2:
                found &= column < end
        return int(np.count_nonzero(found))


def size(blocks: Sequence[Block]) -> int:
    """How many sums there are, equal ones included."""
    return prod(len(block.allowed) for block in blocks)


def cells(blocks: Sequence[Block]) -> int:
    """How many cells a table of the sums has."""
    return prod(int(most) + 1 for most in np.sum([block.allowed.max(axis=0) for block in blocks], axis=0))


def filled(blocks: Sequence[Block]) -> int:
    """How many cells are added to in making the table."""
    ordered = _longest_first(blocks)
    return sum(len(block.allowed) * cells(ordered[:k]) for k, block in enumerate(ordered) if k)


def table(blocks: Sequence[Block]) -> Integers:
    """In each cell, by the steps of each party, how many sums of the blocks are there: the first block's rows,
    then for every other block a copy for each of its rows, moved by that row."""
    first, *others = _longest_first(blocks)
    shape = first.allowed.max(axis=0) + 1
    flat = np.ravel_multi_index(tuple(first.allowed.T), tuple(shape))
    made = np.bincount(flat, minlength=prod(map(int, shape))).reshape(shape)
    for block in others:
        wider = np.zeros(made.shape + block.allowed.max(axis=0), np.int64)
        for row in block.allowed:
            wider[tuple(slice(at, at + old) for at, old in zip(row, made.shape, strict=True))] += made
        made = wider
    return made


def every(blocks: Sequence[Block], parties: int) -> Integers:
    """The sums themselves, equal ones included, [n, parties]."""
    sums = np.zeros((1, parties), np.int64)
    for block in blocks:
        sums = (sums[:, None, :] + block.allowed).reshape(-1, parties)
    return sums


def distinct(rows: Integers, times: Integers | None = None) -> tuple[Integers, Integers]:
    """The distinct rows, and the sum of the times each is there (once a row if nothing is said)."""
    order, ranked = _ranked(rows)
    first = np.flatnonzero(np.concatenate(([True], ranked[1:] != ranked[:-1])))
    if times is None:
        counts = np.diff(np.append(first, len(rows)))
    else:
        counts = np.add.reduceat(times[order], first)
    return rows[order[first]], counts


def number_of_distinct(rows: Integers) -> int:
    """How many distinct rows there are."""
    keys = _keys(rows)
    if keys is None:
        return len(distinct(rows)[0])
    return 1 + int(np.count_nonzero(np.diff(np.sort(keys))))


def _longest_first(blocks: Sequence[Block]) -> list[Block]:
    return sorted(blocks, key=lambda block: -len(block.allowed))


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

"""Points as whole numbers: each party's points counted in its own smallest step, so that sums are exact and
comparing them is comparing whole numbers. It knows neither cases nor packages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, gcd, log2

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

# Points are compared after rounding to this many decimals.
DECIMALS = 9
UNITS: int = 10**DECIMALS
# Points this close to a decimal number are meant to be it: 0.1 + 0.2 is 0.3.
NOISE = 1e-12
MOST_NOISE = 0.005  # of a unit; a hundred parts stay below half a unit
# The largest number of steps, as a power of two, where a step is as fine as can be.
FINEST = 56
# More steps than any sum has: where thresholds end that no package is near.
BEYOND = 2**60


@dataclass(frozen=True)
class Scale:
    """One party's points: (start + step x steps) / per, for steps 0, 1, 2, ...

    `whole`: all points of the case lie on these steps exactly. Otherwise (thirds, or weights with many
    digits) a step is so fine that no rounding to 9 decimals can miss it.
    """

    start: int
    step: int
    per: int
    whole: bool

    def points(self, steps: Integers | Floats) -> Floats:
        """Points rounded to 9 decimals; any shape. Averages of steps give the average of the points."""
        count = self.start + self.step * steps
        if self.whole:
            found: Floats = count / self.per
            return found
        # The whole points apart, so that large ones do not take bits from the decimals.
        over = count // self.per
        return np.round(over + np.round((count - over * self.per) / self.per, DECIMALS), DECIMALS)

    def first_at(self, points: float) -> int:
        """The fewest steps whose points, rounded to 9 decimals, are at least these."""
        return self._first(2 * _units(points) - (0 if self.whole else 1))

    def first_above(self, points: float) -> int:
        """The fewest steps whose points, rounded to 9 decimals, are more than these."""
        return self._first(2 * _units(points) + 1)

    def _first(self, halves: int) -> int:
        """The fewest steps whose points are at least so many halves of the last decimal."""
        missing = halves * self.per - 2 * UNITS * self.start
        return -(-missing // (2 * UNITS * self.step))


@dataclass(frozen=True)
class Grid:
    """A scale for each party."""

    scales: tuple[Scale, ...]

    @property
    def whole(self) -> bool:
        return all(scale.whole for scale in self.scales)

    def points(self, steps: Integers | Floats) -> Floats:
        """steps[n, parties] as points[n, parties], rounded to 9 decimals."""
        found = np.empty(steps.shape)
        for k, scale in enumerate(self.scales):
            found[:, k] = scale.points(steps[:, k])
        return found

    def first_at(self, vector: npt.ArrayLike) -> Integers:
        """For each party the fewest steps that are at least its points of the vector, [parties]."""
        return _row(
            scale.first_at(points) for scale, points in zip(self.scales, _numbers(vector), strict=True)
        )

    def first_above(self, vector: npt.ArrayLike) -> Integers:
        """For each party the fewest steps that are more than its points of the vector, [parties]."""
        return _row(
            scale.first_above(points) for scale, points in zip(self.scales, _numbers(vector), strict=True)
        )


def on_grid(parts: Sequence[Floats]) -> tuple[Grid, list[Integers]]:
    """A grid for sums of one row of each of parts[b][n, parties], and the parts in steps of it, from 0 up.

    Every sum of rows in points, rounded to 9 decimals, is `grid.points` of the sum in steps. ValueError for
    numbers that are not finite.
    """
    if not all(np.isfinite(part).all() for part in parts):
        raise ValueError("Points must be finite numbers.")
    scales = []
    steps = [np.empty(part.shape, np.int64, order="F") for part in parts]
    for k in range(parts[0].shape[1]):
        scale, columns = _on_scale([part[:, k] for part in parts])
        scales.append(scale)
        for block, column in zip(steps, columns, strict=True):
            block[:, k] = column
    return Grid(tuple(scales)), steps


def _on_scale(columns: list[Floats]) -> tuple[Scale, list[Integers]]:
    for digits in (0, DECIMALS):
        counted = [_decimals(column, digits) for column in columns]
        whole = [column for column in counted if column is not None]
        if len(whole) == len(columns):
            return _with_largest_step(whole, digits)
    return _with_finest_step(columns)


def _decimals(column: Floats, digits: int) -> Integers | None:
    """The numbers in units of 10^-digits if that is what they are, but for noise."""
    scaled = column * 10.0**digits if digits else column
    if max(scaled.max(), -scaled.min()) >= 2.0**53:
        return None
    rounded = np.rint(scaled)
    if np.array_equal(rounded, scaled):
        return rounded.astype(np.int64)
    # A few of the last bits, but never so much that a sum of many parts could round another way.
    noise = np.minimum(10.0**digits * NOISE + 4 * np.finfo(float).eps * np.abs(scaled), MOST_NOISE)
    return rounded.astype(np.int64) if (np.abs(scaled - rounded) <= noise).all() else None


def _with_largest_step(columns: list[Integers], digits: int) -> tuple[Scale, list[Integers]]:
    lows = [int(column.min()) for column in columns]
    raised = [column - low for column, low in zip(columns, lows, strict=True)]
    step = gcd(*(_common_step(column) for column in raised)) or 1
    start, per = sum(lows), 10**digits
    while per > 1 and start % 10 == step % 10 == 0:
        start, step, per = start // 10, step // 10, per // 10
    divisor = step * 10**digits // per
    return Scale(start, step, per, whole=True), [r if divisor == 1 else r // divisor for r in raised]


def _common_step(column: Integers) -> int:
    """The greatest common divisor; a long column is tried against that of its beginning first."""
    step = int(np.gcd.reduce(column[:1000]))
    if step == 1:
        return 1
    odd = column[1000:][column[1000:] % step != 0] if step else column[1000:]
    return gcd(step, int(np.gcd.reduce(odd))) if len(odd) else step


def _with_finest_step(columns: list[Floats]) -> tuple[Scale, list[Integers]]:
    largest = sum(float(np.abs(column).max()) for column in columns)
    per = 2 ** min(max(0, FINEST - ceil(log2(largest))), FINEST)
    # Times a power of two no bit is lost.
    counted = [np.rint(column * float(per)).astype(np.int64) for column in columns]
    lows = [int(column.min()) for column in counted]
    return Scale(sum(lows), 1, per, whole=False), [c - low for c, low in zip(counted, lows, strict=True)]


def _units(points: float) -> int:
    """The number in units of the last decimal that counts."""
    return round(points * UNITS)


def _numbers(vector: npt.ArrayLike) -> list[float]:
    numbers: list[float] = np.asarray(vector, np.float64).tolist()
    return numbers


def _row(numbers: Iterable[int]) -> Integers:
    return np.array([min(max(number, -BEYOND), BEYOND) for number in numbers], np.int64)

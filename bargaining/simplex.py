"""Linear programmes in exact fractions: the simplex method for a few rows and some hundred columns.
It knows nothing of parties or coalitions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

Vector = Sequence[Fraction | int]
Table = list[list[Fraction]]


@dataclass(frozen=True)
class Optimum:
    """The largest value, the columns that reach it with their weights (only those above 0), and a price
    for each row: the solution of the dual programme."""

    value: Fraction
    weights: Mapping[int, Fraction]
    prices: tuple[Fraction, ...]


def maximise(costs: Vector, columns: Sequence[Vector], amounts: Vector, start: Sequence[int]) -> Optimum:
    """The largest sum of costs[j] x weight[j] where sum of weight[j] x columns[j] = amounts, weights >= 0.

    `columns` are m-vectors; `start` names m of them that are independent and reach `amounts` with weights
    >= 0. Revised simplex, entering and leaving by the smallest index so that it cannot go round in circles
    (Bland 1977). The prices p make p . amounts smallest with p . columns[j] >= costs[j] for every j.
    ValueError if `start` is not as said, or if the value has no bound.
    """
    table, basis = _begin(columns, amounts, start)
    while True:
        prices = _prices(table, [costs[j] for j in basis])
        entering = next((j for j, column in enumerate(columns) if costs[j] > dot(prices, column)), None)
        if entering is None:
            weights = {j: row[-1] for j, row in zip(basis, table, strict=True) if row[-1] > 0}
            return Optimum(dot(prices, amounts), weights, prices)
        direction = _direction(table, columns[entering])
        leaving = _leaving(basis, table, direction)
        _exchange(table, direction, leaving)
        basis[leaving] = entering


def dot(one: Vector, other: Vector) -> Fraction:
    """The sum of products; zeros cost nothing."""
    return sum((Fraction(a) * b for a, b in zip(one, other, strict=True) if a and b), Fraction(0))


def _begin(columns: Sequence[Vector], amounts: Vector, start: Sequence[int]) -> tuple[Table, list[int]]:
    """The inverse of the starting columns with their weights beside it, and which column each row stands for."""
    size = len(amounts)
    table = [[Fraction(i == k) for k in range(size)] + [Fraction(amounts[i])] for i in range(size)]
    rows: dict[int, int] = {}
    for j in start:
        direction = _direction(table, columns[j])
        row = next((i for i, step in enumerate(direction) if step and i not in rows), None)
        if row is None:
            raise ValueError("The first columns depend on each other.")
        _exchange(table, direction, row)
        rows[row] = j
    if len(rows) < size or any(row[-1] < 0 for row in table):
        raise ValueError("The first columns do not reach the amounts.")
    return table, [rows[row] for row in range(size)]


def _direction(table: Table, column: Vector) -> list[Fraction]:
    return [dot(row[:-1], column) for row in table]


def _prices(table: Table, costs: Vector) -> tuple[Fraction, ...]:
    *sides, _ = zip(*table, strict=True)
    return tuple(dot(costs, side) for side in sides)


def _leaving(basis: list[int], table: Table, direction: list[Fraction]) -> int:
    """The row whose weight is the first to become 0 when the entering one grows."""
    shrinking = [row for row, step in enumerate(direction) if step > 0]
    if not shrinking:
        raise ValueError("The value has no bound.")
    return min(shrinking, key=lambda row: (table[row][-1] / direction[row], basis[row]))


def _exchange(table: Table, direction: list[Fraction], row: int) -> None:
    """Turns the direction into the unit vector of the row, by adding multiples of that row to the others."""
    pivot = [value / direction[row] for value in table[row]]
    for other, step in enumerate(direction):
        if step and other != row:
            table[other] = [a - step * b if b else a for a, b in zip(table[other], pivot, strict=True)]
    table[row] = pivot

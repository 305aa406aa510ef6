"""What the deals of a class chose, issue by issue: how many took each option, and which was best together."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from bargaining.case import Case, Issue, Package, Value
from debriefs.rules.lessons import best_together

#: Up to so many values have a cell each; more are told as lowest, between and highest.
MOST_CELLS = 6
#: The least share of the deals for each tint but the palest.
TINTS = (0.7, 0.45, 0.2, 1e-9)


class Cell(Struct, frozen=True):
    """Deals that took one of `values`; more than one stands for all values in between."""

    values: tuple[Value, ...]
    count: int
    tint: int
    best: bool


class Choices(Struct, frozen=True):
    issue: str
    cells: tuple[Cell, ...]


def choices(case: Case, deals: Sequence[Package]) -> tuple[Choices, ...]:
    """The issues that always apply and on which some choice was better for all together; a price is not here."""
    told = [(issue, best_together(case, issue)) for issue in case.issues if issue.when is None]
    return tuple(Choices(issue.id, _cells(issue, best, deals)) for issue, best in told if best)


def _cells(issue: Issue, best: frozenset[Value], deals: Sequence[Package]) -> tuple[Cell, ...]:
    values = issue.values()
    groups: list[tuple[Value, ...]] = [(value,) for value in values]
    if len(values) > MOST_CELLS:
        groups = [(values[0],), values[1:-1], (values[-1],)]
    counts = [sum(deal.get(issue.id) in group for deal in deals) for group in groups]
    return tuple(
        Cell(group, count, _tint(count, len(deals)), best=bool(best & set(group)) and len(group) == 1)
        for group, count in zip(groups, counts, strict=True)
    )


def _tint(count: int, deals: int) -> int:
    share = count / deals if deals else 0.0
    return next((4 - place for place, least in enumerate(TINTS) if share >= least), 0)

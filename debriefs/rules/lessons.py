"""Which lesson a class's figures carry, by stated rules. The sentences themselves are put into words elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from bargaining.case import Case, Issue, Value
from bargaining.scoring import issue_points
from debriefs.rules.classfigures import ClassFigures, Row

Found = Literal[
    "nearly all", "most", "two thirds", "more than half", "half", "less than half", "a third", "little"
]
#: The least share of the possible value for each way to say it.
FOUND: tuple[tuple[float, Found], ...] = (
    (0.95, "nearly all"),
    (0.72, "most"),
    (0.61, "two thirds"),
    (0.525, "more than half"),
    (0.475, "half"),
    (0.385, "less than half"),
    (0.28, "a third"),
)
#: A median share between these counts as an even split.
EVEN = (0.45, 0.55)
#: Rooms on both sides of these differ too much to be told by their middle.
NEARLY = (0.4, 0.6)


def how_much(created: float) -> Found:
    """How much of the possible value, as one would say it."""
    return next((said for least, said in FOUND if created >= least), "little")


def agreement(figures: ClassFigures) -> Literal["nothing yet", "all", "none", "some"]:
    """How many of the finished rooms agreed."""
    if figures.finished == 0:
        return "nothing yet"
    if figures.deals == figures.finished:
        return "all"
    return "some" if figures.deals else "none"


def split(figures: ClassFigures) -> Literal["unknown", "even", "uneven", "first", "second"]:
    """Which of two parties claimed more, at the median. Even only if every room is nearly so: a middle between
    rooms that are far apart is nobody's result."""
    if figures.first_claims is None or figures.claims_from is None or figures.claims_to is None:
        return "unknown"
    if figures.claims_from < NEARLY[0] < NEARLY[1] < figures.claims_to:
        return "uneven"
    if EVEN[0] <= figures.first_claims <= EVEN[1]:
        return "even"
    return "first" if figures.first_claims > EVEN[1] else "second"


def most_dominated(rows: Sequence[Row]) -> Row | None:
    """The room that left most: the one with the largest number of deals that were better for all."""
    beaten = [row for row in rows if row.figures is not None and row.figures.dominated_by]
    return max(beaten, key=lambda row: (row.figures.dominated_by or 0) if row.figures else 0, default=None)


def wanted_alike(case: Case) -> tuple[tuple[Issue, Value], ...]:
    """Issues whose best value is the same for every party: nobody should have to give way there."""
    found = []
    for issue in case.listed_issues:
        best = {_best_value(case, party, issue) for party in case.scored_ids}
        if len(best) == 1 and (value := best.pop()) is not None and len(case.scored_ids) > 1:
            found.append((issue, value))
    return tuple(found)


def best_together(case: Case, issue: Issue) -> frozenset[Value]:
    """The values with the largest sum of points; empty where every value gives the same sum."""
    if not case.scored_ids or not issue.values():
        return frozenset()
    tables = [issue_points(case, party, issue.id) for party in case.scored_ids]
    sums = {value: round(sum(table[value] for table in tables), 9) for value in issue.values()}
    top = max(sums.values())
    return (
        frozenset(value for value in sums if sums[value] == top) if min(sums.values()) < top else frozenset()
    )


def _best_value(case: Case, party: str, issue: Issue) -> Value | None:
    """The party's only best value; None where several are as good."""
    table = issue_points(case, party, issue.id)
    top = max(table.values())
    best = [value for value in issue.values() if table[value] == top]
    return best[0] if len(best) == 1 else None

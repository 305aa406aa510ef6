"""The outcome space of a case as arrays: every whole package, what it is worth to each party, and which
packages everybody would sign. It knows nothing of what was negotiated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from bargaining.case import Case, Issue, Package, Value
from bargaining.conditions import AllOf, AnyOf, Between, Condition, Is, Not
from bargaining.scoring import alternative_value, issue_points

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Columns = dict[str, npt.NDArray[Any]]

MOST_OUTCOMES = 5_000_000


class SpaceTooLarge(Exception):
    """The case has more packages than can be looked through."""


@dataclass(frozen=True, eq=False)
class Space:
    """All n whole packages of a case, in the order of the issues' values.

    `values[n, parties]` are points rounded to 9 decimals, `columns[issue][n]` the value's position, -1
    where the issue does not apply. `parties` are those whose points the case shows.
    """

    case: Case
    parties: tuple[str, ...]
    values: Floats
    columns: Columns

    def __len__(self) -> int:
        return len(self.values)

    def package(self, index: int) -> dict[str, Value]:
        """The package at an index."""
        positions = ((issue, int(self.columns[issue.id][index])) for issue in self.case.issues)
        return {issue.id: issue.values()[position] for issue, position in positions if position >= 0}

    def index(self, package: Package) -> int:
        """Where a whole package stands; KeyError if it is none of this space."""
        mask = np.ones(len(self), bool)
        for issue in self.case.issues:
            there = issue.id in package
            mask &= self.columns[issue.id] == (issue.position(package[issue.id]) if there else -1)
        found = np.flatnonzero(mask)
        if len(found) != 1:
            raise KeyError("This is no whole package of the simulation.")
        return int(found[0])

    def column_of(self, party_id: str) -> Floats:
        """The points of every package for one party."""
        column: Floats = self.values[:, self.parties.index(party_id)]
        return column

    @cached_property
    def alternatives(self) -> Floats:
        return np.array([alternative_value(self.case, party) for party in self.parties])

    @cached_property
    def passing(self) -> Mask:
        """Packages that leave everyone at least as well off as the own alternative."""
        mask: Mask = np.all(self.values >= self.alternatives, axis=1)
        return mask

    @cached_property
    def surplus(self) -> Floats:
        """Points above the alternatives, [n, parties]."""
        return np.round(self.values - self.alternatives, 9)

    @cached_property
    def joint_surplus(self) -> Floats:
        total: Floats = np.round(self.surplus.sum(axis=1), 9)
        return total


def space(case: Case) -> Space:
    """The outcome space of the case, made once per case object; SpaceTooLarge above 5,000,000 packages."""
    if "space" not in case.memo:
        columns = _columns(case)
        size = len(next(iter(columns.values())))
        case.memo["space"] = Space(case, case.scored_ids, _values(case, columns, size), columns)
    made: Space = case.memo["space"]
    return made


def _columns(case: Case) -> Columns:
    columns: Columns = {}
    size = 1
    for issue in case.issues:
        applies = np.ones(size, bool) if issue.when is None else mask_of(issue.when, case, columns, size)
        width = len(issue.values())
        size = int(size + applies.sum() * (width - 1))
        if size > MOST_OUTCOMES:
            raise SpaceTooLarge(f"There are more than {MOST_OUTCOMES} packages.")
        repeats = np.where(applies, width, 1)
        source = np.repeat(np.arange(len(applies)), repeats)
        columns = {name: column[source] for name, column in columns.items()}
        within = np.arange(size) - (np.cumsum(repeats) - repeats)[source]
        columns[issue.id] = np.where(applies[source], within, -1).astype(_small(width))
    return columns


def _small(width: int) -> type[np.signedinteger[Any]]:
    return np.int16 if width < 32_000 else np.int32


def _values(case: Case, columns: Columns, size: int) -> Floats:
    values = np.empty((size, len(case.scored_ids)))
    for k, party in enumerate(case.scored_ids):
        total = np.full(size, case.party(party).base)
        for issue in case.issues:
            # The last entry stands for "does not apply", whose position is -1.
            table = np.array([*issue_points(case, party, issue.id).values(), 0.0])
            total += table[columns[issue.id]]
        for adjustment in case.adjustments:
            if party in adjustment.add:
                total += np.where(mask_of(adjustment.when, case, columns, size), adjustment.add[party], 0.0)
        values[:, k] = np.round(total, 9)
    return values


def mask_of(condition: Condition, case: Case, columns: Mapping[str, npt.NDArray[Any]], size: int) -> Mask:
    """Where a condition holds, over all packages at once; the same meaning as `condition.holds`."""
    match condition:
        case Is(name, values):
            issue = case.issue(name)
            return np.isin(columns[name], [issue.position(value) for value in values])
        case Between(name, minimum, maximum):
            return _between(case.issue(name), columns[name], minimum, maximum)
        case AllOf(parts):
            masks = [mask_of(part, case, columns, size) for part in parts]
            return cast(Mask, np.all([np.ones(size, bool), *masks], axis=0))
        case AnyOf(parts):
            masks = [mask_of(part, case, columns, size) for part in parts]
            return cast(Mask, np.any([np.zeros(size, bool), *masks], axis=0))
        case Not(part):
            return ~mask_of(part, case, columns, size)


def _between(issue: Issue, column: npt.NDArray[Any], minimum: float | None, maximum: float | None) -> Mask:
    inside = [Between(issue.id, minimum, maximum).holds({issue.id: value}) for value in issue.values()]
    table = np.array([*inside, False])
    mask: Mask = table[column]
    return mask

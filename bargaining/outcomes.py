"""The outcome space of a case as arrays: every whole package, what it is worth to each party, and which
packages everybody would sign. It knows nothing of what was negotiated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from bargaining.agreements import enough_of
from bargaining.case import Case, Issue, Package, Value
from bargaining.conditions import TOLERANCE, AllOf, AnyOf, Between, Condition, Is, Not, QuantityBetween
from bargaining.coupling import additions, amounts, votes_give_points
from bargaining.formulas import Formula, Term, evaluate
from bargaining.scoring import alternative_value, believed, issue_parts
from bargaining.sight import EVERYTHING

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Vector = tuple[float, ...]
Columns = dict[str, npt.NDArray[Any]]

MOST_OUTCOMES = 5_000_000


class SpaceTooLarge(Exception):
    """The case has more packages than can be looked through."""


@dataclass(frozen=True, eq=False)
class Space:
    """All n whole packages of a case, in the order of the issues' values.

    `values[n, parties]` are points rounded to 9 decimals, `columns[issue][n]` the value's position, -1
    where the issue does not apply. `parties` are those whose points the case shows. Texts are left out:
    they can say anything and give no points. Points that hang on how many approve are in `values` where
    so many would: who is at least as well off as with the own alternative.
    """

    case: Case
    parties: tuple[str, ...]
    values: Floats
    columns: Columns

    def __len__(self) -> int:
        return len(self.values)

    def package(self, index: int) -> dict[str, Value]:
        """The package at an index."""
        positions = ((issue, int(self.columns[issue.id][index])) for issue in self.case.listed_issues)
        return {issue.id: issue.values()[position] for issue, position in positions if position >= 0}

    def index(self, package: Package) -> int:
        """Where a whole package stands; KeyError if it is none of this space."""
        mask = np.ones(len(self), bool)
        for issue in self.case.listed_issues:
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
    def accepts(self) -> Mask:
        """Which parties are at least as well off as with the own alternative, [n, parties]."""
        mask: Mask = self.values >= self.alternatives
        return mask

    @cached_property
    def valid(self) -> Mask:
        """Packages that meet what the agreement rule requires of a deal, whoever accepts them."""
        return valid_among(self.case, self.columns, len(self))

    @cached_property
    def passing(self) -> Mask:
        """Valid packages that enough parties for the agreement rule accept. A party's view of the case knows
        the own alternative alone, so there it is what the party itself accepts."""
        if self.case.seen_as != EVERYTHING:
            return self.valid & self.accepts.all(axis=1)
        return self.valid & enough_of(self.case.agreement, self.signers, self.accepts_of_signers)

    @cached_property
    def unanimous(self) -> Mask:
        """Valid packages that leave everyone at least as well off as the own alternative."""
        mask: Mask = self.valid & self.accepts.all(axis=1)
        return mask

    @property
    def signers(self) -> tuple[str, ...]:
        return tuple(party for party in self.parties if party in self.case.signers)

    @property
    def accepts_of_signers(self) -> Mask:
        mask: Mask = self.accepts[:, [self.parties.index(party) for party in self.signers]]
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
    """The outcome space of the case, made once per case object; SpaceTooLarge above 5,000,000 packages.

    For those who look at every package one by one. Frontier, solutions and counts come from `bargaining.analysis`,
    which needs no list of all packages.
    """
    if "space" not in case.memo:
        columns, unrounded = listed(case)
        case.memo["space"] = Space(case, case.scored_ids, np.round(unrounded, 9), columns)
    made: Space = case.memo["space"]
    return made


def listed(case: Case) -> tuple[Columns, Floats]:
    """All n packages as columns[issue][n] of positions, and their points[n, parties] before any rounding.

    SpaceTooLarge above 5,000,000 packages.
    """
    columns, size = _columns(case)
    found = np.empty((size, len(case.scored_ids)), order="F")
    holding: dict[int, Mask] = {}  # interactions mostly concern several parties
    for k, party in enumerate(case.scored_ids):
        found[:, k] = _points(case, party, columns, holding, size)
    if votes_give_points(case):
        found += _for_approvals(Space(case, case.scored_ids, np.round(found, 9), columns))
    return columns, found


def as_vector(row: Floats) -> Vector:
    """A row of points as a plain tuple of numbers."""
    return tuple(row.tolist())


def valid_among(case: Case, columns: Columns, size: int) -> Mask:
    """Which packages meet what the agreement rule requires of a deal, [n]."""
    requires = case.agreement.requires
    return np.ones(size, bool) if requires is None else mask_of(requires, case, columns, size)


def _columns(case: Case) -> tuple[Columns, int]:
    """Every package so far with every value of the next issue, so that rows rise like words in a dictionary."""
    columns: Columns = {}
    size = 1
    for issue in case.listed_issues:
        width = len(issue.values())
        applies = None if issue.when is None else mask_of(issue.when, case, columns, size)
        before, size = size, size * width if applies is None else int(size + applies.sum() * (width - 1))
        if size > MOST_OUTCOMES:
            raise SpaceTooLarge(f"There are more than {MOST_OUTCOMES} packages.")
        repeats = width if applies is None else np.where(applies, width, 1)
        columns = {name: np.repeat(column, repeats) for name, column in columns.items()}
        columns[issue.id] = _next_column(width, before, size, applies)
    return columns, size


def _next_column(width: int, before: int, size: int, applies: Mask | None) -> npt.NDArray[Any]:
    """The positions 0, 1, ... of an issue for each package so far, or -1 once where it does not apply."""
    values = np.arange(width, dtype=_small(width))
    if applies is None:
        return np.tile(values, before)
    column = np.full(size, -1, values.dtype)
    column[np.repeat(applies, np.where(applies, width, 1))] = np.tile(values, int(applies.sum()))
    return column


def _small(width: int) -> type[np.signedinteger[Any]]:
    return np.int16 if width < 32_000 else np.int32


def _points(case: Case, party: str, columns: Columns, holding: dict[int, Mask], size: int) -> Floats:
    total = np.full(size, case.party(party).base)
    for issue in case.listed_issues:
        # The last entry stands for "does not apply", whose position is -1.
        table = np.array([*issue_parts(case, party, issue.id).values(), 0.0])
        total += table[columns[issue.id]]
    for when, add in additions(case, party):
        if id(when) not in holding:
            holding[id(when)] = mask_of(when, case, columns, size)
        total[holding[id(when)]] += add
    chances = believed(case, party)
    for _, formula, rule in amounts(case, party):
        numbers, back = np.unique(numbers_of(formula, case, columns, size), return_inverse=True)
        total += np.array([rule.worth(0, float(number), chances) for number in numbers])[back]
    return total


def _for_approvals(found: Space) -> Floats:
    """What comes to deals of which so many parties would approve, as the points without it tell; [n, parties].
    Only the whole case knows what the others would do."""
    bonus = np.zeros_like(found.values)
    approvals = found.accepts_of_signers.sum(axis=1)
    for adjustment in found.case.adjustments:
        reached = mask_of(adjustment.when, found.case, found.columns, len(found))
        for party, add in adjustment.add.items() if adjustment.approved_by else ():
            bonus[reached & (approvals >= adjustment.approved_by), found.parties.index(party)] += add
    return bonus


def numbers_of(formula: Formula, case: Case, columns: Mapping[str, npt.NDArray[Any]], size: int) -> Floats:
    """A formula's number for every package at once; the same meaning as `formulas.amount`."""

    def leaf(term: Term) -> Floats:
        values = case.issue(term.issue).values()
        found: Floats = np.array([*(term.table[value] for value in values), 0.0])[columns[term.issue]]
        return found

    return np.broadcast_to(np.asarray(evaluate(formula, leaf), np.float64), (size,))


def mask_of(condition: Condition, case: Case, columns: Mapping[str, npt.NDArray[Any]], size: int) -> Mask:
    """Where a condition holds, over all packages at once; the same meaning as `condition.holds`."""
    match condition:
        case Is(issue=name) | Between(issue=name):
            return _where(case.issue(name), columns[name], condition)
        case QuantityBetween(_, formula, minimum, maximum):
            numbers = numbers_of(formula, case, columns, size)
            low = -np.inf if minimum is None else minimum - TOLERANCE
            high = np.inf if maximum is None else maximum + TOLERANCE
            inside: Mask = (numbers >= low) & (numbers <= high)
            return inside
        case AllOf(parts):
            return _joined(np.logical_and, [mask_of(part, case, columns, size) for part in parts], True, size)
        case AnyOf(parts):
            return _joined(np.logical_or, [mask_of(part, case, columns, size) for part in parts], False, size)
        case Not(part):
            return ~mask_of(part, case, columns, size)


def _joined(join: np.ufunc, masks: list[Mask], empty: bool, size: int) -> Mask:
    found = np.full(size, empty)
    for mask in masks:
        join(found, mask, out=found)
    return found


def _where(issue: Issue, column: npt.NDArray[Any], condition: Is | Between) -> Mask:
    """Where a test of one issue holds: asked once for each value, and once for none."""
    answers = [condition.holds({issue.id: value}) for value in issue.values()]
    mask: Mask = np.array([*answers, False])[column]
    return mask

"""A case as blocks: groups of coupled issues, each with all its choices, whose points simply add up. So 10^12
packages are twelve short lists. It lists each block's choices and nothing larger."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import prod
from typing import Any

import numpy as np

from bargaining.case import Case, Package, Value
from bargaining.coupling import parts
from bargaining.grid import Grid, on_grid
from bargaining.outcomes import Columns, Floats, Integers, Mask, listed, valid_among
from bargaining.sight import EVERYTHING

# One row of each block.
Rows = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Block:
    """All n choices for a group of coupled issues, in the order of the issues' values.

    `columns[issue][n]` is the value's position, -1 where the issue does not apply; `steps[n, parties]` the
    points in steps of the case's grid; `valid[n]` says which choices can be part of a deal.
    """

    columns: Columns
    steps: Integers
    valid: Mask

    def __len__(self) -> int:
        return len(self.steps)

    @cached_property
    def allowed(self) -> Integers:
        """The steps of the valid choices, [m, parties]."""
        return self.steps if self.valid.all() else np.asfortranarray(self.steps[self.valid])

    def row_of(self, positions: Mapping[str, int]) -> int:
        """Where the choice with these positions stands; KeyError if it is none."""
        first, end = 0, len(self)
        for name, column in self.columns.items():
            # Rows rise like words in a dictionary, so each column rises within those that agree so far.
            first, end = (side(column, positions[name], first, end) for side in (bisect_left, bisect_right))
        if end - first != 1:
            raise KeyError("This is no whole package of the simulation.")
        return first


@dataclass(frozen=True, eq=False)
class Structure:
    """A case's parties with points, the grid of their points, and its blocks, in the case's order.

    A package is one row of each block; its points are `grid.points` of the sum of the rows' steps.
    """

    case: Case
    parties: tuple[str, ...]
    grid: Grid
    blocks: tuple[Block, ...]
    # What others worked out from this very object; no part of its value.
    memo: dict[Any, Any] = field(default_factory=dict, repr=False)

    @property
    def outcomes(self) -> int:
        """The number of packages, valid or not."""
        return prod(map(len, self.blocks))

    @property
    def valid_outcomes(self) -> int:
        """The number of packages that meet what the agreement rule requires."""
        return prod(len(block.allowed) for block in self.blocks)

    @cached_property
    def lowest(self) -> Floats:
        """The fewest points that any valid package gives each party, [parties]."""
        return self._total([block.allowed.min(axis=0) for block in self.blocks])

    @cached_property
    def highest(self) -> Floats:
        """The most points that any valid package gives each party, [parties]."""
        return self._total([block.allowed.max(axis=0) for block in self.blocks])

    @cached_property
    def best_joint(self) -> float:
        """The largest sum of all parties' points over all valid packages."""
        most = sum(float(self.joint(block.allowed).max()) for block in self.blocks)
        return round(most + sum(scale.start / scale.per for scale in self.grid.scales), 9)

    def joint(self, steps: Integers) -> Floats:
        """What steps[n, parties] add to the sum of all parties' points, rounded to 9 decimals, [n]."""
        weights = np.array([scale.step / scale.per for scale in self.grid.scales])
        added: Floats = np.round(steps @ weights, 9)
        return added

    def package(self, rows: Rows) -> dict[str, Value]:
        """The package made of one row of each block, its issues in the case's order."""
        return next(self.packages([rows]))

    def packages(self, several: Sequence[Rows]) -> Iterator[dict[str, Value]]:
        """Several packages, each made of one row of each block."""
        chosen = np.array(several, np.int64).reshape(-1, len(self.blocks))
        positions = {
            name: column[chosen[:, place]].tolist()
            for place, block in enumerate(self.blocks)
            for name, column in block.columns.items()
        }
        issues = [(issue.id, issue.values(), positions[issue.id]) for issue in self.case.listed_issues]
        for k in range(len(chosen)):
            yield {name: values[column[k]] for name, values, column in issues if column[k] >= 0}

    def rows(self, package: Package) -> Rows:
        """The row of each block that a whole package is made of; KeyError if it is no whole package."""
        positions = {
            issue.id: issue.position(package[issue.id]) if issue.id in package else -1
            for issue in self.case.listed_issues
        }
        return tuple(block.row_of(positions) for block in self.blocks)

    def valid(self, rows: Rows) -> bool:
        """Whether the package made of these rows meets what the agreement rule requires."""
        return all(bool(block.valid[row]) for block, row in zip(self.blocks, rows, strict=True))

    def vector(self, rows: Rows) -> Floats:
        """The points of the package made of these rows, rounded to 9 decimals, [parties]."""
        vector: Floats = self.vectors([rows])[0]
        return vector

    def vectors(self, several: Sequence[Rows]) -> Floats:
        """The points of several packages, [packages, parties]."""
        chosen = zip(self.blocks, zip(*several, strict=True), strict=True)
        return self.grid.points(np.sum([block.steps[list(rows)] for block, rows in chosen], axis=0))

    def limited_to(self, issue_id: str, value: Value) -> Structure:
        """The same where only packages with this value are valid. KeyError for an unknown issue or value."""
        position = self.case.issue(issue_id).position(value)
        blocks = tuple(
            replace(block, valid=block.valid & (block.columns[issue_id] == position))
            if issue_id in block.columns
            else block
            for block in self.blocks
        )
        return replace(self, blocks=blocks, memo={})

    def _total(self, steps: list[Integers]) -> Floats:
        vector: Floats = self.grid.points(np.sum(steps, axis=0)[None])[0]
        return vector


def structure(case: Case) -> Structure:
    """The case's blocks, made once per case object.

    SpaceTooLarge if one block alone has more than 5,000,000 choices; ValueError if this view of the case
    shows nobody's points, or if no package can be part of a deal.
    """
    if "structure" not in case.memo:
        case.memo["structure"] = _structure(case)
    made: Structure = case.memo["structure"]
    return made


def best_points(case: Case, party_id: str) -> float:
    """The most points that any whole package gives the party, valid or not and whatever others think of it;
    without what hangs on votes, which no package settles.

    Exact without the whole outcome space: only coupled issues are tried together. ValueError if this view of
    the case does not show the party's points, KeyError for an unknown party.
    """
    own = case.seen_by(party_id) if case.seen_as == EVERYTHING else case
    if not own.listed_issues:
        return case.party(party_id).base
    key = ("best_points", party_id)
    if key not in own.memo:
        # What a deal must meet is no matter here, so it need not couple issues either.
        free = replace(own, agreement=replace(own.agreement, requires=None))
        made = structure(free)
        most = made.grid.points(np.sum([block.steps.max(axis=0) for block in made.blocks], axis=0)[None])
        own.memo[key] = float(most[0, made.parties.index(party_id)])
    best: float = own.memo[key]
    return best


def _structure(case: Case) -> Structure:
    if not case.scored_ids:
        raise ValueError("This view of the case shows nobody's points.")
    found = [(part, *listed(part)) for part in parts(case)]
    grid, steps = on_grid([points for _, _, points in found])
    blocks = tuple(
        Block(columns, rows, valid_among(part, columns, len(rows)))
        for (part, columns, _), rows in zip(found, steps, strict=True)
    )
    if not all(block.valid.any() for block in blocks):
        raise ValueError("No package of this simulation meets what its agreement rule requires.")
    return Structure(case, case.scored_ids, grid, blocks)

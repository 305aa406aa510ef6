"""A case as blocks: groups of coupled issues, each with all its choices, whose points simply add up. So 10^12
packages are twelve short lists. It lists each block's choices and nothing larger."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np

from bargaining.case import Case, Package, Value
from bargaining.coupling import parts
from bargaining.grid import Grid, on_grid
from bargaining.outcomes import Columns, Floats, Integers, listed, valid_among


@dataclass(frozen=True, eq=False)
class Block:
    """All n valid choices for a group of coupled issues, in the order of the issues' values.

    `columns[issue][n]` is the value's position, -1 where the issue does not apply; `steps[n, parties]` the
    points in steps of the case's grid; `all` the number of choices before those were left out that cannot
    be part of a deal.
    """

    columns: Columns
    steps: Integers
    all: int

    def __len__(self) -> int:
        return len(self.steps)

    def row_of(self, positions: dict[str, int]) -> int:
        """Where the choice with these positions stands; KeyError if it is none or not valid."""
        mask = np.ones(len(self), bool)
        for name, column in self.columns.items():
            mask &= column == positions[name]
        found = np.flatnonzero(mask)
        if len(found) != 1:
            raise KeyError("This is no valid package of the simulation.")
        return int(found[0])


@dataclass(frozen=True, eq=False)
class Structure:
    """A case's parties with points, the grid of their points, and its blocks, in the case's order.

    A package is one row of each block; its points are `grid.points` of the sum of the rows' steps.
    """

    case: Case
    parties: tuple[str, ...]
    grid: Grid
    blocks: tuple[Block, ...]

    @property
    def outcomes(self) -> int:
        """The number of packages, valid or not."""
        return prod(block.all for block in self.blocks)

    @property
    def valid_outcomes(self) -> int:
        """The number of packages that meet what the agreement rule requires."""
        return prod(map(len, self.blocks))

    @cached_property
    def lowest(self) -> Floats:
        """The fewest points that any valid package gives each party, [parties]."""
        return self._total([block.steps.min(axis=0) for block in self.blocks])

    @cached_property
    def highest(self) -> Floats:
        """The most points that any valid package gives each party, [parties]."""
        return self._total([block.steps.max(axis=0) for block in self.blocks])

    def package(self, rows: tuple[int, ...]) -> dict[str, Value]:
        """The package made of one row of each block, its issues in the case's order."""
        chosen = {
            name: int(column[row])
            for block, row in zip(self.blocks, rows, strict=True)
            for name, column in block.columns.items()
        }
        return {
            issue.id: issue.values()[chosen[issue.id]]
            for issue in self.case.listed_issues
            if chosen[issue.id] >= 0
        }

    def rows(self, package: Package) -> tuple[int, ...]:
        """The row of each block that a whole package is made of; KeyError if it is no valid package."""
        positions = {
            issue.id: issue.position(package[issue.id]) if issue.id in package else -1
            for issue in self.case.listed_issues
        }
        return tuple(block.row_of(positions) for block in self.blocks)

    def vector(self, rows: tuple[int, ...]) -> Floats:
        """The points of the package made of these rows, [parties]."""
        return self._total([block.steps[row] for block, row in zip(self.blocks, rows, strict=True)])

    def _total(self, steps: list[Integers]) -> Floats:
        vector: Floats = self.grid.points(np.sum(steps, axis=0)[None])[0]
        return vector


def structure(case: Case) -> Structure:
    """The case's blocks, made once per case object.

    SpaceTooLarge if one block alone has more than 5,000,000 choices; ValueError if this view of the case
    shows nobody's points, or if no choice of some block can be part of a deal.
    """
    if "structure" not in case.memo:
        case.memo["structure"] = _structure(case)
    made: Structure = case.memo["structure"]
    return made


def _structure(case: Case) -> Structure:
    if not case.scored_ids:
        raise ValueError("This view of the case shows nobody's points.")
    found = [(part, *listed(part)) for part in parts(case)]
    valid = [valid_among(part, columns, len(points)) for part, columns, points in found]
    if not all(map(np.any, valid)):
        raise ValueError("No package of this case meets what its agreement rule requires.")
    kept = [points if mask.all() else points[mask] for (_, _, points), mask in zip(found, valid, strict=True)]
    grid, steps = on_grid(kept)
    blocks = tuple(
        Block({name: column[mask] for name, column in columns.items()}, rows, len(mask))
        for (_, columns, _), mask, rows in zip(found, valid, steps, strict=True)
    )
    return Structure(case, case.scored_ids, grid, blocks)

"""Two ideas of meeting halfway: the compromise (everybody's best outcome, averaged) and the middle deal (the middle
of every issue). Baselines that a good negotiation should beat; neither is advice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import prod

import numpy as np

from bargaining.case import Value
from bargaining.outcomes import Floats, Integers, Vector, as_vector
from bargaining.structure import Block, Rows, Structure


@dataclass(frozen=True)
class Compromise:
    """The mean of each party's best package's points; `best` holds these packages as rows of blocks, a party each.

    Of several best ones it is the one with the largest joint value, and the first of those in the case's order.
    """

    values: Vector
    best: tuple[Rows, ...]


@dataclass(frozen=True)
class MiddleDeal:
    """The average points of the packages with a middle value for every issue that applies.

    `ways[block]` are the rows of each block that are in the middle; `number` of packages are made of them,
    more than one where an issue has two middle values.
    """

    values: Vector
    ways: tuple[tuple[int, ...], ...]
    structure: Structure

    @property
    def number(self) -> int:
        return prod(map(len, self.ways))

    @property
    def rows(self) -> Iterator[Rows]:
        """The packages as rows of blocks, one by one."""
        return product(*self.ways)

    @property
    def packages(self) -> Iterator[dict[str, Value]]:
        return map(self.structure.package, self.rows)


def compromise(of: Structure) -> Compromise:
    """The compromise over the valid packages: what giving everybody the wished-for outcome by lot would be worth on
    average. With two parties and opposed, equal stakes it is the even split."""
    best = tuple(tuple(_best_row(of, block, k) for block in of.blocks) for k in range(len(of.parties)))
    mean: Floats = np.mean([of.vector(rows) for rows in best], axis=0)
    return Compromise(as_vector(mean.round(9)), best)


def middle_deal(of: Structure) -> MiddleDeal:
    """The middle deal, valid or not: a middle that may not be signed is worth knowing too."""
    positions = {
        issue.id: [-1, *(issue.position(value) for value in issue.middle)] for issue in of.case.listed_issues
    }
    ways = [_rows_among(block, positions) for block in of.blocks]
    # Packages are one row of each block, so averages of blocks add up to the average of packages.
    means = [block.steps[rows].mean(axis=0) for block, rows in zip(of.blocks, ways, strict=True)]
    values = of.grid.points(np.sum(means, axis=0)[None])[0].round(9)
    return MiddleDeal(as_vector(values), tuple(tuple(map(int, rows)) for rows in ways), of)


def _best_row(of: Structure, block: Block, party: int) -> int:
    """The valid row that is best for the party, then jointly, then first."""
    own = np.where(block.valid, block.steps[:, party], -1)
    best = np.flatnonzero(own == own.max())
    return int(best[of.joint(block.steps[best]).argmax()])


def _rows_among(block: Block, positions: dict[str, list[int]]) -> Integers:
    mask = np.ones(len(block), bool)
    for name, column in block.columns.items():
        mask &= np.isin(column, positions[name])
    return np.flatnonzero(mask)

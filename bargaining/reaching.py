"""From points back to packages: which packages give everyone at least so much, one after the other, without
trying any that cannot. It knows blocks and sums, not what was negotiated."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from bargaining.case import Value
from bargaining.frontier import Frontier
from bargaining.outcomes import Integers
from bargaining.pareto import covered
from bargaining.structure import Rows


def packages_with(of: Frontier, vector: npt.ArrayLike) -> Iterator[dict[str, Value]]:
    """Every package with exactly these points[parties] of the frontier, one by one as they are asked for, in an
    order that is the same each time. ValueError if the points are not on the frontier."""
    if not of.holds(vector):
        raise ValueError("These points are not on the frontier.")
    return (of.structure.package(rows) for rows in rows_at_least(of, vector))


def rows_at_least(of: Frontier, vector: npt.ArrayLike) -> Iterator[Rows]:
    """The rows of blocks of every package that gives everyone at least these points[parties], one by one.

    Each step is taken only if what is left can still be reached: for the first blocks in the frontier's order
    some undominated sum gives as much. So for points on the frontier these are the packages that reach them.
    With a frontier above a floor only points at or above the floor may be asked for.
    """
    low = of.structure.grid.first_at(vector)
    back = np.argsort(of.order)
    for rows in _completions(of, len(of.order), low):
        yield tuple(rows[k] for k in back)


def _completions(of: Frontier, blocks: int, needed: Integers) -> Iterator[Rows]:
    """Rows of the first blocks, in the frontier's order, whose sum is at least what is needed."""
    if blocks == 0:
        yield ()
        return
    block = of.structure.blocks[of.order[blocks - 1]]
    for row in np.flatnonzero(block.valid & covered(needed - block.steps, of.stages[blocks - 1].sums)):
        for rows in _completions(of, blocks - 1, needed - block.steps[row]):
            yield (*rows, int(row))

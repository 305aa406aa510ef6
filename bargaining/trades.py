"""The nearest package that is better for all, as a trade: which terms to change, and what each change is worth to whom.
It searches all packages by blocks, fewest changes first, and says nothing about how to get there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bargaining.analysis import Analysis
from bargaining.case import Package, Value
from bargaining.frontier import MOST_VECTORS, FrontierTooLarge
from bargaining.outcomes import Floats, Integers
from bargaining.pareto import undominated
from bargaining.scoring import points_by_issue
from bargaining.structure import Rows

Points = Mapping[str, float]


@dataclass(frozen=True)
class TermChange:
    """One issue's change and its points by party; None where the issue does not apply before or after."""

    issue: str
    old: Value | None
    new: Value | None
    points: Points


@dataclass(frozen=True)
class Trade:
    """A package that dominates another: what changes, and what the change gives each party.

    `gains` is the sum of the changes' points and of `together`, what the terms give only with each other (by
    interactions, formulas or approvals); `together` is empty if that is nothing.
    """

    package: Mapping[str, Value]
    changes: tuple[TermChange, ...]
    together: Points
    gains: Points


def nearest_trade(there: Analysis, package: Package) -> Trade | None:
    """Of the valid packages that are better for someone and worse for nobody the one with the fewest issues
    settled otherwise; of several the one with the largest joint gain (in points, or in shares of each party's
    range where points may not be added). None if there is none. KeyError for what is no whole package.

    FrontierTooLarge if too many ways to change terms are undominated.
    """
    here = there.structure.rows(package)
    if there.structure.valid(here) and there.efficient(there.structure.vector(here))[0]:
        return None
    search = _Search(there, here)
    for changes in range(len(there.case.listed_issues) + 1):
        found = search.with_changes(changes)
        if found is not None:
            return trade(there, package, there.structure.package(found))
    return None


def trade(there: Analysis, old: Package, new: Package) -> Trade:
    """The step from one whole package to another, issue by issue; it need not be better for anyone."""
    gains = np.subtract(there.vector(new), there.vector(old)).round(9)
    before, after = ({p: points_by_issue(there.case, p, one) for p in there.parties} for one in (old, new))

    def change(party: str, issue: str) -> float:
        return round(after[party].get(issue, 0.0) - before[party].get(issue, 0.0), 9)

    changes = tuple(
        TermChange(
            issue.id, old.get(issue.id), new.get(issue.id), {p: change(p, issue.id) for p in there.parties}
        )
        for issue in there.case.listed_issues
        if old.get(issue.id) != new.get(issue.id)
    )
    together = {
        party: round(float(gain) - sum(each.points[party] for each in changes), 9)
        for party, gain in zip(there.parties, gains, strict=True)
    }
    return Trade(
        package=new,
        changes=changes,
        together=together if any(together.values()) else {},
        gains=dict(zip(there.parties, map(float, gains), strict=True)),
    )


class _Search:
    """Undominated changes of points, in steps, with exactly so many changed issues in the first so many blocks."""

    def __init__(self, there: Analysis, here: Rows) -> None:
        of, self.there, self.here = there.structure, there, here
        start = np.array([block.steps[row] for block, row in zip(of.blocks, here, strict=True)])
        vector = of.vector(here)
        self.needed = of.grid.first_at(vector) - start.sum(axis=0)
        self.above = of.grid.first_above(vector) - start.sum(axis=0)
        # What each block can add at most: sums that cannot reach what is needed any more are dropped.
        self.most = np.array([block.allowed.max(axis=0) for block in of.blocks]) - start
        self.sums: dict[tuple[int, int], Integers] = {(0, 0): np.zeros((1, len(of.parties)), np.int64)}
        self.ways: dict[tuple[int, int], Integers] = {}

    def with_changes(self, changes: int) -> Rows | None:
        """The rows of the best package that changes exactly so many issues and dominates, if any does."""
        blocks = len(self.here)
        for k in range(1, blocks + 1):
            self._add(k, changes)
        found = self.sums[blocks, changes]
        better = found[(found >= self.needed).all(axis=1) & (found >= self.above).any(axis=1)]
        if len(better) == 0:
            return None
        return self._rows(blocks, changes, better[int(self._joint(better).argmax())])

    def _add(self, blocks: int, changes: int) -> None:
        """The sums for the first blocks, those for fewer changes being there."""
        kinds = [np.empty((0, len(self.needed)), np.int64)]
        for own in range(changes + 1):
            before = self.sums.get((blocks - 1, changes - own))
            if before is None:  # no block changes nothing
                continue
            kinds.append((before[:, None, :] + self._ways(blocks - 1, own)).reshape(-1, len(self.needed)))
        sums, rest = np.concatenate(kinds), self.most[blocks:].sum(axis=0)
        sums = sums[(sums + rest >= self.needed).all(axis=1)]
        sums = sums[undominated(sums)]
        if len(sums) > MOST_VECTORS:
            raise FrontierTooLarge(f"More than {MOST_VECTORS} changes of terms are undominated.")
        self.sums[blocks, changes] = sums

    def _ways(self, place: int, changes: int) -> Integers:
        """The undominated changes of points by changing so many issues of one block."""
        if (place, changes) not in self.ways:
            rows = self._rows_with(place, changes)
            block, others = self.there.structure.blocks[place], self.most.sum(axis=0) - self.most[place]
            deltas = block.steps[rows] - block.steps[self.here[place]]
            deltas = deltas[(deltas + others >= self.needed).all(axis=1)]
            self.ways[place, changes] = deltas[undominated(deltas)]
        return self.ways[place, changes]

    def _rows_with(self, place: int, changes: int) -> Integers:
        block, row = self.there.structure.blocks[place], self.here[place]
        differing = np.zeros(len(block), np.int64)
        for column in block.columns.values():
            differing += column != column[row]
        return np.flatnonzero(block.valid & (differing == changes))

    def _rows(self, blocks: int, changes: int, delta: Integers) -> Rows:
        """Rows of the first blocks that change so many issues and so many points."""
        if blocks == 0:
            return ()
        block, here = self.there.structure.blocks[blocks - 1], self.here[blocks - 1]
        for own in range(changes + 1):
            before = self.sums.get((blocks - 1, changes - own))
            for one in self._ways(blocks - 1, own) if before is not None else ():
                if (before == delta - one).all(axis=1).any():
                    rows = self._rows_with(blocks - 1, own)
                    same = (block.steps[rows] - block.steps[here] == one).all(axis=1)
                    return (*self._rows(blocks - 1, changes - own, delta - one), int(rows[same.argmax()]))
        raise AssertionError("Every sum that is kept is made of kept ones.")

    def _joint(self, deltas: Integers) -> Floats:
        of = self.there.structure
        if self.there.case.comparable:
            return of.joint(deltas)
        scale = np.array([scale.step / scale.per for scale in of.grid.scales])
        span = of.highest - of.lowest
        shares: Floats = deltas @ np.divide(scale, span, out=np.zeros_like(span), where=span > 0)
        return shares.round(9)

"""Everything that can be said of one edition before anybody negotiates, worked out once and kept: counts, frontier,
solutions, named packages. It knows the case, no room.

    there = analysis(case)            # kept with the case object; nothing is computed before it is asked for
    there.parties, there.alternatives, there.value_min, there.value_max             # in the order of the case
    there.outcomes, there.valid_outcomes, there.distinct_vectors                     # int; None where too many
    there.rational_outcomes, there.passing_outcomes                                  # int; None where too many
    there.frontier, there.rational_frontier                # Frontier (`.vectors`); None where too large
    there.nash, there.kalai_smorodinsky, there.egalitarian, there.utilitarian        # Solution: all ties
    there.relative_utilitarian, there.utilitarian_of_all, there.joint_surplus, there.best_joint, there.opposition
    there.compromise, there.middle_deal, there.best_by("form"), there.landmarks
    there.packages(vector)                                 # the packages that reach a frontier vector, lazily
    there.better_for_all(vectors), there.limits            # [int or None]; what was cut or left out, in words

Figures of one package take an analysis: `bargaining.standing` (place, distances, efficiency), `bargaining.claims`
(value created and claimed), `bargaining.creation` (issue by issue), `bargaining.trades` (the nearest better package).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from bargaining import counting, solutions
from bargaining.agreements import enough_of
from bargaining.case import Case, Package, Value
from bargaining.counting import TooManyToCount
from bargaining.frontier import Frontier, FrontierTooLarge, frontier
from bargaining.middles import Compromise, MiddleDeal, compromise, middle_deal
from bargaining.outcomes import Floats, Mask, Vector, as_vector
from bargaining.reaching import packages_with, rows_at_least
from bargaining.scoring import alternative_value
from bargaining.sight import EVERYTHING
from bargaining.solutions import Solution
from bargaining.structure import Structure, structure

TOO_LARGE = "The frontier has too many vectors."
NO_PACKAGE = "No package with this value can be part of a deal."
#: Better packages that are listed one by one where they cannot be counted otherwise.
MOST_LISTED = 10_000

T = TypeVar("T")


@dataclass(frozen=True)
class OptionFigures:
    """The best that passing deals with one value of an issue reach together, as `Analysis.joint_surplus`."""

    value: Value
    best: Solution


@dataclass(frozen=True)
class LandmarkFigures:
    """What one of the author's landmarks is worth; `share` of the best joint surplus, None without one."""

    id: str
    values: Vector
    passes: bool
    efficient: bool | None
    share: float | None


@dataclass(frozen=True, eq=False)
class Analysis:
    """The figures of one edition; see the module's docstring. Vectors are in the order of `parties`, in points
    rounded to 9 decimals. One party's view of a case gives that party's figures alone."""

    structure: Structure
    # What could not be computed, by figure; a figure is noted when it is first asked for.
    noted: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def case(self) -> Case:
        return self.structure.case

    @property
    def parties(self) -> tuple[str, ...]:
        return self.structure.parties

    @cached_property
    def alternatives(self) -> Floats:
        """What each party has without a deal, [parties]. ValueError where this view of the case does not say."""
        return np.array([alternative_value(self.case, party) for party in self.parties])

    @property
    def value_min(self) -> Floats:
        """The fewest points that a valid package gives each party, [parties]."""
        return self.structure.lowest

    @property
    def value_max(self) -> Floats:
        return self.structure.highest

    @property
    def outcomes(self) -> int:
        """The number of packages."""
        return self.structure.outcomes

    @property
    def valid_outcomes(self) -> int:
        """Those that meet what the agreement rule requires; all other figures are about these."""
        return self.structure.valid_outcomes

    @cached_property
    def distinct_vectors(self) -> int | None:
        return self._unless_limited("distinct_vectors", lambda: counting.distinct_vectors(self.structure))

    @cached_property
    def rational_outcomes(self) -> int | None:
        """Valid packages at or above everyone's alternative."""
        return self._unless_limited(
            "rational_outcomes", lambda: counting.rational_outcomes(self.structure, self.alternatives)
        )

    @cached_property
    def passing_outcomes(self) -> int | None:
        """Valid packages that enough parties for the agreement rule would accept."""
        return self._unless_limited(
            "passing_outcomes", lambda: counting.passing_outcomes(self.structure, self.alternatives)
        )

    @cached_property
    def frontier(self) -> Frontier | None:
        """The Pareto frontier over all valid packages, whatever the alternatives."""
        return self._unless_limited("frontier", lambda: frontier(self.structure))

    @cached_property
    def rational_frontier(self) -> Frontier | None:
        """The frontier's vectors at or above every alternative; those of all packages there, so also undominated
        among all. It has no vector where no package is worth the alternative to everyone."""
        of_all = self.frontier
        if of_all is not None:
            return of_all.above(self.alternatives)
        return self._unless_limited("rational_frontier", lambda: frontier(self.structure, self.alternatives))

    @cached_property
    def nash(self) -> Solution:
        return self._solved(self._rational, lambda vectors: solutions.nash(vectors, self.alternatives))

    @cached_property
    def kalai_smorodinsky(self) -> Solution:
        return self._solved(
            self._rational, lambda vectors: solutions.kalai_smorodinsky(vectors, self.alternatives)
        )

    @cached_property
    def egalitarian(self) -> Solution:
        return self._solved(self._rational, lambda vectors: solutions.egalitarian(vectors, self.alternatives))

    @cached_property
    def utilitarian(self) -> Solution:
        """The largest joint value among rational vectors."""
        return self._solved(self._rational, solutions.utilitarian)

    @cached_property
    def relative_utilitarian(self) -> Solution:
        """The largest sum of shares of the own way, for points that may not be added."""
        return self._solved(self._rational, lambda v: solutions.relative_utilitarian(v, self.alternatives))

    @cached_property
    def opposition(self) -> float | None:
        """How far the best rational vector is from giving everyone the most points of any package: the least
        Euclidean distance, with each party's range as 1. 0: no conflict. None without a rational vector."""
        if self._rational is None or len(self._rational) == 0:
            return None
        span = np.where(self.value_max > self.value_min, self.value_max - self.value_min, 1.0)
        missing = (self.value_max - self._rational) / span
        return round(float(np.sqrt((missing**2).sum(axis=1).min())), 9)

    @cached_property
    def utilitarian_of_all(self) -> Solution:
        """The largest joint value whatever the alternatives: somebody may be below the own one."""
        return self._solved(None if self.frontier is None else self.frontier.vectors, solutions.utilitarian)

    @cached_property
    def best_joint(self) -> float:
        """The largest joint value over all valid packages."""
        known = self.utilitarian_of_all.amount
        return self.structure.best_joint if known is None else known

    @cached_property
    def joint_surplus(self) -> Solution:
        """The largest sum of gains above the alternatives over deals that pass; `amount` is that sum."""
        found = self._solved(self.passing_vectors, solutions.utilitarian)
        if found.amount is None:
            return found
        return Solution(round(found.amount - float(self.alternatives.sum()), 9), found.vectors)

    @cached_property
    def passing_vectors(self) -> Floats | None:
        """The frontier's vectors that enough parties would accept, [m, parties]; None where it is too large.
        What passes still passes when everyone gets more, so the best passing deals are among them."""
        if self.needs_everybody:
            return self._rational
        return None if self.frontier is None else self.frontier.vectors[self.passes(self.frontier.vectors)]

    @cached_property
    def needs_everybody(self) -> bool:
        """Whether a deal passes only if no party with points is below its alternative."""
        if self.case.seen_as != EVERYTHING:
            return True
        return self.case.agreement.rule == "unanimous" and set(self.parties) <= set(self.case.signers)

    @cached_property
    def compromise(self) -> Compromise:
        return compromise(self.structure)

    @cached_property
    def middle_deal(self) -> MiddleDeal:
        return middle_deal(self.structure)

    @cached_property
    def landmarks(self) -> tuple[LandmarkFigures, ...]:
        """The author's named packages, in the case's order."""
        return tuple(self._landmark(landmark.id, landmark.package) for landmark in self.case.landmarks)

    @property
    def limits(self) -> tuple[str, ...]:
        """What was cut or left out, in words; empty if every figure is exact and there."""
        for figure in LIMITED:
            getattr(self, figure)
        return tuple(dict.fromkeys(self.noted.values()))

    def best_by(self, issue_id: str) -> tuple[OptionFigures, ...]:
        """For each value of an issue the largest joint surplus over passing deals with it, in order."""
        issue = self.case.issue(issue_id)
        return tuple(OptionFigures(value, self._best_with(issue_id, value)) for value in issue.values())

    def packages(self, vector: npt.ArrayLike) -> Iterator[dict[str, Value]]:
        """The packages that reach a vector of the frontier, one by one as they are asked for; ValueError for
        a vector that is on no frontier here."""
        for found in (self.frontier, self.rational_frontier):
            if found is not None and found.holds(vector):
                return packages_with(found, vector)
        raise ValueError("These points are not on the frontier.")

    def passes(self, vectors: npt.ArrayLike) -> Mask:
        """For each of vectors[q, parties] whether enough parties for the agreement rule would accept: those at
        or above their alternatives, [q]."""
        accepts = np.atleast_2d(np.asarray(vectors, np.float64).round(9)) >= self.alternatives
        if self.needs_everybody:
            everyone: Mask = np.all(accepts, axis=1)
            return everyone
        signers = tuple(party for party in self.parties if party in self.case.signers)
        return enough_of(self.case.agreement, signers, accepts[:, [self.parties.index(p) for p in signers]])

    def better_for_all(self, vectors: npt.ArrayLike) -> list[int | None]:
        """For each of vectors[q, parties] the number of valid packages that nobody likes less and somebody more
        than these points; None where they are too many to count."""
        try:
            return list(counting.counter(self.structure).better_for_all(vectors))
        except TooManyToCount:
            return [self._listed_better(vector) for vector in np.atleast_2d(np.asarray(vectors, np.float64))]

    def worse_for_all(self, vectors: npt.ArrayLike) -> list[int | None]:
        """The same for valid packages that nobody likes more and somebody less."""
        try:
            return list(counting.counter(self.structure).worse_for_all(vectors))
        except TooManyToCount:
            return [None] * len(np.atleast_2d(np.asarray(vectors)))

    def efficient(self, vectors: npt.ArrayLike) -> list[bool | None]:
        """For each of vectors[q, parties], the points of valid packages, whether no valid package is better for
        someone and worse for nobody; None where that is not known."""
        if self.frontier is None:
            return [None if better is None else better == 0 for better in self.better_for_all(vectors)]
        away: list[float] = self.frontier.distances(vectors, scaled=False).tolist()
        return [distance == 0 for distance in away]

    def vector(self, package: Package) -> Vector:
        """A whole package's points, rounded to 9 decimals; KeyError if it is none. Points for approvals are
        there as the alternatives foretell the votes."""
        return as_vector(self.structure.vector(self.structure.rows(package)))

    @property
    def _rational(self) -> Floats | None:
        return None if self.rational_frontier is None else self.rational_frontier.vectors

    def _solved(self, vectors: Floats | None, solve: Callable[[Floats], Solution]) -> Solution:
        return Solution(None, undefined=TOO_LARGE) if vectors is None else solve(vectors)

    def _listed_better(self, vector: Floats) -> int | None:
        if self.frontier is None:
            return None
        there = vector.round(9)
        rows = list(islice(rows_at_least(self.frontier, there), MOST_LISTED))
        if len(rows) == MOST_LISTED:
            return None
        return int((self.structure.vectors(rows) > there).any(axis=1).sum()) if rows else 0

    def _best_with(self, issue_id: str, value: Value) -> Solution:
        limited = self.structure.limited_to(issue_id, value)
        return (
            Analysis(limited).joint_surplus
            if limited.valid_outcomes
            else Solution(None, undefined=NO_PACKAGE)
        )

    def _landmark(self, name: str, package: Package) -> LandmarkFigures:
        rows = self.structure.rows(package)
        vector, valid = self.structure.vector(rows), self.structure.valid(rows)
        best, surplus = self.joint_surplus.amount, round(float((vector - self.alternatives).sum()), 9)
        return LandmarkFigures(
            id=name,
            values=as_vector(vector),
            passes=valid and bool(self.passes(vector)[0]),
            efficient=valid and self.efficient(vector)[0],
            share=surplus / best if best is not None and best > 0 else None,
        )

    def _unless_limited(self, figure: str, compute: Callable[[], T]) -> T | None:
        try:
            return compute()
        except (TooManyToCount, FrontierTooLarge) as limit:
            self.noted[figure] = f"{LIMITED[figure]}: {limit}"
            return None


#: The figures that may be missing, and what they are called where that is said.
LIMITED = {
    "distinct_vectors": "The number of different results is not known",
    "rational_outcomes": "The number of deals that leave nobody below the own alternative is not known",
    "passing_outcomes": "The number of deals that pass is not known",
    "frontier": "The frontier over all deals is left out",
    "rational_frontier": "The frontier over deals that leave nobody below the own alternative is left out",
}


def analysis(case: Case) -> Analysis:
    """The analysis of a case, made once per case object.

    SpaceTooLarge if one group of coupled issues alone has more than 5,000,000 choices; ValueError if this view
    of the case shows nobody's points, or if no package can be part of a deal.
    """
    if "analysis" not in case.memo:
        case.memo["analysis"] = Analysis(structure(case))
    made: Analysis = case.memo["analysis"]
    return made

"""The two headline figures of a table, value created and value claimed, and whether no deal was right. It knows
packages, not people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bargaining.analysis import Analysis, analysis
from bargaining.case import Case, Package


def value_created(case: Case, package: Package | None) -> float | None:
    """The joint surplus of a whole package as a share of the best that any passing deal gives; no deal is 0.

    Where points of different parties may not be added: the mean over parties of the own surplus as a share
    of the own best in any passing deal. None if no passing deal gives anybody more than the alternatives.
    Negative if the package costs more than it brings.
    """
    best = best_surpluses(case)
    if best is None:
        return None
    return 0.0 if package is None else created(case, best, surpluses(analysis(case), package))


def value_claimed(case: Case, package: Package) -> dict[str, float] | None:
    """Each party's share of the joint surplus of a whole package; None unless that is above 0.

    Below 0 or above 1 for someone if another signed below the own alternative.
    """
    return claimed(surpluses(analysis(case), package)) if case.scored_ids else None


def no_deal_is_right(case: Case) -> bool | None:
    """Whether walking away was the best result: no passing deal gives anybody more than the alternative.

    None where that is not known (`Analysis.limits`) or nobody has points.
    """
    if not case.scored_ids or analysis(case).passing_vectors is None:
        return None
    return best_surpluses(case) is None


@dataclass(frozen=True)
class BestSurpluses:
    """The best joint surplus, and each party's best own surplus, over the passing deals."""

    joint: float
    own: Mapping[str, float]


def best_surpluses(case: Case) -> BestSurpluses | None:
    """None if nothing passes, nothing is gained, or nobody has points; parties that can gain nothing are left
    out of `own`. Found on the frontier: what passes still passes when everyone gets more."""
    if "best_surpluses" not in case.memo:
        case.memo["best_surpluses"] = _find_best(analysis(case)) if case.scored_ids else None
    best: BestSurpluses | None = case.memo["best_surpluses"]
    return best


def surpluses(there: Analysis, package: Package) -> dict[str, float]:
    """Each party's points of a whole package above its alternative; KeyError if it is no whole package."""
    pairs = zip(there.parties, there.vector(package), there.alternatives, strict=True)
    return {party: round(points - float(least), 9) for party, points, least in pairs}


def created(case: Case, best: BestSurpluses, own: Mapping[str, float]) -> float:
    """`value_created` of these surpluses by party."""
    if case.comparable:
        return sum(own.values()) / best.joint
    return sum(own[party] / best.own[party] for party in best.own) / len(best.own)


def claimed(own: Mapping[str, float]) -> dict[str, float] | None:
    """`value_claimed` of these surpluses by party."""
    total = round(sum(own.values()), 9)
    return {party: amount / total for party, amount in own.items()} if total > 0 else None


def _find_best(there: Analysis) -> BestSurpluses | None:
    joint, vectors = there.joint_surplus.amount, there.passing_vectors
    if joint is None or vectors is None:
        return None
    most = vectors.max(axis=0) - there.alternatives
    own = {party: round(float(m), 9) for party, m in zip(there.parties, most, strict=True) if round(m, 9) > 0}
    # Where points may not be added, what one gains is not taken back by what another loses.
    gained = joint > 0 if there.case.comparable else bool(own)
    return BestSurpluses(joint, own) if gained else None

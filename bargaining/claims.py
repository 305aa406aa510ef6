"""The two headline figures of a table: value created and value claimed. It knows packages, not people."""

from __future__ import annotations

from bargaining.case import Case, Package
from bargaining.outcomes import space
from bargaining.scoring import surplus
from bargaining.solutions import max_joint_surplus


def value_created(case: Case, package: Package | None) -> float | None:
    """The joint surplus of the package as a share of the best that any passing deal gives; no deal is 0.

    Where points of different parties may not be added: the mean over parties of the own surplus as a share
    of the own best in any passing deal. None if no passing deal gives anybody more than the alternatives.
    Negative if the package costs more than it brings.
    """
    best = best_surpluses(case)
    if best is None:
        return None
    if package is None:
        return 0.0
    own = {party: surplus(case, party, package) for party in case.scored_ids}
    if case.comparable:
        return sum(own.values()) / best.joint
    return sum(own[party] / best.own[party] for party in best.own) / len(best.own)


def value_claimed(case: Case, package: Package) -> dict[str, float] | None:
    """Each party's share of the joint surplus; None unless that is above 0.

    Below 0 or above 1 for someone if another signed below the own alternative.
    """
    own = {party: surplus(case, party, package) for party in case.scored_ids}
    total = round(sum(own.values()), 9)
    if total <= 0:
        return None
    return {party: amount / total for party, amount in own.items()}


class BestSurpluses:
    """The best joint surplus, and each party's best own surplus, over the passing deals."""

    def __init__(self, joint: float, own: dict[str, float]) -> None:
        self.joint = joint
        self.own = own


def best_surpluses(case: Case) -> BestSurpluses | None:
    """None if nothing passes or nothing is gained; parties that can gain nothing are left out of `own`."""
    if "best_surpluses" not in case.memo:
        case.memo["best_surpluses"] = _find_best(case)
    best: BestSurpluses | None = case.memo["best_surpluses"]
    return best


def _find_best(case: Case) -> BestSurpluses | None:
    outcomes = space(case)
    joint = max_joint_surplus(outcomes)
    if joint is None or joint.amount <= 0:
        return None
    most = outcomes.surplus[outcomes.passing].max(axis=0)
    own = {party: float(amount) for party, amount in zip(outcomes.parties, most, strict=True) if amount > 0}
    return BestSurpluses(joint.amount, own)

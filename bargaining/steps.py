"""How a party moved: the own value of each own offer. It knows offers in their order, not their times."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bargaining.case import Case, Package
from bargaining.scoring import alternative_value, best_points, points


class Offer(NamedTuple):
    """Who offered what; a whole package or a part of one."""

    party: str
    package: Package


def offers_curve(case: Case, party_id: str, packages: Iterable[Package]) -> tuple[float, ...]:
    """The concession curve: the party's own points of each of its own offers, in order."""
    return tuple(points(case, party_id, package) for package in packages)


def own_range(case: Case, party_id: str, package: Package) -> float | None:
    """Points as a share of the way from the alternative (0) to the best package (1); None without a way."""
    low, high = alternative_value(case, party_id), best_points(case, party_id)
    if high <= low:
        return None
    return (points(case, party_id, package) - low) / (high - low)

"""Where one package stands among all that were possible: how much of the joint value it has, how far the frontier is,
how many packages are better for all. It knows a package, not how it came about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from bargaining import counting
from bargaining.analysis import Analysis
from bargaining.case import Package
from bargaining.claims import best_surpluses, claimed, created
from bargaining.outcomes import Floats, Vector, as_vector


@dataclass(frozen=True)
class Standing:
    """One package's figures; by party in the order of the case. None where a figure is not defined or not known.

    - `values`, `surplus` (points above the alternative), `joint` (sum of points);
    - `valid`, `passes`: whether it meets what the agreement rule requires, and would be accepted by enough;
    - `efficient`: nobody could have more without another having less; `better_for_all`, `worse_for_all`: how many
      valid packages dominate it, and how many it dominates;
    - `distance`, `distance_scaled`: to the frontier, in points, and with each party's range as 1;
    - `created`, `claimed`: see `bargaining.claims`; `own_range`: each party's points on its way from the alternative
      (0) to its best package (1), Raiffa's "advantage" (The Art and Science of Negotiation, 1982);
    - `joint_efficiency`: joint value as a share of the largest of any package; `surplus_efficiency`: joint surplus as
      a share of the largest of any passing deal;
    - `over_compromise`: (J - J_mid) / (J_max - J_mid), 0 at the compromise, 1 at the best, below 0 under it;
    - `pareto_efficiency`: 1 - better / (better + worse), after Tripp and Sondak (1992, OBHDP 51:273);
    - `below`: the parties with less than their alternative, who signed into a trap if this is their deal.
    """

    values: Vector
    surplus: Vector
    joint: float
    valid: bool
    passes: bool
    efficient: bool | None
    better_for_all: int | None
    worse_for_all: int | None
    distance: float | None
    distance_scaled: float | None
    created: float | None
    claimed: tuple[float, ...] | None
    own_range: tuple[float | None, ...]
    joint_efficiency: float | None
    surplus_efficiency: float | None
    over_compromise: float | None
    pareto_efficiency: float | None
    below: tuple[str, ...]


def standing(there: Analysis, package: Package) -> Standing:
    """The figures of a whole package; KeyError if it is none. Milliseconds once the analysis has been used."""
    rows = there.structure.rows(package)
    vector = there.structure.vector(rows)
    surplus = np.round(vector - there.alternatives, 9)
    own = dict(zip(there.parties, as_vector(surplus), strict=True))
    joint = round(float(vector.sum()), 9)
    valid = there.structure.valid(rows)
    best, shares = best_surpluses(there.case), claimed(own)
    better, worse = there.better_for_all(vector), _worse_for_all(there, vector)
    return Standing(
        values=as_vector(vector),
        surplus=as_vector(surplus),
        joint=joint,
        valid=valid,
        passes=valid and bool(there.passes(vector)[0]),
        efficient=there.efficient(vector) if valid else False,
        better_for_all=better,
        worse_for_all=worse,
        distance=_distance(there, vector, scaled=False),
        distance_scaled=_distance(there, vector, scaled=True),
        created=created(there.case, best, own) if best else None,
        claimed=tuple(shares.values()) if shares else None,
        own_range=tuple(_shares_of_way(vector, there.alternatives, there.value_max)),
        joint_efficiency=_share(joint, there.best_joint),
        surplus_efficiency=_share(sum(own.values()), best.joint if best else 0.0),
        over_compromise=over_compromise(there, joint),
        pareto_efficiency=pareto_efficiency(better, worse),
        below=tuple(party for party, amount in own.items() if amount < 0),
    )


def over_compromise(there: Analysis, joint: float) -> float | None:
    """The joint value gained over the compromise as a share of what could be gained; None if nothing could."""
    middle = sum(there.compromise.values)
    return _share(round(joint - middle, 9), round(there.best_joint - middle, 9))


def pareto_efficiency(better: int | None, worse: int | None) -> float | None:
    """1 - better / (better + worse): 1 on the frontier, 0 where every comparable package is better (Tripp and
    Sondak 1992); None where the counts are not known."""
    if better is None or worse is None:
        return None
    return 1.0 if better == 0 else worse / (better + worse)


def _worse_for_all(there: Analysis, vector: Floats) -> int | None:
    try:
        return counting.counter(there.structure).worse_for_all(vector)
    except counting.TooManyToCount:
        return None


def _distance(there: Analysis, vector: Floats, scaled: bool) -> float | None:
    return float(there.frontier.distances(vector, scaled)[0]) if there.frontier is not None else None


def _shares_of_way(vector: Floats, start: Floats, end: Floats) -> Iterable[float | None]:
    for points, low, high in zip(vector, start, end, strict=True):
        yield _share(round(float(points - low), 9), round(float(high - low), 9))


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole > 0 else None

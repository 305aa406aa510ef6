"""Where one package stands among all that were possible: how much of the joint value it has, how far the frontier is,
how many packages are better for all. It knows a package, not how it came about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from bargaining.analysis import Analysis
from bargaining.case import Package
from bargaining.claims import best_surpluses, claimed, created
from bargaining.outcomes import Floats, Vector, as_vector


@dataclass(frozen=True)
class Place:
    """Where a package lies. None where a figure is not known.

    - `values`: its points by party, in the order of the case;
    - `valid`: it meets what the agreement rule requires of a deal;
    - `efficient`: it is valid and nobody could have more without another having less;
    - `better_for_all`: how many valid packages nobody likes less and somebody more;
    - `distance`, `distance_scaled`: to the frontier, in points, and with each party's range as 1.
    """

    values: Vector
    valid: bool
    efficient: bool | None
    better_for_all: int | None
    distance: float | None
    distance_scaled: float | None


@dataclass(frozen=True)
class Standing:
    """A package's place and what it means, by party in the order of the case. None where a figure is not defined
    or not known.

    - `surplus`: points above the alternative; `joint`: the sum of points; `passes`: enough parties would accept;
    - `created`, `claimed`: see `bargaining.claims`; `own_range`: each party's points on its way from the alternative
      (0) to its best package (1), Raiffa's "advantage" (The Art and Science of Negotiation, 1982);
    - `joint_efficiency`: joint value as a share of the largest of any package; `surplus_efficiency`: joint surplus as
      a share of the largest of any passing deal;
    - `over_compromise`: (J - J_mid) / (J_max - J_mid), 0 at the compromise, 1 at the best, below 0 under it;
    - `worse_for_all`: how many valid packages it dominates; `pareto_efficiency`: 1 - better / (better + worse), after
      Tripp and Sondak (1992, OBHDP 51:273);
    - `below`: the parties with less than their alternative, who signed into a trap if this is their deal.
    """

    place: Place
    surplus: Vector
    joint: float
    passes: bool
    created: float | None
    claimed: tuple[float, ...] | None
    own_range: tuple[float | None, ...]
    joint_efficiency: float | None
    surplus_efficiency: float | None
    over_compromise: float | None
    worse_for_all: int | None
    pareto_efficiency: float | None
    below: tuple[str, ...]


def places(there: Analysis, packages: Iterable[Package]) -> tuple[Place, ...]:
    """Where whole packages lie, all at once; KeyError if one is none. A fraction of a millisecond each once the
    analysis has been used."""
    rows = [there.structure.rows(package) for package in packages]
    if not rows:
        return ()
    vectors = there.structure.vectors(rows)
    valid = [there.structure.valid(each) for each in rows]
    distances, scaled = _distances(there, vectors)
    # What is on the frontier is at no distance from it.
    best = there.efficient(vectors) if there.frontier is None else [distance == 0 for distance in distances]
    efficient = [good and yes for good, yes in zip(valid, best, strict=True)]
    columns = (valid, efficient, there.better_for_all(vectors), distances, scaled)
    return tuple(Place(*row) for row in zip(map(as_vector, vectors), *columns, strict=True))


def standing(there: Analysis, package: Package) -> Standing:
    """All figures of a whole package; KeyError if it is none. About a millisecond once the analysis has been used."""
    (place,) = places(there, [package])
    vector = np.array(place.values)
    surplus = as_vector((vector - there.alternatives).round(9))
    own = dict(zip(there.parties, surplus, strict=True))
    joint, gained = round(sum(place.values), 9), round(sum(surplus), 9)
    best, shares, worse = best_surpluses(there.case), claimed(own), there.worse_for_all(vector)[0]
    return Standing(
        place=place,
        surplus=surplus,
        joint=joint,
        passes=place.valid and bool(there.passes(vector)[0]),
        created=created(there.case, best, own) if best else None,
        claimed=tuple(shares.values()) if shares else None,
        own_range=tuple(_shares_of_way(vector, there.alternatives, there.value_max)),
        joint_efficiency=_share(joint, there.best_joint),
        surplus_efficiency=_share(gained, best.joint if best else 0.0),
        over_compromise=over_compromise(there, joint),
        worse_for_all=worse,
        pareto_efficiency=pareto_efficiency(place.better_for_all, worse),
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


def _distances(there: Analysis, vectors: Floats) -> tuple[list[float | None], list[float | None]]:
    """To the frontier in points and scaled, for each of the vectors."""
    if there.frontier is None:
        return [None] * len(vectors), [None] * len(vectors)
    near = there.frontier
    return near.distances(vectors, scaled=False).tolist(), near.distances(vectors).tolist()


def _shares_of_way(vector: Floats, start: Floats, end: Floats) -> Iterable[float | None]:
    for points, low, high in zip(vector, start, end, strict=True):
        yield _share(round(float(points - low), 9), round(float(high - low), 9))


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole > 0 else None

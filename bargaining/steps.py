"""How parties moved: what each offer did for its maker and for the others, and how offers were made. It knows
offers in their order, not their times.

Steps are classed as in Hindriks, Jonker and Tykhonov, "Negotiation dynamics: analysis, concession tactics, and
outcomes" (IAT 2007); with more than two parties there is one class for each other party.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from bargaining.case import Case, Package, applying
from bargaining.grid import Integers
from bargaining.scoring import alternative_value, points
from bargaining.structure import Block, best_points, structure

# Points are rounded to 9 decimals; a change of one of these, in either direction, is none.
TOLERANCE = 1e-9
# Packages offered at once are equivalent if their own points lie within this share of the own range.
EQUIVALENT = 0.05

StepClass = Literal["fortunate", "selfish", "concession", "unfortunate", "nice", "silent"]
# By the signs of the own change and of the other's.
_CLASSES: Mapping[tuple[int, int], StepClass] = {
    (1, 1): "fortunate",
    (1, 0): "selfish",
    (1, -1): "selfish",
    (0, 1): "nice",
    (0, 0): "silent",
    (0, -1): "unfortunate",
    (-1, 1): "concession",
    (-1, 0): "concession",
    (-1, -1): "unfortunate",
}
_TOWARDS_OTHERS = ("fortunate", "nice", "concession")


class Offer(NamedTuple):
    """Who offered what; a whole package or a part of one."""

    party: str
    package: Package


@dataclass(frozen=True)
class OfferCounts:
    """How often a party offered what; `several` and `meso` count offers of more than one package at once."""

    offers: int
    whole: int  # offers whose packages leave nothing open
    packages: int  # offers that settle two issues or more together
    single_issue: int  # offers on one issue alone
    several: int
    meso: int  # those whose packages are equally good for the maker (multiple equivalent simultaneous offers)


def step_class(own_change: float, other_change: float) -> StepClass:
    """What a step is by the points that it changed for its maker and for one other party.

    Changes of at most 1e-9, after rounding to 9 decimals, count as none.
    """
    return _CLASSES[_sign(own_change), _sign(other_change)]


def steps(case: Case, offers: Sequence[Offer]) -> tuple[dict[str, StepClass] | None, ...]:
    """For each offer its class towards every other scored party, against the maker's own previous offer; None
    where there is no previous one or either is no whole package. Needs the whole case."""
    before: dict[str, Package] = {}
    classes: list[dict[str, StepClass] | None] = []
    for party, package in offers:
        previous = before.get(party)
        classes.append(None if previous is None else _step(case, party, previous, package))
        before[party] = package
    return tuple(classes)


def sensitivity(classes: Iterable[StepClass]) -> float | None:
    """How far a party's steps went by the other's preferences: fortunate, nice and concession steps over
    selfish, unfortunate and silent ones; above 1 the former prevail. None without any of the latter."""
    found = Counter("towards" if step in _TOWARDS_OTHERS else "away" for step in classes)
    return found["towards"] / found["away"] if found["away"] else None


def offers_curve(case: Case, party_id: str, packages: Iterable[Package]) -> tuple[float, ...]:
    """The concession curve: the party's own points of each of its own offers, in order."""
    return tuple(points(case, party_id, package) for package in packages)


def own_range(case: Case, party_id: str, package: Package) -> float | None:
    """Points as a share of the way from the alternative (0) to the best package (1); None without a way."""
    low, high = alternative_value(case, party_id), best_points(case, party_id)
    if high <= low:
        return None
    return (points(case, party_id, package) - low) / (high - low)


def count_offers(case: Case, party_id: str, offers: Iterable[Sequence[Package]]) -> OfferCounts:
    """What kinds of offers a party made, each given as the packages it put on the table at once.

    Needs the party's points and alternative.
    """
    made = [list(packages) for packages in offers]
    several = [packages for packages in made if _different(packages) > 1]
    return OfferCounts(
        offers=len(made),
        whole=sum(all(_is_whole(case, package) for package in packages) for packages in made),
        packages=sum(any(len(package) > 1 for package in packages) for packages in made),
        single_issue=sum(all(len(package) == 1 for package in packages) for packages in made),
        several=len(several),
        meso=sum(_equivalent(case, party_id, packages) for packages in several),
    )


def value_ranges(case: Case, package: Package) -> dict[str, tuple[float, float]]:
    """What a part of a package can still come to for each scored party: the points of its worst and its best
    completion, exactly. One party's worst and another's best need not be the same completion.

    ValueError if no whole package of the case completes it.
    """
    if not all(map(case.has_issue, package)):
        raise ValueError("The package names an issue that this simulation does not have.")
    shape = structure(case)
    ends = [_ends(case, block, package) for block in shape.blocks]
    low, high = (shape.grid.points(np.sum(side, axis=0)[None])[0] for side in zip(*ends, strict=True))
    return {party: (float(low[k]), float(high[k])) for k, party in enumerate(shape.parties)}


def _sign(change: float) -> int:
    rounded = round(change, 9)
    return 0 if abs(rounded) <= TOLERANCE else 1 if rounded > 0 else -1


def _step(case: Case, party: str, old: Package, new: Package) -> dict[str, StepClass] | None:
    if not (_is_whole(case, old) and _is_whole(case, new)):
        return None
    change = {one: points(case, one, new) - points(case, one, old) for one in case.scored_ids}
    return {other: step_class(change[party], change[other]) for other in case.scored_ids if other != party}


def _is_whole(case: Case, package: Package) -> bool:
    return set(package) == {issue.id for issue in applying(case, package)}


def _different(packages: Iterable[Package]) -> int:
    return len({frozenset(package.items()) for package in packages})


def _equivalent(case: Case, party_id: str, packages: Iterable[Package]) -> bool:
    worth = offers_curve(case, party_id, packages)
    span = best_points(case, party_id) - alternative_value(case, party_id)
    return round(max(worth) - min(worth), 9) <= round(EQUIVALENT * max(span, 0.0), 9)


def _ends(case: Case, block: Block, package: Package) -> tuple[Integers, Integers]:
    """The fewest and the most steps among the block's choices that agree with the package, [parties] each."""
    mask = np.ones(len(block), bool)
    for name, column in block.columns.items():
        if name in package:
            mask &= column == _position(case, name, package)
    if not mask.any():
        raise ValueError("No whole package completes this one.")
    rows = block.steps[mask]
    return rows.min(axis=0), rows.max(axis=0)


def _position(case: Case, name: str, package: Package) -> int:
    try:
        return case.issue(name).position(package[name])
    except (KeyError, TypeError):
        raise ValueError("The package has a value that its issue does not have.") from None

"""The figures of a case and of offers on it as plain values, with the keys that docs/developers/analyse.md names.
It computes nothing itself: every figure comes from `bargaining.analysis` and its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from bargaining import solutions
from bargaining.analysis import Analysis, analysis
from bargaining.case import Case
from bargaining.imports import Imported
from bargaining.lint import lint
from bargaining.outcomes import Floats
from bargaining.solutions import Solution
from bargaining.standing import places
from bargaining.steps import Offer, steps

Plain = dict[str, Any]

NO_PACKAGES = {
    "coalition": "Coalitions divide what they are worth: there are no packages, and no figures of packages.",
    "rounds": "A choice is repeated in rounds: there are no packages, and no figures of packages.",
}
NOT_COUNTED = "How many packages beat an offer is not known where they are too many to count."
NO_POINTS = "Nobody has points: there are no figures."


def figures(found: Imported, offers: Sequence[Offer]) -> Plain:
    """All figures of the case and the offers. One that is not known is None, and `limits` says why."""
    plain = _of_packages(found, offers) if has_packages(found.case) else _without_packages(found)
    plain["lint"] = [str(remark) for remark in lint(found.case, found.texts)]
    plain["limits"] = [*found.notes, *_limits(found.case, plain)]
    return plain


def has_packages(case: Case) -> bool:
    """Whether the case has packages with points, which most figures are about."""
    return case.mechanism == "agreement" and bool(case.scored_ids) and bool(case.listed_issues)


def _of_packages(found: Imported, offers: Sequence[Offer]) -> Plain:
    there = analysis(found.case)
    return {
        "parties": list(found.called),
        "outcomes": there.outcomes,
        "distinct_vectors": there.distinct_vectors,
        "rational_outcomes": there.rational_outcomes,
        "passing_outcomes": there.passing_outcomes,
        "value_min": _numbers(there.value_min),
        "value_max": _numbers(there.value_max),
        "alternatives": _numbers(there.alternatives),
        "frontier": None if there.frontier is None else _vectors(there.frontier.vectors),
        "frontier_rational": None
        if there.rational_frontier is None
        else _vectors(there.rational_frontier.vectors),
        "nash": _vectors(there.nash.vectors),
        "kalai_smorodinsky": _all_ties(there, solutions.kalai_smorodinsky),
        "egalitarian": _all_ties(there, solutions.egalitarian),
        "utilitarian": _vectors(there.utilitarian.vectors),
        "midpoint": _numbers(there.compromise.values),
        "best_joint": _number(there.best_joint),
        "offers": _of_offers(there, found, offers),
    }


def _all_ties(there: Analysis, solve: Callable[[Floats, Floats, bool], Solution]) -> list[list[float]]:
    """Every vector with the largest least amount. The analysis itself goes on to the next least."""
    if there.rational_frontier is None:
        return []
    return _vectors(solve(there.rational_frontier.vectors, there.alternatives, False).vectors)


def _of_offers(there: Analysis, found: Imported, offers: Sequence[Offer]) -> list[Plain]:
    names = dict(zip(there.parties, found.called, strict=True))
    placed = places(there, (offer.package for offer in offers))
    return [
        {
            "party": there.parties.index(offer.party),
            "values": _numbers(place.values),
            "pareto": place.efficient,
            "dominated_by": place.better_for_all,
            "distance": place.distance,
            "distance_scaled": place.distance_scaled,
            "step": step and {names[other]: kind for other, kind in step.items()},
        }
        for offer, place, step in zip(offers, placed, steps(there.case, offers), strict=True)
    ]


def _without_packages(found: Imported) -> Plain:
    numbers = ("outcomes", "distinct_vectors", "rational_outcomes", "passing_outcomes")
    vectors = ("value_min", "value_max", "alternatives")
    lists = ("frontier", "frontier_rational", "nash", "kalai_smorodinsky", "egalitarian", "utilitarian")
    return {
        "parties": list(found.called),
        **dict.fromkeys(numbers),
        **{key: [] for key in (*vectors, *lists, "midpoint")},
        "best_joint": None,
        "offers": [],
    }


def _limits(case: Case, plain: Plain) -> Iterable[str]:
    if not has_packages(case):
        yield NO_PACKAGES.get(case.mechanism, NO_POINTS)
        return
    yield from analysis(case).limits
    if any(offer["dominated_by"] is None for offer in plain["offers"]):
        yield NOT_COUNTED


def _vectors(vectors: Floats | Iterable[Sequence[float]]) -> list[list[float]]:
    return [_numbers(vector) for vector in vectors]


def _numbers(numbers: Floats | Sequence[float]) -> list[float]:
    return [_number(number) for number in numbers]


def _number(number: float) -> float:
    """A plain number; 0 where floats have a minus before it."""
    return float(number) + 0.0

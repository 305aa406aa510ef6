"""Packages after an uncertain event: what they turn out to be worth, and which nobody will regret. It knows
the outcome space, not what really happened: the outcome is an argument."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product

import numpy as np

from bargaining.case import Case
from bargaining.outcomes import Floats, Mask, Space, space


def values_after(case: Case, outcomes: Mapping[str, str]) -> Floats:
    """Points of every package [n, parties] once events came out so (event id -> outcome), in the order of
    `space(case)`; events that are not named stay as each party believes.

    KeyError for an unknown event, ValueError for an unknown outcome.
    """
    return space(_knowing(case, outcomes)).values


def safe(there: Space) -> Mask:
    """Packages that leave nobody below the own alternative, however all events of the case come out.

    A bet that both sides like beforehand may ruin one of them afterwards; of two parties with different
    beliefs every bet looks better the larger it is, so this bound is what keeps bets honest.
    """
    kept = np.ones(len(there), bool)
    for outcomes in every_course(there.case):
        kept &= (values_after(there.case, outcomes) >= there.alternatives).all(axis=1)
    return kept


def every_course(case: Case) -> Iterator[dict[str, str]]:
    """Every way in which all events of the case can come out; one empty way if there are none."""
    names = [event.id for event in case.uncertainties]
    for outcomes in product(*(event.outcomes for event in case.uncertainties)):
        yield dict(zip(names, outcomes, strict=True))


def _knowing(case: Case, outcomes: Mapping[str, str]) -> Case:
    """The case as if everybody knew how the events come out."""
    for name, outcome in outcomes.items():
        if outcome not in case.uncertainty(name).outcomes:
            raise ValueError("This event has no such outcome.")
    key = ("knowing", tuple(sorted(outcomes.items())))
    if key not in case.memo:
        events = tuple(
            replace(
                event,
                beliefs={party: _certain(event.outcomes, outcomes[event.id]) for party in event.beliefs},
            )
            if event.id in outcomes
            else event
            for event in case.uncertainties
        )
        case.memo[key] = replace(case, uncertainties=events)
    found: Case = case.memo[key]
    return found


def _certain(outcomes: tuple[str, ...], outcome: str) -> dict[str, float]:
    return {each: float(each == outcome) for each in outcomes}

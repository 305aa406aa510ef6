"""Packages after an uncertain event: what they turn out to be worth, and which nobody will regret. It knows
the outcome space, not what really happened: the outcome is an argument."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from types import MappingProxyType

import numpy as np

from bargaining.case import Case
from bargaining.outcomes import Floats, Mask, Space, space
from bargaining.scoring import knowing

NOTHING: Mapping[str, str] = MappingProxyType({})


def values_after(case: Case, outcomes: Mapping[str, str]) -> Floats:
    """Points of every package [n, parties] once events came out so (event id -> outcome), in the order of
    `space(case)`; events that are not named stay as each party believes.

    KeyError for an unknown event, ValueError for an unknown outcome.
    """
    return space(knowing(case, outcomes)).values


def safe(there: Space) -> Mask:
    """Packages that leave nobody below the own alternative, however all events of the case come out.

    A bet that both sides like beforehand may ruin one of them afterwards; of two parties with different
    beliefs every bet looks better the larger it is, so this bound is what keeps bets honest.
    """
    kept = np.ones(len(there), bool)
    for outcomes in every_course(there.case):
        kept &= (values_after(there.case, outcomes) >= there.alternatives).all(axis=1)
    return kept


def every_course(case: Case, known: Mapping[str, str] = NOTHING) -> Iterator[dict[str, str]]:
    """Every way in which all events of the case can come out, given how some came out already; one empty way if
    there are none."""
    names = [event.id for event in case.uncertainties]
    possible = ((known[event.id],) if event.id in known else event.outcomes for event in case.uncertainties)
    for outcomes in product(*possible):
        yield dict(zip(names, outcomes, strict=True))

"""Some packages of a case that has too many: spread evenly, and towards what one party likes. Without chance:
the same case gives the same sample."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count, islice
from math import isqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from bargaining.case import Case
from bargaining.outcomes import Columns, Floats, Space, mask_of
from bargaining.scoring import points

#: How many are spread evenly, and how many boldly.
EVEN, BOLD = 8_000, 12_000
#: How often an issue has its best value for the party in the parts of the bold ones.
BOLDNESS = np.array([0.4, 0.7, 0.9])


def sample(case: Case, party: str) -> Space:
    """20,000 whole packages with the party's points. Evenly spread ones are seldom very good for anybody, so
    the larger part has some, many or most issues as the party likes them best."""
    even = _scored(case, party, _spread(case, EVEN, {}))
    best = {name: int(np.nanargmax(means)) for name, means in effects_of(even, party).items()}
    bold = _scored(case, party, _spread(case, BOLD, best))
    columns = {name: np.concatenate((even.columns[name], bold.columns[name])) for name in even.columns}
    return Space(case, (party,), np.concatenate((even.values, bold.values)), columns)


def effects_of(space: Space, party: str) -> dict[str, Floats]:
    """For each issue the mean points of the packages with each of its values, less the mean over all; nan for
    a value that is in no package, 0 everywhere for an issue that is in none."""
    worth = space.column_of(party) - space.column_of(party).mean()
    return {
        issue.id: _means(space.columns[issue.id], worth, len(issue.values()))
        for issue in space.case.listed_issues
    }


def _means(column: npt.NDArray[Any], worth: Floats, width: int) -> Floats:
    there = column >= 0
    if not there.any():
        return np.zeros(width)
    number = np.bincount(column[there], minlength=width)
    total = np.bincount(column[there], worth[there], minlength=width)
    return np.where(number > 0, total / np.maximum(number, 1), np.nan)


def _spread(case: Case, size: int, best: Mapping[str, int]) -> Columns:
    """Positions by multiples of the square roots of primes, which reach every corner alike (Weyl 1916)."""
    places = np.arange(1, size + 1)
    roots = np.sqrt(list(islice(_primes(), 2 * len(case.listed_issues)))).reshape(-1, 2)
    columns: Columns = {}
    for issue, (first, second) in zip(case.listed_issues, roots, strict=True):
        drawn = (places * first % 1 * len(issue.values())).astype(np.int32)
        if issue.id in best:
            boldly = places * second % 1 < BOLDNESS[places % len(BOLDNESS)]
            drawn = np.where(boldly, best[issue.id], drawn)
        if issue.when is not None:
            drawn = np.where(mask_of(issue.when, case, columns, size), drawn, -1)
        columns[issue.id] = drawn
    return columns


def _scored(case: Case, party: str, columns: Columns) -> Space:
    blank = Space(case, (party,), np.empty((0, 1)), columns)
    size = len(next(iter(columns.values())))
    worth = [points(case, party, blank.package(place)) for place in range(size)]
    return Space(case, (party,), np.array(worth).reshape(-1, 1), columns)


def _primes() -> Iterator[int]:
    return (n for n in count(2) if all(n % k for k in range(2, isqrt(n) + 1)))

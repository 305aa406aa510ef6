"""Bargaining solutions over a finite set of vectors of points: what is largest by each idea of a good deal, with all
ties. It knows vectors, not packages; `bargaining.reaching` finds those. A finite set is not convex, so the theorems
behind the names do not hold; the formulas are theirs.

Everywhere `vectors[m, parties]` are the vectors of the rational frontier (at or above every alternative), in
points rounded to 9 decimals and in ascending order, and `alternatives[parties]` what each party has without a deal.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import prod

import numpy as np

from bargaining.outcomes import Floats, Integers, Vector, as_vector

NO_RATIONAL = "No package is worth the alternative to everyone."
NO_SPAN = "A party can gain nothing above its alternative, so its gain is no share of anything."
# Float products this close to the largest are compared again in whole numbers.
CLOSE = 1e-9


@dataclass(frozen=True)
class Solution:
    """`amount` is what the solution makes largest, `vectors` all that reach it, in ascending order.

    Where nothing can be said there are no vectors, `amount` is None and `undefined` says why.
    """

    amount: float | None
    vectors: tuple[Vector, ...] = ()
    undefined: str = ""


def nash(vectors: Floats, alternatives: Floats) -> Solution:
    """The largest product of gains above the alternatives (Nash 1950, Econometrica 18:155).

    Products are compared exactly. If one party gains nothing in any vector, all products are 0 and all tie.
    """
    if len(vectors) == 0:
        return Solution(None, undefined=NO_RATIONAL)
    gains = _gains(vectors, alternatives)
    products = gains.prod(axis=1)
    near = np.flatnonzero(products >= products.max() * (1 - CLOSE))
    exact = [prod(map(int, row)) for row in np.rint(gains[near] * 1e9)]
    best = [int(k) for k, product in zip(near, exact, strict=True) if product == max(exact)]
    return _solution(float(products[best[0]]), vectors, best)


def kalai_smorodinsky(vectors: Floats, alternatives: Floats, leximin: bool = True) -> Solution:
    """The largest least share of the own way from the alternative to the ideal (Kalai and Smorodinsky 1975,
    Econometrica 43:513), with `leximin` ties broken by the next least share (as in Imai 1983), else all of them.

    A party's ideal is its best rational vector. `amount` is a share, 0..1, compared at 9 decimals. Undefined
    if some party can gain nothing.
    """
    if len(vectors) == 0:
        return Solution(None, undefined=NO_RATIONAL)
    gains = _gains(vectors, alternatives)
    ways = gains.max(axis=0)
    if (ways <= 0).any():
        return Solution(None, undefined=NO_SPAN)
    return _largest_least(vectors, np.round(gains / ways, 9), leximin)


def egalitarian(vectors: Floats, alternatives: Floats, leximin: bool = True) -> Solution:
    """The largest least gain above the alternatives (Kalai 1977, Econometrica 45:1623), with `leximin` ties broken
    by the next least, else all of them. Only meaningful where points of different parties may be compared."""
    if len(vectors) == 0:
        return Solution(None, undefined=NO_RATIONAL)
    return _largest_least(vectors, _gains(vectors, alternatives), leximin)


def utilitarian(vectors: Floats) -> Solution:
    """The largest sum of points. Only meaningful where points of different parties may be added. Given any
    frontier's vectors; if not the rational one's, somebody may be below the own alternative."""
    if len(vectors) == 0:
        return Solution(None, undefined=NO_RATIONAL)
    sums = np.round(vectors.sum(axis=1), 9)
    return _solution(float(sums.max()), vectors, np.flatnonzero(sums == sums.max()))


def relative_utilitarian(vectors: Floats, alternatives: Floats) -> Solution:
    """The largest sum of the shares that each party has of its way from the alternative to its best rational
    vector: what can be added where points cannot (Dhillon and Mertens 1999, Econometrica 67:471). Undefined if
    some party can gain nothing."""
    if len(vectors) == 0:
        return Solution(None, undefined=NO_RATIONAL)
    gains = _gains(vectors, alternatives)
    ways = gains.max(axis=0)
    if (ways <= 0).any():
        return Solution(None, undefined=NO_SPAN)
    sums = np.round((gains / ways).sum(axis=1), 9)
    return _solution(float(sums.max()), vectors, np.flatnonzero(sums == sums.max()))


def _gains(vectors: Floats, alternatives: Floats) -> Floats:
    return np.round(vectors - alternatives, 9)


def _largest_least(vectors: Floats, amounts: Floats, leximin: bool) -> Solution:
    """The vectors with the largest least amount; with leximin those whose amounts, sorted upwards, come last in
    the order of dictionaries."""
    ranked = np.sort(amounts, axis=1)
    keep = np.arange(len(ranked))
    for column in ranked.T if leximin else ranked.T[:1]:
        keep = keep[column[keep] == column[keep].max()]
    return _solution(float(ranked[keep[0], 0]), vectors, keep)


def _solution(amount: float, vectors: Floats, best: Iterable[int] | Integers) -> Solution:
    return Solution(amount, tuple(as_vector(vectors[k]) for k in best))

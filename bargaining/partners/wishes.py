"""What the others seem to want, learned from what they offered and said yes to, and whom a package would win.
It sees the shared log alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from bargaining.agreements import enough_of
from bargaining.case import NUMBERS, Case, Issue, Package, Value
from bargaining.outcomes import Columns, Floats, Integers, Mask

#: Kinds of which one value can be nearer than another; of options only the same is near.
DISTANT = (*NUMBERS, "allocation")
#: A later wish counts more, each one before it by this factor less: what somebody would take now. To learn what
#: it likes, all wishes tell nearly as much.
SHORT_MEMORY, LONG_MEMORY = 0.7, 0.9
#: What the last of these says is enough.
MOST_REMEMBERED = 8
#: How much an issue counts at least, however much its owner gave way there.
LEAST_WEIGHT = 0.1
#: How likely a package is for somebody who has not said anything.
UNKNOWN = 0.5
#: What the others' liking counts beside that of the one whose yes is the hardest to get.
FOR_ALL = 0.1


def likeness(
    issues: Sequence[Issue], columns: Columns, places: Integers, asked: Sequence[Package], learn: bool
) -> Floats:
    """How close packages come to what one party asked for, 0..1, for each of the places in the columns.

    `asked` is in the order of time. With `learn` it is what the party seems to like, with issues by how firmly
    it stood on them; without, what it asks for now.
    """
    if not asked:
        return np.full(len(places), UNKNOWN)
    weights = firmness(issues, asked) if learn else dict.fromkeys((issue.id for issue in issues), 1.0)
    memory = LONG_MEMORY if learn else SHORT_MEMORY
    total = np.zeros(len(places))
    for issue in issues:
        # The last entry stands for "does not apply".
        wished = np.array([*_wishes(issue, asked[-MOST_REMEMBERED:], memory), 0.0])
        total += weights[issue.id] * wished[columns[issue.id][places]]
    return total / sum(weights.values())


def firmness(issues: Sequence[Issue], asked: Sequence[Package]) -> dict[str, float]:
    """How much each issue seems to matter to a party: what it gave way on first matters least to it, what it
    never moved on most (the idea of frequency models, as in Hindriks and Tykhonov 2008)."""
    return {issue.id: max(LEAST_WEIGHT, 1 - _movement(issue, asked)) for issue in issues}


def backing(case: Case, party: str, liking: Mapping[str, Floats]) -> Floats:
    """How well packages would be received by those whose yes is needed beside the party's own, 0..1.

    `liking` has for every other party a number a package. For each package the others are asked in the
    order in which they like it until they are enough for the agreement rule; what counts is the liking of
    the last one, and a little the mean of all.
    """
    others = [other for other in case.signers if other != party]
    size = len(next(iter(liking.values())))
    if not others:
        return np.ones(size)
    likes = np.array([liking[other] for other in others]).T
    if len(others) == 1:
        return likes[:, 0]
    ranked = np.argsort(-likes, axis=1, kind="stable")
    last, undecided = np.zeros(size), np.ones(size, bool)
    for asked in range(len(others) + 1):
        yes = _saying_yes(case, party, others, ranked[:, :asked])
        decided = undecided & enough_of(case.agreement, case.signers, yes)
        last[decided] = likes[decided, ranked[decided, asked - 1]] if asked else 1.0
        undecided &= ~decided
    mean: Floats = likes.mean(axis=1)
    return (last + FOR_ALL * mean) / (1 + FOR_ALL)


def _saying_yes(case: Case, party: str, others: list[str], asked: Integers) -> Mask:
    """Who signs when the party and these others do, [packages, signers]."""
    yes = np.zeros((len(asked), len(case.signers)), bool)
    if party in case.signers:
        yes[:, case.signers.index(party)] = True
    columns = np.array([case.signers.index(other) for other in others])
    yes[np.arange(len(asked))[:, None], columns[asked]] = True
    return yes


def _wishes(issue: Issue, asked: Sequence[Package], memory: float) -> Floats:
    """How much each value of the issue was asked for, 0..1; a later wish counts more, a near number counts."""
    wished = np.zeros(len(issue.values()))
    weights = 0.0
    for age, package in enumerate(reversed(asked)):
        if issue.id in package:
            weight = memory**age
            weights += weight
            if issue.kind in DISTANT:
                wished += weight * (1 - _distances(issue, package[issue.id]))
            else:
                wished[issue.position(package[issue.id])] += weight
    return wished / weights if weights else wished


def _movement(issue: Issue, asked: Sequence[Package]) -> float:
    """How far the party moved on the issue, 0..1: of numbers from first to last, else how often."""
    values = [package[issue.id] for package in asked if issue.id in package]
    if len(values) < 2:
        return 0.0
    if issue.kind in DISTANT:
        return float(_distances(issue, values[0])[issue.position(values[-1])])
    changes = [one != other for one, other in pairwise(values)]
    return sum(changes) / len(changes)


def _distances(issue: Issue, asked: Value) -> Floats:
    """How far each value of the issue is from this one, 0..1, for numbers and shares."""
    values = issue.values()
    if issue.kind == "allocation":
        shares: Floats = np.abs(np.array(values) - np.array(asked)).sum(axis=1) / 200
        return shares
    away = np.abs(np.arange(len(values)) - issue.position(asked))
    return away / max(len(values) - 1, 1)

"""What somebody believed of the other side, against the truth: priorities, payoffs, limits.

Answers are by issue. An answer that is missing or None is left out on both sides and what remains is scaled
anew, so every figure is about what was answered; where too little is left to tell, it is None. It knows
plain numbers, no questionnaire and no person."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt

from bargaining.conditions import Value

Answers = Mapping[str, float | None]


@dataclass(frozen=True)
class Pairs:
    """Pairs of issues of which one matters more to the other side, by what was believed of them; in `tied`
    ones no difference was seen."""

    right: int
    tied: int
    wrong: int

    @property
    def share(self) -> float | None:
        """Right ones as a share of all, 0..1; a tie is not right. By chance one half. None without a pair."""
        total = self.right + self.tied + self.wrong
        return self.right / total if total else None


@dataclass(frozen=True)
class Hits:
    """How many, of how many that were asked and answered."""

    number: int
    of: int


@dataclass(frozen=True)
class PayoffFits:
    """How near estimated payoffs of the other side are to two simple pictures of it, 1 for exactly so.

    `mirror`: what is good for me is as bad for them. `equal`: they get what I get. Each is 1 minus the mean
    distance to that picture as a share of the own range. `mirror_correlation`: Pearson correlation with the
    own mirror, -1..1; None if either is the same everywhere.
    """

    mirror: float
    equal: float
    mirror_correlation: float | None


@dataclass(frozen=True)
class PieErrors:
    """A believed zone of agreement and share of it against the true ones, in the unit of the price.

    `zone_error` below 0 is the small-pie error, `share_error` above 0 the large-slice error. Shares are of
    the zone, 0..1 for a price inside it; None without a deal or without a zone.
    """

    true_zone: float
    believed_zone: float
    true_share: float | None
    believed_share: float | None

    @property
    def zone_error(self) -> float:
        return round(self.believed_zone - self.true_zone, 9)

    @property
    def share_error(self) -> float | None:
        if self.true_share is None or self.believed_share is None:
            return None
        return round(self.believed_share - self.true_share, 9)


@dataclass(frozen=True)
class Insight:
    """All that one estimate of the other side's priorities tells; see the functions of these names."""

    overlap: float | None
    spearman: float | None
    kendall: float | None
    fixed_pie: float | None
    own_correlation: float | None
    pairs: Pairs


def insight(estimate: Answers, own: Answers, other: Answers) -> Insight:
    """The estimate of the other side's priorities against theirs and against one's own.

    `own_correlation` is Spearman's with one's own priorities: near 1 for who takes the other side for a
    mirror image that cares about the same things.
    """
    return Insight(
        overlap(estimate, other),
        spearman(estimate, other),
        kendall(estimate, other),
        fixed_pie_index(estimate, own, other),
        spearman(estimate, own),
        priority_pairs(estimate, other),
    )


def stake(points: Collection[float]) -> float:
    """What an issue can make of a difference to a party: the range of its points."""
    return round(max(points) - min(points), 9)


def importance_shares(weights: Answers) -> dict[str, float] | None:
    """Each answered weight (or range of points) as a share of their sum; None if nothing weighs anything.

    ValueError for a weight below 0.
    """
    known = {issue: float(weight) for issue, weight in weights.items() if weight is not None}
    if any(weight < 0 for weight in known.values()):
        raise ValueError("No issue matters less than nothing.")
    total = sum(known.values())
    return {issue: weight / total for issue, weight in known.items()} if total > 0 else None


def weights_of_order(order: Sequence[str]) -> dict[str, float]:
    """An order of importance, the most important first, as weights: n for the first down to 1.

    Only for figures of ranks (`spearman`, `kendall`, `priority_pairs`): an order says nothing of distances.
    """
    return {issue: float(len(order) - place) for place, issue in enumerate(order)}


def overlap(estimate: Answers, truth: Answers) -> float | None:
    """1 minus half the sum of |estimated - true| importance shares: 1 the same, 0 nothing in common."""
    shares = _common_shares(estimate, truth)
    return 1 - _distance(*shares) if shares else None


def spearman(estimate: Answers, truth: Answers) -> float | None:
    """Spearman's rank correlation, -1..1; ties share their mean rank. None if all is tied on a side."""
    pairs = _answered(estimate, truth)
    one, other = ([pair[side] for pair in pairs] for side in (0, 1))
    return _pearson(_ranks(one), _ranks(other))


def kendall(estimate: Answers, truth: Answers) -> float | None:
    """Kendall's tau-b, -1..1, which allows for ties on both sides (Kendall 1945). None if all is tied on one."""
    signs = [(_sign(a[0] - b[0]), _sign(a[1] - b[1])) for a, b in combinations(_answered(estimate, truth), 2)]
    untied = [sum(sign[side] != 0 for sign in signs) for side in (0, 1)]
    if 0 in untied:
        return None
    return sum(one * other for one, other in signs) / sqrt(untied[0] * untied[1])


def fixed_pie_index(estimate: Answers, own: Answers, other: Answers) -> float | None:
    """+1 for who took the other side's priorities to be exactly the own ones, -1 for who knew them exactly.

    (d(e, other) - d(e, own)) / (d(e, other) + d(e, own)) with d half the sum of differences of importance
    shares. The idea is Thompson and Hastie's (1990), this scale our own. None if the three are the same:
    then the question has no answer.
    """
    common = {k: e for k, e in estimate.items() if own.get(k) is not None and other.get(k) is not None}
    to_other, to_own = _common_shares(common, other), _common_shares(common, own)
    if to_other is None or to_own is None:
        return None
    far, near = _distance(*to_other), _distance(*to_own)
    return (far - near) / (far + near) if round(far + near, 9) > 0 else None


def priority_pairs(estimate: Answers, truth: Answers) -> Pairs:
    """Of any two answered issues that differ in importance to the other side: was the right one put first?"""
    differing = [(a, b) for a, b in combinations(_answered(estimate, truth), 2) if a[1] != b[1]]
    agree = [_sign(a[0] - b[0]) * _sign(a[1] - b[1]) for a, b in differing]
    return Pairs(agree.count(1), agree.count(0), agree.count(-1))


def best_options_right(
    guesses: Mapping[str, Value | None], points: Mapping[str, Mapping[Value, float]]
) -> Hits:
    """How many guesses name an option that the other side likes best; any of several best ones is right.

    `points` are the other side's, by issue and value. Issues that do not move the other side are not counted.
    """
    answered = {
        k: guess for k, guess in guesses.items() if guess is not None and stake(points[k].values()) > 0
    }
    right = sum(guess in _best(points[k]) for k, guess in answered.items())
    return Hits(right, len(answered))


def taken_for_opposed(
    guesses: Mapping[str, Value | None],
    own: Mapping[str, Mapping[Value, float]],
    other: Mapping[str, Mapping[Value, float]],
) -> Hits:
    """Of the issues on which both sides like the same option best: where it was believed that the other side
    likes best what is worst for oneself (Thompson and Hastie 1990 call this the incompatibility error)."""
    compatible = {
        k: guess
        for k, guess in guesses.items()
        if guess is not None
        and min(stake(own[k].values()), stake(other[k].values())) > 0
        and _best(own[k]) & _best(other[k])
    }
    wrong = sum(guess in _worst(own[k]) for k, guess in compatible.items())
    return Hits(wrong, len(compatible))


def payoff_fits(estimates: Sequence[float | None], own: Sequence[float]) -> PayoffFits | None:
    """Estimated payoffs of the other side, for the same packages (or options) as the own ones, against the
    mirror and the equal picture; both in points that may be compared. None if the own ones do not differ."""
    pairs = [(e, o) for e, o in zip(estimates, own, strict=True) if e is not None]
    high, low = max((o for _, o in pairs), default=0.0), min((o for _, o in pairs), default=0.0)
    if high <= low:
        return None
    mirror = [high + low - o for _, o in pairs]
    return PayoffFits(
        mirror=1 - _mean([abs(e - m) for (e, _), m in zip(pairs, mirror, strict=True)]) / (high - low),
        equal=1 - _mean([abs(e - o) for e, o in pairs]) / (high - low),
        mirror_correlation=_pearson([e for e, _ in pairs], mirror),
    )


def equal_share_fit(believed_share: float, parties: int = 2) -> float:
    """How near a believed own share of the value, 0..1, is to the same for all: 1 exactly, 0 for who believes
    to have got everything. ValueError outside 0..1."""
    if not 0 <= believed_share <= 1:
        raise ValueError("A share lies between 0 and 1.")
    return 1 - abs(believed_share - 1 / parties) / (1 - 1 / parties)


def pie_errors(
    own_limit: float, other_limit: float, believed_limit: float, price: float | None, wants_more: bool
) -> PieErrors:
    """What was believed of the other side's limit against the truth, and what follows for one's own share.

    `wants_more` for a seller, whose zone reaches from the own limit up to the other's; a buyer's reaches down.
    After Larrick and Wu (2007). A believed share may lie outside 0..1: the price was one that the other side,
    as it was believed to be, would never have taken.
    """
    sign = 1 if wants_more else -1
    zones = [round(sign * (limit - own_limit), 9) for limit in (other_limit, believed_limit)]
    shares = [sign * (price - own_limit) / zone if price is not None and zone > 0 else None for zone in zones]
    return PieErrors(zones[0], zones[1], shares[0], shares[1])


def _answered(one: Answers, other: Answers) -> list[tuple[float, float]]:
    """Both answers where both are there, in the order of the first; rounded, so that ties are ties."""
    both = ((answer, other.get(issue)) for issue, answer in one.items())
    return [(round(a, 9), round(b, 9)) for a, b in both if a is not None and b is not None]


def _common_shares(one: Answers, other: Answers) -> tuple[list[float], list[float]] | None:
    pairs = _answered(one, other)
    first = importance_shares({str(k): pair[0] for k, pair in enumerate(pairs)})
    second = importance_shares({str(k): pair[1] for k, pair in enumerate(pairs)})
    return (list(first.values()), list(second.values())) if first and second else None


def _distance(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / 2


def _best(points: Mapping[Value, float]) -> set[Value]:
    most = max(points.values())
    return {value for value, amount in points.items() if round(most - amount, 9) == 0}


def _worst(points: Mapping[Value, float]) -> set[Value]:
    return _best({value: -amount for value, amount in points.items()})


def _ranks(values: Sequence[float]) -> list[float]:
    """1 for the smallest; equal values share the mean of their ranks."""
    return [sum(v < value for v in values) + (sum(v == value for v in values) + 1) / 2 for value in values]


def _pearson(one: Sequence[float], other: Sequence[float]) -> float | None:
    if len(set(one)) < 2 or len(set(other)) < 2:
        return None
    a, b = _mean(one), _mean(other)
    together = sum((x - a) * (y - b) for x, y in zip(one, other, strict=True))
    return together / sqrt(sum((x - a) ** 2 for x in one) * sum((y - b) ** 2 for y in other))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _sign(difference: float) -> int:
    return (difference > 0) - (difference < 0)

"""Beliefs of the other side against the truth: definitions by hand, and ends of every scale."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bargaining.insight import (
    Answers,
    Hits,
    Pairs,
    best_options_right,
    equal_share_fit,
    fixed_pie_index,
    importance_shares,
    insight,
    kendall,
    overlap,
    payoff_fits,
    pie_errors,
    priority_pairs,
    spearman,
    stake,
    taken_for_opposed,
    weights_of_order,
)
from tests.bargaining.cases import some_cases

ISSUES = ("price", "acres", "cabins", "start")
_weights = st.fixed_dictionaries({issue: st.integers(0, 5) for issue in ISSUES})
_answers = st.fixed_dictionaries({issue: st.none() | st.integers(0, 5) for issue in ISSUES})


def both(one: Answers, other: Answers) -> list[tuple[float, float]]:
    return [(a, b) for k in ISSUES if (a := one.get(k)) is not None and (b := other.get(k)) is not None]


@some_cases
@given(_answers, _weights)
def test_rank_figures_are_their_definitions(estimate: Answers, truth: Answers) -> None:
    pairs = both(estimate, truth)
    one, other = [a for a, _ in pairs], [b for _, b in pairs]
    if len(set(one)) < 2 or len(set(other)) < 2:
        assert spearman(estimate, truth) is kendall(estimate, truth) is None
        return
    ranks = [
        [np.mean([k for k, v in enumerate(sorted(some)) if v == x]) for x in some] for some in (one, other)
    ]
    assert spearman(estimate, truth) == pytest.approx(np.corrcoef(ranks)[0, 1])
    signs = [(np.sign(a[0] - b[0]), np.sign(a[1] - b[1])) for a, b in combinations(pairs, 2)]
    concordant, discordant = ([x * y for x, y in signs].count(s) for s in (1, -1))
    ties = [sum(s[k] == 0 and s[1 - k] != 0 for s in signs) for k in (0, 1)]
    both_ways = [concordant + discordant + tied for tied in ties]
    tau = (concordant - discordant) / np.sqrt(both_ways[0] * both_ways[1])
    assert kendall(estimate, truth) == pytest.approx(tau)


@some_cases
@given(_answers, _weights)
def test_overlap_is_what_both_share(estimate: Answers, truth: Answers) -> None:
    pairs = both(estimate, truth)
    sums = [sum(pair[side] for pair in pairs) for side in (0, 1)]
    found = overlap(estimate, truth)
    if 0 in sums:
        assert found is None
        return
    assert found == pytest.approx(sum(min(a / sums[0], b / sums[1]) for a, b in pairs))


@some_cases
@given(_weights, _weights, _weights)
def test_fixed_pie_index_has_its_ends_where_they_belong(
    estimate: Answers, own: Answers, other: Answers
) -> None:
    if importance_shares(own) is None or importance_shares(other) is None:
        assert fixed_pie_index(estimate, own, other) is None
    elif overlap(own, other) == pytest.approx(1):
        assert fixed_pie_index(own, own, other) is None
    else:
        assert fixed_pie_index(own, own, other) == pytest.approx(1)
        assert fixed_pie_index(other, own, other) == pytest.approx(-1)
        found = fixed_pie_index(estimate, own, other)
        assert found is None or -1 <= found <= 1
        turned = fixed_pie_index(estimate, other, own)
        assert turned == (None if found is None else pytest.approx(-found))


@some_cases
@given(_answers, _weights)
def test_pairs_are_all_that_differ(estimate: Answers, truth: Answers) -> None:
    found = priority_pairs(estimate, truth)
    known = [k for k in ISSUES if estimate[k] is not None]
    differing = [(a, b) for a, b in combinations(known, 2) if truth[a] != truth[b]]
    right = [(a, b) for a, b in differing if (estimate[a] > estimate[b]) == (truth[a] > truth[b])]  # type: ignore[operator]
    tied = [(a, b) for a, b in differing if estimate[a] == estimate[b]]
    assert found.right + found.tied + found.wrong == len(differing)
    assert found.tied == len(tied)
    assert found.right == len(set(right) - set(tied))
    assert priority_pairs(truth, truth) == Pairs(len(priority_pairs_of(truth)), 0, 0)


def priority_pairs_of(truth: Answers) -> list[tuple[str, str]]:
    return [(a, b) for a, b in combinations(ISSUES, 2) if truth[a] != truth[b]]


def test_insight_of_who_sees_a_mirror_image() -> None:
    own = {"price": 80, "acres": 20, "cabins": 14, "start": 14}
    other = {"price": 80, "acres": 18, "cabins": 44, "start": 10}
    mirror = insight(own, own, other)
    assert mirror.fixed_pie == 1
    assert mirror.own_correlation == pytest.approx(1)
    assert mirror.pairs == Pairs(right=4, tied=1, wrong=1)
    assert mirror.pairs.share == pytest.approx(4 / 6)
    assert mirror.kendall == pytest.approx(3 / np.sqrt(30))
    exact = insight(other, own, other)
    assert (exact.overlap, exact.fixed_pie) == (1, -1)


def test_answers_that_are_missing_leave_the_rest_to_be_compared() -> None:
    truth = {"price": 60, "acres": 20, "cabins": 20}
    assert overlap({"price": 3, "acres": 1, "cabins": None}, truth) == 1
    assert overlap({"price": 3}, truth) == 1
    assert overlap({"price": None}, truth) is overlap({}, truth) is None
    assert spearman({"price": 3, "acres": None}, truth) is None
    assert priority_pairs({"price": None}, truth) == Pairs(0, 0, 0)
    assert priority_pairs({}, truth).share is None


def test_importance_shares_add_up_to_one() -> None:
    assert importance_shares({"price": 6, "acres": 2, "cabins": None}) == {"price": 0.75, "acres": 0.25}
    assert importance_shares({"price": 0}) is importance_shares({}) is None
    with pytest.raises(ValueError, match="less than nothing"):
        importance_shares({"price": -1})


def test_order_becomes_weights() -> None:
    assert weights_of_order(["cabins", "price"]) == {"cabins": 2, "price": 1}
    assert kendall(weights_of_order(ISSUES), weights_of_order(ISSUES[::-1])) == -1


OWN = {
    "sign": {"yes": 4.0, "no": 0.0},
    "start": {"May": 0.0, "Aug": 5.0, "Nov": 14.0},
    "roof": {"a": 1.0, "b": 0.0},
}
OTHER = {
    "sign": {"yes": 9.0, "no": 9.0},
    "start": {"May": 0.0, "Aug": 10.0, "Nov": 10.0},
    "roof": {"a": 0.0, "b": 3.0},
}


def test_best_options_count_where_anything_is_best() -> None:
    assert best_options_right({"sign": "no", "start": "Aug", "roof": "a"}, OTHER) == Hits(1, 2)
    assert best_options_right({"start": None, "roof": "b"}, OTHER) == Hits(1, 1)


def test_common_interest_taken_for_a_conflict() -> None:
    assert taken_for_opposed({"sign": "no", "start": "May", "roof": "b"}, OWN, OTHER) == Hits(1, 1)
    assert taken_for_opposed({"start": "Aug"}, OWN, OTHER) == Hits(0, 1)
    assert taken_for_opposed({"start": None}, OWN, OTHER) == Hits(0, 0)


def test_stake_is_the_range() -> None:
    assert stake([20, 13, 0]) == 20
    assert stake([0.3, 0.1]) == 0.2


@some_cases
@given(st.lists(st.integers(-20, 20), min_size=2, max_size=6).filter(lambda own: len(set(own)) > 1))
def test_payoff_fits_know_the_two_simple_pictures(own: list[int]) -> None:
    mirror = [max(own) + min(own) - value for value in own]
    seen = payoff_fits(mirror, own)
    assert seen is not None
    assert seen.mirror == 1
    assert seen.mirror_correlation == pytest.approx(1)
    same = payoff_fits(list(map(float, own)), own)
    assert same is not None
    assert same.equal == 1
    assert same.mirror_correlation == pytest.approx(-1)


def test_payoff_fits_need_something_that_differs() -> None:
    assert payoff_fits([1, 2], [5, 5]) is None
    assert payoff_fits([None, None], [5, 6]) is None
    found = payoff_fits([3, 3, None], [5, 6, 9])
    assert found is not None
    assert found.mirror_correlation is None
    assert found.equal == -1.5


@pytest.mark.parametrize(
    ("share", "parties", "fit"), [(0.5, 2, 1), (1, 2, 0), (0, 2, 0), (0.75, 2, 0.5), (1, 3, 0)]
)
def test_equal_share_fit(share: float, parties: int, fit: float) -> None:
    assert equal_share_fit(share, parties) == pytest.approx(fit)


def test_share_outside_the_whole_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        equal_share_fit(1.2)


def test_small_pie_and_large_slice() -> None:
    # A seller who needs 1450 believes that the buyer stops at 1800; in truth it is 2300. They settle at 1700.
    seller = pie_errors(1450, 2300, 1800, 1700, wants_more=True)
    assert (seller.true_zone, seller.believed_zone, seller.zone_error) == (850, 350, -500)
    assert seller.true_share == pytest.approx(250 / 850)
    assert seller.believed_share == pytest.approx(250 / 350)
    assert seller.share_error == pytest.approx(250 / 350 - 250 / 850)
    buyer = pie_errors(2300, 1450, 1600, 1700, wants_more=False)
    assert (buyer.true_zone, buyer.zone_error) == (850, -150)
    assert buyer.true_share == pytest.approx(600 / 850)


def test_shares_need_a_deal_and_a_zone() -> None:
    assert pie_errors(1450, 2300, 1800, None, wants_more=True).share_error is None
    none_believed = pie_errors(1450, 2300, 1400, 1700, wants_more=True)
    assert none_believed.believed_share is None
    assert none_believed.true_share is not None
    assert none_believed.share_error is None
    assert pie_errors(2150, 1850, 2200, 2160, wants_more=True).true_zone == -300

"""Voting power against counting by hand over all orders and sets."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bargaining.coalitions import make_game, shapley
from bargaining.voting import VotingRule, minimal_winning, power, without_power
from tests.bargaining.cases import some_cases
from tests.bargaining.test_coalitions import NAMES, subsets

MILL = ("company", "agency", "union", "fire", "families", "expert")


@st.composite
def rules(draw: st.DrawFn) -> VotingRule:
    parties = NAMES[: draw(st.integers(2, 5))]
    weights = {party: draw(st.integers(0, 5)) for party in parties}
    weights[parties[0]] += 1
    quota = draw(st.integers(1, sum(weights.values())))
    return VotingRule(parties, quota, weights, frozenset(draw(st.sets(st.sampled_from(parties), max_size=2))))


@some_cases
@given(rules())
def test_power_counts_who_turns_a_coalition(rule: VotingRule) -> None:
    orders = list(permutations(rule.parties))
    turned = dict.fromkeys(rule.parties, 0)
    for order in orders:
        k = next(k for k in range(len(order)) if rule.wins(order[: k + 1]))
        turned[order[k]] += 1
    found = power(rule)
    for party, one in found.items():
        sets = [c for c in subsets(rule.parties) if rule.wins(c) and not rule.wins(c - {party})]
        assert one.shapley_shubik == Fraction(turned[party], len(orders))
        assert one.swings == len(sets)
        assert one.absolute == Fraction(len(sets), 2 ** (len(rule.parties) - 1))
    assert sum(one.banzhaf for one in found.values()) == 1
    assert sum(one.shapley_shubik for one in found.values()) == 1


@some_cases
@given(rules())
def test_shapley_shubik_is_the_shapley_value_of_the_vote(rule: VotingRule) -> None:
    game = make_game(rule.parties, {c: int(rule.wins(c)) for c in subsets(rule.parties)})
    assert shapley(game) == {party: one.shapley_shubik for party, one in power(rule).items()}


@some_cases
@given(rules())
def test_minimal_winning_coalitions_say_the_whole_rule(rule: VotingRule) -> None:
    minimal = minimal_winning(rule)
    for coalition in subsets(rule.parties):
        assert rule.wins(coalition) == any(part <= coalition for part in minimal)
    assert set(without_power(rule)) == set(rule.parties) - {party for c in minimal for party in c}


def test_five_of_six_with_two_vetoes() -> None:
    found = power(VotingRule(MILL, quota=5, veto=frozenset(["company", "agency"])))
    assert found["company"].shapley_shubik == found["agency"].shapley_shubik == Fraction(3, 10)
    assert found["union"].shapley_shubik == Fraction(1, 10)
    assert found["company"].swings == 5
    assert found["union"].swings == 3


def test_weights_are_not_power() -> None:
    # 50, 49 and 1 with a quota of 51: the party with 1 counts as much as the one with 49.
    rule = VotingRule(NAMES[:3], 51, {"ada": 50, "bo": 49, "cy": 1})
    assert [one.shapley_shubik for one in power(rule).values()] == [
        Fraction(2, 3),
        Fraction(1, 6),
        Fraction(1, 6),
    ]
    assert [one.banzhaf for one in power(rule).values()] == [
        Fraction(3, 5),
        Fraction(1, 5),
        Fraction(1, 5),
    ]


def test_vote_that_never_matters() -> None:
    rule = VotingRule(NAMES[:3], 4, {"ada": 2, "bo": 2, "cy": 1})
    assert without_power(rule) == ("cy",)
    assert minimal_winning(rule) == (frozenset(["ada", "bo"]),)


@pytest.mark.parametrize(
    "bad",
    [
        {"quota": 4},
        {"quota": 0},
        {"quota": 2, "weights": {"ada": -1}},
        {"quota": 2, "weights": {"zoe": 1}},
        {"quota": 2, "veto": frozenset(["zoe"])},
    ],
)
def test_rule_that_cannot_be_is_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError):
        VotingRule(NAMES[:3], **bad)  # type: ignore[arg-type]


def test_sixteen_parties_are_too_many() -> None:
    with pytest.raises(ValueError, match="up to 15"):
        power(VotingRule(tuple("abcdefghijklmnop"), 9))


def test_weights_in_tenths_reach_their_quota() -> None:
    rule = VotingRule(NAMES[:3], 0.6, {"ada": 0.1, "bo": 0.2, "cy": 0.3})
    assert rule.wins(NAMES[:3])
    assert 0.1 + 0.2 + 0.3 != 0.6

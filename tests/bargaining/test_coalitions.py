"""Games of coalitions: the axioms of the Shapley value, the core against grids, and the cold store's figures."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, permutations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bargaining import coalitions
from bargaining.coalitions import (
    Coalition,
    Count,
    Game,
    blocking,
    core_splits,
    efficiency,
    excess,
    game_from_scores,
    in_core,
    is_convex,
    is_essential,
    is_superadditive,
    make_game,
    only_together,
    pair_quotas,
    shapley,
)
from bargaining.voting import VotingRule
from tests.bargaining.cases import some_cases

NAMES = ("ada", "bo", "cy", "di", "eve")


def subsets(parties: tuple[str, ...]) -> list[Coalition]:
    return [frozenset(c) for size in range(1, len(parties) + 1) for c in combinations(parties, size)]


def set_of(name: str) -> Coalition:
    return frozenset(name.split("+"))


def cold_store(total: int = 106, **more: bool) -> Game:
    pairs = {"orchard+dairy": 92, "orchard+fishery": 78, "dairy+fishery": 60, "orchard+dairy+fishery": total}
    alone = {"orchard": 8, "dairy": 6, "fishery": 4}
    return make_game(tuple(alone), {set_of(name): worth for name, worth in pairs.items()}, alone, **more)


@st.composite
def games(draw: st.DrawFn, least: int = 2, most: int = 5, low: int = -4, high: int = 20) -> Game:
    parties = NAMES[: draw(st.integers(least, most))]
    return make_game(parties, {c: draw(st.integers(low, high)) for c in subsets(parties)})


@st.composite
def convex_games(draw: st.DrawFn, most: int = 4) -> Game:
    """Sums of unanimity games with gains >= 0 are convex."""
    parties = NAMES[: draw(st.integers(2, most))]
    gains = {c: draw(st.integers(0, 6)) for c in subsets(parties)}
    return make_game(parties, {c: sum(g for part, g in gains.items() if part <= c) for c in gains})


def by_orders(game: Game) -> dict[str, Fraction]:
    """The Shapley value as its story goes: everybody comes in every order."""
    total = dict.fromkeys(game.parties, Fraction(0))
    orders = list(permutations(game.parties))
    for order in orders:
        for k, party in enumerate(order):
            total[party] += game.worth(order[: k + 1]) - game.worth(order[:k])
    return {party: amount / len(orders) for party, amount in total.items()}


@some_cases
@given(games())
def test_shapley_is_the_average_over_all_orders(game: Game) -> None:
    assert shapley(game) == by_orders(game)


@some_cases
@given(games())
def test_shapley_shares_everything_and_does_not_look_at_names(game: Game) -> None:
    value = shapley(game)
    assert sum(value.values()) == game.worth(game.grand)
    turned = dict(zip(game.parties, (*game.parties[1:], game.parties[0]), strict=True))
    renamed = make_game(
        game.parties, {frozenset(turned[p] for p in c): worth for c, worth in game.worths.items()}
    )
    assert {turned[party]: amount for party, amount in value.items()} == shapley(renamed)


@some_cases
@given(games(most=4), st.integers(-5, 5))
def test_shapley_gives_who_adds_nothing_what_it_has_alone(game: Game, own: int) -> None:
    worths = dict(game.worths) | {frozenset(["new"]): Fraction(own)}
    worths |= {c | {"new"}: worth + own for c, worth in game.worths.items()}
    larger = make_game((*game.parties, "new"), worths)
    assert shapley(larger) == {**shapley(game), "new": own}


@some_cases
@given(games(least=3, most=3), games(least=3, most=3))
def test_shapley_of_a_sum_is_the_sum(one: Game, other: Game) -> None:
    both = make_game(one.parties, {c: one.worth(c) + other.worth(c) for c in one.coalitions})
    first, second = shapley(one), shapley(other)
    assert shapley(both) == {party: first[party] + second[party] for party in one.parties}


@some_cases
@given(convex_games())
def test_convex_games_are_superadditive_and_keep_shapley_in_the_core(game: Game) -> None:
    assert is_convex(game)
    assert is_superadditive(game)
    assert in_core(game, shapley(game))


@some_cases
@given(games(most=4))
def test_properties_are_what_their_definitions_say(game: Game) -> None:
    pairs = list(product(game.coalitions, repeat=2))
    assert is_superadditive(game) == all(
        game.worth(a) + game.worth(b) <= game.worth(a | b) for a, b in pairs if not a & b
    )
    gains = [
        game.worth(larger | {p}) - game.worth(larger) >= game.worth(part | {p}) - game.worth(part)
        for larger in game.coalitions
        for part in [frozenset[str](), *game.coalitions]
        if part <= larger
        for p in game.parties
        if p not in larger
    ]
    assert is_convex(game) == all(gains)
    assert is_essential(game) == (game.worth(game.parties) > sum(game.worth({p}) for p in game.parties))


@some_cases
@given(games(most=4, low=0, high=6))
def test_core_splits_are_those_of_a_grid(game: Game) -> None:
    total = int(game.worth(game.grand))
    grid = product(range(total + 1), repeat=len(game.parties) - 1)
    splits = [dict(zip(game.parties, (*some, total - sum(some)), strict=True)) for some in grid]
    assert core_splits(game) == Count(sum(in_core(game, split) for split in splits), True)


@some_cases
@given(games(), st.data())
def test_blocking_coalitions_are_all_that_could_do_better(game: Game, data: st.DataObject) -> None:
    split = {party: data.draw(st.integers(-5, 15)) for party in game.parties}
    found = blocking(game, split)
    assert {one.coalition: one.amount for one in found} == {
        c: game.worth(c) - sum(split[p] for p in c)
        for c in game.coalitions
        if game.worth(c) > sum(split[p] for p in c)
    }
    assert [one.amount for one in found] == sorted((one.amount for one in found), reverse=True)
    assert in_core(game, split) == (not found and sum(split.values()) == game.worth(game.grand))


def test_core_splits_say_when_they_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coalitions, "MOST_TRIED", 10)
    count = core_splits(cold_store(130))
    assert not count.complete
    assert count.number < 496


def test_core_splits_need_whole_steps() -> None:
    assert core_splits(cold_store(130), Fraction(1, 2)).number > core_splits(cold_store(130), 2).number > 0
    with pytest.raises(ValueError, match="whole number of steps"):
        core_splits(cold_store(130), 4)


def test_cold_store_has_no_stable_split() -> None:
    game = cold_store()
    assert is_superadditive(game)
    assert is_essential(game)
    assert not is_convex(game)
    assert not only_together(game)
    value = shapley(game)
    assert {party: round(float(v), 2) for party, v in value.items()} == {
        "orchard": 44.67,
        "dairy": 34.67,
        "fishery": 26.67,
    }
    assert core_splits(game) == Count(0, True)
    names = [(game.name(one.coalition), one.amount) for one in blocking(game, value)]
    assert names == [("orchard+dairy", Fraction(38, 3)), ("orchard+fishery", Fraction(20, 3))]


def test_roomy_cold_store_has_stable_splits() -> None:
    game = cold_store(130)
    assert core_splits(game) == Count(496, True)
    assert not in_core(game, dict.fromkeys(game.parties, 130 / 3))
    assert in_core(game, {"orchard": 60, "dairy": 42, "fishery": 28})
    assert shapley(game) == {
        "orchard": Fraction(158, 3),
        "dairy": Fraction(128, 3),
        "fishery": Fraction(104, 3),
    }


def test_split_in_floats_blocks_nothing_by_noise() -> None:
    game = make_game(NAMES[:3], {frozenset(NAMES[:3]): 1, frozenset(NAMES[:2]): 2 / 3})
    thirds = dict.fromkeys(NAMES[:3], 1 / 3)
    assert excess(game, thirds, game.grand) != 0
    assert in_core(game, thirds)


@pytest.mark.parametrize(
    ("total", "shares"),
    [(106, (0.906, 0.792, 0.642, 1.0)), (130, (0.738, 0.646, 0.523, 1.0))],
)
def test_cold_store_by_coalition(total: int, shares: tuple[float, ...]) -> None:
    game = cold_store(total)
    found = efficiency(game)
    assert found is not None
    assert tuple(round(float(found[c]), 3) for c in game.coalitions if len(c) > 1) == shares


def test_efficiency_needs_something_to_share() -> None:
    assert efficiency(make_game(NAMES[:2], {})) is None


def test_pair_quotas_of_the_cold_store() -> None:
    assert pair_quotas(cold_store()) == {"orchard": 55, "dairy": 37, "fishery": 23}


@some_cases
@given(st.lists(st.integers(-9, 9), min_size=3, max_size=5), st.integers(1, 3))
def test_pair_quotas_are_found_where_there_are_any(quotas: list[int], off: int) -> None:
    parties = NAMES[: len(quotas)]
    own = dict(zip(parties, quotas, strict=True))
    pairs = {c: sum(own[p] for p in c) for c in subsets(parties) if len(c) == 2}
    assert pair_quotas(make_game(parties, pairs)) == own
    if len(parties) > 3:
        assert pair_quotas(make_game(parties, pairs | {frozenset(parties[2:4]): 100 + off})) is None


def test_two_parties_have_no_pair_quotas() -> None:
    assert pair_quotas(make_game(NAMES[:2], {frozenset(NAMES[:2]): 5})) is None


def partitions(parties: tuple[str, ...]) -> list[list[Coalition]]:
    if not parties:
        return [[]]
    first, *rest = parties
    return [
        [frozenset([first, *mates]), *others]
        for size in range(len(rest) + 1)
        for mates in combinations(rest, size)
        for others in partitions(tuple(p for p in rest if p not in mates))
    ]


@some_cases
@given(st.data())
def test_unstated_coalitions_fall_apart_in_the_best_way(data: st.DataObject) -> None:
    parties = NAMES[:4]
    alone = {party: data.draw(st.integers(0, 9)) for party in parties}
    larger = [c for c in subsets(parties) if len(c) > 1]
    stated = {c: data.draw(st.integers(0, 30)) for c in larger if data.draw(st.booleans())}
    known = stated | {frozenset([party]): worth for party, worth in alone.items()}
    free, single = make_game(parties, stated, alone), make_game(parties, stated, alone, one_agreement=True)
    for coalition in subsets(parties):
        ways = [parts for parts in partitions(tuple(coalition)) if all(part in known for part in parts)]
        once = [parts for parts in ways if sum(len(part) > 1 for part in parts) <= 1]
        best, best_once = (max(sum(known[part] for part in parts) for parts in some) for some in (ways, once))
        assert free.worth(coalition) == known.get(coalition, best)
        assert single.worth(coalition) == known.get(coalition, best_once)


@pytest.mark.parametrize(
    ("parties", "worths"),
    [
        (("ada",), {}),
        (("ada", "ada"), {}),
        (tuple("abcdefghijk"), {}),
        (("ada", "bo"), {frozenset(["ada", "zoe"]): 1}),
        (("ada", "bo"), {frozenset[str](): 1}),
    ],
)
def test_game_of_nobody_or_of_strangers_is_refused(
    parties: tuple[str, ...], worths: dict[Coalition, float]
) -> None:
    with pytest.raises(ValueError):
        make_game(parties, worths)


def test_worths_are_read_as_decimals() -> None:
    game = make_game(NAMES[:2], {frozenset(NAMES[:2]): 0.1 + 0.2, frozenset(NAMES[:1]): np.float64(0.1)})
    assert game.worth({"ada"}) == Fraction(1, 10)
    assert game.worth(()) == 0
    with pytest.raises(KeyError):
        game.worth({"zoe"})


@some_cases
@given(st.data())
def test_game_of_a_scored_case_is_what_coalitions_can_pass(data: st.DataObject) -> None:
    parties = NAMES[:3]
    rows = data.draw(st.lists(st.tuples(*[st.integers(0, 9)] * 3), min_size=1, max_size=6))
    counts = data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows)))
    alternatives = data.draw(st.tuples(*[st.integers(0, 9)] * 3))
    rule = VotingRule(parties, quota=data.draw(st.integers(1, 3)), veto=data.draw(st.sampled_from(VETOES)))
    game = game_from_scores(parties, np.array(rows, float), alternatives, rule.wins, np.array(counts))
    for coalition in game.coalitions:
        own = [k for k, party in enumerate(parties) if party in coalition]
        ways = [sum(alternatives[k] for k in own)]
        if rule.wins(coalition):
            ways += [sum(row[k] for k in own) for row, good in zip(rows, counts, strict=True) if good]
        assert game.worth(coalition) == max(ways)


VETOES = (frozenset[str](), frozenset(["ada"]))


def test_unanimity_leaves_nothing_to_say_about_power() -> None:
    rule = VotingRule(NAMES[:3], quota=3)
    game = game_from_scores(NAMES[:3], np.array([[5.0, 9.0, 1.0]]), (4, 3, 2), rule.wins)
    assert only_together(game)
    assert shapley(game) == {"ada": 6, "bo": 5, "cy": 4}

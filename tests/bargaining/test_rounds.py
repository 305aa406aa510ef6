"""Repeated games: Four Crews' figures, and everything else against playing and counting by hand."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bargaining.rounds import (
    Dominant,
    PayByCount,
    PayByMatrix,
    RoundsGame,
    always,
    benchmarks,
    best_path,
    best_replies,
    dominant_move,
    equilibria,
    grim,
    least_continuation,
    play,
    round_points,
    share_of_best,
    tit_for_tat,
    totals,
    totals_by_count,
    trusting_until_last,
)
from tests.bargaining.cases import some_cases

CREWS = ("north", "east", "south", "west")


def crews() -> RoundsGame:
    return RoundsGame(
        parties=CREWS,
        moves=("narrow", "wide"),
        payoff=PayByCount("wide", {"narrow": (5, 3, 1, -1, 0), "wide": (0, 9, 6, 3, 0)}),
        multipliers=(1, 1, 1, 3, 1, 1, 1, 5),
        cooperative=frozenset(["narrow"]),
        talk_before=frozenset([4, 7, 8]),
    )


def boards(reward: float = 3, temptation: float = 5) -> RoundsGame:
    """Two boards and three prices, of which only the high one keeps the peace."""
    amounts = dict.fromkeys(product(("high", "mid", "low"), repeat=2), (1.0, 1.0))
    amounts |= {("high", "high"): (reward, reward)}
    for price in ("mid", "low"):
        amounts |= {("high", price): (0.0, temptation), (price, "high"): (temptation, 0.0)}
    return RoundsGame(
        ("ada", "bo"),
        ("high", "mid", "low"),
        PayByMatrix("ada", "bo", amounts),
        (1,) * 3,
        frozenset(["high"]),
    )


@st.composite
def games(draw: st.DrawFn) -> RoundsGame:
    parties = CREWS[: draw(st.integers(2, 4))]
    amount = st.integers(-9, 9)
    rows = {
        move: draw(st.lists(amount, min_size=len(parties) + 1, max_size=len(parties) + 1)) for move in "xyz"
    }
    multipliers = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    return RoundsGame(parties, ("x", "y", "z"), PayByCount("z", rows), tuple(multipliers), frozenset(["x"]))


@some_cases
@given(games(), st.data())
def test_totals_add_up_round_by_round(game: RoundsGame, data: st.DataObject) -> None:
    history = [
        {party: data.draw(st.sampled_from(game.moves)) for party in game.parties} for _ in game.multipliers
    ]
    slow = dict.fromkeys(game.parties, 0.0)
    assert isinstance(game.payoff, PayByCount)
    for choices, weight in zip(history, game.multipliers, strict=True):
        for party, move in choices.items():
            slow[party] += weight * game.payoff.amounts[move][list(choices.values()).count("z")]
    assert totals(game, history) == slow
    best = max(sum(game.payoff.pay(choices).values()) for choices in game.profiles())
    share = share_of_best(game, history)
    assert (
        share is None
        if best <= 0
        else share == pytest.approx(sum(slow.values()) / best / sum(game.multipliers))
    )


@some_cases
@given(games())
def test_best_replies_dominance_and_equilibria_agree(game: RoundsGame) -> None:
    profiles = list(game.profiles())
    for party in game.parties:
        found = dominant_move(game, party)
        always_best = [
            move for move in game.moves if all(move in best_replies(game, party, way) for way in profiles)
        ]
        if found is not None:
            assert found.move in always_best
            only = all(best_replies(game, party, way) == (found.move,) for way in profiles)
            assert found.strict == only
        elif len(always_best) == 1:
            # The only one that is always best would have to be sometimes better than each other one.
            pytest.fail("A dominant move was missed.")
    stable = equilibria(game)
    for choices in profiles:
        gains = [
            game.payoff.pay({**choices, party: move})[party] > game.payoff.pay(choices)[party]
            for party in game.parties
            for move in game.moves
        ]
        assert (choices in stable) == (not any(gains))


@some_cases
@given(games())
def test_best_path_is_the_best_of_all(game: RoundsGame) -> None:
    party, *rest = game.parties
    others = dict.fromkeys(rest, tit_for_tat)
    found = best_path(game, party, others)
    worths = []
    for moves in product(game.moves, repeat=len(game.multipliers)):
        history: list[dict[str, str]] = []
        for move in moves:
            answers = {other: tit_for_tat(game, history, other) for other in rest}
            history.append({party: move, **answers})
        worths.append(totals(game, history)[party])
    assert found.total == max(worths)
    assert len(found.moves) == len(game.multipliers)


def test_crews_are_tempted_every_season() -> None:
    game = crews()
    assert totals_by_count(game) == (20, 18, 14, 8, 0)
    assert all(dominant_move(game, crew) == Dominant("wide", strict=True) for crew in CREWS)
    assert equilibria(game) == (dict.fromkeys(CREWS, "wide"),)
    assert least_continuation(game) == pytest.approx(4 / 9)


def test_crews_benchmarks() -> None:
    paths = {name: tuple(points.values()) for name, points in benchmarks(crews()).items()}
    assert paths == {
        "all_trust": (70, 70, 70, 70),
        "all_betray": (0, 0, 0, 0),
        "one_betrays_trusting": (126, 42, 42, 42),
        "one_betrays_grim": (9, 3, 3, 3),
        "betrayal_at_last": (90, 60, 60, 60),
    }


def test_best_against_crews_that_never_forgive_is_to_betray_at_last() -> None:
    found = best_path(crews(), "north", dict.fromkeys(CREWS[1:], grim))
    assert found.moves == ("narrow",) * 7 + ("wide",)
    assert found.total == 90
    assert best_path(crews(), "north", dict.fromkeys(CREWS[1:], always("narrow"))).total == 126


def test_tit_for_tat_forgives_and_grim_does_not() -> None:
    game = crews()
    history = play(game, {"north": tit_for_tat, "east": grim, "south": always("narrow"), "west": _once})
    assert [choices["north"] for choices in history[:4]] == ["narrow", "wide", "wide", "wide"]
    assert {choices["east"] for choices in history[1:]} == {"wide"}
    alone = play(game, {"north": tit_for_tat, **dict.fromkeys(CREWS[1:], always("narrow")), "west": _once})
    assert [choices["north"] for choices in alone] == ["narrow", "wide"] + ["narrow"] * 6


def _once(game: RoundsGame, history: object, party: str) -> str:
    return "narrow" if history else "wide"


def test_round_that_does_not_come_for_sure_counts_less() -> None:
    game = boards()
    history = [game.everybody("high")] * 3
    assert totals(game, history) == {"ada": 9, "bo": 9}
    assert totals(game, history, 0.5) == {"ada": 5.25, "bo": 5.25}


@pytest.mark.parametrize("continuation", [0.49, 0.51])
def test_least_continuation_is_where_trust_begins_to_pay(continuation: float) -> None:
    game = boards()  # (5 - 3) / (5 - 1)
    assert least_continuation(game) == 0.5
    long = RoundsGame(game.parties, game.moves, game.payoff, (1,) * 60, game.cooperative)
    trust = totals(long, play(long, dict.fromkeys(game.parties, grim)), continuation)["ada"]
    betray = totals(long, play(long, {"ada": always("mid"), "bo": grim}), continuation)["ada"]
    assert (trust > betray) == (continuation > 0.5)


def test_least_continuation_where_nothing_tempts_or_nothing_helps() -> None:
    assert least_continuation(boards(reward=6)) == 0
    assert least_continuation(boards(reward=1)) is None


def test_matrix_pays_each_its_own() -> None:
    game = boards()
    assert round_points(game, 1, {"ada": "low", "bo": "high"}) == {"ada": 5, "bo": 0}
    assert totals_by_count(game) == (6, 5, 2)
    assert dominant_move(game, "ada") is None
    assert best_replies(game, "ada", {"bo": "high"}) == ("mid", "low")


def test_share_of_best_before_the_first_round() -> None:
    assert share_of_best(crews(), []) is None
    assert share_of_best(crews(), [crews().everybody("narrow")]) == 1


@pytest.mark.parametrize(
    ("number", "choices"),
    [
        (0, dict.fromkeys(CREWS, "wide")),
        (9, dict.fromkeys(CREWS, "wide")),
        (1, {"north": "wide"}),
        (1, dict.fromkeys(CREWS, "deep")),
    ],
)
def test_round_that_is_none_is_refused(number: int, choices: dict[str, str]) -> None:
    with pytest.raises(ValueError):
        round_points(crews(), number, choices)


@pytest.mark.parametrize(("cooperative", "talk"), [({"x"}, {3}), (set(), set()), ({"x", "y"}, set())])
def test_game_that_is_none_is_refused(cooperative: set[str], talk: set[int]) -> None:
    pay = PayByCount("y", {"x": (1, 0, 0), "y": (0, 2, 1)})
    with pytest.raises(ValueError):
        RoundsGame(("ada", "bo"), ("x", "y"), pay, (1, 1), frozenset(cooperative), frozenset(talk))


def test_too_many_paths_are_refused() -> None:
    game = crews()
    long = RoundsGame(game.parties, game.moves, game.payoff, (1,) * 17, game.cooperative)
    with pytest.raises(ValueError, match="paths"):
        best_path(long, "north", dict.fromkeys(CREWS[1:], trusting_until_last))

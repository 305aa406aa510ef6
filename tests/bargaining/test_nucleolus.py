"""The total a stable split needs, the least core and the nucleolus against grids and answers known for long."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given

from bargaining.coalitions import Game, core_splits, excess, in_core, make_game, shapley
from bargaining.nucleolus import core_is_empty, least_core, needed, nucleolus
from tests.bargaining.cases import some_cases
from tests.bargaining.test_coalitions import NAMES, cold_store, convex_games, games, subsets

Split = dict[str, Fraction]


def excesses(game: Game, split: Split) -> list[Fraction]:
    """Of all coalitions but the grand one, the largest first."""
    return sorted((excess(game, split, c) for c in game.proper), reverse=True)


def grid(game: Game, step: Fraction) -> list[Split]:
    """Splits in steps around the worths of the game, those that give nobody less than it has alone."""
    floors = [game.worth({party}) for party in game.parties]
    room = game.worth(game.grand) - sum(floors)
    ticks = range(int(room / step) + 1)
    rows = (some for some in product(ticks, repeat=len(floors) - 1) if sum(some) * step <= room)
    return [
        dict(
            zip(
                game.parties,
                [f + step * k for f, k in zip(floors, (*some, room / step - sum(some)), strict=True)],
                strict=True,
            )
        )
        for some in rows
    ]


@some_cases
@given(games(low=0))
def test_needed_is_balanced_and_enough(game: Game) -> None:
    found = needed(game)
    for party in game.parties:
        assert sum(weight for c, weight in found.collection.items() if party in c) == 1
    # Weak duality: a balanced collection asks for so much, and this split gives it and satisfies everybody.
    assert found.amount == sum(weight * game.worth(c) for c, weight in found.collection.items())
    assert found.amount == sum(found.split.values())
    assert all(excess(game, found.split, c) <= 0 for c in game.proper)


@some_cases
@given(games(most=4, low=0, high=8))
def test_core_is_empty_when_no_grid_point_is_in_it(game: Game) -> None:
    # Worths are whole, and a core that is not empty holds a split in sixths: with four parties, the vertices
    # have denominators up to 3, so this grid cannot miss them.
    sixths = core_splits(game, Fraction(1, 6))
    assert core_is_empty(game) == (sixths.number == 0)


@some_cases
@given(games(most=4))
def test_least_core_is_the_smallest_largest_excess(game: Game) -> None:
    found = least_core(game)
    assert sum(found.split.values()) == game.worth(game.grand)
    assert excesses(game, dict(found.split))[0] == found.excess
    assert core_is_empty(game) == (found.excess > 0)
    for split in grid(game, Fraction(1)):
        assert excesses(game, split)[0] >= found.excess


@some_cases
@given(games(most=4, high=8))
def test_nucleolus_is_lexicographically_smallest(game: Game) -> None:
    found = nucleolus(game)
    if found is None:
        assert game.worth(game.grand) < sum(game.worth({party}) for party in game.parties)
        return
    assert sum(found.values()) == game.worth(game.grand)
    assert all(found[party] >= game.worth({party}) for party in game.parties)
    best = excesses(game, found)
    for split in grid(game, Fraction(1)):
        assert best <= excesses(game, split)


@some_cases
@given(games(most=5))
def test_no_small_move_improves_on_the_nucleolus(game: Game) -> None:
    found = nucleolus(game)
    if found is None:
        return
    best = excesses(game, found)
    for giver, taker in product(game.parties, repeat=2):
        for amount in (Fraction(1, 1000), Fraction(1, 7), Fraction(2)):
            moved = found | {giver: found[giver] - amount}
            moved[taker] = moved[taker] + amount
            if giver != taker and moved[giver] >= game.worth({giver}):
                assert best < excesses(game, moved)


@some_cases
@given(games(most=5))
def test_nucleolus_is_in_the_core_if_anything_is(game: Game) -> None:
    found = nucleolus(game)
    if not core_is_empty(game):
        assert found is not None
        assert in_core(game, found)
        assert excesses(game, found)[0] == least_core(game).excess


@some_cases
@given(convex_games())
def test_convex_games_have_a_core(game: Game) -> None:
    assert not core_is_empty(game)


def bankruptcy(estate: int, claims: tuple[int, ...]) -> Game:
    parties = NAMES[: len(claims)]
    claim = dict(zip(parties, claims, strict=True))
    return make_game(
        parties,
        {c: max(0, estate - sum(claim[p] for p in parties if p not in c)) for c in subsets(parties)},
    )


@pytest.mark.parametrize(
    ("estate", "shares"),
    [
        (100, (Fraction(100, 3), Fraction(100, 3), Fraction(100, 3))),
        (200, (50, 75, 75)),
        (300, (50, 100, 150)),
    ],
)
def test_nucleolus_divides_an_estate_as_the_talmud_does(
    estate: int, shares: tuple[Fraction | int, ...]
) -> None:
    # Aumann and Maschler 1985: three claims of 100, 200 and 300.
    found = nucleolus(bankruptcy(estate, (100, 200, 300)))
    assert found is not None
    assert tuple(found.values()) == shares


def test_cold_store_needs_more_than_it_has() -> None:
    found = needed(cold_store())
    assert found.amount == 115
    assert {cold_store().name(c): weight for c, weight in found.collection.items()} == {
        "orchard+dairy": Fraction(1, 2),
        "orchard+fishery": Fraction(1, 2),
        "dairy+fishery": Fraction(1, 2),
    }
    assert found.split == {"orchard": 55, "dairy": 37, "fishery": 23}
    assert core_is_empty(cold_store())
    assert least_core(cold_store()).excess == 6
    assert nucleolus(cold_store()) == {"orchard": 52, "dairy": 34, "fishery": 20}


def test_roomy_cold_store_has_enough() -> None:
    assert needed(cold_store(130)).amount == 115
    assert not core_is_empty(cold_store(130))
    assert least_core(cold_store(130)).excess == -10
    assert nucleolus(cold_store(130)) == {"orchard": 60, "dairy": 42, "fishery": 28}


def test_seven_equal_parties_share_equally() -> None:
    parties = tuple("abcdefg")
    game = make_game(parties, {c: len(c) ** 2 for c in subsets(parties)})
    assert nucleolus(game) == shapley(game) == dict.fromkeys(parties, 7)


def test_eight_parties_are_too_many() -> None:
    game = make_game(tuple("abcdefgh"), {})
    for figure in (needed, least_core, nucleolus):
        with pytest.raises(ValueError, match="up to 7"):
            figure(game)

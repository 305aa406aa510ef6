"""Conditions by random blocks: as often as each other, and the same again for the same seed."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classrooms.rules.conditions import condition_of, people_on

CHOSEN = st.lists(st.text("abc", min_size=1, max_size=3), unique=True, min_size=1, max_size=4)


@given(CHOSEN, st.integers(1, 60), st.text(max_size=5))
def test_no_condition_is_ahead_by_more_than_one_table(chosen: list[str], tables: int, seed: str) -> None:
    drawn = Counter(condition_of(number, chosen, seed) for number in range(1, tables + 1))
    counts = [drawn[condition] for condition in chosen]
    assert sum(counts) == tables
    assert max(counts) - min(counts) <= 1


def test_order_is_drawn_and_the_seed_brings_it_back() -> None:
    orders = {tuple(condition_of(n, ["x", "y"], seed) for n in (1, 2)) for seed in map(str, range(20))}
    assert orders == {("x", "y"), ("y", "x")}
    assert condition_of(7, ["x", "y", "z"], "s") == condition_of(7, ["x", "y", "z"], "s")


def test_without_a_choice_the_case_is_as_written() -> None:
    assert condition_of(3, [], "s") == ""


@pytest.mark.parametrize(
    ("team", "wished", "found"),
    [((1, 2), 1, 1), ((1, 2), 2, 2), ((1, 2), 3, 2), ((2, 2), 1, 2), ((1, 1), 4, 1), ((2, 4), 3, 3)],
)
def test_side_has_as_many_people_as_wished_within_what_it_takes(
    team: tuple[int, int], wished: int, found: int
) -> None:
    assert people_on(team, wished) == found

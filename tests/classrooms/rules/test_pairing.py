"""Everybody is seated once; the odd one as the instructor chose; the same chance gives the same tables."""

from __future__ import annotations

from collections import Counter
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classrooms.rules.pairing import OddRule, pair

TWO = {"farmer": 2, "neighbour": 2}
ALONE = {"farmer": 1, "neighbour": 1}


def people(count: int) -> list[UUID]:
    return [UUID(int=number + 1) for number in range(count)]


def seated(tables: tuple[tuple[object, ...], ...]) -> list[UUID]:
    return [place.person for table in tables for place in table if place.person]  # type: ignore[attr-defined]


@given(
    count=st.integers(0, 40),
    parties=st.integers(2, 5),
    most=st.integers(1, 2),
    odd=st.sampled_from(["second", "partner"]),
    seed=st.integers(),
)
def test_everybody_sits_once_and_every_party_is_played(
    count: int, parties: int, most: int, odd: OddRule, seed: int
) -> None:
    sizes = {f"p{number}": most for number in range(parties)}
    drawn = pair(people(count), sizes, odd, Random(seed))
    assert Counter(seated(drawn.tables)) == Counter(people(count))
    for table in drawn.tables:
        played = Counter(place.party for place in table)
        assert set(played) == set(sizes)
        assert all(number <= sizes[party] for party, number in played.items())


def test_order_of_naming_does_not_matter() -> None:
    first = pair(people(9), TWO, "second", Random(3))
    again = pair(reversed(people(9)), TWO, "second", Random(3))
    assert first == again


def test_odd_one_sits_second() -> None:
    drawn = pair(people(5), TWO, "second", Random(1))
    assert sorted(len(table) for table in drawn.tables) == [2, 3]
    assert len(drawn.seconds) == 1
    assert drawn.with_partners == ()


def test_odd_one_gets_a_practice_partner_when_chosen() -> None:
    drawn = pair(people(5), TWO, "partner", Random(1))
    assert [len(table) for table in drawn.tables] == [2, 2, 2]
    assert len(drawn.with_partners) == 1
    assert [place.person for place in drawn.tables[-1]].count(None) == 1


def test_where_no_second_may_sit_a_partner_helps() -> None:
    drawn = pair(people(3), ALONE, "second", Random(1))
    assert drawn.seconds == ()
    assert len(drawn.with_partners) == 1


@pytest.mark.parametrize("odd", ["second", "partner"])
def test_single_person_meets_a_partner(odd: OddRule) -> None:
    drawn = pair(people(1), TWO, odd, Random(1))
    assert len(drawn.tables) == 1
    assert drawn.with_partners == (UUID(int=1),)


def test_nobody_makes_no_table() -> None:
    assert pair([], TWO, "second", Random(1)).tables == ()


def test_roles_are_given_by_chance() -> None:
    farmers = {
        next(
            place.person
            for place in pair(people(2), TWO, "second", Random(seed)).tables[0]
            if place.party == "farmer"
        )
        for seed in range(20)
    }
    assert farmers == set(people(2))

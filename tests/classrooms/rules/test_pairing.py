"""Everybody is seated once; the odd one as the instructor chose; the same chance gives the same tables."""

from __future__ import annotations

from collections import Counter
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classrooms.rules.pairing import OddRule, Side, pair

TWO = (Side("farmer", 1, 2), Side("neighbour", 1, 2))
ALONE = (Side("farmer"), Side("neighbour"))
BELL = (
    Side("ringers", 1, 2, partner=False),
    Side("residents", 1, 2, partner=False),
    Side("mediator", 1, 1, partner=False, optional=True),
)


def people(count: int) -> list[UUID]:
    return [UUID(int=number + 1) for number in range(count)]


def seated(tables: tuple[tuple[object, ...], ...]) -> list[UUID]:
    return [place.person for table in tables for place in table if place.person]  # type: ignore[attr-defined]


SIDES = st.builds(
    lambda least, more, partner, optional: (least, least + more, partner, optional),
    st.integers(1, 2),
    st.integers(0, 2),
    st.booleans(),
    st.booleans(),
)


@given(
    count=st.integers(0, 40),
    kinds=st.lists(SIDES, min_size=2, max_size=5),
    odd=st.sampled_from(["second", "partner"]),
    seed=st.integers(),
)
def test_everybody_sits_once_or_waits_and_every_party_is_played(
    count: int, kinds: list[tuple[int, int, bool, bool]], odd: OddRule, seed: int
) -> None:
    sides = [Side(f"p{number}", *kind) for number, kind in enumerate(kinds)]
    drawn = pair(people(count), sides, odd, Random(seed))
    assert Counter([*seated(drawn.tables), *drawn.waiting]) == Counter(people(count))
    for table in drawn.tables:
        played = Counter(place.party for place in table)
        for side in sides:
            assert played[side.party] or (side.optional and not side.partner)
            assert played[side.party] <= side.most
        assert all(
            place.person or next(s for s in sides if s.party == place.party).partner for place in table
        )


@given(st.integers(0, 40), st.sampled_from(["second", "partner"]), st.integers())
def test_nobody_waits_where_partners_play_every_side(count: int, odd: OddRule, seed: int) -> None:
    assert pair(people(count), TWO, odd, Random(seed)).waiting == ()


def test_table_may_do_without_a_mediator_but_not_without_a_side() -> None:
    two = pair(people(2), BELL, "partner", Random(1))
    assert [place.party for place in two.tables[0]] == ["ringers", "residents"]
    assert pair(people(1), BELL, "partner", Random(1)).waiting == (UUID(int=1),)
    four = pair(people(4), BELL, "partner", Random(1))
    assert sorted(len(table) for table in four.tables) == [4]
    assert len(four.seconds) == 1


def test_sides_of_two_get_two() -> None:
    drawn = pair(people(8), (Side("a", 2, 2), Side("b", 2, 2)), "second", Random(1))
    assert [[place.party for place in table] for table in drawn.tables] == [["a", "a", "b", "b"]] * 2


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

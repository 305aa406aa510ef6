"""Everybody is seated once; the odd one as the instructor chose; the same chance gives the same tables."""

from __future__ import annotations

from collections import Counter
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classrooms.rules.pairing import Comer, OddRule, Pairing, Preview, Side, Wishes, pair, previews

TWO = (Side("farmer", 1, 2), Side("neighbour", 1, 2))
ALONE = (Side("farmer"), Side("neighbour"))
BELL = (
    Side("ringers", 1, 2, partner=False),
    Side("residents", 1, 2, partner=False),
    Side("mediator", 1, 1, partner=False, optional=True),
)
ODD: list[OddRule] = ["second", "observer", "partner", "instructor"]


def ids(count: int) -> list[UUID]:
    return [UUID(int=number + 1) for number in range(count)]


def drawn(count: int, sides: tuple[Side, ...], odd: OddRule = "second", seed: int = 1) -> Pairing:
    return pair([Comer(each) for each in ids(count)], sides, Wishes(odd), Random(seed))


def everybody(drawn: Pairing) -> list[UUID]:
    seated = [place.person for table in drawn.tables for place in table if place.person]
    return [*seated, *(person for person, _ in drawn.observers), *drawn.waiting]


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
    odd=st.sampled_from(ODD),
    seed=st.integers(),
)
def test_everybody_sits_once_or_waits_and_every_party_is_played(
    count: int, kinds: list[tuple[int, int, bool, bool]], odd: OddRule, seed: int
) -> None:
    sides = tuple(Side(f"p{number}", *kind) for number, kind in enumerate(kinds))
    made = drawn(count, sides, odd, seed)
    assert Counter(everybody(made)) == Counter(ids(count))
    for number, table in enumerate(made.tables):
        played = Counter(place.party for place in table)
        if made.instructor and made.instructor[0] == number:
            played[made.instructor[1]] += 1
        for side in sides:
            assert played[side.party] or (side.optional and not side.partner)
            assert played[side.party] <= side.most
        assert all(
            place.person or next(s for s in sides if s.party == place.party).partner for place in table
        )
    assert all(number < len(made.tables) for _, number in made.observers)


@given(st.integers(0, 40), st.sampled_from(ODD), st.integers())
def test_nobody_waits_where_partners_play_every_side(count: int, odd: OddRule, seed: int) -> None:
    assert drawn(count, TWO, odd, seed).waiting == ()


def test_table_may_do_without_a_mediator_but_not_without_a_side() -> None:
    assert [place.party for place in drawn(2, BELL, "partner").tables[0]] == ["ringers", "residents"]
    assert drawn(1, BELL, "partner").waiting == (UUID(int=1),)
    four = drawn(4, BELL, "partner")
    assert sorted(len(table) for table in four.tables) == [4]
    assert len(four.seconds) == 1


def test_sides_of_two_get_two() -> None:
    made = drawn(8, (Side("a", 2, 2), Side("b", 2, 2)))
    assert [[place.party for place in table] for table in made.tables] == [["a", "a", "b", "b"]] * 2


@given(st.permutations(ids(9)))
def test_order_of_naming_does_not_matter(order: list[UUID]) -> None:
    assert pair(map(Comer, order), TWO, Wishes(), Random(3)) == drawn(9, TWO, seed=3)


def test_odd_one_sits_second() -> None:
    made = drawn(5, TWO)
    assert sorted(len(table) for table in made.tables) == [2, 3]
    assert len(made.seconds) == 1
    assert made.with_partners == ()


def test_odd_one_gets_a_practice_partner_when_chosen() -> None:
    made = drawn(5, TWO, "partner")
    assert [len(table) for table in made.tables] == [2, 2, 2]
    assert len(made.with_partners) == 1
    assert [place.person for place in made.tables[-1]].count(None) == 1


def test_odd_one_reads_along_when_chosen() -> None:
    made = drawn(5, TWO, "observer")
    assert [len(table) for table in made.tables] == [2, 2]
    [(person, table)] = made.observers
    assert table in (0, 1)
    assert person not in [place.person for seats in made.tables for place in seats]


def test_observers_are_spread_over_the_tables() -> None:
    many = tuple(Side(f"p{n}") for n in range(4))
    assert sorted(table for _, table in drawn(11, many, "observer").observers) == [0, 0, 1]


def test_instructor_plays_against_the_odd_one_when_chosen() -> None:
    made = drawn(5, TWO, "instructor")
    assert made.instructor is not None
    number, party = made.instructor
    assert [place.party for place in made.tables[number]] == [
        side.party for side in TWO if side.party != party
    ]
    assert made.with_partners == ()


def test_partners_fill_what_the_instructor_cannot() -> None:
    made = drawn(5, tuple(Side(f"p{n}") for n in range(4)), "instructor")
    assert len(made.tables) == 2
    assert [place.person for place in made.tables[1]].count(None) == 2
    assert made.with_partners == tuple(place.person for place in made.tables[1] if place.person)


@pytest.mark.parametrize("odd", ODD)
def test_even_class_needs_no_rule(odd: OddRule) -> None:
    made = drawn(6, TWO, odd)
    assert [len(table) for table in made.tables] == [2, 2, 2]
    assert (made.seconds, made.observers, made.with_partners, made.instructor) == ((), (), (), None)


def test_where_no_second_may_sit_a_partner_helps() -> None:
    made = drawn(3, ALONE)
    assert made.seconds == ()
    assert len(made.with_partners) == 1


@pytest.mark.parametrize("odd", ["second", "observer", "partner"])
def test_single_person_meets_a_partner(odd: OddRule) -> None:
    made = drawn(1, TWO, odd)
    assert len(made.tables) == 1
    assert made.with_partners == (UUID(int=1),)


@pytest.mark.parametrize("odd", ODD)
def test_nobody_makes_no_table(odd: OddRule) -> None:
    assert drawn(0, TWO, odd) == Pairing(())


def test_sides_are_given_by_chance() -> None:
    farmers = {drawn(2, TWO, seed=seed).tables[0][0].person for seed in range(20)}
    assert farmers == set(ids(2))


def test_each_choice_is_told_before_it_is_made() -> None:
    assert previews(5, TWO) == [
        Preview("second", 2, 1, 0, 0, False, 0),
        Preview("observer", 2, 0, 1, 0, False, 0),
        Preview("partner", 3, 0, 0, 1, False, 0),
        Preview("instructor", 3, 0, 0, 0, True, 0),
    ]

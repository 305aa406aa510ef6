"""Who meets whom: what must be comes first, small classes are paired as well as they can be, and why is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations
from random import Random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classrooms.rules.pairing import Comer, Pairing, Reason, Side, Wishes, pair, reasons
from classrooms.rules.pairing.costs import Costs
from tests.classrooms.rules.test_pairing import TWO, everybody, ids

THREE = (Side("a"), Side("b"), Side("c"))
COUPLES = st.frozensets(st.frozensets(st.sampled_from(ids(6)), min_size=2, max_size=2), max_size=4)


@st.composite
def classes(draw: st.DrawFn, most: int = 6) -> list[Comer]:
    """Some people with a past: whom they met, what they played, and of which section they are."""
    people = ids(draw(st.integers(2, most)))
    times = st.dictionaries(st.sampled_from(people), st.integers(1, 3), max_size=3)
    played = st.dictionaries(st.sampled_from(["farmer", "neighbour"]), st.integers(0, 3))
    return [
        Comer(
            each,
            draw(st.sampled_from("XY")),
            {met: n for met, n in draw(times).items() if met != each},
            draw(played),
        )
        for each in people
    ]


WISHES = st.builds(
    Wishes,
    odd=st.just("observer"),
    sections=st.sampled_from(["any", "mix", "keep"]),
    new_partners=st.booleans(),
    sides_in_turn=st.booleans(),
    together=COUPLES,
    apart=COUPLES,
)


def cost_of(made: Pairing, comers: Sequence[Comer], sides: Sequence[Side], wishes: Wishes) -> int:
    numbers = {comer.id: n for n, comer in enumerate(comers)}
    costs = Costs(comers, sides, wishes)
    return sum(
        costs.table(
            [place.party for place in table], [numbers[place.person] for place in table if place.person]
        )
        for table in made.tables
    )


def every_way(comers: Sequence[Comer], seated: Sequence[UUID], size: int) -> Iterator[list[list[int]]]:
    numbers = {comer.id: n for n, comer in enumerate(comers)}
    for order in permutations([numbers[person] for person in seated]):
        yield [list(order[start : start + size]) for start in range(0, len(order), size)]


@settings(max_examples=60, deadline=None)
@given(comers=classes(), wishes=WISHES, sides=st.sampled_from([TWO, THREE]), seed=st.integers())
def test_small_class_is_paired_as_well_as_it_can_be(
    comers: list[Comer], wishes: Wishes, sides: tuple[Side, ...], seed: int
) -> None:
    made = pair(comers, sides, wishes, Random(seed))
    if made.with_partners or made.waiting:
        return
    seated = [place.person for table in made.tables for place in table if place.person]
    costs, chairs = Costs(comers, sides, wishes), [side.party for side in sides]
    best = min(
        sum(costs.table(chairs, table) for table in way) for way in every_way(comers, seated, len(sides))
    )
    assert cost_of(made, comers, sides, wishes) == best


@settings(deadline=None)
@given(st.integers(10, 60), st.integers())
def test_whoever_must_not_meet_does_not(count: int, seed: int) -> None:
    """Everybody has three people they must not meet: there are ways around them in a class of ten."""
    people = ids(count)
    apart = frozenset(frozenset((people[n], people[(n + 1) % count])) for n in range(count))
    made = pair(map(Comer, people), TWO, Wishes(apart=apart, odd="observer"), Random(seed))
    assert not [table for table in made.tables if frozenset(place.person for place in table) in apart]


@settings(deadline=None)
@given(st.integers(4, 61), st.integers(), st.sampled_from([TWO, THREE]))
def test_whoever_must_sit_together_does(count: int, seed: int, sides: tuple[Side, ...]) -> None:
    people = ids(count)
    together = frozenset(
        frozenset(people[start : start + 2]) for start in range(0, 2 * (count // len(sides) // 2), 2)
    )
    made = pair(map(Comer, people), sides, Wishes(together=together), Random(seed))
    tables = [{place.person for place in table} for table in made.tables]
    assert all(any(couple <= table for table in tables) for couple in together)


@pytest.mark.parametrize("count", [12, 13, 30])
def test_a_term_of_new_partners(count: int) -> None:
    """Half as many sessions as there are people: nobody meets anybody twice, and nobody is odd twice."""
    people = ids(count)
    comers = {each: Comer(each) for each in people}
    for session in range(count // 2 - 1):
        made = pair(comers.values(), TWO, Wishes(odd="observer"), Random(session))
        assert all(reason.code != "met_before" for table in made.tables for reason in told(table, comers))
        comers = remembered(comers, made)
    assert max(comer.odd for comer in comers.values()) <= 1
    assert all(abs(c.played.get("farmer", 0) - c.played.get("neighbour", 0)) <= 2 for c in comers.values())


def told(table: Sequence[object], comers: dict[UUID, Comer], wishes: Wishes | None = None) -> list[Reason]:
    return reasons(table, comers, wishes or Wishes())  # type: ignore[arg-type]


def remembered(comers: dict[UUID, Comer], made: Pairing) -> dict[UUID, Comer]:
    """The same people after they sat as paired."""
    odd = {person for person, _ in made.observers}
    met = {each: dict(comer.met) for each, comer in comers.items()}
    played = {each: dict(comer.played) for each, comer in comers.items()}
    for table in made.tables:
        for place in table:
            assert place.person
            played[place.person][place.party] = played[place.person].get(place.party, 0) + 1
            for other in table:
                if other.person and other.person != place.person:
                    met[place.person][other.person] = met[place.person].get(other.person, 0) + 1
    return {
        each: Comer(each, comer.section, met[each], played[each], comer.odd + (each in odd))
        for each, comer in comers.items()
    }


@pytest.mark.parametrize(("sections", "meet"), [("keep", 1), ("mix", 2)])
def test_sections_are_kept_or_mixed(sections: str, meet: int) -> None:
    comers = {each: Comer(each, "XY"[n % 2]) for n, each in enumerate(ids(40))}
    wishes = Wishes(sections=sections)  # type: ignore[arg-type]
    for table in pair(comers.values(), TWO, wishes, Random(1)).tables:
        assert len({comers[place.person].section for place in table if place.person}) == meet


def test_the_odd_one_is_somebody_else_next_time() -> None:
    comers = [Comer(each, odd=0 if n == 3 else 1) for n, each in enumerate(ids(5))]
    for seed in range(10):
        [(person, _)] = pair(comers, TWO, Wishes("observer"), Random(seed)).observers
        assert person == ids(5)[3]


def test_second_sits_where_nobody_knows_them() -> None:
    """The third has met everybody but the fourth; who is odd is sure, for everybody else was so before."""
    one, two, three, four, five = ids(5)
    comers = [
        *(Comer(each, odd=1) for each in (one, two, four, five)),
        Comer(three, met={one: 1, two: 1}),
    ]
    together = frozenset({frozenset((one, two)), frozenset((four, five))})
    made = pair(comers, TWO, Wishes(together=together), Random(1))
    assert {frozenset(place.person for place in table) for table in made.tables} == {
        frozenset((one, two)),
        frozenset((three, four, five)),
    }


@settings(max_examples=60, deadline=None)
@given(comers=classes(12), wishes=WISHES, seed=st.integers())
def test_wishes_never_lose_anybody(comers: list[Comer], wishes: Wishes, seed: int) -> None:
    made = pair(comers, TWO, wishes, Random(seed))
    assert sorted(everybody(made)) == sorted(comer.id for comer in comers)


def test_why_a_table_is_as_it_is() -> None:
    one, two, three, four = ids(4)
    comers = {
        one: Comer(one, "X", {two: 2}, {"farmer": 1}),
        two: Comer(two, "X", played={"farmer": 1, "neighbour": 2}),
        three: Comer(three, "Y"),
        four: Comer(four, "X"),
    }
    wishes = Wishes(
        sections="mix",
        together=frozenset({frozenset((one, three))}),
        apart=frozenset({frozenset((one, two))}),
    )
    made = pair([comers[one], comers[two]], TWO, Wishes(), Random(1))
    assert made.tables[0][0].person == two
    assert told(made.tables[0], comers, wishes) == [
        Reason("together_not_possible", (one, three)),
        Reason("apart_not_possible", (two, one)),
        Reason("sections_not_mixed", (two, one)),
        Reason("met_before", (two, one), 2),
        Reason("side_is_due", (two,), 1),
        Reason("side_is_due", (one,), 0),
    ]


def test_nothing_is_said_where_nothing_was_wished() -> None:
    comers = {each: Comer(each) for each in ids(2)}
    made = pair(comers.values(), TWO, Wishes(), Random(1))
    assert told(made.tables[0], comers) == []

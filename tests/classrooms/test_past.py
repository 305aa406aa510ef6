"""Pairing remembers the term: read from the seats of this classroom's earlier sessions, and of no other's."""

from __future__ import annotations

from classrooms import actions
from classrooms.models import Sitting
from classrooms.past import comers_of
from classrooms.rules.pairing import Comer, Side
from negotiations.models import Seat
from tests.factories import Lesson, edition_of, make_lesson


def next_session(lesson: Lesson, slug: str = "mountain-view-farm") -> Sitting:
    return actions.make_session(lesson.classroom, edition_of(slug), 45)


def come(sitting: Sitting, *people: actions.people.Joined) -> None:
    for each in people:
        actions.return_here(sitting, each.person, each.token)


def table_of(sitting: Sitting, joined: actions.people.Joined) -> set[object]:
    own = Seat.objects.get(room__session=sitting.pk, holder=joined.person.pk)
    return set(Seat.objects.filter(room=own.room).values_list("holder", flat=True))


def test_nobody_meets_the_same_person_again_while_others_are_there(lesson: Lesson) -> None:
    people = [lesson.join(name) for name in ("Bo", "Cy", "Eve", "Fay")]
    actions.pair(lesson.sitting, lesson.ada.pk)
    met = [table_of(lesson.sitting, each) for each in people]
    for _ in range(2):
        sitting = next_session(lesson)
        come(sitting, *people)
        actions.pair(sitting, lesson.ada.pk)
        for place, each in enumerate(people):
            now = table_of(sitting, each)
            assert now & met[place] == {each.person.pk}
            met[place] |= now


def test_sides_count_by_name_or_by_place_in_another_simulation(lesson: Lesson) -> None:
    bo = lesson.join("Bo")
    actions.seat_late(lesson.sitting, bo.person, lesson.ada.pk)
    own = lesson.seat_of(bo)
    place = ["farmer", "neighbour"].index(own.party)
    same = comers_of(next_session(lesson), [bo.person.pk], (Side("farmer"), Side("neighbour")))
    other = comers_of(next_session(lesson), [bo.person.pk], (Side("seller"), Side("buyer")))
    assert same == [Comer(bo.person.pk, played={own.party: 1}, odd=1)]
    assert other == [Comer(bo.person.pk, played={("seller", "buyer")[place]: 1}, odd=1)]


def test_other_classrooms_and_today_are_nobodys_past(lesson: Lesson) -> None:
    bo, cy = lesson.join("Bo"), lesson.join("Cy")
    actions.pair(lesson.sitting, lesson.ada.pk)
    sides = (Side("farmer"), Side("neighbour"))
    people = [bo.person.pk, cy.person.pk]
    assert comers_of(lesson.sitting, people, sides) == [Comer(each) for each in people]
    assert comers_of(make_lesson().sitting, people, sides) == [Comer(each) for each in people]

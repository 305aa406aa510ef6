"""People on a side: asked for with a new session, kept with the sitting, and filled by pairing."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.test import Client

from classrooms import actions
from classrooms.models import Sitting
from negotiations.models import Seat
from tests.factories import Lesson

Tables = list[dict[str, int]]


def opened_by(ada: Client, lesson: Lesson, simulation: str, **answers: Any) -> Lesson:
    """What the form of a new session makes of these answers."""
    wanted = {
        "simulation": simulation,
        "classroom": lesson.classroom.pk,
        "time": 20,
        "unit": "minutes",
        "odd_rule": "second",
    }
    assert ada.post("/sessions/new/", wanted | answers).status_code == 302
    made = Sitting.objects.exclude(pk=lesson.sitting.pk).get(classroom=lesson.classroom)
    return Lesson(lesson.ada, lesson.classroom, made)


def paired(ada: Client, lesson: Lesson, people: int) -> Tables:
    """How many people sit on each side of each table, once the board has paired so many."""
    for number in range(people):
        lesson.join(f"Person {number}")
    assert ada.post(lesson.address("do", "pair")).status_code == 302
    rooms = lesson.session.rooms.order_by("number")
    seats = {room: Seat.objects.filter(room=room, kind="person") for room in rooms}
    return [dict(Counter(found.values_list("party", flat=True))) for found in seats.values()]


PAIRS = {"farmer": 2, "neighbour": 2}


def test_teacher_asks_for_two_on_a_side(lesson: Lesson, ada: Client) -> None:
    assert (
        'name="side_size" value="2"'
        in ada.get("/sessions/new/?simulation=mountain-view-farm").content.decode()
    )
    made = opened_by(ada, lesson, "mountain-view-farm", side_size="2")
    assert made.sitting.side_size == 2
    assert paired(ada, made, 8) == [PAIRS, PAIRS]


def test_whoever_is_not_asked_plays_alone(lesson: Lesson, ada: Client) -> None:
    made = opened_by(ada, lesson, "mountain-view-farm")
    assert paired(ada, made, 4) == [{"farmer": 1, "neighbour": 1}] * 2


@pytest.mark.parametrize(
    ("people", "last"),
    [(5, [1]), (6, [1, 1]), (7, [1, 2])],
    ids=["one is left over", "two", "three"],
)
def test_people_left_over_meet_each_other_first(
    lesson: Lesson, ada: Client, people: int, last: list[int]
) -> None:
    made = opened_by(ada, lesson, "mountain-view-farm", side_size="2")
    first, second = paired(ada, made, people)
    assert first == PAIRS
    assert sorted(second.values()) == last


def test_third_on_a_side_is_the_odd_one_where_two_were_asked_for(lesson: Lesson, ada: Client) -> None:
    made = opened_by(ada, lesson, "second-hand-kiln", side_size="2")
    (only,) = paired(ada, made, 5)
    assert sorted(only.values()) == [2, 3]


def test_condition_with_sides_of_its_own_size_keeps_them(lesson: Lesson, ada: Client) -> None:
    made = opened_by(ada, lesson, "harbour-unit-nine", conditions=["pairs"])
    assert paired(ada, made, 4) == [{"brewery": 2, "cooperative": 2}]


def test_several_conditions_of_one_size_are_dealt_out(lesson: Lesson, ada: Client) -> None:
    made = opened_by(ada, lesson, "harbour-unit-nine", conditions=["gap", "pairs"], side_size="2")
    assert paired(ada, made, 8) == [{"brewery": 2, "cooperative": 2}] * 2
    assert {room.condition for room in made.session.rooms.all()} == {"gap", "pairs"}


def test_conditions_of_unlike_sizes_are_refused(lesson: Lesson, ada: Client) -> None:
    wanted = {
        "simulation": "harbour-unit-nine",
        "classroom": lesson.classroom.pk,
        "time": 20,
        "unit": "minutes",
        "odd_rule": "second",
        "conditions": ["gap", "pairs"],
    }
    answer = ada.post("/sessions/new/", wanted)
    assert answer.status_code == 422
    assert "different numbers of people on a side" in answer.content.decode()
    assert lesson.classroom.sittings.count() == 1


def test_late_one_of_a_team_session_sits_down_at_once(lesson: Lesson, ada: Client) -> None:
    made = opened_by(ada, lesson, "mountain-view-farm", side_size="2")
    paired(ada, made, 4)
    late = made.join("Eve")
    assert actions.seat_late(made.sitting, late.person, made.ada.pk) is not None
    assert Seat.objects.filter(room=made.room(2)).count() == 2

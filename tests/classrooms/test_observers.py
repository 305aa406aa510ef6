"""A person who came late reads along: the board seats them, their browser comes to the table, nobody waits for them."""

from __future__ import annotations

from django.test import Client

from classrooms import actions
from classrooms.models import Attendance
from negotiations import actions as table
from negotiations.models import Seat
from tests.factories import Lesson, browser_of, browser_of_user, make_lesson

FOR_SCRIPTS = {"Accept": "application/json"}


def lesson_with(*names: str) -> Lesson:
    lesson = make_lesson()
    for name in names:
        lesson.join(name)
    return lesson


def test_late_person_reads_along(committed_db: None) -> None:
    lesson = lesson_with("Bo", "Cy")
    actions.pair(lesson.sitting, lesson.ada.pk)
    table.open_preparation(lesson.session, lesson.ada.pk)
    table.open_tables(lesson.session, lesson.ada.pk)
    eve = lesson.join("Eve")
    attendance = Attendance.objects.get(sitting=lesson.sitting, person=eve.person)
    ada: Client = browser_of_user(lesson.ada)
    assert "Read along" in ada.get(lesson.address()).content.decode()
    answer = ada.post(lesson.address("people", str(attendance.pk), "observe"), headers=FOR_SCRIPTS)
    assert answer.json() == {"words": "Eve reads along in room 1."}
    seat = Seat.objects.get(room=lesson.room(), kind="observer")
    assert (seat.party, seat.holder) == ("observer", eve.person.pk)

    browser = browser_of(eve)
    page = browser.get(f"/rooms/{lesson.room().pk}/")
    assert "Your notes" in page.content.decode()
    assert "not what some of them say apart" in page.content.decode()
    assert browser.get(f"/rooms/{lesson.room().pk}/role/")["Location"] == f"/rooms/{lesson.room().pk}/"
    assert browser.get(f"/rooms/{lesson.room().pk}/result/")["Location"] == f"/rooms/{lesson.room().pk}/"
    board = ada.get(lesson.address()).content.decode()
    assert "Bo" in board
    assert "Cy" in board
    again = ada.post(lesson.address("people", str(attendance.pk), "observe"), headers=FOR_SCRIPTS)
    assert "no table" in again.json()["words"]


def test_nobody_reads_along_where_there_is_no_table(committed_db: None) -> None:
    lesson = lesson_with("Bo")
    person = Attendance.objects.get(sitting=lesson.sitting).person
    assert actions.seat_observer(lesson.sitting, person, lesson.ada.pk) is None


def test_odd_one_reads_along_where_the_session_says_so_and_has_nothing_to_prepare(committed_db: None) -> None:
    lesson = make_lesson(odd_rule="observer")
    for name in ("Bo", "Cy", "Eve"):
        lesson.join(name)
    ada = browser_of_user(lesson.ada)
    answer = ada.post(lesson.address("do", "pair"), headers={"Accept": "application/json"})
    assert answer.json() == {"words": "1 room is seated. 1 person reads along."}
    seats = Seat.objects.filter(room=lesson.room())
    assert sorted(seats.values_list("kind", flat=True)) == ["observer", "person", "person"]
    assert not seats.filter(logged_at=None).exists()
    assert "0 of 2 are ready." in ada.get(lesson.address()).content.decode()

"""The tables of a browser's person on the page at the door, with what is new there: only what that seat may see."""

from __future__ import annotations

import re
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from classrooms import actions as classes
from classrooms.queries import tables_here
from negotiations import actions, queries
from negotiations.models import Seat
from negotiations.notices import remember_read
from negotiations.rules import commands as c
from tests.factories import Lesson, browser_of, edition_of, make_lesson

WEEK = 7 * 24 * 60


def lesson_of(minutes: int = WEEK) -> tuple[Lesson, Client]:
    """Bo and Cy at one table; the browser is Bo's."""
    lesson = make_lesson(minutes)
    bo, _cy = lesson.join("Bo"), lesson.join("Cy")
    seat_all(lesson)
    return lesson, browser_of(bo)


def seat_all(lesson: Lesson) -> None:
    classes.pair(lesson.sitting, lesson.ada.pk)
    actions.open_preparation(lesson.session, lesson.ada.pk)
    actions.open_tables(lesson.session, lesson.ada.pk)


def at_the_door(browser: Client) -> list[str]:
    page = browser.get("/j/").content.decode()
    found = re.search(r'<ul class="stack" id="tables">(.*?)</ul>', page, re.S)
    words = re.sub(r"<[^>]+>", " ", found[1]) if found else ""
    return re.sub(r"\s+", " ", words).strip().split("Mountain View Farm ")[1:]


def seats_of(lesson: Lesson, name: str) -> tuple[Seat, Seat]:
    """Whose browser it is, and the other."""
    seats = list(Seat.objects.filter(room__session=lesson.sitting.pk))
    own = next(seat for seat in seats if lesson.classroom.people.get(pk=seat.holder).name == name)
    return own, next(seat for seat in seats if seat != own)


def do(seat: Seat, command: c.Command) -> None:
    actions.perform_now(seat.room_id, c.Actor(seat.pk, "seat", seat.party), command, uuid4())


def read_all(seat: Seat) -> None:
    remember_read({seat.pk: queries.unread([seat])[seat.pk]})


def test_what_is_new_counts_from_where_one_has_read(committed_db: None) -> None:
    lesson, browser = lesson_of()
    own, other = seats_of(lesson, "Bo")
    read_all(own)
    assert at_the_door(browser) == ["Section B · Room 1"]
    for words in ("One", "Two"):
        do(other, c.Say(words))
    assert at_the_door(browser) == ["Section B · Room 1 2 new"]
    remember_read({own.pk: 4})
    assert at_the_door(browser) == ["Section B · Room 1 1 new"]
    assert queries.unread([own]) == {own.pk: len(queries.read_by(own.room_id, viewer(own), 4).lines)}


def viewer(seat: Seat) -> queries.Viewer:
    return queries.Viewer("party", seat.party)


def test_what_others_alone_may_see_is_not_counted(committed_db: None) -> None:
    lesson, browser = lesson_of()
    own, other = seats_of(lesson, "Bo")
    read_all(own)
    do(other, c.AskHelp())
    assert queries.unread([other])[other.pk] > queries.unread([own])[own.pk]
    assert at_the_door(browser) == ["Section B · Room 1"]


def test_table_of_an_hour_is_named_without_a_count(committed_db: None) -> None:
    lesson, browser = lesson_of(45)
    _own, other = seats_of(lesson, "Bo")
    do(other, c.Say("Here"))
    assert at_the_door(browser) == ["Section B · Room 1"]


def test_table_that_is_over_is_not_listed(committed_db: None) -> None:
    lesson, browser = lesson_of()
    actions.end_room(lesson.room(), lesson.ada.pk)
    assert at_the_door(browser) == []


def test_nobody_elses_tables_are_listed(committed_db: None) -> None:
    lesson, browser = lesson_of()
    stranger = make_lesson(WEEK).join("Dee")
    assert at_the_door(browser_of(stranger)) == at_the_door(Client()) == []
    assert len(at_the_door(browser)) == 1
    assert browser.get("/j/").content.decode().count(lesson.sitting.code) == 1


def test_many_tables_cost_no_more_questions_than_one(committed_db: None) -> None:
    lesson, browser = lesson_of()
    assert len(at_the_door(browser)) == 1  # and the case is read once
    with CaptureQueriesContext(connection) as once:
        tables_here(cookies(browser))
    sitting = classes.make_session(lesson.classroom, edition_of(), WEEK)
    second = Lesson(lesson.ada, lesson.classroom, sitting)
    bo = lesson.classroom.people.get(name="Bo")
    room = actions.open_room(sitting.session, 1)
    actions.seat_person(room, "farmer", bo.pk)
    actions.open_table(room, second.ada.pk, WEEK * 60)
    assert len(at_the_door(browser)) == 2
    with CaptureQueriesContext(connection) as twice:
        tables_here(cookies(browser))
    assert len(twice) == len(once) <= 4


def cookies(browser: Client) -> dict[str, str]:
    return {name: morsel.value for name, morsel in browser.cookies.items()}

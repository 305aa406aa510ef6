"""The door: which credentials open which table, and when they stop."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.test import Client

from classrooms import actions
from classrooms.access import Door
from classrooms.queries import DEVICE_COOKIE, TOKENS_KEPT, tokens_of
from negotiations import actions as table
from negotiations.access import find_seated
from negotiations.rules.commands import Actor, Say
from tests.classrooms.test_board import opened
from tests.factories import Lesson, browser_of, browser_of_user, make_lesson, make_user


def cookies(client: Client) -> dict[str, str]:
    return {name: morsel.value for name, morsel in client.cookies.items()}


def test_student_enters_as_the_own_person(lesson: Lesson) -> None:
    joined = lesson.join("Bo")
    entrance = Door.enter({DEVICE_COOKIE: joined.token}, lesson.sitting.pk)
    assert entrance.holders == frozenset({joined.person.pk})
    assert entrance.instructor is None
    assert not any(joined.token in key for key in entrance.keys)


def test_teacher_enters_as_instructor(lesson: Lesson) -> None:
    entrance = Door.enter(cookies(browser_of_user(lesson.ada)), lesson.sitting.pk)
    assert (entrance.holders, entrance.instructor) == (frozenset(), lesson.ada.pk)


def test_stranger_enters_as_nobody(lesson: Lesson) -> None:
    dee = cookies(browser_of_user(make_user("Dee"))) | {DEVICE_COOKIE: make_lesson().join("Dee").token}
    assert Door.enter(dee, lesson.sitting.pk) == (frozenset(), None, frozenset())
    assert Door.enter(dee, uuid4()) == (frozenset(), None, frozenset())


def test_cookies_that_are_none_open_nothing(lesson: Lesson) -> None:
    for junk in ("", "....", "x" * 5000, "a.b.c", "\x00"):
        found = Door.enter({DEVICE_COOKIE: junk, settings.SESSION_COOKIE_NAME: junk}, lesson.sitting.pk)
        assert found == (frozenset(), None, frozenset())


def test_cookie_is_read_to_a_limit() -> None:
    assert len(tokens_of({DEVICE_COOKIE: ".".join("abcdefghijklmnop")})) == TOKENS_KEPT


def test_left_browser_is_revoked_at_once(lesson: Lesson) -> None:
    joined = lesson.join("Bo")
    keys = Door.enter({DEVICE_COOKIE: joined.token}, lesson.sitting.pk).keys
    assert Door.revoked(keys) == set()
    actions.leave_browser(joined.token)
    assert Door.revoked(keys) == set(keys)
    assert Door.enter({DEVICE_COOKIE: joined.token}, lesson.sitting.pk).holders == frozenset()


def test_teacher_who_no_longer_teaches_is_revoked(lesson: Lesson) -> None:
    signed_in = cookies(browser_of_user(lesson.ada))
    keys = Door.enter(signed_in, lesson.sitting.pk).keys
    lesson.classroom.teachings.all().delete()
    assert Door.revoked(keys) == {key for key in keys if key.startswith("teaching:")}
    assert Door.enter(signed_in, lesson.sitting.pk).instructor is None


def test_new_password_ends_old_sessions(lesson: Lesson) -> None:
    signed_in = cookies(browser_of_user(lesson.ada))
    keys = Door.enter(signed_in, lesson.sitting.pk).keys
    lesson.ada.set_password("another long secret")
    lesson.ada.save()
    assert Door.revoked(keys) == {key for key in keys if key.startswith("teaching:")}
    assert Door.enter(signed_in, lesson.sitting.pk).instructor is None


def test_teacher_who_signs_out_in_another_tab_is_revoked(lesson: Lesson) -> None:
    browser = browser_of_user(lesson.ada)
    keys = Door.enter(cookies(browser), lesson.sitting.pk).keys
    assert Door.revoked(keys) == set()
    browser.post("/sign-out/")
    assert Door.revoked(keys) == {key for key in keys if key.startswith("login:")} != set()


def test_account_that_was_closed_is_revoked(lesson: Lesson) -> None:
    signed_in = cookies(browser_of_user(lesson.ada))
    keys = Door.enter(signed_in, lesson.sitting.pk).keys
    lesson.ada.is_active = False
    lesson.ada.save()
    assert Door.revoked(keys) == {key for key in keys if key.startswith("teaching:")}
    assert Door.enter(signed_in, lesson.sitting.pk).instructor is None


def test_keys_that_name_nothing_are_revoked(lesson: Lesson) -> None:
    assert Door.revoked(["device:nothing", "teaching:0:nothing"]) == {"device:nothing", "teaching:0:nothing"}
    assert Door.revoked([]) == set()


def test_table_asks_as_little_for_three_as_for_one(lesson: Lesson, django_assert_num_queries: Any) -> None:
    """Three people at the table, three lines more in its log, three classrooms in the browser."""
    opened(lesson)
    room = lesson.room()
    seat = room.seats.get(party="farmer")
    person = lesson.sitting.attendances.get(person=seat.holder).person
    tokens = [actions.return_here(lesson.sitting, person, "").token]
    browser = Client()
    for _ in range(2):
        browser.cookies[DEVICE_COOKIE] = ".".join(tokens)
        browser.get(f"/rooms/{room.pk}/")  # the first visitor of all also reads the case
        with django_assert_num_queries(4):  # who sits here, who asks, the plan, the log with the clock
            assert browser.get(f"/rooms/{room.pk}/").status_code == 200
        with django_assert_num_queries(2):
            assert find_seated(cookies(browser), room.pk) is not None
        tokens += [make_lesson().join("Bo").token for _ in range(2)]
        table.seat_person(room, "neighbour", uuid4())
        for _ in range(3):
            table.perform_now(room.pk, Actor(seat.pk, "seat", "farmer"), Say("Good morning."), uuid4())


def test_side_of_three_asks_as_little_for_names_as_a_side_of_two(
    lesson: Lesson, django_assert_num_queries: Any
) -> None:
    opened(lesson)
    room = lesson.room()
    person = lesson.sitting.attendances.get(person=room.seats.get(party="farmer").holder).person
    browser = Client()
    browser.cookies[DEVICE_COOKIE] = actions.return_here(lesson.sitting, person, "").token
    for name in ("Eve", "Fay"):
        table.seat_person(room, "farmer", lesson.join(name).person.pk)
        assert name in browser.get(f"/rooms/{room.pk}/").content.decode()
        with django_assert_num_queries(6):  # as for one, and who sits on the own side and how they are called
            browser.get(f"/rooms/{room.pk}/")


def test_stranger_is_sent_away_with_one_question(lesson: Lesson, django_assert_num_queries: Any) -> None:
    opened(lesson)
    for room in (lesson.room().pk, uuid4()):
        with django_assert_num_queries(1):
            assert find_seated({}, room) is None


def test_browser_of_both_sides_always_sits_on_the_same(lesson: Lesson) -> None:
    joined = [lesson.join(name) for name in ("Bo", "Cy")]
    actions.pair(lesson.sitting, lesson.ada.pk)
    first = min((lesson.seat_of(each) for each in joined), key=lambda seat: seat.pk)
    for tokens in (joined, joined[::-1]):
        found = find_seated(cookies(browser_of(*tokens)), first.room_id)
        assert found is not None
        assert found.seat == first


def test_tables_and_results_open_only_to_those_who_sit_there(lesson: Lesson) -> None:
    """Every page of a room, asked for by a neighbour from another room of the same class."""
    opened(lesson, 4)
    own, other = lesson.room(1), lesson.room(2)
    seat = other.seats.first()
    assert seat is not None
    neighbour = lesson.sitting.attendances.get(person=seat.holder).person
    token = actions.return_here(lesson.sitting, neighbour, "").token
    client = Client()
    client.cookies[DEVICE_COOKIE] = token
    assert client.get(f"/rooms/{other.pk}/").status_code == 200
    for address in (
        f"/rooms/{own.pk}/",
        f"/rooms/{own.pk}/role/",
        f"/rooms/{own.pk}/events/",
        f"/watch/{own.pk}/",
    ):
        assert client.get(address).status_code == 404
    assert browser_of_user(lesson.ada).get(f"/watch/{own.pk}/").status_code == 200
    assert browser_of_user(make_user("Dee")).get(f"/watch/{own.pk}/").status_code == 404
    assert browser_of(lesson.join("Eve")).get(f"/rooms/{own.pk}/").status_code == 404

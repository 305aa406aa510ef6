"""Parts of the time, news and extra time on the board: what it says, what its verbs do, and for whom."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from classrooms import actions
from negotiations import actions as table
from negotiations.models import Room
from negotiations.queries import state_of
from tests.factories import Lesson, browser_of_user, make_user
from tests.negotiations.parted import LETTER, edition

NEWS = "letter"


@pytest.fixture
def farm(committed_db: None) -> Lesson:
    """A table with three parts and news, with people on both sides."""
    ada = make_user()
    classroom = actions.make_classroom("Section B", ada)
    found = Lesson(ada, classroom, actions.make_session(classroom, edition(), 45))
    room = table.open_room(found.session, 1)
    for party in ("farmer", "neighbour"):
        table.seat_person(room, party, uuid4())
    table.open_tables(found.session, found.ada.pk)
    return found


def page(lesson: Lesson) -> str:
    return browser_of_user(lesson.ada).get(lesson.address()).content.decode()


def post(browser: Client, lesson: Lesson, *parts: str) -> int:
    return browser.post(lesson.address(*parts)).status_code


def test_board_says_which_part_runs_and_goes_on(farm: Lesson) -> None:
    assert "First words" in page(farm)
    assert f'id="part-{farm.room().number}"' in page(farm)
    browser = browser_of_user(farm.ada)
    assert post(browser, farm, "do", "next-part") == 302
    assert "Talks" in page(farm)
    assert post(browser, farm, "rooms", str(farm.room().pk), "next-part") == 302
    assert state_of(farm.room().pk).course.phase == "closing_session"
    assert "Next part…" not in page(farm)


def test_news_that_is_left_is_told_by_hand(farm: Lesson) -> None:
    assert LETTER in page(farm)
    browser = browser_of_user(farm.ada)
    assert post(browser, farm, "news", NEWS) == 302
    assert state_of(farm.room().pk).news.told == (NEWS,)
    assert "do-news-letter" not in page(farm)
    assert post(browser, farm, "news", "gossip") == 404


def test_news_is_told_in_one_room_alone(farm: Lesson) -> None:
    """The other table waits for it, and the board goes on offering it for that one."""
    first, second = farm.room(), table.open_room(farm.session, 2)
    for party in ("farmer", "neighbour"):
        table.seat_person(second, party, uuid4())
    table.open_tables(farm.session, farm.ada.pk)
    assert f'id="news-1-{NEWS}"' in page(farm)
    browser = browser_of_user(farm.ada)
    assert post(browser, farm, "rooms", str(first.pk), "news", NEWS) == 302
    assert state_of(first.pk).news.told == (NEWS,)
    assert state_of(second.pk).news.told == ()
    shown = page(farm)
    assert f'id="news-1-{NEWS}"' not in shown
    assert f'id="news-2-{NEWS}"' in shown
    assert f'id="do-news-{NEWS}"' in shown
    assert post(browser, farm, "rooms", str(second.pk), "news", "gossip") == 404


def test_board_without_parts_and_news_has_no_such_line(lesson: Lesson) -> None:
    lesson.join("Bo")
    actions.pair(lesson.sitting, lesson.ada.pk)
    table.open_tables(lesson.session, lesson.ada.pk)
    assert 'id="course"' not in page(lesson)


def test_more_time_is_the_rooms_and_only_before_it_opens(lesson: Lesson) -> None:
    lesson.join("Bo")
    actions.pair(lesson.sitting, lesson.ada.pk)
    room = str(lesson.room().pk)
    browser = browser_of_user(lesson.ada)
    assert post(browser, lesson, "rooms", room, "time", "150") == 302
    number = lesson.room().number
    assert f'id="time-{number}-150" aria-pressed="true"' in page(lesson)
    assert post(browser, lesson, "rooms", room, "time", "400") == 404
    table.open_tables(lesson.session, lesson.ada.pk)
    assert round(state_of(lesson.room().pk).course.length / 30) == 135
    answer = browser.post(
        lesson.address("rooms", room, "time", "100"), headers={"Accept": "application/json"}
    )
    assert answer.status_code == 409
    assert Room.objects.get(pk=room).time_percent == 150


@pytest.mark.parametrize(
    "parts",
    [("do", "next-part"), ("news", NEWS), ("rooms", "ROOM", "time", "150"), ("rooms", "ROOM", "news", NEWS)],
)
def test_strangers_find_nothing(farm: Lesson, parts: tuple[str, ...]) -> None:
    address = [str(farm.room().pk) if part == "ROOM" else part for part in parts]
    assert post(browser_of_user(make_user("Dee")), farm, *address) == 404
    assert post(Client(), farm, *address) in (302, 404)
    state = state_of(farm.room().pk)
    assert (state.course.phase, state.news.told) == ("first_words", ())

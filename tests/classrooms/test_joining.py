"""A student joins with a code and a name, comes back, loses a device, leaves a browser."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from classrooms import actions
from classrooms.models import Attendance, Device, Person, Sitting
from classrooms.queries import DEVICE_COOKIE, attending_here, open_sitting, people_in, with_session
from classrooms.views.joining import BROWSER_TRIES, STOP_POLLING, WORDS_COOKIE
from negotiations import actions as table
from tests.factories import Lesson, browser_of, make_lesson
from tests.negotiations.tables import columns


def join(client: Client, lesson: Lesson, name: str = "Bo", **more: str) -> Any:
    code = lesson.sitting.code
    return client.post(f"/j/{code}/", {"code": code, "name": name, **more})


def names(lesson: Lesson) -> list[str]:
    return list(people_in(lesson.classroom).values_list("name", flat=True))


def test_join_page_shows_the_code_and_says_what_is_recorded(lesson: Lesson) -> None:
    page = Client().get(f"/j/{lesson.sitting.code.lower()}/").content.decode()
    assert f'value="{lesson.sitting.code}"' in page
    assert "What is recorded, and who sees it" in page
    assert "practice partner" in page


def test_join_takes_code_and_name(lesson: Lesson) -> None:
    client = Client()
    spaced = f" {lesson.sitting.code[:3].lower()} {lesson.sitting.code[3:]}"
    answer = client.post("/j/", {"code": spaced, "name": "  Bo \n Berg\u200b "})
    assert answer.status_code == 302
    assert answer["Location"] == f"/seat/{lesson.sitting.code}/"
    assert names(lesson) == ["Bo Berg"]
    cookie = client.cookies[DEVICE_COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_join_needs_a_csrf_token(lesson: Lesson) -> None:
    assert join(Client(enforce_csrf_checks=True), lesson).status_code == 403
    assert names(lesson) == []


def test_unknown_code_says_what_to_do(lesson: Lesson) -> None:
    answer = Client().get("/j/ZZZZZZ/")
    assert answer.status_code == 404
    assert "Ask for the new code" in answer.content.decode()


@pytest.mark.parametrize(
    ("code", "name"), [("", "Bo"), ("K7", "Bo"), (None, ""), (None, " \t "), (None, "x" * 81)]
)
def test_what_is_wrong_is_said_beside_the_field(lesson: Lesson, code: str | None, name: str) -> None:
    sent = lesson.sitting.code if code is None else code
    answer = Client().post("/j/", {"code": sent, "name": name})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    assert names(lesson) == []


def test_name_cannot_become_markup(lesson: Lesson) -> None:
    client = Client()
    join(client, lesson, "<script>x</script>")
    page = client.get(f"/seat/{lesson.sitting.code}/").content.decode()
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page


def test_six_words_are_told_once(lesson: Lesson) -> None:
    client = Client()
    join(client, lesson)
    phrase = client.cookies[WORDS_COOKIE].value
    address = f"/seat/{lesson.sitting.code}/"
    assert phrase in client.get(address).content.decode()
    assert phrase not in client.get(address).content.decode()
    assert Person.objects.get(classroom=lesson.classroom).recovery != phrase


def test_joining_again_in_this_browser_offers_to_continue(lesson: Lesson) -> None:
    client = Client()
    join(client, lesson, "Bo")
    assert "Continue as <bdi>Bo</bdi>" in client.get(f"/j/{lesson.sitting.code}/").content.decode()
    assert join(client, lesson, "Cy").status_code == 302
    assert names(lesson) == ["Bo"]


def test_next_sitting_of_the_class_knows_the_person(lesson: Lesson) -> None:
    client = Client()
    join(client, lesson, "Bo")
    before = client.cookies[DEVICE_COOKIE].value
    later = actions.make_session(lesson.classroom, lesson.session.edition, 30)
    answer = client.post(f"/j/{later.code}/", {"code": later.code, "continue": "1"})
    assert answer["Location"] == f"/seat/{later.code}/"
    assert names(lesson) == ["Bo"]
    assert Attendance.objects.filter(sitting=later).count() == 1
    assert client.cookies[DEVICE_COOKIE].value != before
    assert Device.objects.filter(person__classroom=lesson.classroom, revoked_at=None).count() == 1


def test_token_given_from_outside_opens_nothing(lesson: Lesson) -> None:
    """No fixation: whoever planted a cookie before the join does not hold it afterwards."""
    client = Client()
    client.cookies[DEVICE_COOKIE] = "planted"
    join(client, lesson)
    assert client.cookies[DEVICE_COOKIE].value != "planted"
    thief = Client()
    thief.cookies[DEVICE_COOKIE] = "planted"
    assert thief.get(f"/seat/{lesson.sitting.code}/")["Location"] == f"/j/{lesson.sitting.code}/"


def test_two_classrooms_in_one_browser(lesson: Lesson) -> None:
    other = make_lesson()
    client = Client()
    join(client, lesson, "Bo")
    join(client, other, "Bo")
    assert client.get(f"/seat/{lesson.sitting.code}/").status_code == 200
    assert client.get(f"/seat/{other.sitting.code}/").status_code == 200


def test_six_words_bring_the_same_person_back(lesson: Lesson) -> None:
    joined = lesson.join("Bo")
    phone = Client()
    answer = phone.post(
        f"/j/{lesson.sitting.code}/back/", {"phrase": joined.phrase.upper().replace(" ", ", ")}
    )
    assert answer["Location"] == f"/seat/{lesson.sitting.code}/"
    assert "You are here as <bdi>Bo</bdi>" in phone.get(f"/seat/{lesson.sitting.code}/").content.decode()
    assert names(lesson) == ["Bo"]


def test_words_of_another_class_bring_nothing(lesson: Lesson) -> None:
    stranger = make_lesson().join("Dee")
    answer = Client().post(f"/j/{lesson.sitting.code}/back/", {"phrase": stranger.phrase})
    assert answer.status_code == 422
    assert DEVICE_COOKIE not in answer.cookies


def test_trying_too_often_makes_this_browser_wait(lesson: Lesson) -> None:
    browser, other = Client(), Client()
    for client in (browser, other):
        client.get(f"/j/{lesson.sitting.code}/back/")
    address = f"/j/{lesson.sitting.code}/back/"
    wrong = {"phrase": "able acorn actor adult after agent"}
    answers = [browser.post(address, wrong).status_code for _ in range(BROWSER_TRIES + 1)]
    assert answers == [422] * BROWSER_TRIES + [429]
    right = lesson.join("Bo").phrase
    assert browser.post(address, {"phrase": right}).status_code == 429
    assert other.post(address, {"phrase": right}).status_code == 302


def test_not_you_leaves_the_seat_but_not_the_browser(lesson: Lesson) -> None:
    joined = lesson.join("Bo")
    client = browser_of(joined)
    answer = client.post(f"/seat/{lesson.sitting.code}/leave/")
    assert answer["Location"] == f"/j/{lesson.sitting.code}/"
    assert client.get(f"/seat/{lesson.sitting.code}/")["Location"] == f"/j/{lesson.sitting.code}/"
    assert names(lesson) == ["Bo"]
    assert actions.recover(lesson.sitting, joined.phrase) is not None


def test_not_you_at_the_door(lesson: Lesson) -> None:
    client = browser_of(lesson.join("Bo"))
    assert client.post(f"/j/{lesson.sitting.code}/forget/").status_code == 302
    assert "Take your seat" in client.get(f"/j/{lesson.sitting.code}/").content.decode()


@pytest.mark.parametrize("part", ["leave", "news"])
def test_stranger_has_no_lobby(lesson: Lesson, part: str) -> None:
    stranger = browser_of(make_lesson().join("Dee"))
    address = f"/seat/{lesson.sitting.code}/{part}/"
    answer = stranger.post(address) if part == "leave" else stranger.get(address)
    assert answer.status_code == 404


def test_lobby_moves_on_with_the_class(lesson: Lesson) -> None:
    joined = [lesson.join(name) for name in ("Bo", "Cy")]
    bo = browser_of(joined[0])
    news, hub = f"/seat/{lesson.sitting.code}/news/", f"/seat/{lesson.sitting.code}/"
    assert "2 people are here." in bo.get(news).content.decode()

    by = lesson.ada.pk
    actions.pair(lesson.sitting, by)
    room = lesson.room()
    assert "You have a seat" in bo.get(news).content.decode()

    table.open_preparation(lesson.session, by)
    moved = bo.get(news)
    assert (moved.status_code, moved["HX-Redirect"]) == (STOP_POLLING, f"/rooms/{room.pk}/role/")

    table.open_tables(lesson.session, by)
    assert bo.get(hub)["Location"] == f"/rooms/{room.pk}/"
    table.open_debrief(lesson.session, by)
    assert bo.get(hub)["Location"] == f"/rooms/{room.pk}/"
    table.release(lesson.session, by)
    assert bo.get(hub)["Location"] == f"/rooms/{room.pk}/result/"


def test_after_the_debrief_nobody_new_comes(lesson: Lesson) -> None:
    table.open_debrief(lesson.session, lesson.ada.pk)
    assert join(Client(), lesson).status_code == 422
    assert names(lesson) == []


def test_closed_code_keeps_those_who_came(lesson: Lesson) -> None:
    client = browser_of(lesson.join("Bo"))
    actions.close_sitting(lesson.sitting)
    assert client.get(f"/seat/{lesson.sitting.code}/").status_code == 200
    assert join(Client(), lesson).status_code == 404


def test_newcomer_sits_down_opposite_a_partner_where_the_sitting_says_so(committed_db: None) -> None:
    lesson = make_lesson(minutes=6, newcomers="partner")
    table.open_tables(lesson.session, lesson.ada.pk)
    client = Client()
    join(client, lesson, "Bo")
    first = client.get(f"/seat/{lesson.sitting.code}/").content.decode()
    assert "Your six words" in first
    assert "practice partner" in first
    room = lesson.room()
    assert room.closes_at is not None
    assert (room.closes_at - room.created_at).total_seconds() > 14 * 60
    assert client.get(f"/seat/{lesson.sitting.code}/")["Location"] == f"/rooms/{room.pk}/"


def test_joining_asks_the_database_little(lesson: Lesson, django_assert_max_num_queries: Any) -> None:
    client = Client()
    with django_assert_max_num_queries(1):
        client.get(f"/j/{lesson.sitting.code}/")
    with django_assert_max_num_queries(7):
        join(client, lesson)


def test_hub_asks_as_little_for_three_as_for_one(lesson: Lesson, django_assert_num_queries: Any) -> None:
    """Every browser that waits asks it again and again."""
    hub = f"/seat/{lesson.sitting.code}/"
    joined = [lesson.join("Bo")]
    browser = browser_of(joined[0])
    for words in ("1 person is here.", "3 people are here."):
        with django_assert_num_queries(1):
            assert words in browser.get(hub).content.decode()
        with django_assert_num_queries(1):
            assert words in browser.get(f"{hub}news/").content.decode()
        joined += [lesson.join(name) for name in ("Cy", "Eve")]
    actions.pair(lesson.sitting, lesson.ada.pk)
    with django_assert_num_queries(2):
        assert "You have a seat" in browser.get(hub).content.decode()
    table.open_tables(lesson.session, lesson.ada.pk)
    with django_assert_num_queries(1):
        assert browser.get(hub).status_code == 302


def test_hub_counts_those_who_are_here(lesson: Lesson) -> None:
    joined = [lesson.join(name) for name in ("Bo", "Cy", "Eve")]
    make_lesson().join("Dee")
    actions.set_absent(Attendance.objects.get(person=joined[2].person), absent=True)
    assert "2 people are here." in browser_of(joined[0]).get(f"/seat/{lesson.sitting.code}/").content.decode()


def test_hub_knows_the_seat_that_is_held_now(lesson: Lesson) -> None:
    joined = [lesson.join(name) for name in ("Bo", "Cy")]
    cookies = {DEVICE_COOKIE: joined[0].token}
    first = attending_here(cookies, lesson.sitting.code)
    assert first is not None
    assert (first.person, first.room, first.party) == (joined[0].person.pk, None, None)

    actions.pair(lesson.sitting, lesson.ada.pk)
    seat = lesson.seat_of(joined[0])
    seated = attending_here(cookies, lesson.sitting.code)
    assert seated is not None
    assert (seated.room, seated.party) == (seat.room_id, seat.party)

    table.leave_seat(seat)
    assert attending_here(cookies, lesson.sitting.code) == first


def test_hub_of_a_code_that_was_used_again_is_the_newer_sitting(lesson: Lesson) -> None:
    joined = lesson.join("Bo")
    actions.close_sitting(lesson.sitting)
    later = actions.make_session(lesson.classroom, lesson.session.edition, 30)
    Sitting.objects.filter(pk=later.pk).update(code=lesson.sitting.code)
    token = actions.return_here(later, joined.person, joined.token).token
    found = attending_here({DEVICE_COOKIE: token}, lesson.sitting.code)
    assert found is not None
    assert found.session == later.pk


def test_open_sitting_is_the_one_that_django_reads(lesson: Lesson) -> None:
    own = open_sitting(lesson.sitting.code)
    theirs = with_session(Sitting.objects.filter(pk=lesson.sitting.pk)).get()
    assert own is not None
    for found, expected in ((own, theirs), (own.session, theirs.session), (own.classroom, theirs.classroom)):
        assert columns(found) == columns(expected)
    actions.close_sitting(lesson.sitting)
    assert open_sitting(lesson.sitting.code) is None

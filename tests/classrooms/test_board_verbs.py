"""Who may use the verbs of the board, and how they must be asked."""

from __future__ import annotations

from uuid import uuid4

from django.test import Client

from classrooms import actions
from negotiations import actions as table
from negotiations.queries import state_of
from negotiations.rules import commands as c
from negotiations.rules.commands import Actor
from tests.classrooms.test_board import WRITES, filled, opened
from tests.factories import Lesson, browser_of_user, edition_of, make_lesson, make_user


def test_verbs_refuse_get_unknown_words_and_foreign_ids(lesson: Lesson, ada: Client) -> None:
    opened(lesson)
    other = make_lesson()
    opened(other)
    for parts in WRITES:
        assert ada.get(filled(lesson, parts)).status_code == 405
        assert ada.post(filled(lesson, (*parts[:-1], "burn"))).status_code == 404
        if parts[0] != "do":
            mixed = filled(other, parts).replace(str(other.sitting.pk), str(lesson.sitting.pk))
            assert ada.post(mixed).status_code == 404


def test_verbs_need_a_csrf_token(lesson: Lesson) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(lesson.ada)
    assert client.post(lesson.address("do", "pair")).status_code == 403


def test_assistant_of_the_class_may_watch(lesson: Lesson) -> None:
    helper = make_user("Hal")
    lesson.classroom.teachings.create(user=helper, role="assistant")
    assert browser_of_user(helper).get(lesson.address()).status_code == 200


def test_straw_poll_is_called_where_votes_carry_a_deal(committed_db: None) -> None:
    ada = make_user()
    classroom = actions.make_classroom("Mill", ada)
    lesson = Lesson(ada, classroom, actions.make_session(classroom, edition_of("dunmore-mill"), 60))
    for number in range(6):
        lesson.join(f"Person {number}")
    actions.pair(lesson.sitting, ada.pk)
    table.open_tables(lesson.session, ada.pk)
    browser, room = browser_of_user(ada), lesson.room()
    assert f'id="poll-{room.number}"' in browser.get(lesson.address()).content.decode()
    seat = room.seats.order_by("party").first()
    assert seat is not None
    plan = {issue.id: issue.values()[0] for issue in state_of(room.pk).case.issues}
    table.perform_now(room.pk, Actor(seat.pk, "seat", seat.party), c.MakeOffer((plan,)), uuid4())
    assert browser.post(lesson.address("rooms", str(room.pk), "poll")).status_code == 302
    assert state_of(room.pk).votes.poll is not None

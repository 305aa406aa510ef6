"""Who may use the verbs of the board, and how they must be asked."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.test import Client

from classrooms import actions
from negotiations import actions as table
from negotiations.queries import state_of
from negotiations.rules import commands as c
from negotiations.rules.commands import Actor
from simulations.queries import public_case
from tests.classrooms.test_board import FOR_SCRIPTS, WRITES, filled, opened
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


def test_pause_has_its_reason(lesson: Lesson, ada: Client) -> None:
    opened(lesson, 4)
    ada.post(lesson.address("do", "pause"), {"reason": " A word\nto all "})
    told = [state_of(lesson.room(number).pk).pause_reason for number in (1, 2)]
    assert told == ["A word to all", "A word to all"]
    ada.post(lesson.address("do", "resume"))
    ada.post(lesson.address("rooms", str(lesson.room(2).pk), "pause"), {"reason": "Ice on the line"})
    assert "Ice on the line" in ada.get(lesson.address()).content.decode()
    assert lesson.room(1).summary["phase"] == "open"
    ada.post(lesson.address("do", "resume"))
    assert ada.post(lesson.address("do", "pause"), {"reason": "x" * 121}).status_code == 404
    assert ada.post(lesson.address("do", "pause")).status_code == 302
    assert state_of(lesson.room().pk).pause_reason == ""


def test_long_tables_are_given_hours_and_days(committed_db: None) -> None:
    lesson = make_lesson(7 * 24 * 60)
    opened(lesson)
    ada = browser_of_user(lesson.ada)
    shown = ada.get(lesson.address()).content.decode()
    assert ("about 7 days" in shown, "+ 1 hour" in shown, "+ 1 day" in shown) == (True, True, True)
    before = lesson.room().closes_at
    answer = ada.post(lesson.address("do", "extend"), {"minutes": 1440}, headers=FOR_SCRIPTS)
    assert answer.json() == {"words": "All tables have 1 day more."}
    answer = ada.post(
        lesson.address("rooms", str(lesson.room().pk), "extend"), {"minutes": 60}, headers=FOR_SCRIPTS
    )
    assert answer.json() == {"words": "Room 1 has 1 hour more."}
    assert lesson.room().closes_at - before == timedelta(hours=25)
    assert ada.post(lesson.address("do", "extend"), {"minutes": 7}).status_code == 404


def test_tile_of_many_names_each_by_its_role(committed_db: None) -> None:
    ada = make_user()
    classroom = actions.make_classroom("Mill", ada)
    mill = edition_of("dunmore-mill")
    lesson = Lesson(ada, classroom, actions.make_session(classroom, mill, 60, odd_rule="partner"))
    lesson.join("Bo")
    actions.pair(lesson.sitting, ada.pk)
    shown = browser_of_user(ada).get(lesson.address()).content.decode()
    roles = [party.role for party in public_case(mill.pk).parties]
    partners = [
        role for role in roles if f'<bdi>practice partner</bdi> <span class="label">{role}</span>' in shown
    ]
    assert len(partners) == 5
    assert "For everybody at the table; nobody learns who needs it." in shown
    assert "For both sides" not in shown


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

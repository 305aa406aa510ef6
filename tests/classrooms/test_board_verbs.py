"""Who may use the verbs of the board, and how they must be asked."""

from __future__ import annotations

from django.test import Client

from tests.classrooms.test_board import WRITES, filled, opened
from tests.factories import Lesson, browser_of_user, make_lesson, make_user


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

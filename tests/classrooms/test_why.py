"""Of each table it can be said why its people sit together."""

from __future__ import annotations

from typing import Any

from django.test import Client

from classrooms import actions
from classrooms.models import Person, Sitting
from classrooms.why import sentences
from tests.factories import Lesson, edition_of


def tables(ada: Client, sitting: Sitting) -> list[Any]:
    found: list[Any] = ada.get(f"/sessions/{sitting.pk}/pairing/").context["tables"]
    return found


def again(lesson: Lesson, *people: Any, **wishes: str) -> Sitting:
    sitting = actions.make_session(lesson.classroom, edition_of(), 45, **wishes)
    for each in people:
        actions.return_here(sitting, each.person, each.token)
    actions.pair(sitting, lesson.ada.pk)
    return sitting


def test_first_tables_are_by_chance_and_say_no_more(lesson: Lesson, ada: Client) -> None:
    sitting = again(lesson, *(lesson.join(name) for name in ("Bo", "Cy")))
    [table] = tables(ada, sitting)
    assert {name for name, _ in table.people} == {"Bo", "Cy"}
    assert table.why == ()
    assert "By chance." in ada.get(f"/sessions/{sitting.pk}/pairing/").content.decode()


def test_who_meets_anew_and_who_again(lesson: Lesson, ada: Client) -> None:
    people = [lesson.join(name) for name in ("Bo", "Cy", "Eve", "Fay")]
    first = again(lesson, *people)
    second = again(lesson, *people)
    assert all("They are new to each other." in table.why for table in tables(ada, second))
    for _ in range(2):
        last = again(lesson, *people)
    assert all(any("have sat at one table before." in words for words in t.why) for t in tables(ada, last))
    assert len(tables(ada, first)) == 2


def test_sections_that_could_not_be_kept_are_named(lesson: Lesson, ada: Client) -> None:
    bo, cy = lesson.join("Bo"), lesson.join("Cy")
    Person.objects.filter(pk=bo.person.pk).update(section="A")
    Person.objects.filter(pk=cy.person.pk).update(section="B")
    [table] = tables(ada, again(lesson, bo, cy, sections="keep"))
    assert sorted(table.why[0].split(" are of ")[0].split(" and ")) == ["Bo", "Cy"]
    [table] = tables(ada, again(lesson, bo, cy, sections="mix"))
    assert table.why[0] == "They are of different sections."


def test_before_pairing_there_is_nothing_to_say(lesson: Lesson, ada: Client) -> None:
    assert "Nobody is paired yet." in ada.get(f"/sessions/{lesson.sitting.pk}/pairing/").content.decode()


def test_nothing_found_is_nothing_said() -> None:
    assert list(sentences([], {})) == []

"""A list is looked at before it is taken over, then people come to the places that wait for them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from classrooms import actions
from classrooms.models import Classroom, Person, Sitting
from negotiations.models import Room, Seat
from tests.factories import Lesson, browser_of_user, edition_of, make_user

LIST = "Name\tEmail\tSection\tExtra time\nBo\tbo@example.edu\tA\t1.5\nCy\tcy@example.edu\tB\t\n"


def look(ada: Client, lesson: Lesson, **said: Any) -> Any:
    return ada.post(f"/classrooms/{lesson.classroom.pk}/list/", said)


def take(ada: Client, lesson: Lesson, text: str = LIST) -> HttpResponse:
    shown = look(ada, lesson, text=text)
    answer: HttpResponse = look(ada, lesson, text=text, take=shown.context["digest"])
    return answer


def names(lesson: Lesson) -> list[str]:
    return list(lesson.classroom.people.order_by("name").values_list("name", flat=True))


def person(lesson: Lesson, name: str) -> Person:
    return Person.objects.get(classroom=lesson.classroom, name=name)


def test_looking_writes_nothing(lesson: Lesson, ada: Client) -> None:
    shown = look(ada, lesson, text=LIST)
    assert [each.name for each in shown.context["planned"].new] == ["Bo", "Cy"]
    assert names(lesson) == []


def test_what_was_shown_is_taken_over(lesson: Lesson, ada: Client) -> None:
    assert take(ada, lesson).status_code == 302
    bo = person(lesson, "Bo")
    assert (bo.listed, bo.email, bo.section, bo.time_percent) == (True, "bo@example.edu", "A", 150)
    assert person(lesson, "Cy").time_percent == 100


def test_what_changed_since_it_was_shown_is_shown_again(lesson: Lesson, ada: Client) -> None:
    shown = look(ada, lesson, text=LIST)
    lesson.join("Bo")
    again = look(ada, lesson, text=LIST, take=shown.context["digest"])
    assert again.status_code == 200
    assert [change["name"] for change in again.context["changes"]] == ["Bo"]
    assert names(lesson) == ["Bo"]


def test_one_fault_and_nothing_is_taken_over(lesson: Lesson, ada: Client) -> None:
    text = LIST + "\t\tA\t\n"
    shown = look(ada, lesson, text=text)
    assert shown.status_code == 422
    assert shown.context["faults"] == [(4, "The name is missing. Write it, or take the line out.")]
    assert look(ada, lesson, text=text, take=shown.context["digest"]).status_code == 422
    assert names(lesson) == []


def test_file_of_excel_is_read(lesson: Lesson, ada: Client) -> None:
    file = SimpleUploadedFile("list.csv", "Nachname;Vorname\r\nNúñez;Cy\r\n".encode("utf-16"))
    assert [each.name for each in look(ada, lesson, file=file).context["planned"].new] == ["Cy Núñez"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"text": " "}, "Paste a list, or choose a file."),
        ({"file": SimpleUploadedFile("list.xlsx", b"PK\x03\x04...")}, "That is a workbook."),
        ({"text": "Name\n" + "Bo\n" * 20_001}, "at most 20000 rows"),
    ],
)
def test_what_is_no_list_says_what_to_do(
    lesson: Lesson, ada: Client, said: dict[str, Any], words: str
) -> None:
    shown = look(ada, lesson, **said)
    assert shown.status_code == 422
    assert words in shown.content.decode()


def test_instructor_says_what_a_column_is(lesson: Lesson, ada: Client) -> None:
    text = "Wer,Was\nBo,A\n"
    assert look(ada, lesson, text=text).status_code == 422
    shown = look(
        ada, lesson, text=text, column_name="0", column_section="1", column_email="9", column_last="x"
    )
    assert [(each.name, each.section) for each in shown.context["planned"].new] == [("Bo", "A")]


def test_whoever_comes_under_a_listed_name_is_that_person(lesson: Lesson, ada: Client) -> None:
    take(ada, lesson)
    lesson.sitting.refresh_from_db()
    bo = actions.join(fresh(lesson.sitting), "bo")
    assert bo.person.pk == person(lesson, "Bo").pk
    assert actions.recover(lesson.sitting, bo.phrase)
    another = actions.join(fresh(lesson.sitting), "Bo")
    assert another.person.pk != bo.person.pk
    assert names(lesson) == ["Bo", "Bo", "Cy"]


def fresh(sitting: Sitting) -> Sitting:
    return Sitting.objects.select_related("classroom", "session").get(pk=sitting.pk)


def test_two_of_one_name_are_not_guessed_at(lesson: Lesson, ada: Client) -> None:
    take(ada, lesson, "Name\tNumber\nLena\t1\nLena\t2\n")
    lena = actions.join(fresh(lesson.sitting), "Lena")
    assert not lena.person.listed


def test_table_has_the_time_that_its_slowest_needs(lesson: Lesson, ada: Client) -> None:
    take(ada, lesson)
    for name in ("Bo", "Cy", "Eve", "Fay"):
        actions.join(fresh(lesson.sitting), name)
    actions.pair(lesson.sitting, lesson.ada.pk)
    own = Seat.objects.get(room__session=lesson.sitting.pk, holder=person(lesson, "Bo").pk).room
    times = {room.pk: room.time_percent for room in Room.objects.filter(session=lesson.sitting.pk)}
    assert times.pop(own.pk) == 150
    assert list(times.values()) == [100]


@pytest.mark.parametrize(("sections", "alike"), [("keep", True), ("mix", False)])
def test_sections_stay_among_themselves_or_mix(
    lesson: Lesson, ada: Client, sections: str, alike: bool
) -> None:
    take(ada, lesson, "Name\tSection\n" + "".join(f"P{n}\t{'AB'[n % 2]}\n" for n in range(8)))
    sitting = actions.make_session(lesson.classroom, edition_of(), 45, sections=sections)
    for n in range(8):
        actions.join(fresh(sitting), f"P{n}")
    actions.pair(sitting, lesson.ada.pk)
    for room in Room.objects.filter(session=sitting.pk):
        holders = room.seats.values_list("holder", flat=True)
        found = set(Person.objects.filter(pk__in=holders).values_list("section", flat=True))
        assert (len(found) == 1) is alike


def test_lists_are_for_those_who_teach_here(lesson: Lesson, ada: Client) -> None:
    path = f"/classrooms/{lesson.classroom.pk}/list/"
    assert ada.get(path).status_code == 200
    assert Client().get(path).status_code == 302
    assert browser_of_user(make_user("Dee")).get(path).status_code == 404
    assert browser_of_user(make_user("Dee")).post(path, {"text": LIST}).status_code == 404
    assert ada.get(f"/classrooms/{UUID(int=0)}/list/").status_code == 404


def test_what_a_list_says_stays_with_teachers(lesson: Lesson, ada: Client) -> None:
    take(ada, lesson, "Name\tSection\tExtra time\tEmail\nBo\tCANARY-A\t1.5\tcanary@example.edu\n")
    assert Classroom.objects.get(pk=lesson.classroom.pk).has_list
    assert b"CANARY-A" in ada.get(f"/classrooms/{lesson.classroom.pk}/").content
    student = Client()
    code = lesson.sitting.code
    pages = [student.get(f"/j/{code}/").content]
    student.post(f"/j/{code}/", {"code": code, "name": "Bo"})
    pages.append(student.get(f"/seat/{code}/").content)
    assert b"Bo" in pages[1]
    assert not [page for page in pages if b"CANARY-A" in page or b"canary@" in page or b"150" in page]

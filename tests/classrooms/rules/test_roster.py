"""Lists as the learning platforms write them: everybody is found, and what is wrong is named by its line."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classrooms.rules.roster import (
    BiggerThanAllowed,
    Change,
    Fault,
    Listed,
    People,
    Plan,
    guess,
    plan,
    read_people,
    read_table,
)
from classrooms.rules.roster.people import time_of
from classrooms.rules.roster.reading import MOST_BYTES, MOST_ROWS, ONE_COLUMN, separator_of

CANVAS = (
    "\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Farm (12)\n"
    "Points Possible,,,,,10\n"
    '"Okafor, Bo",811,s100,bo@example.edu,Section A,\n'
    '"Núñez, Cy",812,s101,cy@example.edu,Section B,7\n'
    '"Student, Test",813,,,Section A,\n'
)
MOODLE = (
    '"First name","Last name","ID number","Email address","Groups"\n'
    "Bo,Okafor,s100,bo@example.edu,Tuesday\n"
    "Cy,Núñez,s101,cy@example.edu,\n"
)
BRIGHTSPACE = (
    "OrgDefinedId,Username,Last Name,First Name,Email,End-of-Line Indicator\n"
    "#s100,#bo,Okafor,Bo,bo@example.edu,#\n"
)
EXCEL = "Nachname;Vorname;Gruppe;Zeitzuschlag\r\nOkafor;Bo;A;1,5\r\nNúñez;Cy;B;\r\n"
PASTED = "Name\tE-Mail\nBo Okafor\tBo@Example.edu\nCy Núñez\t\n"

BO = Listed("Bo Okafor", "bo@example.edu", "s100")


def people_of(content: bytes | str) -> People:
    table = read_table(content)
    return read_people(table, guess(table.heading.cells))


def test_canvas_gradebook() -> None:
    assert people_of(CANVAS.encode()) == People(
        (
            Listed("Bo Okafor", "bo@example.edu", "s100", "Section A", line=3),
            Listed("Cy Núñez", "cy@example.edu", "s101", "Section B", line=4),
        ),
        passed=(2, 5),
        faults=(),
    )


def test_moodle_participants() -> None:
    assert people_of(MOODLE.encode()).listed == (
        Listed("Bo Okafor", "bo@example.edu", "s100", "Tuesday", line=2),
        Listed("Cy Núñez", "cy@example.edu", "s101", line=3),
    )


def test_brightspace_marks_its_numbers_as_text() -> None:
    assert people_of(BRIGHTSPACE.encode()).listed == (Listed("Bo Okafor", "bo@example.edu", "s100", line=2),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_excel_in_any_encoding(encoding: str) -> None:
    assert people_of(EXCEL.encode(encoding)).listed == (
        Listed("Bo Okafor", section="A", extra_time=Decimal("1.50"), line=2),
        Listed("Cy Núñez", section="B", line=3),
    )


def test_pasted_from_a_spreadsheet() -> None:
    assert people_of(PASTED).listed == (
        Listed("Bo Okafor", "bo@example.edu", line=2),
        Listed("Cy Núñez", line=3),
    )


def test_names_alone_are_a_list() -> None:
    assert [person.name for person in people_of("Name\nOkafor, Bo\nCy\n").listed] == ["Bo Okafor", "Cy"]


def test_what_is_wrong_is_told_by_line() -> None:
    found = people_of(
        "Name,Email,Number,Extra time\n"
        "Bo,bo@example.edu,1,\n"
        ",cy@example.edu,2,\n"
        "Eve,eve@nowhere,3,\n"
        "Fay,bo@example.edu,1,soon\n" + "x" * 81 + ",,,\n"
    )
    assert found.faults == (
        Fault(3, "no_name"),
        Fault(4, "no_address", "eve@nowhere"),
        Fault(5, "no_time", "soon"),
        Fault(5, "address_twice", "bo@example.edu"),
        Fault(5, "number_twice", "1"),
        Fault(6, "too_long", "x" * 81),
    )


def test_list_without_names_says_so() -> None:
    assert people_of("Email\nbo@example.edu\n").faults == (Fault(1, "no_name_column"),)


def test_open_quote_is_named_where_it_begins() -> None:
    assert people_of('Name,Email\nBo,bo@example.edu\n"Cy,cy@example.edu\nEve,\n').faults == (
        Fault(3, "open_quote"),
    )


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    found = people_of('Name,Email\n\n"Bo\nOkafor",bo@example.edu\n,eve@example.edu\n')
    assert [person.line for person in found.listed] == [3, 5]
    assert found.faults == (Fault(5, "no_name"),)


@pytest.mark.parametrize("content", ["x" * (MOST_BYTES + 1), "Name\n" + "Bo\n" * MOST_ROWS])
def test_more_than_any_class_is_refused(content: str) -> None:
    with pytest.raises(BiggerThanAllowed):
        people_of(content)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_named(content: bytes) -> None:
    found = people_of(content)
    assert all(person.line >= 1 for person in found.listed)
    assert "\0" not in "".join(person.name for person in found.listed)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Name;Mail\nOkafor, Bo;b@x.org", ";"),
        ("Name\nOkafor, Bo", ONE_COLUMN),
        ("A|B\n1|2", "|"),
        ("A,B\n1,2\n", ","),
    ],
)
def test_separator_is_what_divides_evenly(text: str, sign: str) -> None:
    assert separator_of(text) == sign


@pytest.mark.parametrize(
    ("text", "factor"),
    [("1.5", "1.50"), ("1,25x", "1.25"), ("+50 %", "1.50"), ("50%", "1.50"), ("1", "1.00")],
)
def test_extra_time_is_understood(text: str, factor: str) -> None:
    assert time_of(text) == Decimal(factor)


@pytest.mark.parametrize("text", ["0.5", "4", "soon", "nan", "1e400", "-10%", "%"])
def test_other_times_are_not(text: str) -> None:
    assert time_of(text) is None


def test_headings_are_guessed_whatever_their_signs() -> None:
    assert guess(["Surname *", "FIRST NAME", "E-mail address", "Student-ID"]) == {
        "first": 1,
        "last": 0,
        "email": 2,
        "number": 3,
    }


def test_plan_tells_new_changed_same_and_missing() -> None:
    there = [
        ("bo", BO),
        ("cy", Listed("Cy", "cy@example.edu")),
        ("dee", Listed("Dee", section="A")),
        ("eve", Listed("Eve")),
    ]
    listed = [
        Listed("Bo Okafor-Lee", "", "s100", line=2),
        Listed("Cy", "CY@example.edu".lower(), line=3),
        Listed("dee", section="B", line=4),
        Listed("Fay", line=5),
    ]
    assert plan(listed, there) == Plan(
        new=(listed[3],),
        changed=(Change("bo", listed[0], ("name",)), Change("dee", listed[2], ("name", "section"))),
        same=("cy",),
        missing=("eve",),
    )


def test_equal_names_are_not_taken_for_one_person() -> None:
    twins = [("one", Listed("Lena")), ("two", Listed("Lena"))]
    assert plan([Listed("Lena", line=2)], twins).new == (Listed("Lena", line=2),)


def test_number_sets_apart_who_is_called_alike() -> None:
    other = Listed("Bo Okafor", "bo@example.edu", "s200", line=2)
    assert plan([other], [("bo", BO)]) == Plan((other,), (), (), ("bo",))


@given(
    st.lists(
        st.builds(Listed, name=st.sampled_from(["A", "B", "C"]), number=st.sampled_from("123")), max_size=6
    )
)
def test_taking_over_the_same_list_again_changes_nothing(listed: list[Listed]) -> None:
    unique = list({person.number: person for person in listed}.values())
    again = plan(unique, list(enumerate(unique)))
    assert (again.new, again.changed, again.missing) == ((), (), ())

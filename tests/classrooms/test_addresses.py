"""Every address of the house, for everybody who may knock at it: what each is answered. An address that is not here
fails, so that nobody adds a door without saying whom it lets in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from classrooms import actions
from classrooms.models import Attendance
from negotiations import actions as table
from tests.factories import Lesson, browser_of, browser_of_user, make_lesson

#: Who knocks: nobody known, a student of another class, one who sits at the table, one who reads along there, a
#: teacher of another class, and the teacher. 302 leads a stranger to the door, and others to where they have to be.
WHO = ("stranger", "student elsewhere", "student", "observer", "teacher elsewhere", "teacher")
EVERYBODY, NOBODY = "200 200 200 200 200 200", "404 404 404 404 404 404"
NO_SUCH_WAY = "405 405 405 405 405 405"
AT_THE_TABLE, PLAYS = "404 404 200 200 404 404", "404 404 302 404 404 404"
ANY_TEACHER, TEACHER = "302 302 302 302 200 200", "302 302 302 302 404 200"
TEACHER_QUIETLY, RELEASES = "404 404 404 404 404 200", "404 404 404 404 404 302"
ONLY_POSTED, ACTS = "302 302 302 302 405 405", "302 302 302 302 404 302"
READ_ONLY = ONLY_POSTED

#: Addresses of a case on one's own shelf.
OWN = ("", "-role", "-changes", "-folder", "-copy", "-write", "-rights", "-take-off")

#: What is answered to GET and to POST.
ADDRESSES = {
    # machines
    "healthz": (EVERYBODY, EVERYBODY),
    "readyz": (EVERYBODY, EVERYBODY),
    "javascript-catalog": (EVERYBODY, NO_SUCH_WAY),
    # the table
    "room": (AT_THE_TABLE, NO_SUCH_WAY),
    "role": ("404 404 200 302 404 404", "404 404 302 302 404 404"),
    "plan": (NO_SUCH_WAY, PLAYS),
    "interests": (NOBODY, NOBODY),  # of texts alone, and this is a farm
    "letters": (NO_SUCH_WAY, PLAYS),
    "commands": (NO_SUCH_WAY, "404 404 400 400 404 404"),
    "events": (AT_THE_TABLE, NO_SUCH_WAY),
    "watch": (TEACHER_QUIETLY, NO_SUCH_WAY),
    "watch-events": (TEACHER_QUIETLY, NO_SUCH_WAY),
    "result": ("404 404 200 302 404 404", NO_SUCH_WAY),
    # the door
    "home": (EVERYBODY, NO_SUCH_WAY),
    "join": (EVERYBODY, "422 422 422 422 422 422"),
    "join-code": (EVERYBODY, "422 422 422 422 422 422"),
    "rejoin": (EVERYBODY, "422 422 422 422 422 422"),
    "seat": ("302 302 302 302 302 302", NO_SUCH_WAY),
    "seat-news": ("404 404 286 286 404 404", NO_SUCH_WAY),
    "sign-in": ("200 200 200 200 302 302", "422 422 422 422 302 302"),
    "start": (NOBODY, NO_SUCH_WAY),
    # classrooms and the board
    "classrooms": (ANY_TEACHER, READ_ONLY),
    "classroom-new": (ANY_TEACHER, ANY_TEACHER),
    "classroom": (TEACHER, READ_ONLY),
    "roster": (TEACHER, TEACHER),
    "session-new": (ANY_TEACHER, ANY_TEACHER),
    "session-rules": (ANY_TEACHER, READ_ONLY),
    "board": (TEACHER, READ_ONLY),
    "pairing": (TEACHER, READ_ONLY),
    "board-live": (TEACHER, READ_ONLY),
    "board-code": (TEACHER, READ_ONLY),
    "board-do": (ONLY_POSTED, ACTS),
    "board-news": (ONLY_POSTED, ACTS),
    "board-room-news": (ONLY_POSTED, ACTS),
    "board-room": (ONLY_POSTED, ACTS),
    "board-room-time": (ONLY_POSTED, ACTS),
    "board-room-seat": (ONLY_POSTED, "302 302 302 302 404 404"),  # no side is named
    "board-seat-remove": (ONLY_POSTED, ACTS),
    "board-person": (ONLY_POSTED, ACTS),
    # the shelf
    "library": (ANY_TEACHER, READ_ONLY),
    "simulation": (ANY_TEACHER, READ_ONLY),
    "simulation-role": (ANY_TEACHER, READ_ONLY),
    "simulation-changes": ("302 302 302 302 404 404", READ_ONLY),  # there is one edition
    "simulation-folder": (ANY_TEACHER, READ_ONLY),
    "bring": (ANY_TEACHER, ANY_TEACHER),
    "own": (TEACHER, READ_ONLY),
    "own-role": (TEACHER, READ_ONLY),
    "own-changes": ("302 302 302 302 404 404", READ_ONLY),
    "own-folder": (TEACHER, READ_ONLY),
    "own-copy": (ONLY_POSTED, ACTS),
    "own-write": (TEACHER, "302 302 302 302 404 422"),
    "own-rights": (TEACHER, TEACHER),
    "own-take-off": (ONLY_POSTED, ACTS),
    # after them, since a copy goes by one name on every shelf
    "simulation-copy": (ONLY_POSTED, "302 302 302 302 302 302"),
    # the debrief
    "debrief": (TEACHER_QUIETLY, NO_SUCH_WAY),
    "debrief-rooms-csv": (TEACHER_QUIETLY, NO_SUCH_WAY),
    "release-results": (NO_SUCH_WAY, RELEASES),
    "settle-event": (NO_SUCH_WAY, RELEASES),
    "chart-spec": (TEACHER_QUIETLY, NO_SUCH_WAY),
    "chart-svg": (TEACHER_QUIETLY, NO_SUCH_WAY),
    "chart-csv": (TEACHER_QUIETLY, NO_SUCH_WAY),
    # the way out, at last, since whoever goes is no longer who they were
    "seat-leave": (NO_SUCH_WAY, "404 404 302 302 404 404"),
    "seat-forget": (NO_SUCH_WAY, NOBODY),
    "sign-out": (NO_SUCH_WAY, "302 302 302 302 302 302"),
}


def patterns(resolver: Any = None) -> Iterator[URLPattern]:
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLPattern):
            yield each
        else:
            yield from patterns(each)


@dataclass
class House:
    """A running class with an observer and a latecomer, another class beside it, and a browser for each of WHO."""

    browsers: list[Client]
    parts: dict[str, Any]
    apart: dict[str, dict[str, Any]] = field(default_factory=dict)

    def path(self, pattern: URLPattern) -> str:
        parts = self.parts | self.apart.get(str(pattern.name), {})
        return reverse(pattern.name, kwargs={name: parts[name] for name in pattern.pattern.converters})


@pytest.fixture
def house(lesson: Lesson) -> House:
    bo, cy, fay, late = (lesson.join(name) for name in ("Bo", "Cy", "Fay", "Late"))
    for each in (fay, late):
        actions.set_absent(attendance_of(lesson, each), True)
    actions.pair(lesson.sitting, lesson.ada.pk)
    table.open_tables(lesson.session, lesson.ada.pk)
    actions.seat_observer(lesson.sitting, fay.person, lesson.ada.pk)
    other = make_lesson()
    dee, _ = other.join("Dee"), other.join("Dan")
    actions.pair(other.sitting, other.ada.pk)
    ada = browser_of_user(lesson.ada)
    copied = ada.post(reverse("simulation-copy", kwargs={"slug": "mountain-view-farm"})).headers["Location"]
    parts = {
        "room_id": lesson.room().pk,
        "session_id": lesson.sitting.pk,
        "classroom_id": lesson.classroom.pk,
        "code": lesson.sitting.code,
        "attendance_id": attendance_of(lesson, late).pk,
        "seat_id": lesson.seat_of(cy).pk,
        "slug": "mountain-view-farm",
        "party": "farmer",
        "number": 1,
        "verb": "pause",
        "news": "contractor_calls",
        "percent": 125,
        "name": "scatter",
    }
    own = {f"own{part}": {"slug": copied.split("/")[2]} for part in OWN}
    browsers = [Client(), browser_of(dee), browser_of(bo), browser_of(fay), browser_of_user(other.ada), ada]
    return House(browsers, parts, own | {"board-person": {"verb": "absent"}})


def attendance_of(lesson: Lesson, joined: actions.people.Joined) -> Attendance:
    return Attendance.objects.get(sitting=lesson.sitting, person=joined.person)


def test_every_address_is_in_the_table() -> None:
    assert sorted(ADDRESSES) == sorted(str(each.name) for each in patterns())


@pytest.mark.parametrize("method", ["get", "post"])
def test_everybody_is_answered_as_the_table_says(house: House, method: str) -> None:
    found = {str(each.name): each for each in patterns()}
    answers = {name: knock(house, house.path(found[name]), method) for name in ADDRESSES}
    assert answers == {name: row[method == "post"] for name, row in ADDRESSES.items()}


def knock(house: House, path: str, method: str) -> str:
    return " ".join(str(getattr(browser, method)(path).status_code) for browser in house.browsers)


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_does_not_exist_is_answered_as_what_is_not_ones_own(house: House, method: str) -> None:
    """An id that nobody has opens nothing to anybody, and does not tell that it is unknown."""
    unknown = {name: uuid4() for name in ("room_id", "session_id", "classroom_id", "seat_id")}
    house.parts |= {**unknown, "code": "BCDFGH", "attendance_id": 2**31 - 1, "slug": "no-such-case"}
    house.apart = {}
    for each in patterns():
        if each.pattern.converters.keys() & house.parts.keys() - {"code"}:
            statuses = set(knock(house, house.path(each), method).split())
            assert statuses <= {"302", "404", "405"}, each.name
            assert statuses & {"404", "405"}, each.name

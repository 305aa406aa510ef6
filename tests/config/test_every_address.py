"""Every address of the house, asked for by everybody who has no right to one side's secrets: what comes back, in any
part of any answer, holds none of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from bargaining.case import Case
from classrooms import actions
from classrooms.models import Attendance
from debriefs.actions import run_pending
from debriefs.wording import points_word
from negotiations import actions as tables
from negotiations.models import Room
from negotiations.rules import commands as c
from tests.classrooms.test_addresses import patterns
from tests.factories import Lesson, browser_of, browser_of_user, make_lesson, make_user
from tests.negotiations.canaries import BRIEF, OF_THE_INSTRUCTOR, farmers_marks, found_in, publish_marked
from tests.negotiations.tables import BEST, LEASE

TEAM, REASON = "The bittern is worth nothing to us", "Because of the curlew"
TARGET, LIMIT = "98765432", "87654321"
#: What is no part of the simulation, so that no other instructor may read it either.
OF_THE_ROOM = (TEAM, REASON, TARGET, "98,765,432", LIMIT, "87,654,321")
#: Asking and sending.
BOTH = ("get", "post")
#: These would end the visit.
GOODBYES = re.compile("/(leave|forget|sign-out)/$")


class Farm(NamedTuple):
    """A class at the marked farm: Bo and Eve are the farmer, Cy the neighbour, Flo reads along; Ada teaches."""

    lesson: Lesson
    room: Room
    case: Case
    browsers: Mapping[str, Callable[[], Client]]

    def do(self, name: str, party: str, command: c.Command) -> None:
        seat = self.room.seats.get(holder=self.attendance(name).person_id)
        tables.perform_now(self.room.pk, c.Actor(seat.pk, "seat", party), command, uuid4())

    def attendance(self, name: str) -> Attendance:
        return Attendance.objects.get(sitting=self.lesson.sitting, person__name=name)

    @property
    def addresses(self) -> list[str]:
        named = {
            "room_id": self.room.pk,
            "session_id": self.lesson.sitting.pk,
            "classroom_id": self.lesson.classroom.pk,
            "attendance_id": self.attendance("Bo").pk,
            "seat_id": self.room.seats.filter(party="farmer").earliest("taken_at").pk,
            "code": self.lesson.sitting.code,
            "slug": "marked-farm",
            "party": "farmer",
            "number": 1,
            "percent": 100,
            "name": "scatter",
            "verb": "pause",
            "news": "gossip",
        }
        return [
            reverse(str(each.name), kwargs={name: named[name] for name in each.pattern.converters})
            for each in patterns()
        ]


def set_up(folder: Path) -> Farm:
    ada = make_user()
    edition, case = publish_marked(folder, owner=ada)
    classroom = actions.make_classroom("Section B", ada)
    lesson = Lesson(ada, classroom, actions.make_session(classroom, edition, 45))
    joined = {name: lesson.join(name) for name in ("Bo", "Eve", "Cy", "Flo", "Lou")}
    room = tables.open_room(lesson.session, 1)
    for name, party in {"Bo": "farmer", "Eve": "farmer", "Cy": "neighbour"}.items():
        tables.seat_person(room, party, joined[name].person.pk)
    tables.seat_observer(room, joined["Flo"].person.pk)
    elsewhere, dee = make_lesson().join("Zoe"), make_user("Dee")
    browsers = {
        **{name: lambda each=each: browser_of(each) for name, each in joined.items()},
        "of another class": lambda: browser_of(elsewhere),
        "unknown": Client,
        "Ada": lambda: browser_of_user(ada),
        "Dee": lambda: browser_of_user(dee),
    }
    return Farm(lesson, room, case, browsers)


def prepare(farm: Farm) -> None:
    tables.open_preparation(farm.lesson.session, farm.lesson.ada.pk)
    plan = {"target": f"{TARGET}.11", "limit": f"{LIMIT}.12", "guess": "sugarbush"}
    seat = farm.room.seats.filter(party="farmer").earliest("taken_at")
    tables.save_plan(seat, **plan)  # type: ignore[arg-type]


def negotiate(farm: Farm) -> None:
    tables.open_tables(farm.lesson.session, farm.lesson.ada.pk)
    farm.do("Bo", "farmer", c.Say(TEAM, "team"))
    farm.do("Bo", "farmer", c.AskHelp())
    farm.do("Bo", "farmer", c.MakeOffer((LEASE,)))
    farm.do("Cy", "neighbour", c.MakeOffer((BEST,)))


def end(farm: Farm) -> None:
    farm.do("Bo", "farmer", c.WalkAway(REASON))
    tables.open_debrief(farm.lesson.session, farm.lesson.ada.pk)
    run_pending(farm.lesson.session.pk)
    tables.release(farm.lesson.session, farm.lesson.ada.pk)


STAGES = (prepare, negotiate, end)


def farm_up(folder: Path, stages: int) -> Farm:
    farm = set_up(folder)
    for stage in STAGES[:stages]:
        stage(farm)
    return farm


def whole(answer: Any) -> str:
    """Status, headers, cookies and body, as they travel."""
    heads = [f"{name}: {value}" for name, value in answer.headers.items()]
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return "\n".join(
        [str(answer.status_code), *heads, answer.cookies.output(), body.decode("utf-8", "replace")]
    )


def received(farm: Farm, name: str, *methods: str) -> list[str]:
    """What this person gets from everywhere; a fault of the house is an answer too."""
    found = []
    for address in farm.addresses:
        for method in methods:
            client = farm.browsers[name]()
            client.raise_request_exception = False
            if method == "get" or not GOODBYES.search(address):
                found.append(f"{method} {address} {whole(getattr(client, method)(address))}")
    return found


def own_result(case: Case) -> str:
    """What the farmer is left with in the end, as a page says it."""
    alternative = case.party("farmer").alternative
    assert alternative is not None
    return points_word(alternative.worth)


OUTSIDERS = ("Cy", "Flo", "Lou", "of another class", "unknown")
EVERYBODY = [pytest.param(stages, OUTSIDERS, BOTH, marks=pytest.mark.slow) for stages in (1, 2, 3)]


@pytest.mark.parametrize(("stages", "names", "methods"), [(2, ("Cy",), BOTH[:1]), *EVERYBODY])
def test_no_address_tells_anybody_what_is_one_sides_own(
    committed_db: None, tmp_path: Path, stages: int, names: tuple[str, ...], methods: tuple[str, ...]
) -> None:
    farm = farm_up(tmp_path / "farm", stages)
    sheet = farmers_marks(farm.case) | {own_result(farm.case)}
    # First that there is something to tell: the farmer's own pages are full of it.
    mine = received(farm, "Bo", "get")
    assert len(found_in(mine, sheet)) > len(sheet) / 2
    assert len(found_in(mine, OF_THE_ROOM)) >= stages
    for name in names:
        told = received(farm, name, *methods)
        assert found_in(told, (*sheet, *OF_THE_ROOM, *OF_THE_INSTRUCTOR)) == {}, name


@pytest.mark.slow
def test_no_address_tells_another_instructor_what_happened_at_a_table(
    committed_db: None, tmp_path: Path
) -> None:
    """Nor a word of the simulation, which stands on Ada's own shelf."""
    farm = farm_up(tmp_path / "farm", len(STAGES))
    told = received(farm, "Ada", "get")
    assert len(found_in(told, OF_THE_INSTRUCTOR)) >= len(OF_THE_INSTRUCTOR) - 1
    assert found_in(told, (TEAM, REASON)).keys() == {TEAM, REASON}
    others = received(farm, "Dee", *BOTH)
    assert found_in(others, (*OF_THE_ROOM, *OF_THE_INSTRUCTOR)) == {}
    ids = (str(farm.room.pk), str(farm.lesson.sitting.pk), str(farm.lesson.classroom.pk))
    own = [
        answer.split(maxsplit=3) for answer in others if any(id in answer.split(maxsplit=2)[1] for id in ids)
    ]
    assert {status for _, _, status, _ in own} <= {"404", "405"}
    assert len(own) > len(farm.addresses) / 2


@pytest.mark.slow
def test_pages_of_errors_repeat_nothing(
    committed_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither what was sent without a token, nor what a house had in hands when it failed."""
    farm = farm_up(tmp_path / "farm", 2)
    role = f"/rooms/{farm.room.pk}/role/"
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    browser.cookies = farm.browsers["Cy"]().cookies
    refused = browser.post(f"/rooms/{farm.room.pk}/plan/", {"target": TARGET, "guess": TEAM})
    monkeypatch.setattr("negotiations.views.pages.brief", fail)
    failed = browser.get(role)
    assert (refused.status_code, failed.status_code) == (403, 500)
    assert found_in([whole(refused), whole(failed)], (*farmers_marks(farm.case), *OF_THE_ROOM)) == {}


def fail(*_: Any) -> str:
    raise LookupError(TEAM, BRIEF)

"""A seat is taken from somebody by the instructor: what the board says, and what whoever stays may do then."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from classrooms.models import Person
from negotiations import actions as table
from negotiations.models import Seat
from negotiations.queries import log_of
from negotiations.rules import commands as c
from tests.classrooms.test_board import FOR_SCRIPTS, do, opened, page
from tests.classrooms.test_replacing import goes_away
from tests.factories import Lesson, browser_of_user, make_lesson
from tests.negotiations.tables import LEASE


@pytest.fixture
def taps(committed_db: None) -> Lesson:
    """A table of three with taps: two of them play one side."""
    lesson = make_lesson(policy={"taps": True})
    opened(lesson, people=3)
    Seat.objects.filter(room__session=lesson.sitting.pk).update(seen_at=timezone.now())
    return lesson


def team_of(lesson: Lesson) -> list[Seat]:
    seats = list(lesson.room().seats.order_by("party", "pk"))
    return [seat for seat in seats if sum(other.party == seat.party for other in seats) == 2]


def name_of(seat: Seat) -> str:
    return Person.objects.get(pk=seat.holder).name


def offers(seat: Seat) -> str:
    """What became of an offer of this seat."""
    actor = c.Actor(seat.pk, "seat", seat.party)
    table.perform_now(seat.room_id, actor, c.MakeOffer((LEASE,)), uuid4())
    return log_of(seat.room_id)[-1].event.type


def remove(client: Client, lesson: Lesson, seat: Seat) -> int:
    return int(do(client, lesson, "rooms", str(seat.room_id), "seats", str(seat.pk), "remove").status_code)


def test_room_whose_side_waits_for_a_mate_that_is_gone_needs_the_instructor(taps: Lesson) -> None:
    stays, gone = team_of(taps)
    ada = browser_of_user(taps.ada)
    assert "Teammate missing" not in page(ada, taps)
    goes_away(gone)
    shown = page(ada, taps)
    assert "Teammate missing 7 min" in shown
    assert f"{name_of(stays)} cannot act alone: what binds a side of several needs a teammate" in shown
    assert shown.count(f"Remove {name_of(gone)}…") == 1
    assert offers(stays) == "tap.asked"


def test_who_stays_acts_alone_once_the_mate_is_removed(taps: Lesson) -> None:
    stays, gone = team_of(taps)
    assert offers(stays) == "tap.asked"
    goes_away(gone)
    answer = browser_of_user(taps.ada).post(
        taps.address("rooms", str(gone.room_id), "seats", str(gone.pk), "remove"), headers=FOR_SCRIPTS
    )
    assert answer.json() == {"words": f"{name_of(gone)} has no seat in room 1 any more."}
    gone.refresh_from_db()
    assert gone.left_at is not None
    assert offers(stays) == "offer.made"
    assert "Late" in page(browser_of_user(taps.ada), taps)


def test_every_person_of_a_running_room_can_be_removed_by_name(lesson: Lesson, ada: Client) -> None:
    opened(lesson)
    seats = list(lesson.room().seats.all())
    shown = page(ada, lesson)
    for seat in seats:
        assert f"Remove {name_of(seat)}…" in shown
    assert remove(ada, lesson, seats[0]) == 302
    assert remove(ada, lesson, seats[0]) == 404


def test_practice_partners_and_seats_of_other_rooms_are_not_found(lesson: Lesson, ada: Client) -> None:
    opened(lesson, people=4)
    other = lesson.room(2).seats.first()
    assert other is not None
    assert (
        do(ada, lesson, "rooms", str(lesson.room(1).pk), "seats", str(other.pk), "remove").status_code == 404
    )
    partner = table.seat_partner(lesson.room(1), "farmer")
    assert remove(ada, lesson, partner) == 404


def test_nobody_loses_a_seat_at_a_table_that_ended(lesson: Lesson, ada: Client) -> None:
    opened(lesson)
    table.end_room(lesson.room(), lesson.ada.pk)
    seat = lesson.room().seats.first()
    assert seat is not None
    address = lesson.address("rooms", str(seat.room_id), "seats", str(seat.pk), "remove")
    assert ada.post(address, headers=FOR_SCRIPTS).status_code == 409
    seat.refresh_from_db()
    assert seat.left_at is None

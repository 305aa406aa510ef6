"""Somebody else on a seat: who makes way, who sits there, and what the board says of it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from classrooms import actions
from classrooms.actions.people import Joined
from classrooms.models import Attendance
from negotiations import actions as table
from negotiations.models import Room, Seat
from negotiations.queries import log_of, state_of
from negotiations.rules import commands as c
from negotiations.rules.refusals import RuleBroken
from tests.classrooms.test_board import FOR_SCRIPTS, do, opened, page
from tests.factories import Lesson, browser_of


def goes_away(seat: Seat, minutes: int = 7) -> None:
    """Nobody has seen this person at the table or in the lobby for a while."""
    then = timezone.now() - timedelta(minutes=minutes)
    Seat.objects.filter(pk=seat.pk).update(seen_at=then)
    Attendance.objects.filter(person=seat.holder).update(seen_at=then)


def seat_at(room: Room, party: str) -> Seat:
    return Seat.objects.get(room=room, party=party, left_at=None)


def attendance_of(joined: Joined) -> Attendance:
    return Attendance.objects.get(person=joined.person)


@pytest.fixture
def gone(lesson: Lesson) -> Seat:
    """Two tables are open; at the second the neighbour is away."""
    opened(lesson, people=4)
    Seat.objects.filter(room__session=lesson.sitting.pk).update(seen_at=timezone.now())
    seat = seat_at(lesson.room(2), "neighbour")
    goes_away(seat)
    return seat


def test_button_of_a_tile_seats_who_waits_in_that_room(lesson: Lesson, ada: Client, gone: Seat) -> None:
    late = lesson.join("Eve")
    address = lesson.address("rooms", str(gone.room_id), "seats", str(attendance_of(late).pk))
    assert f'formaction="{address}" name="party" value="neighbour" id="fill-2"' in page(ada, lesson)
    answer = ada.post(address, {"party": "neighbour"}, headers=FOR_SCRIPTS)
    assert answer.json() == {"words": "Eve sits in room 2."}
    seat = lesson.seat_of(late)
    gone.refresh_from_db()
    assert (seat.room_id, seat.party) == (gone.room_id, "neighbour")
    assert gone.left_at is not None
    assert set(state_of(gone.room_id).seats) == {seat.pk, seat_at(lesson.room(2), "farmer").pk}


def test_one_line_frees_the_seat_and_the_next_takes_it(lesson: Lesson, gone: Seat) -> None:
    late = lesson.join("Eve")
    actions.replace(lesson.sitting, lesson.room(2), "neighbour", late.person)
    left, taken = log_of(gone.room_id)[-2:]
    assert [left.event.type, taken.event.type] == ["seat.left", "seat.taken"]
    assert left.command_id is not None
    assert taken.command_id is None


def test_newcomer_reads_the_sheet_and_who_made_way_does_not(lesson: Lesson, gone: Seat) -> None:
    late = lesson.join("Eve")
    role = f"/rooms/{gone.room_id}/role/"
    assert browser_of(late).get(role).status_code == 404
    actions.replace(lesson.sitting, lesson.room(2), "neighbour", late.person)
    assert browser_of(late).get(role).status_code == 200
    waiting = {each.person_id for each in Attendance.objects.filter(sitting=lesson.sitting)}
    assert gone.holder in waiting
    assert not Seat.objects.filter(holder=gone.holder, left_at=None).exists()


def test_who_made_way_is_not_offered_as_the_one_to_sit_down(lesson: Lesson, ada: Client, gone: Seat) -> None:
    actions.replace(lesson.sitting, lesson.room(2), "neighbour", lesson.join("Eve").person)
    goes_away(seat_at(lesson.room(1), "farmer"))
    assert 'id="fill-1"' not in page(ada, lesson)
    assert 'id="partner-in-1"' in page(ada, lesson)


def test_practice_partner_makes_way_and_what_it_did_stays(lesson: Lesson, ada: Client, gone: Seat) -> None:
    actions.give_partner(lesson.room(2), "neighbour")
    spoke = actor_at(lesson.room(2), "farmer")
    table.perform_now(gone.room_id, spoke, c.Say("Good morning"), uuid4())
    Attendance.objects.filter(person=gone.holder).update(seen_at=timezone.now())
    back = Attendance.objects.get(person=gone.holder)
    assert 'id="instead-2-neighbour"' in page(ada, lesson)
    do(ada, lesson, "rooms", str(gone.room_id), "seats", str(back.pk), party="neighbour")
    assert seat_at(lesson.room(2), "neighbour").holder == gone.holder
    state = state_of(gone.room_id)
    assert [seat.kind for seat in state.seats.values()] == ["person", "person"]
    assert state.messages == 1


def actor_at(room: Room, party: str) -> c.Actor:
    return c.Actor(seat_at(room, party).pk, "seat", party)


def test_only_who_is_away_makes_way_on_a_side_of_two(lesson: Lesson, gone: Seat) -> None:
    second = lesson.join("Eve")
    stays = Seat.objects.create(room=gone.room, party="neighbour", kind="person", holder=second.person.pk)
    table.take(stays)
    actions.replace(lesson.sitting, lesson.room(2), "neighbour", lesson.join("Fay").person)
    people = Seat.objects.filter(room=gone.room_id, party="neighbour", left_at=None)
    assert people.count() == 2
    assert not people.filter(pk=gone.pk).exists()


def test_side_that_is_full_of_people_who_are_here_takes_nobody(lesson: Lesson, ada: Client) -> None:
    opened(lesson, people=3)
    Seat.objects.filter(room__session=lesson.sitting.pk).update(seen_at=timezone.now())
    full = next(
        party for party in ("farmer", "neighbour") if lesson.room().seats.filter(party=party).count() == 2
    )
    late = attendance_of(lesson.join("Eve"))
    address = lesson.address("rooms", str(lesson.room().pk), "seats", str(late.pk))
    answer = ada.post(address, {"party": full}, headers=FOR_SCRIPTS)
    assert answer.status_code == 409
    assert answer.json() == {"words": "Everybody on that side is here, and it takes nobody more."}
    assert lesson.room().seats.filter(left_at=None).count() == 3


def test_nobody_is_seated_twice_or_in_a_room_that_ended(lesson: Lesson, gone: Seat) -> None:
    late = lesson.join("Eve").person
    seated = actions.replace(lesson.sitting, lesson.room(2), "neighbour", late)
    assert seated is not None
    assert actions.replace(lesson.sitting, lesson.room(1), "neighbour", late) is None
    table.end_room(lesson.room(2), lesson.ada.pk)
    with pytest.raises(RuleBroken) as refused:
        actions.replace(lesson.sitting, lesson.room(2), "neighbour", lesson.join("Fay").person)
    assert refused.value.code == "room_closed"


def test_log_that_never_heard_of_it_is_told_by_the_sweeper(
    lesson: Lesson, gone: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut off between the rows and the log: both, who made way and who sits there, are brought to the log."""
    monkeypatch.setattr("classrooms.actions.seating.take", lambda seat: None)
    seat = actions.replace(lesson.sitting, lesson.room(2), "neighbour", lesson.join("Eve").person)
    assert seat is not None
    assert gone.pk in state_of(gone.room_id).seats
    table.sweep_seats(older_than=0)
    assert gone.pk not in state_of(gone.room_id).seats
    assert seat.pk in state_of(gone.room_id).seats


def test_party_that_the_case_does_not_have_is_not_found(lesson: Lesson, ada: Client, gone: Seat) -> None:
    late = attendance_of(lesson.join("Eve"))
    for party in ("mayor", ""):
        answer = do(ada, lesson, "rooms", str(gone.room_id), "seats", str(late.pk), party=party)
        assert answer.status_code == 404

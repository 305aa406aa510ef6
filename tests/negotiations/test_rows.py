"""Models made of plain rows are those that Django would have made."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from negotiations import actions
from negotiations.models import Room, Seat, Session
from negotiations.queries import room_by_id, taken_seats
from negotiations.rows import Read
from tests.negotiations.tables import TableUp, columns, set_up


@pytest.mark.parametrize("policy", [None, {"show_clock": False}])
def test_room_is_the_one_that_django_reads(committed_db: None, policy: Any) -> None:
    table = set_up(policy=policy)
    own, theirs = room_by_id(table.room.pk), Room.objects.select_related("session").get(pk=table.room.pk)
    assert own is not None
    assert columns(own) == columns(theirs)
    assert columns(own.session) == columns(theirs.session)
    assert own.summary == theirs.summary != {}
    assert (own._state.db, own._state.adding) == (theirs._state.db, theirs._state.adding)


def test_room_that_is_none(committed_db: None) -> None:
    assert room_by_id(uuid4()) is None


def test_taken_seats_are_those_that_django_reads(table: TableUp) -> None:
    actions.seat_person(table.room, "farmer", uuid4())
    actions.leave_seat(table.neighbour)
    own = taken_seats(table.room.pk)
    theirs = list(
        Seat.objects.filter(room=table.room, left_at=None).select_related("room__session").order_by("pk")
    )
    assert [columns(seat) for seat in own] == [columns(seat) for seat in theirs]
    assert [columns(seat.room.session) for seat in own] == [columns(seat.room.session) for seat in theirs]
    assert {seat.party for seat in own} == {"farmer"}
    assert len(own) == 2


def test_model_from_a_row_can_be_written(table: TableUp) -> None:
    seat = taken_seats(table.room.pk)[0]
    actions.mark_ready(seat)
    assert Seat.objects.get(pk=seat.pk).ready_at


def test_values_are_never_part_of_the_statement(table: TableUp) -> None:
    read = Read(
        "SELECT {session} FROM negotiations_session session WHERE session.phase = %s", session=Session
    )
    assert read.rows("' OR ''='") == []
    assert len(read.rows("negotiate")) == Session.objects.filter(phase="negotiate").count()


def test_seats_are_asked_once_however_many_they_are(table: TableUp, django_assert_num_queries: Any) -> None:
    for people in (2, 4):
        with django_assert_num_queries(1):
            seats = taken_seats(table.room.pk)
            assert len({seat.room.session.phase for seat in seats}) == 1
        assert len(seats) == people
        for party in ("farmer", "neighbour"):
            actions.seat_person(table.room, party, uuid4())

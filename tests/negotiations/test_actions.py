"""`perform` on committed data: once, in order, and nothing after the end."""

from __future__ import annotations

from uuid import uuid4

import pytest

from negotiations import actions, queries
from negotiations.models import Job, Room, Seat
from negotiations.perform import KeyReuse
from negotiations.rules import commands as c
from negotiations.rules.refusals import RuleBroken
from tests.negotiations.tables import BEST, LEASE, TableUp, set_up


def test_offer_and_accept_make_one_deal(table: TableUp) -> None:
    table.do(table.bo, c.MakeOffer((LEASE,)))
    table.do(table.cy, c.MakeOffer((BEST,)))
    digest = queries.state_of(table.room.pk).offers[1].digest
    table.do(table.bo, c.AcceptOffer(2, 0, digest))

    state = queries.state_of(table.room.pk)
    assert (state.phase, state.outcome, state.deal) == ("ended", "deal", BEST)
    log = queries.log_of(table.room.pk)
    assert [logged.seq for logged in log] == list(range(1, len(log) + 1))
    row = Room.objects.get(pk=table.room.pk)
    assert row.ended_at is not None
    assert row.due_at is None
    assert Job.objects.filter(room=row, seq=row.last_seq).count() == 1


def test_command_when_sent_twice_has_one_effect(table: TableUp) -> None:
    id = uuid4()
    first = table.do(table.bo, c.Say("Good morning"), id)
    again = table.do(table.bo, c.Say("Good morning"), id)
    assert first == again
    assert queries.state_of(table.room.pk).messages == 1


def test_key_when_reused_for_another_body_is_refused(table: TableUp) -> None:
    id = uuid4()
    table.do(table.bo, c.Say("Good morning"), id)
    with pytest.raises(KeyReuse):
        table.do(table.bo, c.Say("Good evening"), id)


def test_accept_when_the_offer_was_withdrawn_is_refused(table: TableUp) -> None:
    table.do(table.bo, c.MakeOffer((LEASE,)))
    digest = queries.state_of(table.room.pk).offers[0].digest
    table.do(table.bo, c.WithdrawOffer(1))
    with pytest.raises(RuleBroken, match="stale_offer"):
        table.do(table.cy, c.AcceptOffer(1, 0, digest))


def test_act_on_many_rooms_when_repeated_changes_nothing(table: TableUp) -> None:
    act = actions.act(table.session, "pause", table.ada)
    actions.complete(act)
    assert [event.event.type for event in queries.log_of(table.room.pk)].count("table.paused") == 1


def test_seat_whose_room_never_heard_of_it_is_brought_to_the_table(table: TableUp) -> None:
    """A process died between the row and the log, while the class was already negotiating."""
    room = actions.open_room(table.session, 2)
    cut_off = [
        Seat.objects.create(room=room, party=party, holder=uuid4()) for party in ("farmer", "neighbour")
    ]
    assert queries.state_of(room.pk).seats == {}
    while actions.sweep_seats(older_than=0):
        pass
    state = queries.state_of(room.pk)
    assert set(state.seats) == {seat.pk for seat in cut_off}
    assert state.phase == "open"
    assert not Seat.objects.filter(room=room, logged_at=None).exists()


def test_table_that_was_never_opened_is_over_when_the_debrief_opens(committed_db: None) -> None:
    table = set_up(opened=False)
    actions.open_debrief(table.session, table.ada)
    state = queries.state_of(table.room.pk)
    assert (state.phase, state.outcome, state.opened_at) == ("ended", "closed", None)

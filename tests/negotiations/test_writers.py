"""Writes that go together: each is decided on its own row, and nobody waits for another's."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from uuid import UUID, uuid4

from django.db import transaction

from negotiations import live, queries
from negotiations.models import Room
from negotiations.perform import Receipt, perform
from negotiations.rules import commands as c
from negotiations.rules.refusals import RuleBroken
from tests.negotiations.tables import LEASE, TableUp, set_up


def begin(table: TableUp, command: c.Command) -> Future[Receipt]:
    """Without waiting for it."""
    work = perform(table.room.pk, table.bo, command, uuid4())
    return asyncio.run_coroutine_threadsafe(work, live.owner())


def types(room: UUID) -> list[str]:
    return [logged.event.type for logged in queries.log_of(room)]


def test_room_that_somebody_holds_keeps_nobody_waiting(table: TableUp) -> None:
    others = [set_up() for _ in range(12)]
    with transaction.atomic():
        Room.objects.select_for_update().get(pk=table.room.pk)
        held = begin(table, c.Say("I wait for my row"))
        free = [begin(other, c.Say("I do not")) for other in others]
        assert all(answer.result(10) for answer in free)
        assert not held.done()
    assert held.result(10).last == 4
    assert {types(other.room.pk)[-1] for other in others} == {"message.said"}


def test_refusal_in_the_middle_of_many_refuses_its_own_alone(committed_db: None) -> None:
    tables = [set_up(opened=number != 3) for number in range(8)]
    answers = [begin(table, c.MakeOffer((LEASE,))) for table in tables]
    refused = [isinstance(answer.exception(10), RuleBroken) for answer in answers]
    assert refused == [number == 3 for number in range(8)]
    for table, was_refused in zip(tables, refused, strict=True):
        assert types(table.room.pk).count("offer.made") == (not was_refused)


def test_many_at_once_in_many_rooms_leave_no_hole(committed_db: None) -> None:
    tables = [set_up() for _ in range(6)]
    answers = [begin(table, c.Say(f"{number}")) for number in range(40) for table in tables]
    assert all(answer.result(20) for answer in answers)
    for table in tables:
        log = queries.log_of(table.room.pk)
        assert [logged.seq for logged in log] == list(range(1, 44))
        assert sorted(int(logged.event.text) for logged in log[3:]) == list(range(40))  # type: ignore[attr-defined]

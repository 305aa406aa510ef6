"""What the database itself keeps: nothing is changed or removed, one agreement a slot, a command once."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from msgspec import structs
from psycopg.errors import UniqueViolation

from negotiations import actions, queries
from negotiations.live import cold_table
from negotiations.log import Log, Write, Written
from negotiations.models import Act, Event, Job, Plan, Room, Seat, Session
from negotiations.perform import write_of
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import Decision
from tests.negotiations.tables import BEST, LEASE, TableUp, set_up
from tests.negotiations.tabs import run

CHANGES = [
    "UPDATE negotiations_event SET payload = '{}' WHERE room_id = %s",
    "UPDATE negotiations_event SET at = now() WHERE room_id = %s AND seq = 1",
    "UPDATE negotiations_event SET seq = seq + 100 WHERE room_id = %s",
    "DELETE FROM negotiations_event WHERE room_id = %s",
    "DELETE FROM negotiations_event WHERE room_id = %s AND seq = 3",
]


def execute(statement: str, *arguments: Any, erasing: bool = False) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        if erasing:
            cursor.execute("SET LOCAL parley.erasing = 'on'")
        cursor.execute(statement, arguments or None)


@pytest.mark.parametrize("statement", CHANGES)
def test_log_cannot_be_changed(table: TableUp, statement: str) -> None:
    before = queries.log_of(table.room.pk)
    with pytest.raises(IntegrityError, match="insert-only"):
        execute(statement, table.room.pk)
    assert queries.log_of(table.room.pk) == before


@pytest.mark.parametrize(
    "statement", ["TRUNCATE negotiations_event", "TRUNCATE negotiations_event, negotiations_room CASCADE"]
)
def test_log_cannot_be_emptied(table: TableUp, statement: str) -> None:
    with pytest.raises(IntegrityError, match="insert-only"):
        execute(statement)
    with pytest.raises(IntegrityError, match="insert-only"):
        execute(statement, erasing=True)
    assert len(queries.log_of(table.room.pk)) == 3


def test_log_cannot_be_changed_even_while_erasing(table: TableUp) -> None:
    with pytest.raises(IntegrityError, match="insert-only"):
        execute(CHANGES[0], table.room.pk, erasing=True)


def test_log_cannot_be_changed_through_the_models(table: TableUp) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(room=table.room).update(type="message.said")
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(room=table.room).delete()


def insert(room: UUID, seq: int, kind: str, payload: dict[str, Any], key: UUID | None = None) -> None:
    """A line as somebody would write who goes around the log."""
    execute(
        "INSERT INTO negotiations_event (room_id, seq, type, payload, actor, command_id, at) "
        "VALUES (%s, %s, %s, %s, %s, %s, now())",
        *(room, seq, kind, json.dumps(payload), c.HOUSE, key),
    )


def test_slot_has_one_agreement(table: TableUp) -> None:
    deal = {"slot": "main", "offer": 1, "package": LEASE}
    insert(table.room.pk, 4, "deal.made", deal)
    with pytest.raises(IntegrityError, match="one_agreement_a_slot"):
        insert(table.room.pk, 5, "deal.made", deal | {"offer": 2})
    insert(table.room.pk, 5, "deal.made", deal | {"slot": "side letter"})
    insert(set_up().room.pk, 4, "deal.made", deal)


def test_number_is_given_once(table: TableUp) -> None:
    with pytest.raises(IntegrityError, match="pkey"):
        insert(table.room.pk, 3, "message.said", {"party": "farmer", "text": "Hello"})


def test_command_leaves_its_mark_once(table: TableUp) -> None:
    key = uuid4()
    insert(table.room.pk, 4, "message.said", {"party": "farmer", "text": "Hello"}, key)
    with pytest.raises(IntegrityError, match="command_once"):
        insert(table.room.pk, 5, "message.said", {"party": "farmer", "text": "Hello"}, key)
    insert(set_up().room.pk, 4, "message.said", {"party": "farmer", "text": "Hello"}, key)


def database_now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


async def write(table: TableUp, **changes: Any) -> Write:
    """A message of Bo's, ready to be appended at the room's present head."""
    warm = await run(cold_table, table.room.pk)
    warm.add(await run(queries.log_of, table.room.pk))
    decision = Decision((e.Draft(e.MessageSaid("farmer", "Hello")),), warm.state.closes_at)
    now = await run(database_now)
    return structs.replace(write_of(warm, table.bo, uuid4(), b"digest", decision, now), **changes)


async def appended(*writes: Write) -> list[Written | None]:
    log = Log()
    await log.open()
    try:
        return [await log.append(each) for each in writes]
    finally:
        await log.close()


async def test_append_after_another_was_first_writes_nothing(table: TableUp) -> None:
    one, two = await write(table), await write(table)
    first, second = await appended(one, two)
    assert first is not None
    assert second is not None
    assert (first.head, first.at is not None) == (3, True)
    assert (second.head, second.at) == (4, None)
    assert len(await run(queries.log_of, table.room.pk)) == 4


async def test_append_when_time_is_up_by_the_databases_clock_writes_nothing(table: TableUp) -> None:
    now = await run(database_now)
    late, in_time = [
        await write(table, not_after=now + timedelta(seconds=seconds)) for seconds in (-0.001, 60)
    ]
    refused, written = await appended(late, in_time)
    assert refused is not None
    assert refused.at is None
    assert written is not None
    assert written.at is not None


async def test_append_to_a_room_that_is_not_there_says_so(table: TableUp) -> None:
    assert await appended(await write(table, room=uuid4())) == [None]


async def test_append_of_a_command_that_stands_already_moves_nothing(table: TableUp) -> None:
    one = await write(table)
    await appended(one)
    again = structs.replace(one, after=4)
    with pytest.raises(UniqueViolation):
        await appended(again)
    await run(table.room.refresh_from_db)
    assert table.room.last_seq == 4


async def test_times_never_go_back(table: TableUp) -> None:
    """Even when the database's clock does: a line is never earlier than the one before it."""
    ahead = await run(database_now) + timedelta(minutes=10)
    await run(lambda: Room.objects.filter(pk=table.room.pk).update(last_at=ahead))
    await appended(await write(table))
    assert (await run(queries.log_of, table.room.pk))[-1].at == ahead


def test_erasing_a_session_removes_all_of_it_and_nothing_else(table: TableUp) -> None:
    other = set_up()
    table.do(table.bo, c.MakeOffer((BEST,)))
    actions.save_plan(table.farmer, None, None, "rent")
    table.do(table.cy, c.WalkAway("Too dear"))
    rooms, session = {"room": table.room.pk}, {"session": table.session.pk}
    assert all(kind.objects.filter(**rooms).exists() for kind in (Event, Seat, Job))

    actions.erase_session(table.session)
    assert not any(kind.objects.filter(**rooms).exists() for kind in (Event, Seat, Job))
    assert not any(kind.objects.filter(**session).exists() for kind in (Room, Act))
    assert not Session.objects.filter(pk=session["session"]).exists()
    assert not Plan.objects.filter(seat=table.farmer.pk).exists()
    assert len(queries.log_of(other.room.pk)) == 3
    with pytest.raises(IntegrityError, match="insert-only"):
        execute(CHANGES[3], other.room.pk)

"""The only SQL that writes a room's events and moves its row, through a pool of its own.

`append` is compare-and-append in one statement: it locks the room's row first and then, against that
row, checks that nobody was faster and that the deadline has not passed by the database's clock. Writes to
several rooms that wait at one moment share a statement, each decided on its own row.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection
from msgspec import Struct
from psycopg import AsyncConnection, IntegrityError
from psycopg.rows import tuple_row
from psycopg_pool import AsyncConnectionPool

from negotiations.rules import events as e

POOL_SIZE = 10
#: While one takes what waits to the database, the other gathers what came since.
WRITERS = 2
BATCH = 32


class Write(Struct, frozen=True):
    """What one command wants written: its drafts, and the room's columns after them.

    `stamps` names the summary's times that are the moment of this very write, `acted` the parties who act in it.
    """

    room: UUID
    after: int
    actor: UUID
    command_id: UUID
    digest: bytes
    drafts: tuple[e.Draft, ...]
    not_after: datetime | None
    closes_at: datetime | None
    due_at: datetime | None
    ended: bool
    summary: Any
    stamps: tuple[str, ...]
    job: bool
    acted: tuple[str, ...] = ()


class Written(Struct, frozen=True):
    """`at` is None when nothing was written: another was first, or `not_after` had passed at `clock`."""

    head: int
    clock: datetime
    at: datetime | None
    job: int | None


# `here` must be its own materialised step: only the row it returns after taking the lock is the newest
# one, and the clock is read once, after that.
APPEND = """
WITH asked AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset(%s::jsonb) AS asked(
        room uuid, head int, closes_at timestamptz, due_at timestamptz, ended boolean, summary jsonb,
        stamps jsonb, acted jsonb, not_after timestamptz, actor uuid, command_id uuid, digest text, drafts jsonb,
        job boolean)
), here AS MATERIALIZED (
    SELECT id, last_seq, last_at FROM negotiations_room WHERE id = ANY(%s) FOR NO KEY UPDATE {wait}
), clock AS MATERIALIZED (
    SELECT id, last_seq, last_at, clock_timestamp() AS now FROM here
), moved AS (
    UPDATE negotiations_room AS room
    SET last_seq = clock.last_seq + jsonb_array_length(asked.drafts), last_at = greatest(clock.last_at, clock.now),
        closes_at = asked.closes_at, due_at = asked.due_at,
        ended_at = CASE WHEN asked.ended THEN coalesce(room.ended_at, greatest(clock.last_at, clock.now)) END,
        summary = asked.summary || (
            SELECT jsonb_object_agg(name, greatest(clock.last_at, clock.now))
            FROM jsonb_array_elements_text(asked.stamps) AS name) || jsonb_build_object('acted_at',
            coalesce(asked.summary->'acted_at', '{{}}') || coalesce((
                SELECT jsonb_object_agg(party, greatest(clock.last_at, clock.now))
                FROM jsonb_array_elements_text(asked.acted) AS party), '{{}}'))
    FROM clock JOIN asked ON asked.room = clock.id
    WHERE room.id = clock.id AND clock.last_seq = asked.head
        AND (asked.not_after IS NULL OR greatest(clock.last_at, clock.now) < asked.not_after)
    RETURNING room.id, clock.last_seq AS before, room.last_at AS at, room.last_seq AS head
), written AS (
    INSERT INTO negotiations_event (room_id, seq, type, payload, actor, audience, command_id, digest, at)
    SELECT moved.id, moved.before + line.n, line.draft->>'type', line.draft->'payload', asked.actor,
           nullif(line.draft->'audience', 'null'::jsonb), CASE WHEN line.n = 1 THEN asked.command_id END,
           CASE WHEN line.n = 1 THEN decode(asked.digest, 'hex') END, moved.at
    FROM moved JOIN asked ON asked.room = moved.id,
         jsonb_array_elements(asked.drafts) WITH ORDINALITY AS line(draft, n)
), outbox AS (
    INSERT INTO negotiations_job (room_id, seq)
    SELECT moved.id, moved.head FROM moved JOIN asked ON asked.room = moved.id WHERE asked.job
    RETURNING room_id, id
)
SELECT clock.id, clock.last_seq, clock.now, moved.at, outbox.id
FROM clock LEFT JOIN moved ON moved.id = clock.id LEFT JOIN outbox ON outbox.room_id = clock.id
"""
APPEND_WAITING = APPEND.format(wait="")
APPEND_FREE = APPEND.format(wait="SKIP LOCKED")
EVENTS_AFTER = """
SELECT seq, type, payload::text, actor, audience::text, command_id, digest, at
FROM negotiations_event WHERE room_id = %s AND seq > %s ORDER BY seq
"""
HEADS = "SELECT id, last_seq FROM negotiations_room WHERE id = ANY(%s)"
DUE = """
SELECT id, due_at FROM negotiations_room
WHERE due_at <= clock_timestamp() ORDER BY due_at LIMIT 100
"""


class Log:
    """The log's pool. It belongs to the loop that opened it."""

    def __init__(self) -> None:
        self.pool = AsyncConnectionPool(
            connection_class=AsyncConnection,
            kwargs={
                **connect_arguments(),
                "autocommit": True,
                "row_factory": tuple_row,
                "prepare_threshold": 0,
            },
            min_size=1,
            max_size=POOL_SIZE,
            timeout=5,
            open=False,
        )
        self.writers = Writers(self.pool)

    async def open(self) -> None:
        await self.pool.open()

    async def close(self) -> None:
        await self.pool.close()

    async def append(self, write: Write) -> Written | None:
        """Written, or None when there is no such room. Committed when this returns."""
        return await self.writers.append(write)

    async def after(self, room: UUID, seq: int) -> list[e.Logged]:
        return [logged_from(row) for row in await self.fetch(EVENTS_AFTER, (room, seq))]

    async def heads(self, rooms: Sequence[UUID]) -> list[tuple[UUID, int]]:
        return await self.fetch(HEADS, (list(rooms),))

    async def clock(self) -> datetime:
        rows = await self.fetch("SELECT clock_timestamp()", ())
        at: datetime = rows[0][0]
        return at

    async def due(self) -> list[tuple[UUID, datetime]]:
        return await self.fetch(DUE, ())

    async def fetch(self, statement: str, arguments: tuple[Any, ...]) -> list[Any]:
        async with self.pool.connection() as link:
            cursor = await link.execute(statement, arguments)
            return await cursor.fetchall()


def connect_arguments() -> dict[str, Any]:
    """Where Django's default database is, as psycopg says it; sound against a hanging server."""
    found = connection.get_connection_params()
    for name in ("cursor_factory", "context", "pool", "prepare_threshold"):
        found.pop(name, None)
    return {**found, "options": "-c statement_timeout=5000 -c lock_timeout=4000 -c timezone=UTC"}


class Writers:
    """Writes that wait are taken together in one statement: one journey and one flush to disk for all.

    Each write is decided on its own row. A row that somebody else holds is skipped, so that it keeps nobody
    waiting; its write then waits for it alone.
    """

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self.pool = pool
        self.waiting: list[Waiting] = []
        self.busy = 0
        self.tasks: set[asyncio.Task[None]] = set()
        self.alone = asyncio.Semaphore(POOL_SIZE - WRITERS - 2)

    async def append(self, write: Write) -> Written | None:
        answer: asyncio.Future[Written | None] = asyncio.get_running_loop().create_future()
        self.waiting.append(Waiting(write, answer))
        if self.busy < WRITERS:
            self.busy += 1
            self.spawn(self.keep_writing())
        return await answer

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def keep_writing(self) -> None:
        """One connection for as long as there is something to write."""
        taken: list[Waiting] = []
        try:
            async with self.pool.connection() as link:
                while self.waiting:
                    taken = self.take()
                    await self.write_free(link, taken)
                    taken = []
        except Exception as trouble:
            # Without a connection nobody's outcome is known, nor that of those who wait behind.
            fail([*taken, *self.take()], trouble)
        finally:
            self.busy -= 1
            if self.waiting and self.busy < WRITERS:
                self.busy += 1
                self.spawn(self.keep_writing())

    def take(self) -> list[Waiting]:
        taken, self.waiting = self.waiting[:BATCH], self.waiting[BATCH:]
        return taken

    async def write_free(self, link: AsyncConnection[Any], taken: list[Waiting]) -> None:
        try:
            found = await rows_of(link, APPEND_FREE, [each.write for each in taken])
        except IntegrityError:
            found = {}  # one of them is wrong: each alone, so that the others are not
        for each in taken:
            if each.write.room in found:
                each.tell(found[each.write.room])
            else:
                self.spawn(self.write_alone(each))

    async def write_alone(self, each: Waiting) -> None:
        """Waits for the row, however long its holder takes."""
        try:
            async with self.alone, self.pool.connection() as link:
                found = await rows_of(link, APPEND_WAITING, [each.write])
                each.tell(found.get(each.write.room))
        except Exception as trouble:
            fail([each], trouble)


class Waiting(Struct, frozen=True):
    write: Write
    answer: asyncio.Future[Written | None]

    def tell(self, written: Written | None) -> None:
        if not self.answer.done():
            self.answer.set_result(written)


def fail(those: Iterable[Waiting], trouble: Exception) -> None:
    for each in those:
        if not each.answer.done():
            each.answer.set_exception(trouble)


async def rows_of(link: AsyncConnection[Any], statement: str, writes: list[Write]) -> dict[UUID, Written]:
    asked = msgspec.json.encode([asked_by(write) for write in writes]).decode()
    cursor = await link.execute(statement, (asked, [write.room for write in writes]))
    return {row[0]: Written(*row[1:]) for row in await cursor.fetchall()}


def asked_by(write: Write) -> dict[str, Any]:
    """A write as the statement reads it."""
    return {
        "room": write.room,
        "head": write.after,
        "closes_at": write.closes_at,
        "due_at": write.due_at,
        "ended": write.ended,
        "summary": write.summary,
        "stamps": write.stamps,
        "acted": write.acted,
        "not_after": write.not_after,
        "actor": write.actor,
        "command_id": write.command_id,
        "digest": write.digest.hex(),
        "drafts": [
            {"type": draft.event.type, "payload": draft.event, "audience": draft.audience}
            for draft in write.drafts
        ],
        "job": write.job,
    }


def logged_from(row: tuple[Any, ...]) -> e.Logged:
    seq, kind, payload, actor, audience, command_id, digest, at = row
    seen_by = tuple(json.loads(audience)) if audience is not None else None
    return e.Logged(seq, e.event_from(kind, payload), actor, seen_by, at, command_id, digest)

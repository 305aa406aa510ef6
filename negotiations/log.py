"""The only SQL that writes a room's events and moves its row, through a pool of its own.

`append` is compare-and-append in one statement: it locks the room's row first and then, against that
row, checks that nobody was faster and that the deadline has not passed by the database's clock.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection
from msgspec import Struct
from psycopg import AsyncConnection
from psycopg.rows import tuple_row
from psycopg_pool import AsyncConnectionPool

from negotiations.rules import events as e

POOL_SIZE = 10


class Write(Struct, frozen=True):
    """What one command wants written: its drafts, and the room's columns after them.

    `stamps` names the summary's times that are the moment of this very write.
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


class Written(Struct, frozen=True):
    """`at` is None when nothing was written: another was first, or `not_after` had passed at `clock`."""

    head: int
    clock: datetime
    at: datetime | None
    job: int | None


# `here` must be its own materialised step: only the row it returns after waiting for the lock is the
# newest one, and the clock is read once, after that wait.
APPEND = """
WITH here AS MATERIALIZED (
    SELECT id, last_seq, last_at FROM negotiations_room WHERE id = %s FOR NO KEY UPDATE
), clock AS MATERIALIZED (
    SELECT id, last_seq, greatest(last_at, clock_timestamp()) AS at FROM here
), moved AS (
    UPDATE negotiations_room AS room
    SET last_seq = clock.last_seq + %s, last_at = clock.at, closes_at = %s, due_at = %s,
        ended_at = CASE WHEN %s THEN coalesce(room.ended_at, clock.at) END,
        summary = %s::jsonb || (SELECT jsonb_object_agg(name, clock.at) FROM unnest(%s::text[]) AS name)
    FROM clock
    WHERE room.id = clock.id AND clock.last_seq = %s AND (%s::timestamptz IS NULL OR clock.at < %s)
    RETURNING room.id, clock.last_seq AS before, clock.at
), written AS (
    INSERT INTO negotiations_event (room_id, seq, type, payload, actor, audience, command_id, digest, at)
    SELECT moved.id, moved.before + line.n, line.draft->>'type', line.draft->'payload', %s,
           nullif(line.draft->'audience', 'null'::jsonb),
           CASE WHEN line.n = 1 THEN %s::uuid END, CASE WHEN line.n = 1 THEN %s::bytea END, moved.at
    FROM moved, jsonb_array_elements(%s::jsonb) WITH ORDINALITY AS line(draft, n)
), outbox AS (
    INSERT INTO negotiations_job (room_id, seq)
    SELECT id, before + %s FROM moved WHERE %s
    RETURNING id
)
SELECT clock.last_seq, clock.at, moved.at, outbox.id
FROM clock LEFT JOIN moved ON true LEFT JOIN outbox ON true
"""
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

    async def open(self) -> None:
        await self.pool.open()

    async def close(self) -> None:
        await self.pool.close()

    async def append(self, write: Write) -> Written | None:
        """Written, or None when there is no such room. Committed when this returns."""
        rows = await self.fetch(APPEND, parameters(write))
        return Written(*rows[0]) if rows else None

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


def parameters(write: Write) -> tuple[Any, ...]:
    count = len(write.drafts)
    return (
        write.room,
        count,
        write.closes_at,
        write.due_at,
        write.ended,
        msgspec.json.encode(write.summary).decode(),
        list(write.stamps),
        write.after,
        write.not_after,
        write.not_after,
        write.actor,
        write.command_id,
        write.digest,
        (b"[%s]" % b",".join(map(line_of, write.drafts))).decode(),
        count,
        write.job,
    )


def line_of(draft: e.Draft) -> bytes:
    line = {
        "type": draft.event.type,
        "payload": msgspec.Raw(e.payload_of(draft.event)),
        "audience": draft.audience,
    }
    return msgspec.json.encode(line)


def logged_from(row: tuple[Any, ...]) -> e.Logged:
    seq, kind, payload, actor, audience, command_id, digest, at = row
    seen_by = tuple(json.loads(audience)) if audience is not None else None
    return e.Logged(seq, e.event_from(kind, payload), actor, seen_by, at, command_id, digest)

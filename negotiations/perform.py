"""`perform`: the only way anything happens at a table, whoever asks and however it came.

warm state at seq n -> decide -> compare-and-append -> COMMIT -> wake
                  ^------ another was first: catch up, decide again
"""

from __future__ import annotations

import asyncio
import hashlib
from datetime import datetime
from functools import partial
from uuid import UUID

import msgspec
import psycopg
from django.db import InterfaceError, OperationalError
from msgspec import Struct
from psycopg_pool import PoolTimeout

from negotiations import live
from negotiations.live import Unavailable
from negotiations.log import Write, Written
from negotiations.partners import due_at
from negotiations.rules import events as e
from negotiations.rules.commands import Actor, Command
from negotiations.rules.decide import Decision, decide
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import RoomState, evolve
from negotiations.rules.summary import summarise
from negotiations.table import Table
from simulations.actions import write_variant
from simulations.rules.variants import Variant

ATTEMPTS = 20
AWAY = (
    psycopg.OperationalError,
    psycopg.InterfaceError,
    OperationalError,
    InterfaceError,
    PoolTimeout,
    OSError,
)
#: Times in the summary that may be this write's own; the database's clock says what they are.
STAMPS = ("last_at", "opened_at", "ended_at")


class KeyReuse(Exception):
    """The same command id came with another body."""


class Receipt(Struct, frozen=True):
    """Where a command stands in the log: the room's own numbers, which stay inside the server."""

    first: int
    last: int


async def perform(room: UUID, actor: Actor, command: Command, command_id: UUID) -> Receipt:
    """Do it, once, or raise RuleBroken, KeyReuse, Unavailable or NoSuchRoom. On the owner loop."""
    try:
        hub = await live.hub()
        table = await hub.table(room)
    except AWAY as trouble:
        raise Unavailable from trouble
    digest = digest_of(command)
    # A caller that goes away must not leave the room half moved: what was begun is finished under the lock.
    return await asyncio.shield(settle(hub, table, actor, command, command_id, digest))


async def settle(
    hub: live.Hub, table: Table, actor: Actor, command: Command, command_id: UUID, digest: bytes
) -> Receipt:
    try:
        async with table.lock:
            return await decide_and_append(hub, table, actor, command, command_id, digest)
    except AWAY as trouble:
        # Written or not, nobody here knows. Warm state has not moved, so the next look at the log tells.
        raise Unavailable from trouble


async def decide_and_append(
    hub: live.Hub, table: Table, actor: Actor, command: Command, command_id: UUID, digest: bytes
) -> Receipt:
    """Until the log has the command or the rules refuse it."""
    for _ in range(ATTEMPTS):
        done = table.done.get((actor.id, command_id))
        if done is not None:
            if done.digest != digest:
                raise KeyReuse
            return Receipt(done.first, done.last)
        try:
            decision = decide(table.state, actor, command, hub.now())
        except RuleBroken:
            # Another process may have been faster: only the newest state may refuse.
            if await hub.catch_up(table):
                continue
            raise
        await write_sheets(table, decision)
        written = await hub.log.append(write_of(table, actor, command_id, digest, decision, hub.now()))
        if written is None:
            raise live.NoSuchRoom(table.room)
        hub.set_clock(written.clock)
        if written.at is None:
            await hub.catch_up(table)
            continue
        hub.written(table, logged(table, actor, command_id, digest, decision, written), written.job)
        return Receipt(table.seq - len(decision.drafts) + 1, table.seq)
    raise Unavailable


async def write_sheets(table: Table, decision: Decision) -> None:
    """Before news is told, the sheets that go with it are there. Only staff tells news, so only staff waits here."""
    changing = {planned.id for planned in table.state.news.plan if planned.changes}
    for draft in decision.drafts:
        if isinstance(draft.event, e.NewsReleased) and draft.event.news in changing:
            after = Variant(table.condition, (*table.state.news.changed, draft.event.news))
            await live.in_thread(partial(write_variant, table.edition, after))


def digest_of(command: Command) -> bytes:
    body = type(command).__name__.encode() + msgspec.json.encode(command)
    return hashlib.blake2b(body, digest_size=16).digest()


def logged(
    table: Table, actor: Actor, command_id: UUID, digest: bytes, decision: Decision, written: Written
) -> list[e.Logged]:
    """The drafts as they now stand in the log."""
    assert written.at is not None
    return lines(table.seq, actor, command_id, digest, decision.drafts, written.at)


def lines(
    after: int, actor: Actor, command_id: UUID, digest: bytes, drafts: tuple[e.Draft, ...], at: datetime
) -> list[e.Logged]:
    first = e.Logged(after + 1, drafts[0].event, actor.id, drafts[0].audience, at, command_id, digest)
    rest = enumerate(drafts[1:], start=after + 2)
    return [first, *(e.Logged(seq, draft.event, actor.id, draft.audience, at) for seq, draft in rest)]


def write_of(
    table: Table, actor: Actor, command_id: UUID, digest: bytes, decision: Decision, now: datetime
) -> Write:
    """What the statement needs: the drafts, and the room's columns as they will be after them."""
    state = table.state
    for line in lines(table.seq, actor, command_id, digest, decision.drafts, now):
        state = evolve(state, line)
    ended = state.phase == "ended"
    return Write(
        room=table.room,
        after=table.seq,
        actor=actor.id,
        command_id=command_id,
        digest=digest,
        drafts=decision.drafts,
        not_after=decision.not_after,
        closes_at=None if ended else state.closes_at,
        due_at=due_at(state, table.room),
        ended=ended,
        summary=summarise(state),
        stamps=tuple(name for name in STAMPS if getattr(state, name) == now),
        acted=tuple(party for party, at in state.course.acted_at.items() if at == now),
        job=is_due_for_figures(table.state, state),
    )


def is_due_for_figures(before: RoomState, after: RoomState) -> bool:
    return after.phase == "ended" and before.phase != "ended"

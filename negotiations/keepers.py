"""The hub's own tasks. Each runs on the owner loop for as long as the process, survives any error, and
does what otherwise nobody would: deadlines, partners' moves, nudges, missed heads, presence, revocation.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid5

from celery import current_app
from channels.layers import InMemoryChannelLayer, get_channel_layer
from django.db.models import Q
from django.utils import timezone

from negotiations import actions, partners
from negotiations.access import door
from negotiations.live import Hub, NoSuchRoom, in_thread, tell_presence
from negotiations.models import Seat
from negotiations.notices import can_write, remember_read, write_letters
from negotiations.perform import KeyReuse, Unavailable, perform
from negotiations.rules.commands import HOUSE, Actor, Tick
from negotiations.rules.decide import next_due
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import SeatState
from negotiations.table import Table, marks_of
from simulations.queries import role_case

logger = logging.getLogger("parley.live")
GROUP = "parley.rooms"
TICK_SECONDS = 0.5
HEADS_SECONDS = 3.0
PRESENCE_SECONDS = 15.0
SWEEP_SECONDS = 10.0
LETTER_SECONDS = 60.0
GONE_AFTER = timedelta(seconds=25)
NUDGE_SECONDS = 1.0
BACK_OFF = 10.0
#: A broker that hangs holds this one thread, not those that newcomers need.
PUBLISHER = ThreadPoolExecutor(1, "parley-publish")


def every(seconds: float) -> Callable[[Callable[[Hub], Awaitable[None]]], Callable[[Hub], Any]]:
    """A keeper from one round of work: again and again, logging what goes wrong."""

    def keeper(work: Callable[[Hub], Awaitable[None]]) -> Callable[[Hub], Any]:
        async def keep(hub: Hub) -> None:
            failures = 0
            while True:
                try:
                    await work(hub)
                    failures = 0
                except Exception:
                    # A database that is away for a minute is one trouble, not a hundred.
                    failures += 1
                    if failures == 1:
                        logger.warning("%s failed and will be tried again", work.__name__, exc_info=True)
                await asyncio.sleep(seconds if failures < 3 else max(seconds, NUDGE_SECONDS))

        return keep

    return keeper


@every(TICK_SECONDS)
async def keep_time(hub: Hub) -> None:
    """Deadlines and partners' moves. Several processes may find the same room due; the log keeps one act."""
    for room, due_at in await hub.log.due():
        if room not in hub.ticking:
            hub.ticking.add(room)
            hub.spawn(happen(hub, room, due_at))


async def happen(hub: Hub, room: UUID, due_at: datetime) -> None:
    """What is due in this room. A room that refuses is left alone for a moment, not asked in a circle."""
    try:
        if not await is_done(act_in(hub, room, due_at), room):
            await asyncio.sleep(BACK_OFF)
    finally:
        hub.ticking.discard(room)


async def is_done(work: Awaitable[None], room: UUID) -> bool:
    """Whether it could be done; what came in between is logged."""
    try:
        await work
    except (RuleBroken, KeyReuse, Unavailable, NoSuchRoom) as refused:
        logger.info("nothing happened in room %s: %s", room, type(refused).__name__)
        return False
    except Exception:
        logger.exception("room %s could not go on by itself", room)
        return False
    return True


async def act_in(hub: Hub, room: UUID, due_at: datetime) -> None:
    """The clock first. A partner that cannot move rests alone: what else is due here waits for nobody."""
    table = await hub.table(room)
    async with table.lock:
        await hub.catch_up(table)
    now = hub.now()
    state = table.state
    due = next_due(state)
    if due is not None and now >= due.at:
        # The number is part of the key: two things may be due at one moment, and each is a tick of its own.
        await perform(room, Actor(HOUSE, "house"), Tick(), uuid5(room, f"{due_at.isoformat()}:{table.seq}"))
        return
    turn = partners.next_turn(state, room, table.resting(now))
    if turn is None or turn.at > now + timedelta(seconds=1):
        return
    if not await is_done(move(table, turn.seat, now), room):
        table.rests[turn.seat.id] = now + timedelta(seconds=BACK_OFF)


async def move(table: Table, seat: SeatState, now: datetime) -> None:
    state = table.state
    case = await in_thread(partial(role_case, table.edition, seat.party, table.variant))
    choose = partial(partners.command_for, state, seat, case, table.room, now)
    command = await asyncio.to_thread(choose)
    key = uuid5(table.room, f"{seat.id}:{state.sights.of(seat.party).lines}")
    await perform(table.room, Actor(seat.id, "seat", seat.party), command, key)


@every(HEADS_SECONDS)
async def keep_heads(hub: Hub) -> None:
    """Whoever missed a nudge catches up here, and the clock is set by the database's."""
    hub.set_clock(await hub.log.clock())
    open_rooms = [room for room, table in hub.tables.items() if table.readers]
    for room, head in await hub.log.heads(open_rooms) if open_rooms else []:
        hub.spawn(hurry(hub, room, head))


async def hurry(hub: Hub, room: UUID, head: int) -> None:
    """Catch up with one room. A room that is locked or cannot be read keeps no other waiting."""
    try:
        await hub.catch_up_to(room, head)
    except Exception as trouble:
        logger.info("room %s will catch up later: %s", room, type(trouble).__name__)


@every(0.01)
async def send_nudges(hub: Hub) -> None:
    """Tell the other processes which rooms moved: no content, coalesced, one second and no more."""
    await hub.moved_flag.wait()
    hub.moved_flag.clear()
    moved, hub.moved = hub.moved, {}
    jobs, hub.jobs = hub.jobs, set()
    if jobs:
        hub.spawn(publish(jobs))
    layer = get_channel_layer()
    if moved and layer is not None and not isinstance(layer, InMemoryChannelLayer):
        message = {"type": "nudge", "heads": {str(room): head for room, head in moved.items()}}
        async with asyncio.timeout(NUDGE_SECONDS):
            await layer.group_send(GROUP, message)


async def publish(jobs: set[int]) -> None:
    """Trigger the workers. A message that is lost costs time: the sweeper finds the job's row."""

    def send() -> None:
        for job in jobs:
            current_app.send_task("debriefs.room_figures", [job], retry=False)

    try:
        await asyncio.wait_for(asyncio.get_running_loop().run_in_executor(PUBLISHER, send), 5)
    except Exception:
        logger.warning("figures of %d rooms will be found by the sweeper", len(jobs))


@every(1.0)
async def hear_nudges(hub: Hub) -> None:
    layer = get_channel_layer()
    if layer is None or isinstance(layer, InMemoryChannelLayer):
        await asyncio.sleep(3600)
        return
    channel = await layer.new_channel()
    await layer.group_add(GROUP, channel)
    while True:
        message = await layer.receive(channel)
        for room, head in message["heads"].items():
            hub.spawn(hurry(hub, UUID(room), head))


@every(PRESENCE_SECONDS)
async def tell_seen(hub: Hub) -> None:
    """One UPDATE a process: who sits here. And who is reported by other processes."""
    rooms = [table for table in hub.tables.values() if table.readers]
    seats = [reader.seat for table in rooms for reader in table.readers if reader.seat is not None]
    await in_thread(partial(remember_read, marks_of(rooms)))
    reported = await in_thread(partial(exchange_presence, seats, [table.room for table in rooms]))
    for table in rooms:
        found = frozenset(reported.get(table.room, ()))
        if found != table.elsewhere:
            table.elsewhere = found
            tell_presence(table)


def exchange_presence(seats: list[UUID], rooms: list[UUID]) -> dict[UUID, set[UUID]]:
    """Marks our seats as seen and returns which others have seen lately, by room."""
    now = timezone.now()
    Seat.objects.filter(pk__in=seats).update(seen_at=now)
    fresh = Q(room__in=rooms, left_at=None, seen_at__gt=now - GONE_AFTER) & ~Q(pk__in=seats)
    found: dict[UUID, set[UUID]] = {}
    for room, seat in Seat.objects.filter(fresh).values_list("room_id", "pk"):
        found.setdefault(room, set()).add(seat)
    return found


@every(4.0)
async def keep_out(hub: Hub) -> None:
    """Sockets whose cookie, account or right is gone are closed within five seconds."""
    readers = [reader for table in hub.tables.values() for reader in table.readers]
    keys = {key for reader in readers for key in reader.keys}
    if keys:
        gone = await in_thread(partial(door().revoked, keys))
        for reader in readers:
            if gone & reader.keys:
                reader.close(4401)


@every(SWEEP_SECONDS)
async def complete(hub: Hub) -> None:
    """What a crash cut off: an instructor's act on all rooms, people on the way to their tables."""
    await in_thread(actions.sweep_acts)
    await in_thread(actions.sweep_seats)


@every(LETTER_SECONDS)
async def send_letters(hub: Hub) -> None:
    """To those whose turn it is at a table that stays open for days."""
    if can_write():
        await in_thread(write_letters)


KEEPERS = (send_letters, keep_time, keep_heads, send_nudges, hear_nudges, tell_seen, keep_out, complete)

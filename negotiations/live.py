"""What one process keeps alive: the owner loop, warm rooms, sockets subscribed, nudges heard and sent.

    append --COMMIT--> wake local readers --(own task)--> nudge "room 7 is at 12" --> other processes
    heads of open rooms, every few seconds --> whoever missed a nudge catches up

All of it lives on one loop, uvicorn's or a daemon thread's; other threads and loops enter by `call`.
Nothing here decides anything, and nothing is trusted that the log does not say.
"""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from time import monotonic
from typing import Any, TypeVar
from uuid import UUID

import msgspec
import uvloop
from django.db import close_old_connections, connection

from negotiations.log import Log
from negotiations.queries import room_by_id
from negotiations.rules import events as e
from negotiations.rules.room import Policy
from negotiations.table import Reader, Table
from simulations.queries import table_case
from simulations.rules.variants import Variant

T = TypeVar("T")
logger = logging.getLogger("parley.live")
MAX_TABLES = 2000
#: A line takes about half a kilobyte with all that hangs on it, so this is some 200 MB.
MAX_LINES = 400_000
CALL_SECONDS = 10


class NoSuchRoom(LookupError):
    pass


class Unavailable(Exception):
    """The outcome is unknown or the database is away: send the same command again later."""


class Hub:
    """The live part of this process. Made on, and used from, its owner loop only."""

    def __init__(self) -> None:
        self.log = Log()
        self.tables: OrderedDict[UUID, Table] = OrderedDict()
        self.loading: dict[UUID, asyncio.Task[Table]] = {}
        self.moved: dict[UUID, int] = {}
        self.moved_flag = asyncio.Event()
        self.jobs: set[int] = set()
        self.ticking: set[UUID] = set()
        self.tasks: set[asyncio.Task[Any]] = set()
        self._clock = (datetime.now(UTC), monotonic())
        self._opened = False
        self._opening = asyncio.Lock()

    async def open(self) -> None:
        """The pool and the hub's own tasks, once."""
        if self._opened:
            return
        async with self._opening:
            if not self._opened:
                from negotiations import keepers  # the keepers act through the hub

                await self.log.open()
                self.set_clock(await self.log.clock())
                for keeper in keepers.KEEPERS:
                    self.spawn(keeper(self))
                self._opened = True

    async def close(self) -> None:
        for task in list(self.tasks):
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        await self.log.close()

    def spawn(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def now(self) -> datetime:
        """The database's time, carried on by this machine's steady clock since it was last read."""
        at, since = self._clock
        return at + timedelta(seconds=monotonic() - since)

    def set_clock(self, at: datetime) -> None:
        self._clock = (at, monotonic())

    async def table(self, room: UUID) -> Table:
        """The warm room. Loading it once serves everybody who asks meanwhile."""
        found = self.tables.get(room)
        if found is not None:
            self.tables.move_to_end(room)
            return found
        task = self.loading.get(room)
        if task is None:
            task = self.loading[room] = asyncio.get_running_loop().create_task(self.load(room))
            task.add_done_callback(lambda _: self.loading.pop(room, None))
        return await asyncio.shield(task)

    async def table_now(self, room: UUID) -> Table:
        """The room as the log has it now: what was warm, or is just being read, may have missed a nudge."""
        is_new = room not in self.tables and room not in self.loading
        table = await self.table(room)
        if not is_new:
            async with table.lock:
                await self.catch_up(table)
        return table

    async def load(self, room: UUID) -> Table:
        await self.open()
        table = await in_thread(partial(cold_table, room))
        table.add(await self.log.after(room, 0))
        self.tables[room] = table
        self.make_room()
        return table

    def make_room(self) -> None:
        """Forget the rooms longest unused. Those with readers or writers at work stay."""
        lines = sum(table.seq for table in self.tables.values())
        for room, table in list(self.tables.items()):
            if len(self.tables) <= MAX_TABLES and lines <= MAX_LINES:
                break
            if not table.readers and not table.lock.locked():
                lines -= table.seq
                del self.tables[room]

    async def catch_up(self, table: Table) -> bool:
        """Read what other processes wrote, and say whether it was anything. The caller holds the table's lock."""
        log = await self.log.after(table.room, table.seq)
        if log:
            table.add(log)
            wake(table.readers)
        return bool(log)

    async def catch_up_to(self, room: UUID, head: int) -> None:
        table = self.tables.get(room)
        if table is not None and head > table.seq:
            async with table.lock:
                if head > table.seq:
                    await self.catch_up(table)

    def written(self, table: Table, log: list[e.Logged], job: int | None) -> None:
        """After COMMIT: wake who reads here, and leave word for the tasks that tell the others."""
        table.add(log)
        wake(table.readers)
        self.moved[table.room] = table.seq
        if job is not None:
            self.jobs.add(job)
        self.moved_flag.set()

    def subscribe(self, table: Table, reader: Reader) -> Table:
        """The table to read from: the one that is kept, should `table` have been forgotten meanwhile."""
        kept = self.tables.setdefault(table.room, table)
        kept.readers.add(reader)
        tell_presence(kept)
        return kept

    def unsubscribe(self, table: Table, reader: Reader) -> None:
        table.readers.discard(reader)
        tell_presence(table)


def wake(readers: Iterable[Reader]) -> None:
    for reader in readers:
        reader.wake()


def tell_presence(table: Table) -> None:
    for reader in table.readers:
        reader.presence_changed()


def cold_table(room: UUID) -> Table:
    """The frame of a room before its log is read. Runs in a thread: it asks the ORM."""
    found = room_by_id(room)
    if found is None:
        raise NoSuchRoom(room)
    policy, edition = msgspec.convert(found.session.policy, Policy), found.session.edition_id
    case = table_case(edition, Variant(found.condition))
    return Table(room, edition, case, policy, found.condition)


async def in_thread(work: Callable[[], T]) -> T:
    """Ordinary ORM work away from the loop, with its connection given back after."""

    def tidy() -> T:
        try:
            return work()
        finally:
            close_old_connections()
            connection.close()

    return await asyncio.to_thread(tidy)


_guard = threading.Lock()
_loop: asyncio.AbstractEventLoop | None = None
_hub: Hub | None = None
_pid = 0


def adopt() -> None:
    """Make the running loop this process's owner loop, if it has none. A server calls this first."""
    global _loop, _pid
    with _guard:
        if _loop is None or _pid != os.getpid() or _loop.is_closed():
            _forget()
            _loop, _pid = asyncio.get_running_loop(), os.getpid()


def _forget() -> None:
    global _loop, _hub
    _loop = _hub = None


def owner() -> asyncio.AbstractEventLoop:
    """The owner loop; outside a server a daemon thread's, started after any fork."""
    global _loop, _pid
    with _guard:
        if _loop is None or _pid != os.getpid() or _loop.is_closed():
            _forget()
            _loop, _pid = uvloop.new_event_loop(), os.getpid()
            threading.Thread(target=_loop.run_forever, name="parley-live", daemon=True).start()
        return _loop


async def hub() -> Hub:
    """This process's hub. On the owner loop only."""
    global _hub
    if _hub is None:
        _hub = Hub()
    await _hub.open()
    return _hub


def clock() -> datetime:
    """The database's time as this process's hub knows it. On the owner loop only."""
    assert _hub is not None
    return _hub.now()


def call(work: Coroutine[Any, Any, T]) -> T:
    """Run `work` on the owner loop from any other thread and wait for it.

    Refused inside an atomic block: the log's pool would wait for rows that this transaction holds.
    """
    loop = owner()
    with suppress(RuntimeError):
        if asyncio.get_running_loop() is loop:
            work.close()
            raise AssertionError("live.call would wait for itself on the owner loop")
    if connection.in_atomic_block:
        work.close()
        raise RuntimeError("live.call inside an atomic block would deadlock; commit first")
    try:
        return asyncio.run_coroutine_threadsafe(work, loop).result(CALL_SECONDS)
    except TimeoutError as late:
        raise Unavailable from late


async def shut() -> None:
    """Close the hub, if there is one. On the owner loop, when the server stops."""
    global _hub
    if _hub is not None:
        closing, _hub = _hub, None
        await closing.close()

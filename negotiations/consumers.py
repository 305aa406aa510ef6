"""The sockets of a table: gate, resume, commands in, frames out; floods and slow readers. Rules live elsewhere.

Each socket has its own cursor and one task that sends, so a reader that does not read waits alone.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from http.cookies import CookieError, SimpleCookie
from time import monotonic
from typing import Any
from uuid import UUID

from channels.consumer import AsyncConsumer
from channels.exceptions import StopConsumer

from bargaining.case import Case
from bargaining.gauges import levels
from negotiations import live, notices, wire
from negotiations.access import Seated, Watching, find_seated, find_watching
from negotiations.answers import answer, score, worth_for
from negotiations.lines import Worth
from negotiations.pace import Pace
from negotiations.rules.room.strands import known_to
from negotiations.table import Table, marks_of
from simulations.queries import role_case
from simulations.rules.variants import Variant

logger = logging.getLogger("parley.live")
BATCH = 200
SOCKETS_PER_SEAT = 5
SLOW_SECONDS = 30
#: How long a flood is slowed before it is closed.
PATIENCE = 400
BAD_FRAMES = 20

Send = Callable[[dict[str, Any]], Awaitable[None]]


class TableSocket(AsyncConsumer):
    """Base of both kinds of socket. It has no channel layer: the hub wakes it."""

    find: Callable[[dict[str, str], UUID], Seated | Watching | None]

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.opened, self.tell = scope, send
        self.sender: asyncio.Task[None] | None = None
        self.table: Table | None = None
        self.closing: int | None = None
        self.main = asyncio.current_task()
        self.given_up = False
        try:
            while True:
                await self.dispatch(await receive())
        except StopConsumer:
            pass
        except asyncio.CancelledError:
            if not self.given_up:
                raise
        finally:
            await self.leave()

    async def dispatch(self, message: dict[str, Any]) -> None:
        # Channels would hop through a thread here to tidy database connections; this consumer has none.
        match message["type"]:
            case "websocket.receive":
                await self.receive_frame(message)
            case "websocket.connect":
                await self.connect()
            case "websocket.disconnect":
                raise StopConsumer

    async def connect(self) -> None:
        """Strangers are refused before they are accepted, as if the room were not there."""
        room = self.opened["url_route"]["kwargs"]["room_id"]
        hub = await live.hub()
        entered = await live.in_thread(partial(self.come_in, cookies_of(self.opened), room))
        if entered is None:
            await self.tell({"type": "websocket.close", "code": 4404})
            raise StopConsumer
        self.enter(entered)
        table = self.table = await hub.table_now(room)
        await self.tell({"type": "websocket.accept"})
        self.start(hub, table)

    def come_in(self, cookies: dict[str, str], room: UUID) -> Seated | Watching | None:
        """All that is asked of the ORM, in one go."""
        entered = type(self).find(cookies, room)
        if entered is not None:
            self.entered, self.variant = entered, entered.room.variant
            self.worth = self.prepare(entered, self.variant)
        return entered

    def enter(self, entered: Seated | Watching) -> None:
        self.viewer, self.actor, self.keys = entered.viewer, entered.actor, entered.keys
        self.seat: UUID | None = entered.seat.pk if isinstance(entered, Seated) else None
        self.awake = asyncio.Event()
        self.presence_due = True
        self.pace = Pace()
        self.opened_at = monotonic()
        self.strikes = self.bad = 0
        self.read = 0

    def start(self, hub: live.Hub, table: Table) -> None:
        self.make_way(table)
        self.table = hub.subscribe(table, self)
        self.cursor = self.table.head(self.viewer)
        self.sender = asyncio.get_running_loop().create_task(self.keep_sending())

    def make_way(self, table: Table) -> None:
        """A person may have a few tabs open; the oldest beyond that is told to go."""
        same = [
            reader
            for reader in table.readers
            if isinstance(reader, TableSocket) and reader.actor.id == self.actor.id
        ]
        same.sort(key=lambda reader: reader.opened_at)
        for reader in same[: max(0, len(same) - SOCKETS_PER_SEAT + 1)]:
            reader.close(4409)

    async def leave(self) -> None:
        if self.sender is not None:
            self.sender.cancel()
        if self.table is not None:
            hub = await live.hub()
            marks = marks_of([self.table])
            hub.unsubscribe(self.table, self)
            if marks:
                hub.spawn(live.in_thread(partial(notices.remember_read, marks)))

    def wake(self) -> None:
        self.awake.set()

    def presence_changed(self) -> None:
        self.presence_due = True
        self.awake.set()

    def close(self, code: int) -> None:
        self.closing = code
        self.awake.set()

    async def keep_sending(self) -> None:
        """The one task that tells this viewer what happened, from its own cursor on."""
        assert self.table is not None
        try:
            while self.closing is None:
                await self.awake.wait()
                self.awake.clear()
                async with asyncio.timeout(SLOW_SECONDS):
                    await self.send_news(self.table)
            await self.tell({"type": "websocket.close", "code": self.closing})
        except TimeoutError:
            await self.hang_up(1013)
        except Exception as gone:
            logger.debug("socket went away while sending: %s", type(gone).__name__)

    async def hang_up(self, code: int) -> None:
        """Say why, if the other end still listens; one that does not even read is left at once."""
        self.closing = code
        try:
            await asyncio.wait_for(self.tell({"type": "websocket.close", "code": code}), 1)
        except Exception as gone:
            logger.debug("could not say goodbye: %s", type(gone).__name__)
            # The server would wait for its buffer to empty, and the seat would look taken for as long.
            self.given_up = True
            if self.main is not None:
                self.main.cancel()

    async def send_news(self, table: Table) -> None:
        if self.seat is not None and self.seat not in table.state.seats:
            self.closing = 4403
            return
        while self.cursor < table.head(self.viewer):
            await self.keep_up(table)
            news = table.after(self.viewer, self.cursor, BATCH)
            self.cursor += len(news)
            await self.send_frame(self.events_frame(table, news))
        if self.presence_due:
            self.presence_due = False
            await self.send_frame(self.pong(table))

    async def keep_up(self, table: Table) -> None:
        """News may have changed what things are worth: then they are read anew before anything else is sent."""
        if table.variant != self.variant:
            variant = table.variant
            self.worth = await live.in_thread(partial(self.prepare, self.entered, variant))
            self.variant = variant

    def events_frame(self, table: Table, news: list[Any]) -> dict[str, Any]:
        reading, known, by = (
            table.reading(self.viewer),
            partial(levels, table.state.case),
            partial(table.mates.by, self.viewer),
        )
        lines = (wire.line(n, logged, self.worth, reading, known, by(logged)) for n, logged in news)
        return wire.events(lines, table.head(self.viewer), live.clock())

    def pong(self, table: Table) -> dict[str, Any]:
        mates = table.mates.here(self.viewer, table.seats_here())
        return wire.pong(table.head(self.viewer), live.clock(), table.here(), mates)

    async def send_frame(self, frame: dict[str, Any]) -> None:
        await self.tell({"type": "websocket.send", "text": wire.encode(frame).decode()})

    async def receive_frame(self, message: dict[str, Any]) -> None:
        if self.closing is not None or self.table is None:
            return
        if not await self.has_time():
            return
        text = message.get("text")
        if text is None:
            await self.hang_up(1003)
            return
        try:
            frame = wire.read(text)
        except wire.BadFrame as refused:
            await self.refuse(refused)
            return
        await self.take(frame, self.table)

    async def refuse(self, refused: wire.BadFrame) -> None:
        self.bad += 1
        if self.bad > BAD_FRAMES:
            await self.hang_up(1008)
            return
        await self.send_frame(wire.error(refused.code, refused.words, refused.id))

    async def has_time(self) -> bool:
        """A frame too early waits; who goes on and on is closed."""
        wait = self.pace.seconds_to_wait()
        if not wait:
            self.strikes = max(0, self.strikes - 1)
            return True
        self.strikes += 2
        if self.strikes > PATIENCE:
            await self.hang_up(1008)
            return False
        await asyncio.sleep(wait)
        return True

    async def take(self, frame: wire.Frame, table: Table) -> None:
        match frame:
            case wire.Ping(seen=seen):
                self.read = max(self.read, min(seen, table.head(self.viewer)))
                await self.send_frame(self.pong(table))
            case wire.Resume(after=after):
                self.rewind(after, table)
            case _:
                await self.send_frame(await self.respond(frame, table))

    def rewind(self, after: int, table: Table) -> None:
        """Send again what comes after the number the reader holds; a number it cannot have means all."""
        self.cursor = after if 0 <= after <= table.head(self.viewer) else 0
        self.awake.set()

    async def respond(self, frame: wire.Frame, table: Table) -> dict[str, Any]:
        raise NotImplementedError

    def prepare(self, entered: Seated | Watching, variant: Variant) -> Worth | None:
        """Whatever of the case this viewer needs, read in a thread: once, and again when it changes."""
        return worth_for(entered, variant)


class SeatSocket(TableSocket):
    """A participant's socket."""

    find = staticmethod(find_seated)

    def prepare(self, entered: Seated | Watching, variant: Variant) -> Worth | None:
        assert isinstance(entered, Seated)
        self.case: Case | None = None
        if entered.seat.kind != "observer":
            self.case = role_case(entered.room.session.edition_id, entered.seat.party, variant)
        return worth_for(entered, variant)

    async def respond(self, frame: wire.Frame, table: Table) -> dict[str, Any]:
        await self.keep_up(table)
        if isinstance(frame, wire.Score) and self.case is None:
            return wire.error("forbidden", wire.WORDS["reading_along"], frame.id)
        if isinstance(frame, wire.Score):
            assert self.viewer.party is not None
            assert self.case is not None
            party, state = self.viewer.party, table.state
            return score(self.case, party, frame, state.policy.calculator, known_to(state, party))
        return await answer(table, self.actor, self.viewer, frame)


class WatchSocket(TableSocket):
    """An instructor's socket: it reads the whole log and may say nothing."""

    find = staticmethod(find_watching)

    async def respond(self, frame: wire.Frame, table: Table) -> dict[str, Any]:
        return wire.error("forbidden", wire.WORDS["reading_along"], getattr(frame, "id", None))


def cookies_of(scope: dict[str, Any]) -> dict[str, str]:
    jar: SimpleCookie = SimpleCookie()
    for name, value in scope["headers"]:
        if name == b"cookie":
            try:
                jar.load(value.decode("latin1"))
            except CookieError:
                return {}
    return {name: morsel.value for name, morsel in jar.items()}

"""Browsers for tests of the sockets: a tab that keeps what it was told, and another process that writes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, TypeVar
from uuid import UUID, uuid4

import aiohttp

from negotiations.live import cold_table, in_thread
from negotiations.log import Log
from negotiations.perform import digest_of, write_of
from negotiations.rules.commands import Actor, Command
from negotiations.rules.decide import decide
from tests.negotiations.tables import TableUp
from tests.serving import RunningServer

T = TypeVar("T")
#: Only how long a broken test takes to say so.
PATIENCE = 20


class Closed(Exception):
    """The server closed the socket while a frame was awaited."""

    def __init__(self, code: int | None) -> None:
        self.code = code
        super().__init__(f"closed with {code}")


class Tab:
    """One open page: its socket, every frame it received, and the events in the order they came."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.frames: list[dict[str, Any]] = []
        self.events: list[dict[str, Any]] = []
        self.looked_at = 0

    async def send(self, frame: dict[str, Any] | str) -> None:
        await self.socket.send_str(frame if isinstance(frame, str) else json.dumps(frame))

    async def receive(self) -> dict[str, Any]:
        async with asyncio.timeout(PATIENCE):
            message = await self.socket.receive()
        if message.type is not aiohttp.WSMsgType.TEXT:
            raise Closed(self.socket.close_code)
        frame: dict[str, Any] = json.loads(message.data)
        self.frames.append(frame)
        if frame["t"] == "events":
            self.events += frame["events"]
        return frame

    async def answer(self) -> dict[str, Any]:
        """The next frame that answers something, past events and presence."""
        while (frame := await self.receive())["t"] in ("events", "pong"):
            pass
        return frame

    async def ask(self, kind: str, **fields: Any) -> dict[str, Any]:
        await self.send({"t": kind, "id": str(uuid4()), **fields})
        return await self.answer()

    async def until(self, kind: str) -> dict[str, Any]:
        """The next event of this type, past the one found before."""
        while True:
            while self.looked_at < len(self.events):
                event = self.events[self.looked_at]
                self.looked_at += 1
                if event["type"] == kind:
                    return event
            await self.receive()

    async def resumed(self, after: int = 0) -> list[dict[str, Any]]:
        """What the server sends after this number, up to its head; from the first for a number it refuses."""
        start = len(self.events)
        await self.send({"t": "resume", "after": after})
        await self.send({"t": "ping"})
        await self.ask("score", package={})  # answered in order, so the head that the ping asked for is here
        head = max(frame["head"] for frame in self.frames if "head" in frame)
        found: list[dict[str, Any]] = []
        number = after if 0 <= after <= head else 0
        while True:
            for event in self.events[start:]:
                if event["n"] == number + 1:
                    found.append(event)
                    number += 1
            start = len(self.events)
            if number >= head:
                return found
            await self.receive()

    async def closed(self) -> int | None:
        """The code with which the server closes, whatever it says before."""
        try:
            while True:
                await self.receive()
        except Closed as closed:
            return closed.code


async def run(work: Callable[..., T], *arguments: Any) -> T:
    """Ordinary work with the database: on the loop of a test its connection would never be given back."""
    return await in_thread(partial(work, *arguments))


def cookie_header(cookies: dict[str, str]) -> dict[str, str]:
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}


@asynccontextmanager
async def open_socket(
    server: RunningServer, path: str, cookies: dict[str, str], **options: Any
) -> AsyncIterator[Tab]:
    options.setdefault("origin", server.url)
    async with aiohttp.ClientSession(headers=cookie_header(cookies)) as browser:
        connecting = browser.ws_connect(server.socket_url + path, max_msg_size=2**22, **options)
        async with connecting as socket:
            yield Tab(socket)


@asynccontextmanager
async def sit(server: RunningServer, table: TableUp, party: str) -> AsyncIterator[Tab]:
    """The socket of the person who plays this party."""
    seat = table.farmer if party == "farmer" else table.neighbour
    async with open_socket(server, f"/ws/rooms/{table.room.pk}/", table.cookies(seat)) as tab:
        yield tab


@asynccontextmanager
async def watch(server: RunningServer, table: TableUp) -> AsyncIterator[Tab]:
    async with open_socket(server, f"/ws/watch/{table.room.pk}/", table.ada_cookies) as tab:
        yield tab


async def write_elsewhere(table: TableUp, actor: Actor, command: Command, id: UUID | None = None) -> None:
    """As another process would: a log and a warm room of its own, and no nudge for this process."""
    log = Log()
    await log.open()
    try:
        other = await run(cold_table, table.room.pk)
        other.add(await log.after(table.room.pk, 0))
        now = await log.clock()
        decision = decide(other.state, actor, command, now)
        written = await log.append(write_of(other, actor, id or uuid4(), digest_of(command), decision, now))
        assert written is not None
        assert written.at is not None
    finally:
        await log.close()

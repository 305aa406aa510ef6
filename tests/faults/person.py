"""A client of the table as a browser is one: a socket that resumes, HTTP beside it, keys kept for retries.

It writes down everything it does and hears. It knows the wire, not the server's insides.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from negotiations.models import Seat
from tests.faults.history import UNKNOWN, Answer, Call, Heard, History, Stream
from tests.faults.houses import House

ANSWER_SECONDS = 15
RETRY_SECONDS = 0.05
TOKEN = "0123456789abcdef0123456789abcdef"
numbers = itertools.count(1)


class Person:
    """One tab of one participant. `house` is the process its socket is connected to."""

    def __init__(self, seat: Seat, house: House, history: History) -> None:
        self.seat, self.house, self.history = seat, house, history
        self.room: UUID = seat.room_id
        self.client = next(numbers)
        self.applied: list[dict[str, Any]] = []
        self.here: dict[str, bool] = {}
        self.closed_with: int | None = None
        self.changed = asyncio.Event()
        self._socket: ClientConnection | None = None
        self._reading: asyncio.Task[None] | None = None
        self._waiting: dict[str, list[asyncio.Future[Answer]]] = {}
        self._connections = 0

    @property
    def cookie(self) -> str:
        return f"holder={self.seat.holder}; csrftoken={TOKEN}"

    @property
    def head(self) -> int:
        return len(self.applied)

    async def come(self, house: House | None = None) -> Person:
        """Connect, or connect anew, and resume from what was applied."""
        self.house = house or self.house
        await self.go()
        self._socket = await connect(
            f"ws://127.0.0.1:{self.house.port}/ws/rooms/{self.room}/",
            additional_headers={"Cookie": self.cookie},
            origin=self.house.origin,  # type: ignore[arg-type]
            compression=None,
            proxy=None,
            open_timeout=ANSWER_SECONDS,
        )
        self._connections += 1
        self._reading = asyncio.create_task(self._read(self._socket))
        await self._resume(self._socket)
        return self

    async def go(self) -> None:
        if self._socket is not None:
            self._socket.transport.abort()
            self._socket = None
        if self._reading is not None:
            await asyncio.wait([self._reading])
            self._reading = None

    def finish(self) -> None:
        """Write down what this client holds in the end."""
        held = tuple(event["n"] for event in self.applied)
        self.history.streams.append(Stream(self.client, self.room, self.seat.party, held))

    async def until(self, holds: Callable[[], bool], seconds: float = 30) -> None:
        """Wait for a condition on what was heard; the limit is generous and proves nothing."""
        async with asyncio.timeout(seconds):
            while not holds():
                self.changed.clear()
                if not holds():
                    await self.changed.wait()

    async def do(self, frame: dict[str, Any], houses: list[House], way: str = "socket") -> Answer:
        """Send until the fate of the command is known, always under the same key, to whatever house lives."""
        for attempt in itertools.count():
            house = houses[attempt % len(houses)]
            answer = await (self.post(frame, house) if way == "http" else self.say_over_socket(frame, house))
            if answer.outcome != "unknown":
                return answer
            await asyncio.sleep(RETRY_SECONDS)
        raise AssertionError("unreachable")

    async def say_over_socket(self, frame: dict[str, Any], house: House) -> Answer:
        """Over the socket there is, or over a new one to this house."""
        if self._socket is None or self._reading is None or self._reading.done():
            try:
                await self.come(house)
            except (OSError, WebSocketException, TimeoutError):
                return UNKNOWN
        return await self.send(frame)

    async def send(self, frame: dict[str, Any]) -> Answer:
        """Once over the open socket."""
        assert self._socket is not None
        waiting: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(frame["id"], []).append(waiting)
        sent_at, answer = self.history.now(), UNKNOWN
        try:
            await self._socket.send(json.dumps(frame))
            async with asyncio.timeout(ANSWER_SECONDS):
                answer = await waiting
        except (OSError, WebSocketException, TimeoutError):
            pass
        finally:
            self._record(frame, f"socket:{self.house.port}", sent_at, answer)
        return answer

    async def post(self, frame: dict[str, Any], house: House) -> Answer:
        """Once over HTTP, to any house."""
        sent_at, answer = self.history.now(), UNKNOWN
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                answer = answer_in(await exchange(house, self._request(frame, house)))
        except (OSError, EOFError, ValueError, TimeoutError):
            pass
        finally:
            self._record(frame, f"http:{house.port}", sent_at, answer)
        return answer

    def _request(self, frame: dict[str, Any], house: House) -> bytes:
        body = json.dumps(frame).encode()
        lines = [
            f"POST /rooms/{self.room}/commands/ HTTP/1.1",
            f"Host: 127.0.0.1:{house.port}",
            f"Origin: {house.origin}",
            f"Cookie: {self.cookie}",
            f"X-CSRFToken: {TOKEN}",
            "Content-Type: application/json",
            f"Content-Length: {len(body)}",
            "Connection: close",
        ]
        return "\r\n".join([*lines, "", ""]).encode() + body

    def _record(self, frame: dict[str, Any], way: str, sent_at: float, answer: Answer) -> None:
        call = Call(self.room, self.seat.pk, self.seat.party, frame, way, sent_at, self.history.now(), answer)
        self.history.calls.append(call)

    async def _resume(self, socket: ClientConnection) -> None:
        await socket.send(json.dumps({"t": "resume", "after": self.head}))

    async def _read(self, socket: ClientConnection) -> None:
        try:
            async for text in socket:
                await self._take(json.loads(text), socket)
        except (OSError, WebSocketException):
            pass
        finally:
            self.closed_with = socket.close_code
            for waiting in itertools.chain.from_iterable(self._waiting.values()):
                if not waiting.done():
                    waiting.set_result(UNKNOWN)
            self.changed.set()

    async def _take(self, frame: dict[str, Any], socket: ClientConnection) -> None:
        match frame["t"]:
            case "events":
                await self._apply(frame["events"], socket)
            case "ack" | "err":
                self._answer(frame)
            case "pong":
                self.here = frame["here"]
        self.changed.set()

    async def _apply(self, events: list[dict[str, Any]], socket: ClientConnection) -> None:
        """What follows is applied, what is known is ignored, a gap asks for what is missing."""
        for event in events:
            self.history.heard.append(
                Heard(self.client, self.room, self.seat.party, self._connections, self.history.now(), event)
            )
            if event["n"] == self.head + 1:
                self.applied.append(event)
            elif event["n"] > self.head:
                with contextlib.suppress(WebSocketException):
                    await self._resume(socket)
                return

    def _answer(self, frame: dict[str, Any]) -> None:
        """The first sending of this key that still waits gets the answer; copies are answered in order."""
        for waiting in self._waiting.get(frame["id"] or "", []):
            if not waiting.done():
                waiting.set_result(answer_of(frame))
                return


async def exchange(house: House, request: bytes) -> bytes:
    """The body of the answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", house.port)
    try:
        writer.write(request)
        head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    finally:
        writer.close()
    if not head:
        raise EOFError
    return body


def answer_in(body: bytes) -> Answer:
    """A page about a failure is not an answer: the fate of the command stays unknown."""
    frame = json.loads(body)
    return answer_of(frame) if isinstance(frame, dict) else UNKNOWN


def answer_of(frame: dict[str, Any]) -> Answer:
    if frame["t"] == "ack":
        return Answer("ack", frame["first"], frame["last"])
    return Answer("unknown" if frame["retry"] else "refused", code=frame["code"], words=frame["words"])

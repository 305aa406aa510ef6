"""A reader that never reads: it waits alone, costs little memory, and is let go."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import socket
import struct
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from negotiations.models import Seat
from tests.faults.history import History, frame
from tests.faults.houses import House, run_houses
from tests.faults.person import ANSWER_SECONDS, Person
from tests.faults.play import (
    all_hold_everything,
    eventually,
    fall_silent,
    go_home,
    judge,
    make_rooms,
    seat_pair,
    sit_down,
)

pytestmark = pytest.mark.slow
READERS = 4
LONG = "x" * 1900
FILLING = 400
MEGABYTES_EACH = 4


@pytest.fixture
def impatient_house(committed_db: None, tmp_path: Path) -> Iterator[House]:
    """Waits two seconds for a reader, not thirty."""
    with run_houses(tmp_path, "", 1, PARLEY_SLOW_SECONDS="2") as (house,):
        yield house


class SilentReader:
    """A socket by hand, with the smallest buffer, which asks for everything and reads nothing of it."""

    def __init__(self, seat: Seat, house: House) -> None:
        self.link = socket.socket()
        self.link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.link.settimeout(ANSWER_SECONDS)
        self.link.connect(("127.0.0.1", house.port))
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [
            f"GET /ws/rooms/{seat.room_id}/ HTTP/1.1",
            f"Host: 127.0.0.1:{house.port}",
            f"Origin: {house.origin}",
            f"Cookie: holder={seat.holder}",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            f"Sec-WebSocket-Key: {key}",
        ]
        self.link.sendall("\r\n".join([*lines, "", ""]).encode())
        assert self.link.recv(12) == b"HTTP/1.1 101"

    def ask_for_everything(self) -> bool:
        """Whether it could still be asked for."""
        text = json.dumps({"t": "resume", "after": 0}).encode()
        mask = os.urandom(4)
        masked = bytes(sign ^ mask[place % 4] for place, sign in enumerate(text))
        try:
            self.link.sendall(struct.pack("!BB", 0x81, 0x80 | len(text)) + mask + masked)
        except OSError:
            return False
        return True


async def fill(people: list[Person], count: int) -> None:
    """Shared between several tabs, because one that sends so much alone would be taken for a flood."""
    for number in range(count):
        person = people[number % len(people)]
        assert (await person.send(frame("say", text=f"{number} {LONG}"))).outcome == "ack"


async def keep_asking(readers: list[SilentReader], done: asyncio.Event) -> None:
    while not done.is_set():
        for reader in readers:
            await asyncio.to_thread(reader.ask_for_everything)
        await asyncio.wait([asyncio.create_task(done.wait())], timeout=0.1)


async def is_gone(reader: SilentReader) -> bool:
    """Its connection is cut, and with it what was kept for it."""
    return not await asyncio.to_thread(reader.ask_for_everything)


async def test_reader_that_never_reads_disturbs_nobody_and_is_let_go(
    impatient_house: House, history: History
) -> None:
    (room,) = make_rooms(1)
    farmer, neighbour = seat_pair(room)
    fall_silent()
    *_, watcher = people = await sit_down([farmer] * 4, [impatient_house], history)
    await fill(people, FILLING)
    before = impatient_house.resident_megabytes()
    silent = [await asyncio.to_thread(SilentReader, neighbour, impatient_house) for _ in range(READERS)]
    await watcher.until(lambda: watcher.here.get("neighbour", False))
    done = asyncio.Event()
    asking = asyncio.create_task(keep_asking(silent, done))
    await fill(people, 50)
    await watcher.until(lambda: watcher.head == people[0].head)
    # Presence ends only when the house has let go of every one of them.
    await watcher.until(lambda: not watcher.here["neighbour"], 60)
    assert impatient_house.resident_megabytes() < before + READERS * MEGABYTES_EACH + 16
    for reader in silent if hasattr(socket, "TCP_USER_TIMEOUT") else []:
        await eventually(partial(is_gone, reader))
    done.set()
    await asking
    await all_hold_everything(people)
    await go_home(people)
    for reader in silent:
        reader.link.close()
    assert judge([room], history) == []

"""Around the deadline: the database's clock decides, read after the lock, whatever the web processes' clocks say."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from psycopg import AsyncConnection

from negotiations import actions
from negotiations.models import Room
from tests.conftest import LACK
from tests.faults.history import History, frame
from tests.faults.houses import House, database_address, run_houses
from tests.faults.person import Person
from tests.faults.play import (
    ADA,
    accept_frame,
    all_hold_everything,
    database_clock,
    eventually,
    fall_silent,
    found_in,
    go_home,
    has_offer,
    judge,
    make_rooms,
    offer_frame,
    seat_pair,
    sit_down,
)

pytestmark = [pytest.mark.slow, pytest.mark.redis]
LIBRARIES = ("/usr/lib/*/faketime/libfaketimeMT.so.1", "/usr/lib/faketime/libfaketimeMT.so.1")
WANTED = "libfaketime; on Debian install it with: sudo apt-get install -y libfaketime"
ROOMS = 6
SPREAD = timedelta(milliseconds=50)
SHOTS = 40


async def fire_around(person: Person, closes_at: datetime, house: House) -> None:
    """Something every few milliseconds, from 50 ms before the deadline to 50 ms after it, over both transports."""
    begins = (closes_at - SPREAD - database_clock()).total_seconds()
    step = 2 * SPREAD.total_seconds() / SHOTS
    loop = asyncio.get_running_loop()
    start = loop.time() + begins

    async def shoot(number: int) -> None:
        await asyncio.sleep(start + number * step - loop.time())
        told = offer_frame() if number % 3 == 0 else frame("say", text=f"Wait {number}")
        await (person.post(told, house) if number % 8 == 0 else person.send(told))

    await asyncio.gather(*map(shoot, range(SHOTS)))


async def around_the_deadline(houses: list[House], history: History, seconds: int) -> list[Room]:
    rooms = make_rooms(ROOMS, opened=False)
    pairs = [seat_pair(room) for room in rooms]
    people = await sit_down([seat for pair in pairs for seat in pair], houses, history)
    for room in rooms:
        await asyncio.to_thread(actions.open_table, room, ADA, seconds)
    fall_silent()
    for person in people:
        assert (await person.send(frame("say", text="In good time"))).outcome == "ack"
    ends = {room.pk: closing_time(room) for room in rooms}
    shooting = [
        fire_around(person, ends[person.room], houses[place % 2]) for place, person in enumerate(people)
    ]
    await asyncio.gather(*shooting)
    for person in people:
        assert (await person.send(frame("say", text="Too late"))).outcome == "refused"
        await person.until(lambda person=person: has_ended(person))  # type: ignore[misc]
    await all_hold_everything(people)
    await go_home(people)
    return rooms


def closing_time(room: Room) -> datetime:
    closes_at: datetime = found_in(room.pk).closes_at
    return closes_at


def has_ended(person: Person) -> bool:
    return any(event["type"] == "table.closed" for event in person.applied)


def late_lines(room: Room) -> list[str]:
    """Which events stand at or after the deadline."""
    log = found_in(room.pk).log
    closes_at = next(line.event.closes_at for line in log if line.event.type == "table.opened")  # type: ignore[attr-defined]
    return [line.event.type for line in log if line.at >= closes_at]


async def test_nothing_but_the_closing_stands_at_or_after_the_deadline(
    committed_db: None, two_houses: list[House], history: History
) -> None:
    rooms = await around_the_deadline(two_houses, history, seconds=3)
    assert [late_lines(room) for room in rooms] == [["table.closed"]] * ROOMS
    assert judge(rooms, history) == []
    assert {call.answer.code for call in history.calls} <= {"", "late", "room_closed"}


@asynccontextmanager
async def locked(room: Room) -> AsyncIterator[AsyncConnection]:
    """Another transaction holds the room's row while the block lasts."""
    async with await AsyncConnection.connect(database_address()) as link:
        await link.execute("SELECT 1 FROM negotiations_room WHERE id = %s FOR UPDATE", [room.pk])
        yield link
        await link.rollback()


async def until_waiting(writers: int) -> None:
    """Until so many writers stand before a locked row."""
    question = """
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%negotiations_room%'
    """
    async with await AsyncConnection.connect(database_address(), autocommit=True) as link:

        async def wait_already() -> bool:
            row = await (await link.execute(question)).fetchone()
            return row is not None and row[0] >= writers

        await eventually(wait_already)


async def until_database_says(moment: datetime) -> None:
    async def passed() -> bool:
        return bool(database_clock() > moment)

    await eventually(passed)


async def test_who_waits_for_the_lock_over_the_deadline_is_late(
    committed_db: None, two_houses: list[House], history: History
) -> None:
    """Sent in time and decided in time by both houses, but written after it."""
    (room,) = make_rooms(1, opened=False)
    people = bo, cy = await sit_down(seat_pair(room), two_houses, history)
    await asyncio.to_thread(actions.open_table, room, ADA, 3)
    fall_silent()
    assert (await bo.send(offer_frame())).outcome == "ack"
    await cy.until(has_offer(cy, 1))
    closes_at = closing_time(room)
    async with locked(room):
        asked = [
            asyncio.create_task(cy.send(accept_frame(cy, 1))),
            asyncio.create_task(bo.send(frame("withdraw", offer=1))),
        ]
        await until_waiting(len(asked))
        await until_database_says(closes_at)
    answers = await asyncio.gather(*asked)
    assert {answer.code for answer in answers} <= {"late", "room_closed"}
    await bo.until(lambda: has_ended(bo))
    await all_hold_everything(people)
    await go_home(people)
    assert late_lines(room) == ["table.closed"]
    assert judge([room], history) == []


def library() -> str | None:
    found = [path for pattern in LIBRARIES for path in sorted(Path("/").glob(pattern[1:]))]
    return str(found[0]) if found else None


@pytest.fixture
def houses_out_of_time(committed_db: None, redis_url: str, tmp_path: Path) -> Iterator[list[House]]:
    """One house five minutes ahead, the other five behind."""
    preload = library()
    if preload is None:
        pytest.skip(LACK + WANTED)
    faked = {"LD_PRELOAD": preload, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    with (
        run_houses(tmp_path / "ahead", redis_url, 1, FAKETIME="+5m", **faked) as ahead,
        run_houses(tmp_path / "behind", redis_url, 1, FAKETIME="-5m", **faked) as behind,
    ):
        yield [*ahead, *behind]


async def test_wrong_clocks_of_the_houses_move_no_deadline(
    houses_out_of_time: list[House], history: History
) -> None:
    rooms = await around_the_deadline(houses_out_of_time, history, seconds=4)
    assert [late_lines(room) for room in rooms] == [["table.closed"]] * ROOMS
    assert judge(rooms, history) == []

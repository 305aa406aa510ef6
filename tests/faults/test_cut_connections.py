"""The database connection is cut between COMMIT and the reply: the command is there exactly once after retries."""

from __future__ import annotations

import asyncio
from pathlib import Path
from uuid import UUID

import pytest
from psycopg import AsyncConnection

from negotiations import queries
from negotiations.models import Room
from tests.faults.cutting import cutting_wire
from tests.faults.history import History, frame
from tests.faults.houses import APPLICATION, House, database_address, run_houses
from tests.faults.person import Person
from tests.faults.play import (
    all_hold_everything,
    fall_silent,
    go_home,
    judge,
    make_rooms,
    play,
    seat_pair,
    sit_down,
)

pytestmark = [pytest.mark.slow, pytest.mark.redis]
EVERY = 3
MESSAGES = 60
TERMINATE = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
WHERE datname = current_database() AND application_name = %s AND pid <> pg_backend_pid()
  AND query LIKE '%%negotiations_event%%'
"""


def written_keys(room: Room) -> set[UUID | None]:
    return {line.command_id for line in queries.log_of(room.pk)}


async def test_reply_lost_after_the_commit_leaves_one_event_a_key(
    committed_db: None, redis_url: str, tmp_path: Path, history: History
) -> None:
    (room,) = make_rooms(1)
    seats = [*seat_pair(room), *seat_pair(room)]
    fall_silent()
    async with cutting_wire(database_address(), EVERY) as wire:
        starting = run_houses(tmp_path, redis_url, DATABASE_URL=wire.address)
        houses = await asyncio.to_thread(starting.__enter__)
        try:
            people = await sit_down(seats, houses, history)

            async def talk(person: Person) -> None:
                for number in range(MESSAGES):
                    await person.do(frame("say", text=f"Message {number}"), houses)

            await asyncio.gather(*map(talk, people))
            wire.every = 10**9
            await all_hold_everything(people)
            await go_home(people)
        finally:
            await asyncio.to_thread(starting.__exit__, None, None, None)
    assert judge([room], history) == []
    assert queries.state_of(room.pk).messages == len(people) * MESSAGES
    unanswered = {call.key for call in history.calls if call.answer.code == "unavailable"}
    assert wire.cuts >= MESSAGES
    assert len(unanswered & written_keys(room)) >= MESSAGES


async def keep_terminating(playing: asyncio.Task[None]) -> int:
    """End the log's connections of all houses again and again, as long as people play."""
    ended = 0
    async with await AsyncConnection.connect(database_address(), autocommit=True) as link:
        while not playing.done():
            row = await (await link.execute(TERMINATE, [APPLICATION])).fetchone()
            ended += row[0] if row else 0
            await asyncio.wait([playing], timeout=0.05)
    return ended


async def test_connections_ended_by_the_server_leave_one_event_a_key(
    committed_db: None, two_houses: list[House], history: History
) -> None:
    rooms = make_rooms(2)
    seats = [seat for room in rooms for seat in seat_pair(room)]
    fall_silent()
    people = await sit_down(seats, two_houses, history)

    async def do(person: Person, told: dict[str, object]) -> None:
        await person.do(told, two_houses)

    playing = asyncio.create_task(play(people, 60, seed=6, do=do))
    ended = await keep_terminating(playing)
    await playing
    await all_hold_everything(people)
    await go_home(people)
    assert judge(rooms, history) == []
    assert ended > 0

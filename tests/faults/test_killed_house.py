"""A web process is killed while people act: what it acknowledged stays, and what it left open happens once."""

from __future__ import annotations

import asyncio
import itertools
from pathlib import Path

import pytest

from tests.faults.history import History
from tests.faults.houses import House, begin_house, run_houses
from tests.faults.person import Person
from tests.faults.play import (
    all_hold_everything,
    eventually,
    fall_silent,
    go_home,
    judge,
    make_rooms,
    play,
    seat_pair,
    sit_down,
)

pytestmark = [pytest.mark.slow, pytest.mark.redis]


class Retrying:
    """Sends each command, by socket or HTTP in turn, until its fate is known, to whatever house lives."""

    def __init__(self, houses: list[House]) -> None:
        self.houses = houses
        self.count = 0

    async def __call__(self, person: Person, told: dict[str, object]) -> None:
        self.count += 1
        living = [house for house in self.houses if house.is_alive]
        turned = living[self.count % len(living) :] + living[: self.count % len(living)]
        await person.do(told, [*turned, *living], way="http" if self.count % 4 == 0 else "socket")

    async def after(self, count: int) -> None:
        """Until so many more commands have been begun."""
        goal = self.count + count

        async def reached() -> bool:
            return self.count >= goal

        await eventually(reached)


async def keep_playing(people: list[Person], doing: Retrying, enough: asyncio.Event) -> None:
    """Round after round, so that there is load whenever a house dies, however long a new one takes to start."""
    for seed in itertools.count():
        await play(people, 5, seed, do=doing)
        if enough.is_set():
            return


async def test_house_killed_under_load_loses_nothing_it_acknowledged(
    committed_db: None, redis_url: str, tmp_path: Path, history: History
) -> None:
    rooms = make_rooms(3)
    seats = [seat for room in rooms for seat in seat_pair(room)]
    fall_silent()
    with run_houses(tmp_path, redis_url) as houses:
        doing = Retrying(houses)
        people = await sit_down([*seats, *seats], houses, history)
        enough = asyncio.Event()
        playing = asyncio.create_task(keep_playing(people, doing, enough))
        for victim in range(2):
            await doing.after(120)
            houses[victim].kill()
            houses.append(begin_house(tmp_path, redis_url))
            await asyncio.to_thread(houses[-1].wait_until_listening)
        await doing.after(120)
        enough.set()
        await playing
        living = [house for house in houses if house.is_alive]
        await asyncio.gather(*(person.come(living[0]) for person in people))
        await all_hold_everything(people)
        await go_home(people)
        assert len(living) == 2
    assert judge(rooms, history) == []
    assert {call.answer.outcome for call in history.calls} >= {"ack", "unknown"}

"""Redis only hurries the news along: killed or hanging, nothing is lost and nobody is turned away."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.history import History, frame
from tests.faults.houses import BreakableRedis, House, breakable_redis, run_houses
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
    with_copies,
)

pytestmark = [pytest.mark.slow, pytest.mark.redis]
ENDED_WHILE_HANGING = 16


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BreakableRedis]:
    with breakable_redis(Path(tmp_path_factory.mktemp("redis"))) as found:
        yield found


@pytest.fixture(scope="module")
def houses(
    django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
    redis: BreakableRedis,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[list[House]]:
    folder = Path(tmp_path_factory.mktemp("houses"))
    with django_db_blocker.unblock(), run_houses(folder, redis.url) as found:  # type: ignore[attr-defined]
        yield found


async def until_both_hear(redis: BreakableRedis) -> None:
    async def hear() -> bool:
        return await asyncio.to_thread(redis.listeners) >= 2

    await eventually(hear)


class Doing:
    """Sends each command twice, to both houses, and does something to the world after so many commands."""

    def __init__(self, houses: list[House], moment: int) -> None:
        self.houses, self.moment, self.count = houses, moment, 0
        self.reached = asyncio.Event()

    async def __call__(self, person: Person, told: dict[str, object]) -> None:
        answers = await with_copies(person, told, self.houses, 2)
        assert {answer.outcome for answer in answers} <= {"ack", "refused"}
        self.count += 1
        if self.count == self.moment:
            self.reached.set()


async def test_redis_killed_in_the_middle_loses_nothing_and_is_taken_up_again(
    committed_db: None, houses: list[House], redis: BreakableRedis, history: History
) -> None:
    rooms = make_rooms(2)
    seats = [seat for room in rooms for seat in seat_pair(room)]
    fall_silent()
    people = await sit_down([*seats, *seats[::-1]], houses, history)
    await until_both_hear(redis)
    doing = Doing(houses, moment=60)
    playing = asyncio.create_task(play(people, 25, seed=2, do=doing))
    await doing.reached.wait()
    redis.kill()
    await playing
    await all_hold_everything(people)
    redis.start()
    await until_both_hear(redis)
    await play(people, 3, seed=3, do=doing)
    await all_hold_everything(people)
    await go_home(people)
    assert judge(rooms, history) == []


async def test_hanging_redis_costs_neither_answers_nor_newcomers(
    committed_db: None, houses: list[House], redis: BreakableRedis, history: History
) -> None:
    """Also while many rooms end, whose figures cannot be announced to any worker."""
    rooms = make_rooms(ENDED_WHILE_HANGING + 1)
    seats = seat_pair(rooms[0])
    ending = [seat_pair(room)[0] for room in rooms[1:]]
    fall_silent()
    people = await sit_down(seats, houses, history)
    leaving = await sit_down(ending, houses, history)
    await until_both_hear(redis)
    redis.signal(signal.SIGSTOP)
    try:
        for person in leaving:
            assert (await person.send(frame("walk", reason="Enough"))).outcome == "ack"
        newcomers = await sit_down([*seats, *seats], houses[::-1], history)
        await play([*people, *newcomers], 10, seed=4, do=Doing(houses, moment=0))
        await all_hold_everything([*people, *newcomers, *leaving])
    finally:
        redis.signal(signal.SIGCONT)
    await go_home([*people, *newcomers, *leaving])
    assert judge(rooms, history) == []

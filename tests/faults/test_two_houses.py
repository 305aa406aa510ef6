"""Two web processes write to one room at once: one order, no hole, no double, whatever is sent twice."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest

from tests.faults.history import History, frame
from tests.faults.houses import House, run_houses
from tests.faults.person import Person
from tests.faults.play import (
    all_hold_everything,
    fall_silent,
    found_in,
    go_home,
    judge,
    make_rooms,
    play,
    seat_pair,
    sit_down,
    with_copies,
)
from tests.negotiations.tables import LEASE

pytestmark = [pytest.mark.slow, pytest.mark.redis]


async def test_same_keys_over_both_transports_and_both_houses_leave_one_event_each(
    committed_db: None, two_houses: list[House], history: History
) -> None:
    (room,) = make_rooms(1)
    seats = [*seat_pair(room), *seat_pair(room)]
    fall_silent()
    people = await sit_down([*seats, *seats], two_houses, history)
    chance = random.Random(1)

    async def do(person: Person, told: dict[str, object]) -> None:
        answers = await with_copies(person, told, two_houses, chance.choice((1, 1, 2, 3)))
        assert {answer.outcome for answer in answers} <= {"ack", "refused"}

    await play(people, 40, seed=1, do=do)
    await all_hold_everything(people)
    await go_home(people)
    assert judge([room], history) == []
    assert len(history.calls) > 8 * 40


async def test_one_key_with_two_bodies_at_once_keeps_one_body(
    committed_db: None, two_houses: list[House], history: History
) -> None:
    (room,) = make_rooms(1)
    farmer, _ = seat_pair(room)
    fall_silent()
    people = await sit_down([farmer, farmer], two_houses, history)
    for _ in range(30):
        one = frame("say", text="Good morning")
        other = one | {"text": "Good evening"}
        answers = await asyncio.gather(people[0].send(one), people[1].send(other))
        assert sorted(answer.outcome for answer in answers) == ["ack", "refused"]
        assert [answer.code for answer in answers if answer.outcome == "refused"] == ["key_reuse"]
    await all_hold_everything(people)
    await go_home(people)
    assert judge([room], history) == []


async def test_command_that_answers_fresh_news_is_not_refused_by_a_house_that_lags(
    committed_db: None, tmp_path: Path, history: History
) -> None:
    """The news came through one house and the answer goes through the other, which nobody told of it."""
    (room,) = make_rooms(1)
    farmer, neighbour = seat_pair(room)
    fall_silent()
    with run_houses(tmp_path, redis_url="") as (near, far):
        bo, cy = await sit_down([farmer, neighbour], [near], history)
        for number in range(1, 31):
            told = frame("offer", packages=[LEASE | {"rent": 4000 + 500 * (number % 10)}])
            assert (await bo.send(told)).outcome == "ack"
            assert (await bo.post(frame("withdraw", offer=number), far)).outcome == "ack"
        await all_hold_everything([bo, cy])
        await go_home([bo, cy])
    assert judge([room], history) == []
    assert len([line for line in found_in(room.pk).log if line.event.type == "offer.withdrawn"]) == 30

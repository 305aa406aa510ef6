"""What happens by itself (deadlines, partners' moves) happens once, though two houses find it due."""

from __future__ import annotations

import asyncio
import itertools
from pathlib import Path

import pytest

from negotiations import actions
from negotiations.models import Job, Room
from negotiations.rules import events as e
from tests.faults.history import History
from tests.faults.houses import House, begin_house, run_houses
from tests.faults.play import ADA, PARTIES, eventually, fall_silent, found_in, judge, make_rooms, seat_pair

pytestmark = [pytest.mark.slow, pytest.mark.redis]


def make_partner_rooms(count: int) -> list[Room]:
    """Both sides are practice partners who think for a moment only."""
    rooms = make_rooms(count, opened=False, partner_pace=(0.02, 0.2))
    for room in rooms:
        for party in PARTIES:
            actions.seat_partner(room, party)
    return rooms


async def until_all_ended(rooms: list[Room]) -> None:
    ids = [room.pk for room in rooms]

    async def ended() -> bool:
        return not await asyncio.to_thread(Room.objects.filter(pk__in=ids, ended_at=None).exists)

    await eventually(ended)


def assert_moved_in_turn(room: Room) -> None:
    """A partner's turn is an offer, a message, or an offer said with words; and the table closes once."""
    log = found_in(room.pk).log
    moves = [line.event for line in log if isinstance(line.event, e.OfferMade | e.MessageSaid)]
    turns = [list(turn) for _, turn in itertools.groupby(moves, key=lambda move: move.party)]
    kinds = [[type(move) for move in turn] for turn in turns]
    assert all(len(turn) == len(set(turn)) for turn in kinds), kinds
    assert sum(isinstance(line.event, e.TableClosed) for line in log) == 1
    assert Job.objects.filter(room=room).count() == 1


async def test_partners_move_once_and_deadlines_close_once(
    committed_db: None, two_houses: list[House], history: History
) -> None:
    """No visitor comes: the houses keep time from their start."""
    talking, waiting = make_partner_rooms(8), make_rooms(8, opened=False)
    for room in waiting:
        seat_pair(room)
    for room in [*talking, *waiting]:
        actions.open_table(room, ADA, 5)
    fall_silent()
    await until_all_ended([*talking, *waiting])
    for room in [*talking, *waiting]:
        assert_moved_in_turn(room)
    assert judge([*talking, *waiting], history) == []
    assert sum(found_in(room.pk).summary["offers"] for room in talking) >= len(talking)
    assert {found_in(room.pk).summary["outcome"] for room in waiting} == {"out_of_time"}


async def test_house_killed_between_moves_is_replaced_without_a_second_move(
    committed_db: None, redis_url: str, tmp_path: Path, history: History
) -> None:
    rooms = make_partner_rooms(6)
    with run_houses(tmp_path, redis_url) as houses:
        for room in rooms:
            actions.open_table(room, ADA, 8)
        fall_silent()

        async def began() -> bool:
            return all(found_in(room.pk).summary["offers"] for room in rooms)

        await eventually(began)
        houses[0].kill()
        houses.append(begin_house(tmp_path, redis_url))
        await asyncio.to_thread(houses[-1].wait_until_listening)
        houses[1].kill()
        await until_all_ended(rooms)
    for room in rooms:
        assert_moved_in_turn(room)
    assert judge(rooms, history) == []

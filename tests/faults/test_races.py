"""Two people decide at the same moment through two houses: one wins, the other is told why, in words."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from negotiations import queries
from negotiations.models import Room, Seat
from tests.faults.history import Answer, History, frame
from tests.faults.houses import House
from tests.faults.person import Person
from tests.faults.play import (
    accept_frame,
    all_hold_everything,
    fall_silent,
    go_home,
    has_offer,
    judge,
    make_rooms,
    offer_frame,
    seat_pair,
    sit_down,
)

pytestmark = [pytest.mark.slow, pytest.mark.redis]
ROUNDS = 30
AT_ONCE = 5
#: Of the loser: what was agreed, closed or replaced before.
TYPED = {"already_agreed", "room_closed", "stale_offer"}

Frames = Callable[[Person, Person], tuple[dict[str, Any], dict[str, Any]]]


def accept_and_accept(bo: Person, cy: Person) -> tuple[dict[str, Any], dict[str, Any]]:
    return accept_frame(bo, 2), accept_frame(cy, 1)


def withdraw_and_accept(bo: Person, cy: Person) -> tuple[dict[str, Any], dict[str, Any]]:
    return frame("withdraw", offer=1), accept_frame(cy, 1)


def walk_away_and_accept(bo: Person, cy: Person) -> tuple[dict[str, Any], dict[str, Any]]:
    return frame("walk", reason="Enough"), accept_frame(cy, 1)


def offer_anew_and_accept(bo: Person, cy: Person) -> tuple[dict[str, Any], dict[str, Any]]:
    return offer_frame(best=True), accept_frame(cy, 1)


async def race(
    seats: tuple[Seat, Seat], houses: list[House], history: History, frames: Frames
) -> tuple[Answer, Answer]:
    """Both have both offers on the screen, stand at the barrier and go."""
    bo, cy = people = await sit_down(seats, houses, history)
    await bo.send(offer_frame())
    await cy.until(has_offer(cy, 1))
    await cy.send(offer_frame(best=True))
    await asyncio.gather(*(person.until(has_offer(person, 2)) for person in people))
    barrier = asyncio.Barrier(2)

    async def go(person: Person, told: dict[str, Any]) -> Answer:
        await barrier.wait()
        return await person.send(told)

    answers = await asyncio.gather(*map(go, people, frames(bo, cy)))
    await all_hold_everything(people)
    await go_home(people)
    return answers[0], answers[1]


@pytest.mark.parametrize(
    "frames", [accept_and_accept, withdraw_and_accept, walk_away_and_accept, offer_anew_and_accept]
)
async def test_one_of_two_wins_and_the_other_is_told_why(
    committed_db: None, two_houses: list[House], history: History, frames: Frames
) -> None:
    rooms = make_rooms(ROUNDS)
    pairs = [seat_pair(room) for room in rooms]
    fall_silent()
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(place: int) -> tuple[Answer, Answer]:
        houses = two_houses if place % 2 else two_houses[::-1]
        async with gate:
            return await race(pairs[place], houses, history, frames)

    results = await asyncio.gather(*map(one, range(ROUNDS)))
    for (first, second), room in zip(results, rooms, strict=True):
        loser = second if first.outcome == "ack" else first
        assert sorted((first.outcome, second.outcome)) == ["ack", "refused"]
        assert loser.code in TYPED
        assert loser.words
        assert outcome_fits(room, frames, first)
    assert judge(rooms, history) == []


def outcome_fits(room: Room, frames: Frames, first: Answer) -> bool:
    """The accept won, or what the other did instead."""
    outcome = queries.state_of(room.pk).outcome
    if frames is accept_and_accept or first.outcome == "refused":
        return outcome == "deal"
    return outcome == ("walked_away" if frames is walk_away_and_accept else None)

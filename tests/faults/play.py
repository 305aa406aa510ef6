"""Rooms to break things in, people who act at random but repeatably, and the judgement at the end."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any
from uuid import UUID, uuid4

import msgspec
from django.db import connection

from negotiations import actions, live, queries
from negotiations.models import Room, Seat
from negotiations.rules.room import Policy
from simulations.queries import public_case
from tests.faults.checker import Found, faults
from tests.faults.history import Answer, History, frame
from tests.faults.houses import House
from tests.faults.person import Person
from tests.negotiations.tables import BEST, LEASE, farm

PARTIES = ("farmer", "neighbour")
QUIET_SECONDS = 40
ADA = uuid4()


def make_rooms(count: int, minutes: int = 45, opened: bool = True, **policy: Any) -> list[Room]:
    """Rooms of one session, all with the clock running unless told otherwise."""
    session = actions.create_session(farm(), minutes, policy)
    rooms = [actions.open_room(session, number) for number in range(1, count + 1)]
    if opened:
        actions.open_tables(session, ADA)
    return rooms


def seat_pair(room: Room) -> tuple[Seat, Seat]:
    """Farmer and neighbour."""
    farmer, neighbour = (actions.seat_person(room, party, uuid4()) for party in PARTIES)
    return farmer, neighbour


def fall_silent() -> None:
    """The test process's own hub stops, so that only the houses keep time and hear nudges."""
    asyncio.run_coroutine_threadsafe(live.shut(), live.owner()).result(20)


async def sit_down(seats: Iterable[Seat], houses: Sequence[House], history: History) -> list[Person]:
    """One tab for each seat, spread over the houses."""
    people = [Person(seat, houses[n % len(houses)], history) for n, seat in enumerate(seats)]
    await asyncio.gather(*(person.come() for person in people))
    return people


def next_frame(person: Person, chance: random.Random) -> dict[str, Any]:
    """Mostly talk and offers, now and then a hand or a withdrawal; the room stays open."""
    kind = chance.random()
    if kind < 0.6:
        return frame("say", text=f"{person.seat.party} {chance.random()}")
    if kind < 0.85:
        package = LEASE | {"rent": chance.randrange(4000, 12000, 500)}
        return frame("offer", packages=[package])
    if kind < 0.95:
        offers = [event["offer"] for event in person.applied if is_own_offer(event, person)]
        return frame("withdraw", offer=offers[-1] if offers else 1)
    return frame(chance.choice(("help", "lower")))


def is_own_offer(event: dict[str, Any], person: Person) -> bool:
    return event["type"] == "offer.made" and event["party"] == person.seat.party


Doing = Callable[[Person, dict[str, Any]], Awaitable[Any]]


async def play(people: Sequence[Person], count: int, seed: int, do: Doing) -> None:
    """Everybody does `count` things, one after the other, all people at once."""

    async def one(place: int, person: Person) -> None:
        chance = random.Random(f"{seed}:{place}")
        for _ in range(count):
            await do(person, next_frame(person, chance))

    await asyncio.gather(*(one(place, person) for place, person in enumerate(people)))


def heads(room: UUID) -> dict[str, int]:
    """How many events each party sees."""
    log = queries.log_of(room)
    return {party: sum(line.audience is None or party in line.audience for line in log) for party in PARTIES}


async def all_hold_everything(people: Sequence[Person]) -> None:
    """Until each open tab holds what the log has for it."""
    wanted = {room: heads(room) for room in {person.room for person in people}}
    for person in people:
        await person.until(
            lambda person=person: person.head >= wanted[person.room][person.seat.party],  # type: ignore[misc]
            QUIET_SECONDS,
        )


async def go_home(people: Iterable[Person]) -> None:
    for person in people:
        person.finish()
        await person.go()


def judge(rooms: Iterable[Room], history: History) -> list[str]:
    return [fault for room in rooms for fault in faults(found_in(room.pk), history)]


def found_in(room: UUID) -> Found:
    row = Room.objects.select_related("session").get(pk=room)
    policy = msgspec.convert(row.session.policy, Policy)
    return Found(
        room,
        public_case(row.session.edition_id),
        policy,
        queries.log_of(room),
        row.last_seq,
        row.summary,
        row.closes_at,
        row.ended_at,
    )


def offer_of(person: Person, number: int) -> dict[str, Any]:
    return next(
        event for event in person.applied if event["type"] == "offer.made" and event["offer"] == number
    )


def accept_frame(person: Person, number: int) -> dict[str, Any]:
    """Naming what this person has on the screen."""
    return frame("accept", offer=number, package=0, digest=offer_of(person, number)["digest"])


def has_offer(person: Person, number: int) -> Callable[[], bool]:
    return lambda: any(event["type"] == "offer.made" and event["offer"] == number for event in person.applied)


def offer_frame(best: bool = False) -> dict[str, Any]:
    return frame("offer", packages=[BEST if best else LEASE])


async def with_copies(
    person: Person, told: dict[str, Any], houses: Sequence[House], copies: int
) -> list[Answer]:
    """The same command at once over the socket and over HTTP to the houses in turn."""
    posts = [person.post(told, houses[n % len(houses)]) for n in range(copies - 1)]
    return list(await asyncio.gather(person.send(told), *posts))


async def eventually(holds: Callable[[], Awaitable[bool]], seconds: float = 60) -> None:
    """Ask until it holds; the limit is generous and proves nothing."""
    async with asyncio.timeout(seconds):
        while True:
            if await holds():
                return
            await asyncio.sleep(0.02)


def database_clock() -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]

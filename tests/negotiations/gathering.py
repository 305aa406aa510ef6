"""A table with somebody at a socket in every seat, who play a scene and look at everything they can.

A secret is a piece of text that stands nowhere else. A scene can be played without one of its secrets, and then
nobody who may not know it may notice.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import uuid4

from negotiations import actions
from negotiations.keepers import exchange_presence
from negotiations.models import Room, Seat
from negotiations.rules import commands as c
from simulations.models import Edition
from tests.negotiations.bays import Bay
from tests.negotiations.tabs import Tab, open_socket, run
from tests.negotiations.test_secrets import Browser
from tests.serving import RunningServer


class Scene(NamedTuple):
    """`seats` are named by their parties, a second one of a party with a number. `knows` says of each secret which
    seats may learn it, `apart` which events at this table are not for all."""

    edition: Callable[[], Edition]
    seats: tuple[str, ...]
    play: Callable[[People], Awaitable[None]]
    knows: Mapping[str, Collection[str]]
    apart: Collection[str]
    policy: Mapping[str, Any] = {}
    condition: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The secrets without which the scene can be played."""
        return tuple(secret for secret in self.knows if secret.startswith("The "))


def set_up(scene: Scene, observers: str) -> Bay:
    session = actions.create_session(scene.edition(), 45, {**scene.policy, "observers": observers})
    room = actions.open_room(session, 1, scene.condition)
    table = Bay(session, room, {name: seat_of(room, name) for name in scene.seats})
    actions.open_tables(session, table.ada)
    return table


def seat_of(room: Room, name: str) -> Seat:
    if name == "observer":
        return actions.seat_observer(room, uuid4())
    return actions.seat_person(room, name.partition(" ")[0], uuid4())


class Person:
    """Somebody at a socket: what they do there, and all that they receive."""

    def __init__(self, browser: Browser, tab: Tab, hushed: str) -> None:
        self.browser, self.tab, self.hushed = browser, tab, hushed
        self.answers: list[dict[str, Any]] = []

    async def asks(self, kind: str, **fields: Any) -> dict[str, Any]:
        self.answers.append(await self.tab.ask(kind, **fields))
        return self.answers[-1]

    async def does(self, kind: str, **fields: Any) -> None:
        assert (await self.asks(kind, **fields))["t"] == "ack", self.answers[-1]

    async def may_not(self, kind: str, **fields: Any) -> None:
        assert (await self.asks(kind, **fields))["t"] == "err"

    async def says(self, words: str, to: str = "") -> None:
        """Unless it is what is left out this time."""
        if words != self.hushed:
            await self.does("say", text=words, to=to)

    async def last(self, kind: str) -> dict[str, Any]:
        return next(event for event in reversed(await self.tab.resumed()) if event["type"] == kind)

    async def accepts(self) -> None:
        offer = await self.last("offer.made")
        await self.does("accept", offer=offer["offer"], package=0, digest=offer["digest"])

    async def taps(self) -> None:
        await self.does("tap", deed=(await self.last("tap.asked"))["deed"])

    async def looks(self) -> None:
        """Everything that can be fetched now."""
        pages = ("", "role/", "plan/", "events/", "events/?after=3", "result/", "interests/", "letters/")
        await self.browser.get(*(f"/rooms/{{}}/{page}" for page in pages), "/watch/{}/", "/watch/{}/events/")
        await self.tab.resumed()

    @property
    def received(self) -> list[str]:
        return [*self.browser.received, *(json.dumps(frame) for frame in self.tab.frames)]

    @property
    def told(self) -> list[str]:
        """The same however the server cut its news into frames."""
        events = {event["n"]: event for event in self.tab.events}
        return [
            *self.browser.received,
            *(json.dumps(each) for each in (*events.values(), *self.answers)),
        ]


@dataclass(frozen=True)
class People:
    """All who are at the table, by the names of their seats."""

    table: Bay
    hushed: str
    by: Mapping[str, Person]

    def __getitem__(self, name: str) -> Person:
        return self.by[name]

    async def rule(self, command: c.Command) -> None:
        await run(actions.in_room, self.table.room, self.table.ada, command)


@asynccontextmanager
async def gathered(server: RunningServer, table: Bay, hushed: str) -> AsyncIterator[People]:
    path = f"/ws/rooms/{table.room.pk}/"
    async with AsyncExitStack() as stack:
        by = {
            name: Person(
                Browser(server, table, seat),
                await stack.enter_async_context(open_socket(server, path, table.cookies(seat))),
                hushed,
            )
            for name, seat in table.seats.items()
        }
        # Also where one polls: the keeper of presence may pass by sooner or later.
        await run(exchange_presence, [seat.pk for seat in table.seats.values()], [])
        yield People(table, hushed, by)


async def played(
    server: RunningServer, scene: Scene, observers: str = "sheets", hushed: str = ""
) -> tuple[Bay, Mapping[str, Person]]:
    """The scene to its end, and everybody's look at everything."""
    table = await run(set_up, scene, observers)
    async with gathered(server, table, hushed) as people:
        await scene.play(people)
        for person in people.by.values():
            await person.looks()
    return table, people.by

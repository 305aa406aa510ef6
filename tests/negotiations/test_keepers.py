"""What happens by itself in a room: the clock first, and a partner that is refused holds up nobody but itself."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from threading import current_thread
from typing import Any, cast
from uuid import UUID

import pytest

from negotiations import keepers, partners
from negotiations.live import Hub
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import Policy
from negotiations.table import Table
from tests.negotiations.rules.given import BO_SEAT, CASE, CY_SEAT, END, WHOLE, logged

ROOM = UUID(int=77)
ALONE = (
    e.SeatTaken(BO_SEAT, "farmer", "partner"),
    e.SeatTaken(CY_SEAT, "neighbour", "person"),
    e.TableOpened(END),
)


REAL = {"perform": keepers.perform, "in_thread": keepers.in_thread, "sleep": asyncio.sleep}


class Room:
    """One warm room and a clock that a test moves; `refused` are the commands that it does not take.

    A server that an earlier test has started in this process keeps its own time, in a thread of its own.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *refused: type[c.Command]) -> None:
        self.warm = Table(ROOM, UUID(int=5), CASE, Policy())
        self.warm.add(logged(ALONE))
        self.at, self.refused = END, refused
        self.asked: list[c.Command] = []
        self.slept: list[float] = []
        self.ticking: set[UUID] = set()
        self.thread = current_thread()
        monkeypatch.setattr(keepers, "perform", self.here(self.perform))
        monkeypatch.setattr(keepers, "in_thread", self.here(self.in_thread))
        monkeypatch.setattr(keepers, "role_case", lambda edition, party, variant: WHOLE.seen_by(party))
        monkeypatch.setattr(asyncio, "sleep", self.here(self.sleep))

    def here(self, own: Callable[..., Any]) -> Callable[..., Any]:
        """What is done in the test's own thread is the test's; elsewhere it is done as always."""
        real = REAL[own.__name__]
        return lambda *given: (own if current_thread() is self.thread else real)(*given)

    async def table(self, room: UUID) -> Table:
        return self.warm

    async def catch_up(self, table: Table) -> bool:
        return False

    def now(self) -> datetime:
        return self.at

    async def perform(self, room: UUID, actor: c.Actor, command: c.Command, key: UUID) -> None:
        self.asked.append(command)
        if isinstance(command, self.refused):
            raise RuleBroken("no_change")

    async def in_thread(self, work: Callable[[], Any]) -> Any:
        return work()

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    def happen(self, at: datetime) -> list[c.Command]:
        """What is asked for when the room is looked at then."""
        self.at, self.asked = at, []
        self.ticking.add(ROOM)
        work: Awaitable[None] = keepers.happen(cast(Hub, self), ROOM, at)
        asyncio.run(cast(Any, work))
        assert self.ticking == set()
        return self.asked


def turn_in(room: Room) -> partners.Turn:
    turn = partners.next_turn(room.warm.state, ROOM)
    assert turn is not None
    return turn


def test_partner_moves_when_it_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room(monkeypatch)
    turn = turn_in(room)
    assert room.happen(turn.at - timedelta(seconds=5)) == []
    assert [type(command) for command in room.happen(turn.at)] == [c.MakeOffer]


def test_refused_partner_holds_up_nothing_else_in_its_room(monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room(monkeypatch, c.MakeOffer)
    at = turn_in(room).at
    monkeypatch.setattr(keepers, "BACK_OFF", (END - at).total_seconds() + 60)
    assert len(room.happen(at)) == 1
    assert room.happen(at + timedelta(seconds=1)) == []  # it is not asked in a circle
    assert room.happen(END) == [c.Tick()]
    assert room.slept == []


def test_refused_partner_is_asked_again_after_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room(monkeypatch, c.MakeOffer)
    at = turn_in(room).at
    assert len(room.happen(at)) == 1
    assert len(room.happen(at + timedelta(seconds=keepers.BACK_OFF))) == 1


def test_room_that_refuses_its_clock_is_left_alone_for_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room(monkeypatch, c.Tick)
    assert room.happen(END) == [c.Tick()]
    assert room.slept == [keepers.BACK_OFF]

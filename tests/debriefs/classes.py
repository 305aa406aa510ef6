"""Whole classes for tests: rooms of Mountain View Farm that end as a test wants, played through the real actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from bargaining.case import Value
from debriefs import actions as debriefs
from negotiations import actions
from negotiations.models import Job, Room, Seat
from negotiations.rules import commands as c
from negotiations.rules.commands import Actor
from tests.negotiations.tables import TableUp, set_up

Terms = Mapping[str, Value]


@dataclass
class ClassUp:
    """A session of Mountain View Farm, its first room being `table`."""

    table: TableUp

    @property
    def session_id(self) -> UUID:
        return self.table.session.pk

    @property
    def url(self) -> str:
        return f"/sessions/{self.session_id}/debrief/"

    @property
    def ada_cookies(self) -> dict[str, str]:
        return self.table.ada_cookies

    def seat_room(self, number: int) -> TableUp:
        """One more open room with two persons."""
        room = actions.open_room(self.table.session, number)
        farmer, neighbour = (actions.seat_person(room, party, uuid4()) for party in ("farmer", "neighbour"))
        actions.open_table(room, self.table.ada, 2700)
        return TableUp(self.table.session, room, farmer, neighbour, self.table.ada)


def class_up() -> ClassUp:
    return ClassUp(set_up())


def deal(table: TableUp, *packages: Terms) -> Room:
    """The farmer offers each in turn, the neighbour takes the last."""
    for package in packages:
        table.do(table.bo, c.MakeOffer((package,)))
    table.do(table.cy, accept(table, len(packages)))
    return table.room


def accept(table: TableUp, number: int) -> c.AcceptOffer:
    from negotiations.queries import state_of

    offer = state_of(table.room.pk).offers[number - 1]
    return c.AcceptOffer(number, 0, offer.digest)


def walk(table: TableUp) -> Room:
    table.do(table.bo, c.WalkAway(""))
    return table.room


def actor(seat: Seat) -> Actor:
    return Actor(seat.pk, "seat", seat.party)


def job_of(room: Room) -> Job:
    return Job.objects.filter(room=room).latest("seq")


def work_out(room: Room) -> None:
    assert debriefs.work_job(job_of(room).pk)


def as_reader(client: Any, cookies: Mapping[str, str]) -> Any:
    client.cookies.clear()
    client.cookies.load(dict(cookies))
    return client

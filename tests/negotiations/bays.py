"""Rooms of Four Crews for tests: committed rows, a person or a practice partner in each crew."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from negotiations import actions
from negotiations.models import Room, Seat, Session
from negotiations.rules import commands as c
from tests.factories import edition_of

CREWS = ("north", "east", "south", "west")


@dataclass
class Bay:
    """A room of Four Crews with somebody in each crew."""

    session: Session
    room: Room
    seats: Mapping[str, Seat]
    ada: UUID = field(default_factory=uuid4)

    def cookies(self, seat: Seat) -> dict[str, str]:
        return {"holder": str(seat.holder)}

    @property
    def ada_cookies(self) -> dict[str, str]:
        return {"instructor": str(self.ada)}

    def actor(self, party: str) -> c.Actor:
        return c.Actor(self.seats[party].pk, "seat", party)

    def choose(self, party: str, number: int, move: str) -> Any:
        return actions.perform_now(self.room.pk, self.actor(party), c.Choose(number, move), uuid4())


def put_to_sea(
    minutes: int = 40,
    partners: Collection[str] = (),
    policy: Mapping[str, Any] | None = None,
    opened: bool = True,
) -> Bay:
    """`partners` are the crews that practice partners play."""
    session = actions.create_session(edition_of("four-crews"), minutes, policy)
    room = actions.open_room(session, 1)
    seats = {
        party: actions.seat_partner(room, party)
        if party in partners
        else actions.seat_person(room, party, uuid4())
        for party in CREWS
    }
    bay = Bay(session, room, seats)
    if opened:
        actions.open_tables(session, bay.ada)
    return bay

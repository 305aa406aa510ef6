"""Rooms of Four Crews for tests: committed rows, a person or a practice partner in each crew."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

from bargaining.casefile import from_mapping, load_folder, to_mapping
from bargaining.casefile.folder import Loaded
from negotiations import actions
from negotiations.models import Room, Seat, Session
from negotiations.rules import commands as c
from simulations.actions import LIBRARY
from simulations.models import Edition
from tests.factories import edition_of, publish_apart

CREWS = ("north", "east", "south", "west")


@dataclass
class Bay:
    """A room with somebody in each party."""

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

    def do(self, party: str, command: c.Command) -> Any:
        return actions.perform_now(self.room.pk, self.actor(party), command, uuid4())

    def choose(self, party: str, number: int, move: str) -> Any:
        return self.do(party, c.Choose(number, move))


def put_to_sea(
    minutes: int = 40,
    partners: Collection[str] = (),
    policy: Mapping[str, Any] | None = None,
    opened: bool = True,
    condition: str = "",
) -> Bay:
    """`partners` are the crews that practice partners play."""
    return seat_all("four-crews", CREWS, minutes, partners, policy, opened, condition)


def under_the_bell(opened: bool = True) -> Bay:
    """A room of the Memorial Bell, with a person in each part."""
    return seat_all("memorial-bell", ("ringers", "residents", "mediator"), 65, (), None, opened)


@lru_cache(1)
def boards_edition() -> Edition:
    """Two crews alone, whose choices pay each its own: a quay that lands more when it alone goes wide, and less.
    Published once a test database."""
    loaded = load_folder(LIBRARY / "four-crews")
    plain = to_mapping(loaded.case)
    kept = {name: plain["rounds"][name] for name in ("moves", "counted_move", "multipliers")}
    matrix = {"narrow": {"narrow": [5, 4], "wide": [0, 9]}, "wide": {"narrow": [8, 1], "wide": [2, 3]}}
    changes = {
        "id": "two-boards",
        "parties": {name: plain["parties"][name] for name in ("north", "east")},
        "rounds": kept | {"matrix": matrix},
        "conditions": {},
    }
    texts = loaded.texts | {"roles": {name: loaded.texts["roles"][name] for name in ("north", "east")}}
    return publish_apart(Loaded(from_mapping(plain | changes), texts))  # type: ignore[arg-type]


def two_boards() -> Bay:
    session = actions.create_session(boards_edition(), 40)
    room = actions.open_room(session, 1)
    bay = Bay(session, room, {name: actions.seat_person(room, name, uuid4()) for name in ("north", "east")})
    actions.open_tables(session, bay.ada)
    return bay


def seat_all(
    slug: str,
    parties: Collection[str],
    minutes: int,
    partners: Collection[str],
    policy: Mapping[str, Any] | None,
    opened: bool,
    condition: str = "",
) -> Bay:
    session = actions.create_session(edition_of(slug), minutes, policy)
    room = actions.open_room(session, 1, condition)
    seats = {
        party: actions.seat_partner(room, party)
        if party in partners
        else actions.seat_person(room, party, uuid4())
        for party in parties
    }
    bay = Bay(session, room, seats)
    if opened:
        actions.open_tables(session, bay.ada)
    return bay

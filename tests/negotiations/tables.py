"""Tables for tests: committed rows, each test its own session, and a door whose cookies say who one is.

Three people have names: Ada teaches, Bo and Cy negotiate; Dee is a stranger.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Model

from negotiations import actions
from negotiations.access import Entrance
from negotiations.models import Room, Seat, Session
from negotiations.rules.commands import Actor
from simulations.actions import load_library
from simulations.models import Edition
from simulations.queries import latest_edition

LEASE = {
    "form": "lease15",
    "rent": 8000,
    "acres": "a40",
    "sugarbush": "shared",
    "cabins": "two",
    "handover": "august",
    "trail_bonus": 0,
}
BEST = LEASE | {
    "form": "lease_option",
    "rent": 8500,
    "sugarbush": "farmer",
    "cabins": "six",
    "handover": "november",
    "trail_bonus": 30000,
}


def name_for(holder: UUID | None) -> str:
    return f"Person {str(holder)[:4]}"


class CookieDoor:
    """A door for tests of the table alone: the cookies name the holder or the instructor outright."""

    closed: set[str] = set()

    @staticmethod
    def enter(cookies: Mapping[str, str], session_id: UUID) -> Entrance:
        holders = frozenset(UUID(cookies[name]) for name in ("holder",) if name in cookies)
        instructor = UUID(cookies["instructor"]) if "instructor" in cookies else None
        keys = frozenset(
            f"{name}:{value}" for name, value in cookies.items() if name in ("holder", "instructor")
        )
        return Entrance(holders, instructor, keys - CookieDoor.closed)

    @staticmethod
    def revoked(keys: Collection[str]) -> set[str]:
        return CookieDoor.closed & set(keys)

    @staticmethod
    def names(holders: Collection[UUID]) -> dict[UUID, str]:
        return {holder: name_for(holder) for holder in holders}


@dataclass
class TableUp:
    """A room of Mountain View Farm with Bo the farmer and Cy the neighbour, and Ada who teaches."""

    session: Session
    room: Room
    farmer: Seat
    neighbour: Seat
    ada: UUID = field(default_factory=uuid4)

    @property
    def bo(self) -> Actor:
        return Actor(self.farmer.pk, "seat", "farmer")

    @property
    def cy(self) -> Actor:
        return Actor(self.neighbour.pk, "seat", "neighbour")

    def do(self, actor: Actor, command: Any, id: UUID | None = None) -> Any:
        return actions.perform_now(self.room.pk, actor, command, id or uuid4())

    def cookies(self, seat: Seat) -> dict[str, str]:
        return {"holder": str(seat.holder)}

    @property
    def ada_cookies(self) -> dict[str, str]:
        return {"instructor": str(self.ada)}


def columns(model: Model) -> dict[str, Any]:
    """What a model holds of its row."""
    return {field.attname: model.__dict__[field.attname] for field in model._meta.concrete_fields}


def farm() -> Edition:
    """The shelf is loaded once a test database: reading all twelve cases for each table takes most of its time."""
    slug = "mountain-view-farm"
    return latest_edition(slug) or next(
        edition for edition in load_library() if edition.simulation.slug == slug
    )


def set_up(minutes: int = 45, opened: bool = True, policy: Mapping[str, Any] | None = None) -> TableUp:
    session = actions.create_session(farm(), minutes, policy)
    room = actions.open_room(session, 1)
    farmer = actions.seat_person(room, "farmer", uuid4())
    neighbour = actions.seat_person(room, "neighbour", uuid4())
    table = TableUp(session, room, farmer, neighbour)
    if opened:
        actions.open_tables(session, table.ada)
    return table

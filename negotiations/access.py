"""The one gate to a table: who comes through this door, and through whose eyes may they look.

People are known to `classrooms`; settings.PARLEY_DOOR names the class that tells who holds which
credential. Strangers get the same 404 as for a room that does not exist.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from typing import NamedTuple, Protocol
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.module_loading import import_string

from negotiations.models import Room, Seat
from negotiations.queries import room_by_id, taken_seats
from negotiations.rules.commands import Actor
from negotiations.rules.sight import INSTRUCTOR, Viewer


class Entrance(NamedTuple):
    """Who a browser may act as: holders of seats, an instructor of this session, and by which keys.

    `keys` name the credentials that were used, for asking later whether they still hold. They stay in
    memory: never logged, never sent.
    """

    holders: frozenset[UUID]
    instructor: UUID | None
    keys: frozenset[str]


class Door(Protocol):
    @staticmethod
    def enter(cookies: Mapping[str, str], session_id: UUID) -> Entrance: ...

    @staticmethod
    def revoked(keys: Collection[str]) -> set[str]: ...

    @staticmethod
    def names(holders: Collection[UUID]) -> dict[UUID, str]: ...


class Seated(NamedTuple):
    """A participant at a table."""

    room: Room
    seat: Seat
    actor: Actor
    viewer: Viewer
    keys: frozenset[str]


class Watching(NamedTuple):
    """An instructor who reads along."""

    room: Room
    actor: Actor
    viewer: Viewer
    keys: frozenset[str]


@cache
def door_at(path: str) -> Door:
    found: Door = import_string(path)
    return found


def door() -> Door:
    return door_at(settings.PARLEY_DOOR)


def find_seated(cookies: Mapping[str, str], room_id: UUID) -> Seated | None:
    seats = taken_seats(room_id)
    if not seats:
        return None
    entrance = door().enter(cookies, seats[0].room.session_id)
    seat = next((seat for seat in seats if seat.holder in entrance.holders), None)
    if seat is None:
        return None
    actor = Actor(seat.pk, "seat", seat.party)
    return Seated(seat.room, seat, actor, Viewer("party", seat.party), entrance.keys)


def find_watching(cookies: Mapping[str, str], room_id: UUID) -> Watching | None:
    room = room_by_id(room_id)
    if room is None:
        return None
    entrance = door().enter(cookies, room.session_id)
    if entrance.instructor is None:
        return None
    return Watching(room, Actor(entrance.instructor, "instructor"), INSTRUCTOR, entrance.keys)


def seated(request: HttpRequest, room_id: UUID) -> Seated:
    found = find_seated(request.COOKIES, room_id)
    if found is None:
        raise Http404
    return found


def watching(request: HttpRequest, room_id: UUID) -> Watching:
    found = find_watching(request.COOKIES, room_id)
    if found is None:
        raise Http404
    return found

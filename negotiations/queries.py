"""Reads for screens, tasks and exports. What a participant may see of a log passes through `sight`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import msgspec
from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from negotiations.log import EVENTS_AFTER, logged_from
from negotiations.models import Notice, Rating, Room, Seat, Session
from negotiations.rows import Read
from negotiations.rules import events as e
from negotiations.rules.reading import Reading
from negotiations.rules.room import Policy, RoomState, replay
from negotiations.rules.room.people import presence
from negotiations.rules.sight import Mates, Viewer, may_see, seen
from simulations.queries import table_case
from simulations.rules.variants import Variant

#: (party, interest) -> step of the scale -> how many people chose it.
Ratings = dict[tuple[str, str], dict[int, int]]
TAKEN_SEATS = Read(
    """
    SELECT {seat}, {room}, {session}
    FROM negotiations_seat seat
    JOIN negotiations_room room ON room.id = seat.room_id
    JOIN negotiations_session session ON session.id = room.session_id
    WHERE seat.room_id = %s AND seat.left_at IS NULL
    ORDER BY seat.id
    """,
    seat=Seat,
    room=Room,
    session=Session,
)
ROOM = Read(
    """
    SELECT {room}, {session}
    FROM negotiations_room room JOIN negotiations_session session ON session.id = room.session_id
    WHERE room.id = %s
    """,
    room=Room,
    session=Session,
)

NEWS_IN = """
SELECT seq, type, payload::text, actor, audience::text, command_id, digest, at
FROM negotiations_event WHERE room_id = %s AND type = %s ORDER BY seq
"""

# Of rooms over days: how many lines have which readers.
LINES_BY_AUDIENCE = """
SELECT room_id, audience::text, count(*) FROM negotiations_event WHERE room_id = ANY(%s) GROUP BY room_id, audience
"""

# A line at least, that of the clock.
LOG_NOW = f"""
SELECT clock.now, log.* FROM (SELECT clock_timestamp() AS now) clock LEFT JOIN ({EVENTS_AFTER}) log ON true
ORDER BY log.seq
"""


def taken_seats(room_id: UUID) -> list[Seat]:
    """Who sits at this table now, each with room and session: what the gate asks for every page and socket."""
    found = []
    for seat, room, session in TAKEN_SEATS.rows(room_id):
        seat.room, room.session = room, session
        found.append(seat)
    return found


def room_by_id(room_id: UUID) -> Room | None:
    """A room with its session."""
    for room, session in ROOM.rows(room_id):
        room.session = session
        return room
    return None


def rooms(session: Session) -> QuerySet[Room]:
    return session.rooms.order_by("number")


def seats(session: Session) -> QuerySet[Seat]:
    """Who sits where now."""
    return Seat.objects.filter(room__session=session, left_at=None).order_by(
        "room__number", "party", "taken_at"
    )


def log_of(room: UUID, after: int = 0) -> list[e.Logged]:
    """The whole log, for figures and instructors."""
    with connection.cursor() as cursor:
        cursor.execute(EVENTS_AFTER, [room, after])
        return [logged_from(row) for row in cursor.fetchall()]


def unread(seats: Iterable[Seat]) -> dict[UUID, int]:
    """How many lines each of these seats may see and has not read yet, at tables that stay open for days; elsewhere
    nobody keeps how far one has read. One question for all rooms, and `sight` says what counts."""
    long = [seat for seat in seats if seat.room.session.is_long]
    if not long:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(LINES_BY_AUDIENCE, [[seat.room_id for seat in long]])
        counted = [
            (room, json.loads(audience or "null"), lines) for room, audience, lines in cursor.fetchall()
        ]
    read = dict(Notice.objects.filter(seat__in=long).values_list("seat", "read"))
    found = {}
    for seat in long:
        viewer = Viewer("party", seat.party)
        there = sum(n for room, audience, n in counted if room == seat.room_id and may_see(viewer, audience))
        found[seat.pk] = max(0, there - read.get(seat.pk, 0))
    return found


def news_told(room: UUID, viewer: Viewer) -> list[e.Logged]:
    """The news that reached this viewer, for pages that show no more of the log."""
    with connection.cursor() as cursor:
        cursor.execute(NEWS_IN, [room, e.NewsReleased.type])
        return seen(viewer, [logged_from(row) for row in cursor.fetchall()])


class ReadLog(NamedTuple):
    """A log as one viewer reads it: what comes after its own number, how far it goes, how offers are read, who of the
    own side did what, and when."""

    lines: list[tuple[int, e.Logged]]
    head: int
    reading: Reading
    mates: Mates
    now: datetime


def read_by(room: UUID, viewer: Viewer, after: int = 0) -> ReadLog:
    """What it sees after its own number, by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute(LOG_NOW, [room, 0])
        rows = cursor.fetchall()
    visible = seen(viewer, [logged_from(line) for _, *line in rows if line[0] is not None])
    start = after if 0 <= after <= len(visible) else 0
    now = rows[0][0].astimezone(timezone.get_current_timezone())
    lines = list(enumerate(visible[start:], start=start + 1))
    return ReadLog(lines, len(visible), Reading(visible), Mates(visible), now)


def state_of(room: UUID) -> RoomState:
    found = Room.objects.select_related("session").get(pk=room)
    policy = msgspec.convert(found.session.policy, Policy)
    case = table_case(found.session.edition_id, Variant(found.condition))
    return replay(case, log_of(room), policy)


def interests_met(room: UUID) -> dict[str, dict[str, list[int]]]:
    """By party and interest what its people found, each once. Two sides' ratings are never added up."""
    found: dict[str, dict[str, list[int]]] = {}
    rows = Rating.objects.filter(seat__room=room).order_by("seat__party", "interest", "seat__taken_at")
    for party, interest, rating in rows.values_list("seat__party", "interest", "rating"):
        found.setdefault(party, {}).setdefault(interest, []).append(rating)
    return found


def interests_rated(session: Session) -> Ratings:
    """By party and interest how many people of all rooms chose each step."""
    rows = Rating.objects.filter(seat__room__session=session).order_by("seat__party", "interest", "rating")
    counted = rows.values_list("seat__party", "interest", "rating").annotate(people=Count("pk"))
    found: Ratings = {}
    for party, interest, rating, people in counted:
        found.setdefault((party, interest), {})[rating] = people
    return found


def seats_here(room: Room, seconds: int = 25) -> dict[UUID, str]:
    """Who was seen lately, with the party they play; a practice partner always is."""
    lately = Q(seen_at__gt=timezone.now() - timedelta(seconds=seconds)) | Q(kind=Seat.Kind.PARTNER)
    return dict(room.seats.filter(lately, left_at=None).values_list("pk", "party"))


def here(room: Room, seats: Mapping[UUID, str]) -> dict[str, bool]:
    """Which parties these seats play."""
    return presence(table_case(room.session.edition_id, room.variant), set(seats.values()))

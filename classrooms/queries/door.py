"""Who a browser is: its tokens, the person they stand for, the sitting a code names, and the tables of both."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from classrooms.keys import seal
from classrooms.models import Attendance, Classroom, Device, Person, Sitting
from classrooms.rules.codes import is_code
from negotiations.models import Seat, Session
from negotiations.queries import unread
from negotiations.rows import Read

DEVICE_COOKIE = "parley_device"
# A browser remembers the people of this many classrooms; the oldest is forgotten.
TOKENS_KEPT = 8
TOKEN_LENGTH = 64


class Known(NamedTuple):
    """A person whom this browser knows, and the token by which it does."""

    person: Person
    token: str


def tokens_of(cookies: Mapping[str, str]) -> list[str]:
    """What the browser's cookie holds, newest first; anything that cannot be a token is left out."""
    parts = cookies.get(DEVICE_COOKIE, "").split(".")
    return [part for part in parts if part and len(part) <= TOKEN_LENGTH][:TOKENS_KEPT]


def hashes_of(cookies: Mapping[str, str]) -> dict[str, str]:
    return {seal("device", token): token for token in tokens_of(cookies)}


def known_here(cookies: Mapping[str, str], classroom: UUID) -> Known | None:
    """The person of this classroom in whose name this browser last came."""
    hashes = hashes_of(cookies)
    if not hashes:
        return None
    devices = Device.objects.filter(token_hash__in=hashes, revoked_at=None, person__classroom=classroom)
    device = devices.select_related("person").order_by("-created_at").first()
    return Known(device.person, hashes[device.token_hash]) if device else None


def earlier_result(person: UUID, sitting: Sitting) -> UUID | None:
    """The room of the last session before this one whose result this person may see."""
    released = Seat.objects.filter(holder=person, left_at=None, room__session__released_at__isnull=False)
    other = released.exclude(room__session=sitting.pk).order_by("-taken_at")
    return other.values_list("room", flat=True).first()


OPEN_SITTING = Read(
    """
    SELECT {sitting}, {session}, {classroom}
    FROM classrooms_sitting sitting
    JOIN negotiations_session session ON session.id = sitting.session_id
    JOIN classrooms_classroom classroom ON classroom.id = sitting.classroom_id
    WHERE sitting.code = %s AND sitting.closed_at IS NULL
    """,
    sitting=Sitting,
    session=Session,
    classroom=Classroom,
)


def open_sitting(code: str) -> Sitting | None:
    if not is_code(code):
        return None
    for sitting, session, classroom in OPEN_SITTING.rows(code):
        sitting.session, sitting.classroom = session, classroom
        return sitting
    return None


class Attending(NamedTuple):
    """A person at a sitting, their seat if they have one, and how many are here: what the student's hub is about."""

    attendance: int
    seen_at: datetime
    person: UUID
    name: str
    session: UUID
    code: str
    classroom: str
    edition: UUID
    phase: str
    is_released: bool
    room: UUID | None
    party: str | None
    here: int


# In plain SQL, because every waiting browser asks it every few seconds: writing it anew cost Django more than the rest
# of the page.
ATTENDING = """
SELECT attendance.id, attendance.seen_at, person.id, person.name, session.id, sitting.code, classroom.name,
       session.edition_id, session.phase, session.released_at IS NOT NULL, seat.room_id, seat.party,
       (SELECT count(*) FROM classrooms_attendance came WHERE came.sitting_id = session.id AND NOT came.absent)
FROM classrooms_device device
JOIN classrooms_person person ON person.id = device.person_id
JOIN classrooms_attendance attendance ON attendance.person_id = person.id
JOIN classrooms_sitting sitting ON sitting.session_id = attendance.sitting_id
JOIN classrooms_classroom classroom ON classroom.id = sitting.classroom_id
JOIN negotiations_session session ON session.id = sitting.session_id
LEFT JOIN LATERAL (
    SELECT taken.room_id, taken.party
    FROM negotiations_seat taken JOIN negotiations_room room ON room.id = taken.room_id
    WHERE taken.holder = person.id AND taken.left_at IS NULL AND room.session_id = session.id
    ORDER BY taken.taken_at DESC LIMIT 1
) seat ON true
WHERE device.token_hash = ANY(%s) AND device.revoked_at IS NULL AND sitting.code = %s
ORDER BY sitting.created_at DESC, attendance.joined_at DESC LIMIT 1
"""


def attending_here(cookies: Mapping[str, str], code: str) -> Attending | None:
    """Under this code and in this browser: who attends which sitting, the newest first."""
    hashes = hashes_of(cookies)
    if not hashes or not is_code(code):
        return None
    with connection.cursor() as cursor:
        cursor.execute(ATTENDING, [list(hashes), code])
        row = cursor.fetchone()
    return Attending(*row) if row else None


class OwnTable(NamedTuple):
    """A table at which this browser's person sits. `unread` is 0 where one is there all the time."""

    code: str
    title: str
    classroom: str
    number: int
    unread: int


def tables_here(cookies: Mapping[str, str]) -> list[OwnTable]:
    """The tables of everybody whom this browser knows that are not over, the newest first."""
    people = Device.objects.filter(token_hash__in=hashes_of(cookies), revoked_at=None).values("person")
    taken = Seat.objects.filter(holder__in=people, left_at=None, room__ended_at=None)
    running = taken.exclude(room__session__phase=Session.Phase.DEBRIEF).order_by("-taken_at")
    seats = list(running.select_related("room__session__sitting__classroom"))
    waiting = unread(seats)
    found = ((seat, seat.room.session, seat.room.session.sitting) for seat in seats)
    return [
        OwnTable(
            sitting.code, session.title, sitting.classroom.name, seat.room.number, waiting.get(seat.pk, 0)
        )
        for seat, session, sitting in found
    ]


def unseated(sitting: Sitting) -> QuerySet[Attendance]:
    """Who came and sits nowhere, in the order they came."""
    seat = Seat.objects.filter(
        room__session=sitting.session_id, holder=OuterRef("person_id"), left_at__isnull=True
    )
    return Attendance.objects.filter(~Exists(seat), sitting=sitting).order_by("joined_at", "pk")


# Every page of a table and every socket asks this one.
DEVICES_AT = """
SELECT device.token_hash, device.person_id
FROM classrooms_device device JOIN classrooms_attendance attendance ON attendance.person_id = device.person_id
WHERE device.token_hash = ANY(%s) AND device.revoked_at IS NULL AND attendance.sitting_id = %s
"""


def devices_at(cookies: Mapping[str, str], session: UUID) -> dict[str, UUID]:
    """Hashes of this browser's tokens that hold at this sitting, each with its person."""
    hashes = hashes_of(cookies)
    if not hashes:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(DEVICES_AT, [list(hashes), session])
        return dict(cursor.fetchall())

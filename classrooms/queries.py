"""Reads for the screens of people and sittings. A room is read by its row and summary, never by its log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from classrooms.keys import seal
from classrooms.models import Attendance, Classroom, Device, Person, Sitting, User
from classrooms.rules.codes import is_code
from classrooms.rules.roster import Listed
from classrooms.rules.tiles import SeatSeen
from negotiations.models import Room, Seat, Session
from negotiations.queries import unread
from negotiations.rows import Read
from simulations.queries import public_case

DEVICE_COOKIE = "parley_device"
# A browser remembers the people of this many classrooms; the oldest is forgotten.
TOKENS_KEPT = 8
TOKEN_LENGTH = 64


def with_session(found: QuerySet[Sitting]) -> QuerySet[Sitting]:
    """Sittings with what every page says of them, in one read."""
    return found.select_related("session", "classroom")


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


class FreePlace(NamedTuple):
    """Where one more person may sit."""

    room: Room
    party: str


def places_for_second(session: Session) -> list[FreePlace]:
    """Sides that take one more person, at tables not yet ended: empty sides first, then the smallest tables."""
    rooms = list(session.rooms.filter(ended_at=None).order_by("number"))
    seated: dict[UUID, list[Seat]] = {room.pk: [] for room in rooms}
    for seat in Seat.objects.filter(room__in=rooms, left_at=None):
        seated[seat.room_id].append(seat)
    parties = public_case(session.edition_id).parties
    places = [
        (
            sum(seat.party == party.id for seat in seated[room.pk]),
            len(seated[room.pk]),
            FreePlace(room, party.id),
        )
        for room in rooms
        for party in parties
        if takes_one_more([seat for seat in seated[room.pk] if seat.party == party.id], party.team[1])
    ]
    return [place for *_, place in sorted(places, key=lambda entry: (entry[0] > 0, entry[1]))]


def takes_one_more(side: Sequence[Seat], most: int) -> bool:
    return len(side) < most and all(seat.kind == Seat.Kind.PERSON for seat in side)


@dataclass(frozen=True)
class SeatOnBoard:
    """A seat as the instructor sees it: with the person's name."""

    id: UUID
    party: str
    kind: str
    name: str
    seen_at: Any
    ready_at: Any

    @property
    def seen(self) -> SeatSeen:
        return SeatSeen(self.party, self.kind == Seat.Kind.PARTNER, self.seen_at)


@dataclass(frozen=True)
class RoomOnBoard:
    room: Room
    seats: tuple[SeatOnBoard, ...]

    @property
    def preparing(self) -> list[SeatOnBoard]:
        """Those who have something to prepare; who reads along has not."""
        return [seat for seat in self.seats if seat.kind != Seat.Kind.OBSERVER]


@dataclass(frozen=True)
class Board:
    """A sitting at this moment. `waiting` are those who came and have no seat."""

    sitting: Sitting
    rooms: tuple[RoomOnBoard, ...]
    here: tuple[Attendance, ...]
    waiting: tuple[Attendance, ...]

    @property
    def namesakes(self) -> dict[int, RoomOnBoard]:
        """Who waits under the name of somebody seated: perhaps the same person without browser and words."""
        seated = {same_name(seat.name): entry for entry in self.rooms for seat in entry.seats if seat.name}
        return {
            each.pk: seated[same_name(each.person.name)]
            for each in self.waiting
            if same_name(each.person.name) in seated
        }

    def side(self, room: UUID, party: str) -> list[SeatOnBoard]:
        """Who plays this party in this room."""
        return [
            seat
            for entry in self.rooms
            if entry.room.pk == room
            for seat in entry.seats
            if seat.party == party
        ]


def same_name(name: str) -> str:
    return " ".join(name.casefold().split())


def board(sitting: Sitting) -> Board:
    return boards([sitting])[0]


def boards(sittings: Sequence[Sitting]) -> list[Board]:
    """Several sittings in three reads, however many they are."""
    ids = [sitting.session_id for sitting in sittings]
    attendances: dict[UUID, list[Attendance]] = {each: [] for each in ids}
    found = Attendance.objects.filter(sitting__in=ids).select_related("person")
    for attendance in found.order_by("joined_at", "pk"):
        attendances[attendance.sitting_id].append(attendance)
    seats: dict[UUID, list[Seat]] = {}
    for seat in Seat.objects.filter(room__session__in=ids, left_at=None).order_by("taken_at", "pk"):
        seats.setdefault(seat.room_id, []).append(seat)
    rooms: dict[UUID, list[Room]] = {each: [] for each in ids}
    for room in Room.objects.filter(session__in=ids).order_by("number"):
        rooms[room.session_id].append(room)
    return [
        put_together(sitting, attendances[sitting.session_id], rooms[sitting.session_id], seats)
        for sitting in sittings
    ]


def put_together(
    sitting: Sitting, here: Sequence[Attendance], rooms: Sequence[Room], seats: Mapping[UUID, list[Seat]]
) -> Board:
    people: dict[UUID | None, Attendance] = {each.person_id: each for each in here}
    seated = {seat.holder for room in rooms for seat in seats.get(room.pk, ())}
    tables = [
        RoomOnBoard(room, tuple(on_board(seat, people.get(seat.holder)) for seat in seats.get(room.pk, ())))
        for room in rooms
    ]
    waiting = tuple(each for each in here if each.person_id not in seated)
    return Board(sitting, tuple(tables), tuple(here), waiting)


def on_board(seat: Seat, attendance: Attendance | None) -> SeatOnBoard:
    """The latest sign of life may have come from the lobby or from the table."""
    signs = [sign for sign in (seat.seen_at, attendance.seen_at if attendance else None) if sign]
    name = attendance.person.name if attendance else ""
    return SeatOnBoard(seat.pk, seat.party, seat.kind, name, max(signs, default=None), seat.ready_at)


def classrooms_of(user: User) -> QuerySet[Classroom]:
    """A teacher's classrooms with how many people and sessions they have, by name."""
    return (
        Classroom.objects.filter(teachings__user=user, archived_at=None)
        .annotate(
            people_count=Count("people", distinct=True),
            session_count=Count("sittings", distinct=True),
        )
        .order_by("name", "pk")
    )


def newest_zone(user: User) -> str:
    taught = Classroom.objects.filter(teachings__user=user, archived_at=None).order_by("-created_at")
    return taught.values_list("timezone", flat=True).first() or ""


def sittings_of(user: User) -> QuerySet[Sitting]:
    """All sittings of a teacher's classrooms, the newest first."""
    found = Sitting.objects.filter(classroom__teachings__user=user, classroom__archived_at=None)
    return with_session(found).order_by("-created_at")


def sittings_in(classroom: Classroom) -> QuerySet[Sitting]:
    return with_session(classroom.sittings.all()).order_by("-created_at")


def people_in(classroom: Classroom) -> QuerySet[Person]:
    """By name, with how many sittings each came to."""
    return classroom.people.annotate(came=Count("attendances")).order_by("name", "created_at")


def listed_in(classroom: Classroom) -> list[tuple[UUID, Listed]]:
    """Everybody of a classroom as a list would have them, whether a list named them or they just came."""
    return [
        (person.pk, Listed(person.name, person.email, person.number, person.section, time_factor(person)))
        for person in classroom.people.order_by("name", "pk")
    ]


def has_sections(user: User) -> bool:
    """Whether anybody whom this teacher teaches is of a section."""
    return Person.objects.filter(classroom__teachings__user=user).exclude(section="").exists()


def time_factor(person: Person) -> Decimal:
    return (Decimal(person.time_percent) / 100).quantize(Decimal("0.01"))


def newer_sitting(sitting: Sitting) -> Sitting | None:
    """One that took this one's code over."""
    newer = Sitting.objects.filter(
        Q(closed_at=None),
        classroom=sitting.classroom_id,
        code=sitting.code,
        created_at__gt=sitting.created_at,
    )
    return newer.exclude(pk=sitting.pk).first()


def now_sitting(user: User) -> Sitting | None:
    """The newest sitting of this teacher that is not over."""
    return sittings_of(user).exclude(session__phase=Session.Phase.DEBRIEF).first()

"""What the board shows of a sitting. A room is read by its row and summary, never by its log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from classrooms.models import Attendance, Sitting
from classrooms.rules.tiles import SeatSeen
from negotiations.models import Room, Seat, Session
from simulations.queries import public_case


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

"""Verbs that bring people to tables: pair those who wait, seat the late, replace the missing.

Seats are written in one transaction under the sitting's lock, so that nobody is seated twice; then the log of each
room takes them, which needs no transaction of ours and may be repeated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext

from classrooms.models import Person, Sitting
from classrooms.past import comers_of
from classrooms.queries import board, places_for_second, unseated
from classrooms.rules.conditions import condition_of
from classrooms.rules.pairing import Pairing, Place, short_table
from classrooms.rules.pairing import pair as draw_pairs
from classrooms.rules.tiles import makes_way, table_of
from classrooms.wishes import sides_of, wishes_of
from negotiations.actions import leave_seat, open_table, seat_partner, sit_instead, summary_of, take
from negotiations.models import Room, Seat, Session
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room.strands import OBSERVER
from simulations.actions import write_variant
from simulations.queries import public_case
from simulations.rules.variants import Variant

LATE_AT_LEAST = timedelta(minutes=10)
NEWCOMER_AT_LEAST = timedelta(minutes=15)


def pair(sitting: Sitting, by: UUID) -> Pairing:
    """Seat everybody who is here and has no seat, with people they have not met before if there are such.

    May be repeated for those who came later.
    """
    with transaction.atomic():
        locked = lock(sitting)
        write_variants(locked)
        waiting = [attendance.person_id for attendance in unseated(locked).filter(absent=False)]
        rng = Random(f"{sitting.pk}:{len(waiting)}:{first_free_number(locked.session)}")
        wishes = wishes_of(locked)
        sides = sides_of(locked)
        drawn = draw_pairs(comers_of(locked, waiting, sides), sides, wishes, rng)
        rooms = write_tables(locked, drawn.tables)
        add_observers(rooms, drawn.observers)
        locked.paired_at = locked.paired_at or timezone.now()
        locked.save(update_fields=["paired_at"])
    bring_to_tables(sitting, rooms, by)
    return drawn


def seat_late(sitting: Sitting, person: Person, by: UUID) -> Room | None:
    """A table of its own for one person, opposite practice partners. None if the person has a seat already."""
    with transaction.atomic():
        locked = lock(sitting)
        if not unseated(locked).filter(person=person).exists():
            return None
        write_variants(locked)
        number = first_free_number(locked.session)
        table = short_table([person.pk], sides_of(locked), Random(f"{sitting.pk}:{number}"))
        if table is None:
            raise RuleBroken(
                "no_partner", gettext("No practice partner can play the other sides of this simulation.")
            )
        rooms = write_tables(locked, [table])
    bring_to_tables(sitting, rooms, by)
    return next(iter(rooms))


def seat_newcomer(sitting: Sitting, person: Person) -> Room | None:
    """By the sitting's own rule: who comes while the others negotiate sits down at once."""
    running = sitting.session.phase in (Session.Phase.PREPARE, Session.Phase.NEGOTIATE)
    if sitting.newcomers != Sitting.Newcomers.PARTNER or not running:
        return None
    with suppress(RuleBroken):
        return seat_late(sitting, person, person.pk)
    return None


def seat_second(sitting: Sitting, person: Person, by: UUID) -> Seat | None:
    """Beside another person, or in an empty seat, at the table that has the fewest people."""
    with transaction.atomic():
        locked = lock(sitting)
        place = next(iter(places_for_second(locked.session)), None)
        if place is None or not unseated(locked).filter(person=person).exists():
            return None
        seat = Seat.objects.create(room=place.room, party=place.party, kind="person", holder=person.pk)
    take(seat)
    return seat


def seat_observer(sitting: Sitting, person: Person, by: UUID) -> Seat | None:
    """To read along at the table that has the fewest observers; None where nothing is negotiated any more."""
    with transaction.atomic():
        locked = lock(sitting)
        watched = Count("seats", filter=Q(seats__kind=Seat.Kind.OBSERVER, seats__left_at=None))
        rooms = locked.session.rooms.filter(ended_at=None).annotate(watched=watched)
        room = rooms.order_by("watched", "number").first()
        if room is None or not unseated(locked).filter(person=person).exists():
            return None
        seat = observer_of(room, person.pk)
        seat.save(force_insert=True)
    take(seat)
    return seat


def give_partner(room: Room, party: str) -> Seat | None:
    """A practice partner takes over the side of people who are not there; they find themselves in the tray."""
    people = room.seats.filter(party=party, left_at=None)
    if people.filter(kind=Seat.Kind.PARTNER).exists():
        return None
    return seat_partner(room, party, people.values_list("pk", flat=True))


def replace(sitting: Sitting, room: Room, party: str, person: Person) -> Seat | None:
    """Seat a person on this side; a practice partner there, and whoever is away, makes way and is found in the tray.
    None if the person has a seat already."""
    with transaction.atomic():
        locked = lock(sitting)
        if not unseated(locked).filter(person=person).exists():
            return None
        table, now = table_of(summary_of(room)), timezone.now()
        side = board(locked).side(room.pk, party)
        gone = [seat.id for seat in side if makes_way(table, seat.seen, now)]
        require_chair(room, party, len(side) - len(gone))
        seat = Seat(room=room, party=party, kind=Seat.Kind.PERSON, holder=person.pk)
        sit_instead(seat, gone)
    take(seat)
    return seat


def remove(room: Room, seat: Seat) -> None:
    """Free one person's seat while the table lasts; whoever else plays that side goes on alone."""
    require_going_on(room)
    leave_seat(seat)


def require_going_on(room: Room) -> None:
    if room.ended_at:
        raise RuleBroken("room_closed")


def require_chair(room: Room, party: str, staying: int) -> None:
    require_going_on(room)
    if staying >= public_case(room.session.edition_id, room.variant).party(party).team[1]:
        raise RuleBroken("side_full", gettext("Everybody on that side is here, and it takes nobody more."))


def lock(sitting: Sitting) -> Sitting:
    return (
        Sitting.objects.select_for_update(of=("self",))
        .select_related("session")
        .get(session=sitting.session_id)
    )


def write_variants(sitting: Sitting) -> None:
    """What the conditions of this sitting change must be on the shelf before anybody asks for their sides."""
    for condition in sitting.conditions:
        write_variant(sitting.session.edition_id, Variant(condition))


def first_free_number(session: Session) -> int:
    highest = Room.objects.filter(session=session).aggregate(highest=Max("number"))["highest"]
    return (highest or 0) + 1


def write_tables(sitting: Sitting, tables: Iterable[Sequence[Place]]) -> dict[Room, list[Seat]]:
    """New rooms and their seats, as rows; the log does not know them yet. Who needs more time brings it along."""
    session = sitting.session
    needs = slower_people(sitting)
    number = first_free_number(session)
    rooms: dict[Room, list[Seat]] = {}
    for place, table in enumerate(tables):
        condition = condition_of(number + place, sitting.conditions, str(sitting.pk))
        percent = max((needs.get(each.person, 100) for each in table), default=100)
        room = Room(session=session, number=number + place, condition=condition, time_percent=percent)
        rooms[room] = [seat_of(room, each) for each in table]
    Room.objects.bulk_create(rooms)
    Seat.objects.bulk_create(seat for seats in rooms.values() for seat in seats)
    return rooms


def slower_people(sitting: Sitting) -> dict[UUID | None, int]:
    """Whoever needs more than everybody's time, as a share of it."""
    found = Person.objects.filter(classroom=sitting.classroom_id, time_percent__gt=100)
    return dict(found.values_list("pk", "time_percent"))


def add_observers(rooms: dict[Room, list[Seat]], observers: Iterable[tuple[UUID, int]]) -> None:
    """Those who were left over read along, at the tables that were just made."""
    made = list(rooms)
    for person, table in observers:
        seat = observer_of(made[table], person)
        seat.save(force_insert=True)
        rooms[made[table]].append(seat)


def observer_of(room: Room, person: UUID) -> Seat:
    """Who reads along has nothing to prepare."""
    return Seat(room=room, party=OBSERVER, kind=Seat.Kind.OBSERVER, holder=person, ready_at=timezone.now())


def seat_of(room: Room, place: Place) -> Seat:
    if place.person is None:
        return Seat(room=room, party=place.party, kind=Seat.Kind.PARTNER, ready_at=timezone.now())
    return Seat(room=room, party=place.party, kind=Seat.Kind.PERSON, holder=place.person)


def bring_to_tables(sitting: Sitting, rooms: Mapping[Room, list[Seat]], by: UUID) -> None:
    for seats in rooms.values():
        for seat in seats:
            take(seat)
    session = Session.objects.get(pk=sitting.session_id)
    if session.phase == Session.Phase.NEGOTIATE:
        time_left = late_time(sitting, session, timezone.now())
        for room in rooms:
            # Whoever opens all tables at this very moment may have opened this one already.
            with suppress(RuleBroken):
                open_table(room, by, int(time_left.total_seconds()))


def late_time(sitting: Sitting, session: Session, now: datetime) -> timedelta:
    """As long as the others still have, but enough to negotiate."""
    least = NEWCOMER_AT_LEAST if sitting.newcomers == Sitting.Newcomers.PARTNER else LATE_AT_LEAST
    latest = session.rooms.filter(closes_at__gt=now).aggregate(latest=Max("closes_at"))["latest"]
    return max(least, latest - now) if latest else max(least, timedelta(minutes=session.minutes))

"""Earlier classes in Parley's database: copies of one table that was really played.

Needs Django to be set up. The rows are written past the actions, as a restored backup would be, because 30,000
participants by hand would take longer than what is measured after them.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterator
from copy import copy
from datetime import timedelta
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from bench.load.drivers.parley import package
from classrooms.models import Attendance, Classroom, Device, Person, Sitting
from negotiations import actions, live
from negotiations.models import Event, Job, Plan, Room, Seat, Session
from negotiations.perform import perform
from negotiations.queries import state_of
from negotiations.rules import commands as c
from simulations.models import Edition
from simulations.queries import latest_edition

PEOPLE_A_CLASS = 50
BATCH = 2000
FARMER, NEIGHBOUR = "farmer", "neighbour"


def fill(participants: int) -> int:
    """So many participants of finished sessions, in classes of fifty. How many rows were written."""
    template = play_one_table()
    written = 0
    for start in range(0, participants, PEOPLE_A_CLASS):
        people = min(PEOPLE_A_CLASS, participants - start)
        written += write_class(template, people // 2)
    tidy_up()
    return written


def farm() -> Edition:
    """Mountain View Farm, which `manage prepare` has put on the shelf."""
    found = latest_edition("mountain-view-farm")
    if found is None:
        raise RuntimeError("the library is not loaded")
    return found


class Template:
    """One finished table, read once."""

    def __init__(self, room: Room) -> None:
        self.room = Room.objects.get(pk=room.pk)
        self.session = room.session
        self.seats = list(Seat.objects.filter(room=room).order_by("party"))
        self.plans = list(Plan.objects.filter(seat__room=room))
        self.events = list(Event.objects.filter(room=room).order_by("seq"))


def play_one_table() -> Template:
    """Twelve lines of a real talk: offers, answers, a deal."""
    session = actions.create_session(farm(), 60)
    room = actions.open_room(session, 1)
    seats = {party: actions.seat_person(room, party, uuid.uuid4()) for party in (FARMER, NEIGHBOUR)}
    instructor = uuid.uuid4()
    actions.open_preparation(session, instructor)
    actions.open_tables(session, instructor)
    for n, party in enumerate((FARMER, NEIGHBOUR, FARMER, NEIGHBOUR, FARMER)):
        do(seats[party], c.Say("We could meet you on the date if the price stays where it is."))
        do(seats[party], c.MakeOffer((package(n),)))
    offer = state_of(room.pk).offers[-1]
    do(seats[NEIGHBOUR], c.AcceptOffer(offer.number, 0, offer.digest))
    actions.open_debrief(session, instructor)
    return Template(room)


def do(seat: Seat, command: c.Command) -> None:
    live.call(perform(seat.room_id, c.Actor(seat.pk, "seat", seat.party), command, uuid.uuid4()))


@transaction.atomic
def write_class(template: Template, tables: int) -> int:
    """One finished session with its classroom, people, tables and logs."""
    session = Session.objects.create(
        edition=template.session.edition,
        phase=Session.Phase.DEBRIEF,
        opened_at=timezone.now() - timedelta(days=30),
        ended_at=timezone.now() - timedelta(days=30),
        released_at=timezone.now() - timedelta(days=29),
    )
    classroom = Classroom.objects.create(name="An earlier class")
    sitting = Sitting.objects.create(
        session=session, classroom=classroom, code=secrets.token_hex(3), closed_at=timezone.now()
    )
    people = [
        Person(classroom=classroom, name=f"Earlier {n}", recovery=secrets.token_hex(32))
        for n in range(2 * tables)
    ]
    rows: list[models.Model] = [
        *people,
        *(Device(person=person, token_hash=secrets.token_hex(32)) for person in people),
        *(Attendance(sitting=sitting, person=person) for person in people),
    ]
    for number in range(tables):
        rows += copies(template, session, number + 1, people[2 * number : 2 * number + 2])
    return write(rows)


def copies(template: Template, session: Session, number: int, people: list[Person]) -> Iterator[models.Model]:
    room = copied(template.room, pk=uuid.uuid4(), session=session, number=number)
    yield room
    new_id = {}
    for seat, person in zip(template.seats, people, strict=True):
        new_id[seat.pk] = uuid.uuid4()
        yield copied(seat, pk=new_id[seat.pk], room=room, holder=person.pk)
    for plan in template.plans:
        yield copied(plan, seat_id=new_id[plan.seat_id])
    for event in template.events:
        yield copied(event, room=room, actor=new_id.get(event.actor, event.actor))
    yield Job(room=room, seq=room.last_seq, attempts=1, done_at=timezone.now())


def copied(row: Any, **changes: Any) -> Any:
    made = copy(row)
    made._state = models.base.ModelState()
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def write(rows: list[models.Model]) -> int:
    """Rows of one kind together, in the order in which the kinds first came: foreign keys point back only."""
    kinds: dict[type[models.Model], list[models.Model]] = {}
    for row in rows:
        kinds.setdefault(type(row), []).append(row)
    for kind, found in kinds.items():
        kind._default_manager.bulk_create(found, batch_size=BATCH)
    return len(rows)


def tidy_up() -> None:
    """What a night's autovacuum would have done by the next class."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("CHECKPOINT")

"""The term behind a session: who met whom at which side, read for pairing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import connection

from classrooms.models import Person, Sitting
from classrooms.rules.pairing import Comer, PastSeat, Side, comers
from simulations.queries import public_case

# All seats of a classroom's other sessions that somebody kept: a term of 500 people has some ten thousand.
PAST_SEATS = """
SELECT seat.room_id, seat.holder, seat.party, seat.kind = 'observer', session.edition_id
FROM classrooms_sitting sitting
JOIN negotiations_session session ON session.id = sitting.session_id
JOIN negotiations_room room ON room.session_id = session.id
JOIN negotiations_seat seat ON seat.room_id = room.id
WHERE sitting.classroom_id = %s AND sitting.session_id <> %s AND seat.left_at IS NULL
"""


def comers_of(sitting: Sitting, people: Iterable[UUID], sides: Sequence[Side]) -> list[Comer]:
    """Those who are here, each with what they did in this classroom before."""
    with connection.cursor() as cursor:
        cursor.execute(PAST_SEATS, [sitting.classroom_id, sitting.session_id])
        rows = cursor.fetchall()
    found = Person.objects.filter(classroom=sitting.classroom_id).exclude(section="")
    sections = dict(found.values_list("pk", "section"))
    today = [side.party for side in sides]
    seats = [
        PastSeat(room, holder, None if watches else as_today(party, edition, today))
        for room, holder, party, watches, edition in rows
    ]
    return comers(people, sides, seats, sections)


def as_today(party: str, edition: UUID, today: Sequence[str]) -> str:
    """The side that this party was: by its name, or by its place in its own case, since a seller may be a farmer."""
    if party in today:
        return party
    parties = public_case(edition).party_ids
    place = parties.index(party) if party in parties else len(today)
    return today[place] if place < len(today) else party

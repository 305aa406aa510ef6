"""Reads for the debrief. What a participant may read is a row of its own; the rest is for instructors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

import msgspec
from django.db.models import Q, QuerySet

from bargaining.case import Case, Package
from classrooms.models import Person
from debriefs.models import Landscape as LandscapeRow
from debriefs.models import PartyFigures, RoomFigures
from debriefs.rules.classfigures import ClassFigures, Row, class_figures
from debriefs.rules.figures import Figures, OwnFigures
from debriefs.rules.landscape import Landscape, landscape
from negotiations import queries as tables
from negotiations.models import Job, Seat, Session
from simulations.queries import whole_case
from simulations.rules.variants import BASE, Variant

#: A job is tried so often, then it is shown to the instructor instead.
MOST_ATTEMPTS = 5


class Debrief(NamedTuple):
    """All that the class debrief of a session tells, without a name. `revision` changes when any of it does."""

    session: Session
    case: Case
    rows: list[Row]
    figures: ClassFigures
    landscape: Landscape
    revision: str

    @property
    def deals(self) -> list[Package]:
        found = [row.figures.package for row in self.rows if row.figures is not None]
        return [package for package in found if package is not None]

    @property
    def is_complete(self) -> bool:
        return bool(self.rows) and self.figures.at_work == 0


def debrief(session: Session) -> Debrief:
    variant = usual_variant(session)
    case = whole_case(session.edition_id, variant)
    found = rows(session)
    return Debrief(
        session,
        case,
        found,
        class_figures(found, next(iter(case.scored_ids), "")),
        landscape_of(session.edition_id, variant),
        sha256(msgspec.json.encode(found, order="sorted")).hexdigest()[:16],
    )


def usual_variant(session: Session) -> Variant:
    """What most rooms play; charts of the whole class are drawn on it. Each room's figures are on its own."""
    counted = Counter(room.variant for room in tables.rooms(session).only("session", "condition", "summary"))
    return max(sorted(counted), key=lambda variant: counted[variant], default=BASE)


def names_in(session: Session) -> dict[UUID, dict[str, list[str | None]]]:
    """Who played each party in each room; None stands for a practice partner."""
    seats = list(Seat.objects.filter(room__session=session, left_at=None).order_by("taken_at"))
    people = dict(Person.objects.filter(pk__in=[seat.holder for seat in seats]).values_list("pk", "name"))
    found: dict[UUID, dict[str, list[str | None]]] = {}
    for seat in seats:
        name = people.get(seat.holder) if seat.holder is not None else None
        found.setdefault(seat.room_id, {}).setdefault(seat.party, []).append(name)
    return found


def rows(session: Session) -> list[Row]:
    """Every room of the session as the debrief sees it, in the order of their numbers."""
    found = tables.rooms(session).values_list("pk", "number", "ended_at", "figures__data")
    return [
        Row(room, number, ended_at is not None, msgspec.convert(data, Figures) if data is not None else None)
        for room, number, ended_at, data in found
    ]


def stuck_rooms(session: Session) -> list[int]:
    """Numbers of rooms whose figures could not be worked out however often it was tried."""
    stuck = Job.objects.filter(room__session=session, done_at=None, attempts__gte=MOST_ATTEMPTS)
    return sorted(set(stuck.values_list("room__number", flat=True)))


def own_figures(room: UUID, party: str) -> OwnFigures | None:
    """One party's own result; no other party's row is read."""
    data = PartyFigures.objects.filter(figures=room, party=party).values_list("data", flat=True).first()
    return msgspec.convert(data, OwnFigures) if data is not None else None


def same_role_points(session: Session, party: str) -> Sequence[float]:
    """What this party's deals were worth to it in all rooms, lowest first and without a name."""
    deals = PartyFigures.objects.filter(figures__room__session=session, party=party, has_deal=True)
    return list(deals.order_by("points").values_list("points", flat=True))


@lru_cache(maxsize=64)
def landscape_of(edition: UUID, variant: Variant = BASE) -> Landscape:
    """What was possible in an edition; worked out once and kept, for an edition never changes."""
    kept = LandscapeRow.objects.filter(edition=edition, variant=variant.key)
    data = kept.values_list("data", flat=True).first()
    if data is not None:
        return msgspec.convert(data, Landscape)
    made = landscape(whole_case(edition, variant))
    row = LandscapeRow(edition_id=edition, variant=variant.key, data=msgspec.to_builtins(made))
    LandscapeRow.objects.bulk_create([row], ignore_conflicts=True)
    return made


def open_jobs(session: UUID | None = None) -> QuerySet[Job]:
    """Jobs that may still be tried, oldest first."""
    jobs = Job.objects.filter(done_at=None, attempts__lt=MOST_ATTEMPTS)
    return (jobs.filter(room__session=session) if session else jobs).order_by("created_at", "pk")


def due_jobs(waited_since: object, leased_since: object) -> QuerySet[Job]:
    """Jobs nobody took for a while, or whose taker has not come back."""
    forgotten = Q(claimed_at=None, created_at__lt=waited_since)
    return open_jobs().filter(forgotten | Q(claimed_at__lt=leased_since))


def figured_rooms(session: UUID | None = None) -> QuerySet[RoomFigures]:
    found = RoomFigures.objects.order_by("room__session", "room__number")
    return found.filter(room__session=session) if session else found

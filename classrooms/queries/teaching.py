"""What somebody teaches: classrooms, their people and sittings."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from classrooms.models import Classroom, Person, Sitting, User
from classrooms.rules.roster import Listed
from negotiations.models import Session


def with_session(found: QuerySet[Sitting]) -> QuerySet[Sitting]:
    """Sittings with what every page says of them, in one read."""
    return found.select_related("session", "classroom")


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

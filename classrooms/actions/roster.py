"""Verbs on a classroom's list: take it over, and give somebody who comes the place that waits for them."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from classrooms.keys import CHANCE, seal
from classrooms.models import Classroom, Device, Person
from classrooms.rules.phrases import draw_phrase
from classrooms.rules.roster import Listed, Plan

WRITTEN = ("name", "email", "number", "section", "time_percent", "listed")


@transaction.atomic
def take_list(classroom: Classroom, planned: Plan[UUID]) -> None:
    """Write what was planned, all of it or nothing. Nobody is removed, and what the list does not say stays."""
    Classroom.objects.select_for_update().get(pk=classroom.pk)
    Person.objects.bulk_create(newcomer(classroom, each) for each in planned.new)
    there = Person.objects.filter(classroom=classroom).in_bulk([each.key for each in planned.changed])
    for change in planned.changed:
        write(there[change.key], change.listed)
    Person.objects.bulk_update(there.values(), WRITTEN)
    Person.objects.filter(classroom=classroom, pk__in=planned.same).update(listed=True)
    Classroom.objects.filter(pk=classroom.pk).update(has_list=True)


def newcomer(classroom: Classroom, listed: Listed) -> Person:
    """Somebody who has not come yet. Nobody is ever told this phrase: who comes gets another."""
    person = Person(classroom=classroom, name=listed.name, recovery=seal("recovery", draw_phrase(CHANCE)))
    write(person, listed)
    return person


def write(person: Person, listed: Listed) -> None:
    person.listed = True
    person.name = listed.name
    person.email = listed.email or person.email
    person.number = listed.number or person.number
    person.section = listed.section or person.section
    if listed.extra_time is not None:
        person.time_percent = percent_of(listed.extra_time)


def percent_of(factor: Decimal) -> int:
    return int((factor * 100).to_integral_value())


def expected(classroom: Classroom, name: str) -> Person | None:
    """The one on the list who is called so and has not come yet; locked, because two may come at once."""
    devices = Device.objects.filter(person=OuterRef("pk"))
    found = Person.objects.select_for_update().filter(
        ~Exists(devices), classroom=classroom, listed=True, name__iexact=name
    )
    people = list(found[:2])
    return people[0] if len(people) == 1 else None

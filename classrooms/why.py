"""Who sits with whom and why, in words for the instructor: worked out from the seats as they are now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classrooms.models import Person, Sitting
from classrooms.past import comers_of
from classrooms.rules.pairing import Place, Reason, Side, reasons
from classrooms.wishes import wishes_of
from negotiations.models import Room, Seat


@dataclass(frozen=True)
class Explained:
    """A table: its people with their parties, and sentences on why they sit together."""

    number: int
    people: tuple[tuple[str, str], ...]
    why: tuple[str, ...]


def explained(sitting: Sitting, sides: Sequence[Side], roles: Mapping[str, str]) -> list[Explained]:
    """Every room of the session in the order of their numbers."""
    seats = list(Seat.objects.filter(room__session=sitting.pk, left_at=None).order_by("taken_at", "pk"))
    names = dict(Person.objects.filter(classroom=sitting.classroom_id).values_list("pk", "name"))
    here = [seat.holder for seat in seats if seat.holder]
    comers = {comer.id: comer for comer in comers_of(sitting, here, sides)}
    found = []
    for room in Room.objects.filter(session=sitting.pk).order_by("number"):
        own = [seat for seat in seats if seat.room_id == room.pk]
        table = [Place(seat.party, seat.holder) for seat in own if seat.kind != Seat.Kind.OBSERVER]
        why = list(sentences(reasons(table, comers, wishes_of(sitting)), names))
        found.append(Explained(room.number, tuple(told(own, names, roles)), tuple(why)))
    return found


def told(
    seats: Iterable[Seat], names: Mapping[UUID, str], roles: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    for seat in seats:
        role = _("observer") if seat.kind == Seat.Kind.OBSERVER else roles.get(seat.party, seat.party)
        yield names.get(seat.holder, "") if seat.holder else _("practice partner"), role


def sentences(found: Sequence[Reason], names: Mapping[UUID, str]) -> Iterator[str]:
    """What was wished and is so is said once for the whole table; what could not be, of those it concerns."""
    codes = {reason.code for reason in found}
    for kept, broken, words in WHOLE:
        if kept in codes and broken not in codes:
            yield str(words())
    for reason in found:
        if reason.code in OF_SOME:
            people = {"names": _(" and ").join(names.get(each, "") for each in reason.people)}
            yield OF_SOME[reason.code](reason.times) % (people | {"n": reason.times})


WHOLE = (
    ("together", "together_not_possible", lambda: _("They were to sit together.")),
    ("same_section", "sections_not_kept", lambda: _("All are of one section.")),
    ("sections_mixed", "sections_not_mixed", lambda: _("They are of different sections.")),
    ("new_to_each_other", "met_before", lambda: _("They are new to each other.")),
    ("side_is_due", "side_again", lambda: _("Nobody played this side more often than another before.")),
)
OF_SOME = {
    "together_not_possible": lambda n: _("%(names)s could not sit together."),
    "apart_not_possible": lambda n: _("%(names)s could not be kept apart."),
    "sections_not_kept": lambda n: _("%(names)s are of different sections."),
    "sections_not_mixed": lambda n: _("%(names)s are of one section."),
    "met_before": lambda n: ngettext(
        "%(names)s have sat at one table before.", "%(names)s have sat at one table %(n)d times before.", n
    ),
    "side_again": lambda n: ngettext(
        "%(names)s played this side once before.", "%(names)s played this side %(n)d times before.", n
    ),
}

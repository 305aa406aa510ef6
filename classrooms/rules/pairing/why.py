"""Why a table is as it is: what was wished of its people, and whether it could be. Words are the pages' business."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal
from uuid import UUID

from classrooms.rules.pairing.people import Comer, Place, Wishes

Code = Literal[
    "together",
    "together_not_possible",
    "apart_not_possible",
    "new_to_each_other",
    "met_before",
    "same_section",
    "sections_not_kept",
    "sections_mixed",
    "sections_not_mixed",
    "side_is_due",
    "side_again",
]


@dataclass(frozen=True)
class Reason:
    """One thing to say of a table; `times` is how often before, where that means something."""

    code: Code
    people: tuple[UUID, ...]
    times: int = 0


def reasons(table: Sequence[Place], comers: Mapping[UUID, Comer], wishes: Wishes) -> list[Reason]:
    """Everything that was wished of these people, the weightiest first."""
    here = [comers[place.person] for place in table if place.person]
    couples = list(combinations(here, 2))
    return [
        *(reason for one in here for reason in _company(one, here, comers, wishes)),
        *(reason for one, other in couples for reason in _apart(one, other, wishes)),
        *(reason for one, other in couples for reason in _sections(one, other, wishes)),
        *(reason for one, other in couples for reason in _meeting(one, other, wishes)),
        *(reason for place in table for reason in _side(place, table, comers, wishes)),
    ]


def _company(
    one: Comer, here: Sequence[Comer], comers: Mapping[UUID, Comer], wishes: Wishes
) -> Iterator[Reason]:
    """Of each couple that was to sit together: it does, told once, or its missing half is named."""
    ids = {comer.id for comer in here}
    for couple in wishes.together:
        for other in sorted(couple - {one.id}) if one.id in couple else ():
            if other in ids and one.id < other:
                yield Reason("together", (one.id, other))
            elif other not in ids and other in comers:
                yield Reason("together_not_possible", (one.id, other))


def _apart(one: Comer, other: Comer, wishes: Wishes) -> Iterator[Reason]:
    if any({one.id, other.id} <= couple for couple in wishes.apart):
        yield Reason("apart_not_possible", (one.id, other.id))


def _sections(one: Comer, other: Comer, wishes: Wishes) -> Iterator[Reason]:
    alike = one.section == other.section
    if wishes.sections == "keep":
        yield Reason("same_section" if alike else "sections_not_kept", (one.id, other.id))
    if wishes.sections == "mix":
        yield Reason("sections_not_mixed" if alike else "sections_mixed", (one.id, other.id))


def _meeting(one: Comer, other: Comer, wishes: Wishes) -> Iterator[Reason]:
    """Nothing is said of a first session, where nobody has met anybody."""
    if not wishes.new_partners or not (one.met or other.met):
        return
    times = max(one.met.get(other.id, 0), other.met.get(one.id, 0))
    yield Reason("met_before" if times else "new_to_each_other", (one.id, other.id), times)


def _side(
    place: Place, table: Sequence[Place], comers: Mapping[UUID, Comer], wishes: Wishes
) -> Iterator[Reason]:
    if not place.person or not wishes.sides_in_turn or not comers[place.person].played:
        return
    played = comers[place.person].played
    least = min(played.get(each.party, 0) for each in table)
    times = played.get(place.party, 0)
    yield Reason("side_is_due" if times <= least else "side_again", (place.person,), times)

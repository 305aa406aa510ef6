"""Who sits with whom: random tables with roles, and what becomes of those who are left over.

Pure and seeded: the same people, sides and chance give the same tables, in whatever order people are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal
from uuid import UUID

OddRule = Literal["second", "partner"]


@dataclass(frozen=True)
class Side:
    """A party at every table: how many people play it, at least and at most, whether a practice partner can, and
    whether the table may do without it."""

    party: str
    least: int = 1
    most: int = 1
    partner: bool = True
    optional: bool = False


@dataclass(frozen=True)
class Place:
    """A seat to be taken; nobody is a practice partner."""

    party: str
    person: UUID | None


@dataclass(frozen=True)
class Pairing:
    """The tables, and why they are as they are: who sits second, who meets practice partners, who has no seat yet."""

    tables: tuple[tuple[Place, ...], ...]
    seconds: tuple[UUID, ...] = ()
    with_partners: tuple[UUID, ...] = ()
    waiting: tuple[UUID, ...] = ()


def pair(people: Iterable[UUID], sides: Sequence[Side], odd: OddRule, rng: Random) -> Pairing:
    """Seat everybody who can be seated. Tables are full first; the rest sit second, or meet practice partners."""
    order = sorted(people)
    rng.shuffle(order)
    chairs = [side.party for side in sides for _ in range(side.least)]
    full = len(order) // len(chairs)
    tables = [seated(order[k * len(chairs) : (k + 1) * len(chairs)], chairs, sides, rng) for k in range(full)]
    left = order[full * len(chairs) :]
    seconds: list[UUID] = []
    table = short_table(left, sides, rng)
    if odd == "second" and needs_partners(table):
        seconds, left = join_as_seconds(tables, left, sides, rng)
        table = short_table(left, sides, rng)
    elif table is None:
        seconds, left = join_as_seconds(tables, left, sides, rng)
    if table is not None:
        tables.append(table)
    return Pairing(
        tuple(tuple(table) for table in tables),
        tuple(seconds),
        tuple(left) if table and needs_partners(table) else (),
        () if table else tuple(left),
    )


def needs_partners(table: Iterable[Place] | None) -> bool:
    return table is None or any(place.person is None for place in table)


def seated(people: Sequence[UUID], chairs: Sequence[str], sides: Sequence[Side], rng: Random) -> list[Place]:
    """Each person gets a role by chance; the places are listed in the case's order."""
    drawn = list(people)
    rng.shuffle(drawn)
    return in_order([Place(party, person) for party, person in zip(chairs, drawn, strict=True)], sides)


def short_table(people: Sequence[UUID], sides: Sequence[Side], rng: Random) -> list[Place] | None:
    """A last table of fewer people: those that nobody else can play first, then any; practice partners play the
    rest. None if nobody is left, or if a side would have neither a person nor a partner."""
    if not people:
        return None
    needing = [side for side in sides if not side.partner and not side.optional]
    others = [side for side in sides if side.partner]
    rng.shuffle(others)
    chairs = [side.party for side in (*needing, *others) for _ in range(side.least)]
    spare = [side.party for side in sides if side.optional and not side.partner for _ in range(side.least)]
    taken = dict(zip(people, [*chairs, *spare], strict=False))
    places = [Place(party, person) for person, party in taken.items()]
    empty = [side for side in sides if side.party not in taken.values()]
    if len(places) < len(people) or any(not side.partner and not side.optional for side in empty):
        return None
    return in_order([*places, *(Place(side.party, None) for side in empty if side.partner)], sides)


def in_order(places: Iterable[Place], sides: Sequence[Side]) -> list[Place]:
    rank = {side.party: number for number, side in enumerate(sides)}
    return sorted(places, key=lambda place: rank[place.party])


def join_as_seconds(
    tables: list[list[Place]], people: Sequence[UUID], sides: Sequence[Side], rng: Random
) -> tuple[list[UUID], list[UUID]]:
    """Put each person on a side that takes one more, no table twice. Who did, and who found no place."""
    room = [(table, side) for table in range(len(tables)) for side in sides if side.most > side.least]
    rng.shuffle(room)
    chosen: dict[int, Side] = {}
    for table, side in room:
        if len(chosen) < len(people):
            chosen.setdefault(table, side)
    for person, (table, side) in zip(people, chosen.items(), strict=False):
        tables[table].append(Place(side.party, person))
    return list(people[: len(chosen)]), list(people[len(chosen) :])

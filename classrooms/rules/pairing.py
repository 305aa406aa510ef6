"""Who sits with whom: random pairs with roles, and what becomes of those who are left over.

Pure and seeded: the same people, parties and chance give the same tables, in whatever order people are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal
from uuid import UUID

OddRule = Literal["second", "partner"]


@dataclass(frozen=True)
class Place:
    """A seat to be taken; nobody is a practice partner."""

    party: str
    person: UUID | None


@dataclass(frozen=True)
class Pairing:
    """The tables, and why they are as they are: who sits second, who meets practice partners."""

    tables: tuple[tuple[Place, ...], ...]
    seconds: tuple[UUID, ...] = ()
    with_partners: tuple[UUID, ...] = ()


def pair(people: Iterable[UUID], parties: Mapping[str, int], odd: OddRule, rng: Random) -> Pairing:
    """Seat everybody. `parties` says how many may play each party at one table."""
    order = sorted(people)
    rng.shuffle(order)
    size = len(parties)
    full = len(order) // size
    tables = [seated(order[k * size : (k + 1) * size], list(parties), rng) for k in range(full)]
    left = order[full * size :]
    if odd == "second":
        taken = join_as_seconds(tables, left, parties, rng)
        tables, left = taken.tables, taken.left
        seconds = taken.seconds
    else:
        seconds = ()
    if left:
        tables.append(seated([*left, *[None] * (size - len(left))], list(parties), rng))
    return Pairing(tuple(tuple(table) for table in tables), seconds, tuple(left))


def seated(people: Sequence[UUID | None], parties: list[str], rng: Random) -> list[Place]:
    """Each person gets a role by chance; the places are listed in the case's order."""
    drawn = list(people)
    rng.shuffle(drawn)
    return [Place(party, person) for party, person in zip(parties, drawn, strict=True)]


@dataclass(frozen=True)
class Seconds:
    tables: list[list[Place]]
    left: list[UUID]
    seconds: tuple[UUID, ...]


def join_as_seconds(
    tables: list[list[Place]], people: Sequence[UUID], parties: Mapping[str, int], rng: Random
) -> Seconds:
    """Put each person on a side that takes a second one, no table twice while another has none."""
    room = [(table, party) for table in range(len(tables)) for party, most in parties.items() if most > 1]
    rng.shuffle(room)
    chosen: list[tuple[int, str]] = []
    for table, party in room:
        if len(chosen) < len(people) and table not in {taken for taken, _ in chosen}:
            chosen.append((table, party))
    added = [list(table) for table in tables]
    for person, (table, party) in zip(people, chosen, strict=False):
        added[table].append(Place(party, person))
    return Seconds(added, list(people[len(chosen) :]), tuple(people[: len(chosen)]))

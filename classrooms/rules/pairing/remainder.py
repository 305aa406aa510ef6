"""What becomes of those who are left over when all tables are full."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import Random
from uuid import UUID

from classrooms.rules.pairing.people import OddRule, Pairing, Place, Side

# Stands for the instructor while a table is laid; nobody's id.
INSTRUCTOR = UUID(int=0)

# How ill somebody would suit a table, on this side of it.
Harm = Callable[[UUID, Sequence[Place], str], int]


@dataclass(frozen=True)
class Left:
    """Tables that are full, and who is left over."""

    tables: list[list[Place]]
    people: list[UUID]
    sides: Sequence[Side]
    harm: Harm
    rng: Random


def place_left(left: Left, odd: OddRule) -> Pairing:
    """As wished; where that cannot be, second negotiators, and in the end a table with practice partners or waiting."""
    table = short_table(left.people, left.sides, left.rng)
    if table and not needs_partners(table):
        return finished([*left.tables, table])
    if odd == "observer" and left.tables:
        return finished(left.tables, observers=as_observers(left))
    if odd == "instructor" and left.people and (joined := with_instructor(left)):
        return joined
    if odd == "partner" and table:
        return finished([*left.tables, table], with_partners=left.people)
    return with_seconds(left)


def finished(
    tables: Iterable[Sequence[Place]],
    seconds: Sequence[UUID] = (),
    observers: Sequence[tuple[UUID, int]] = (),
    with_partners: Sequence[UUID] = (),
    instructor: tuple[int, str] | None = None,
    waiting: Sequence[UUID] = (),
) -> Pairing:
    return Pairing(
        tuple(tuple(table) for table in tables),
        tuple(seconds),
        tuple(observers),
        tuple(with_partners),
        instructor,
        tuple(waiting),
    )


def with_seconds(left: Left) -> Pairing:
    """Who finds no second chair gets a table with practice partners, or waits if they cannot play it."""
    seconds = join_as_seconds(left)
    rest = [person for person in left.people if person not in seconds]
    table = short_table(rest, left.sides, left.rng)
    if table is None:
        return finished(left.tables, seconds, waiting=rest)
    return finished([*left.tables, table], seconds, with_partners=rest if needs_partners(table) else ())


def with_instructor(left: Left) -> Pairing | None:
    """The instructor takes one of the sides that are missing; practice partners take what else is."""
    laid = short_table([*left.people, INSTRUCTOR], left.sides, left.rng)
    if laid is None:
        return None
    party = next(place.party for place in laid if place.person == INSTRUCTOR)
    table = [place for place in laid if place.person != INSTRUCTOR]
    partnered = left.people if needs_partners(table) else ()
    number = len(left.tables)
    return finished([*left.tables, table], with_partners=partnered, instructor=(number, party))


def as_observers(left: Left) -> list[tuple[UUID, int]]:
    """Each at a table of its own as long as there are tables."""
    order = list(range(len(left.tables)))
    left.rng.shuffle(order)
    return [(person, order[k % len(order)]) for k, person in enumerate(left.people)]


def needs_partners(table: Iterable[Place]) -> bool:
    return any(place.person is None for place in table)


def short_table(people: Sequence[UUID], sides: Sequence[Side], rng: Random) -> list[Place] | None:
    """A last table of fewer people: one on each side first, of those that nobody else can play before any; practice
    partners play the rest. None if nobody is left, or if a side would have neither a person nor a partner."""
    if not people:
        return None
    needing = [side for side in sides if not side.partner and not side.optional]
    others = [side for side in sides if side.partner]
    rng.shuffle(others)
    chairs = in_turns([*needing, *others])
    spare = [side.party for side in sides if side.optional and not side.partner for _ in range(side.least)]
    taken = dict(zip(people, [*chairs, *spare], strict=False))
    places = [Place(party, person) for person, party in taken.items()]
    empty = [side for side in sides if side.party not in taken.values()]
    if len(places) < len(people) or any(not side.partner and not side.optional for side in empty):
        return None
    return in_order([*places, *(Place(side.party, None) for side in empty if side.partner)], sides)


def in_turns(sides: Sequence[Side]) -> list[str]:
    """A first chair of each side, then a second: people meet people before they sit side by side."""
    most = max((side.least for side in sides), default=0)
    return [side.party for turn in range(most) for side in sides if turn < side.least]


def in_order(places: Iterable[Place], sides: Sequence[Side]) -> list[Place]:
    rank = {side.party: number for number, side in enumerate(sides)}
    return sorted(places, key=lambda place: rank[place.party])


def join_as_seconds(left: Left) -> list[UUID]:
    """Put each person where they suit best on a side that takes one more, no table twice. Who found such a place."""
    free = [(k, side) for k in range(len(left.tables)) for side in left.sides if side.most > side.least]
    left.rng.shuffle(free)
    seated = []
    for person in left.people:
        if not free:
            break
        table, side = min(free, key=lambda place: left.harm(person, left.tables[place[0]], place[1].party))
        left.tables[table] = in_order([*left.tables[table], Place(side.party, person)], left.sides)
        free = [place for place in free if place[0] != table]
        seated.append(person)
    return seated

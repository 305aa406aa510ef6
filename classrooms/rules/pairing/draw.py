"""The pairing itself: who is left over, tables by chance, made better, then places for those left over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random
from uuid import UUID

from classrooms.rules.pairing.better import STARTS, TRIES, TRIES_A_PERSON, Search, Table
from classrooms.rules.pairing.costs import Costs
from classrooms.rules.pairing.people import Comer, Pairing, Place, Side, Wishes
from classrooms.rules.pairing.remainder import Harm, Left, place_left


def pair(comers: Iterable[Comer], sides: Sequence[Side], wishes: Wishes, rng: Random) -> Pairing:
    """Seat everybody who can be seated. Tables are full first; what becomes of the rest is as wished, or, where that
    cannot be, the next best: a second negotiator, practice partners, waiting."""
    people = sorted(comers, key=lambda comer: comer.id)
    chairs = tuple(side.party for side in sides for _ in range(side.least))
    over = left_over(people, len(people) % len(chairs), wishes, rng)
    order = seats_in_turn(people, over, len(chairs), wishes, rng)
    costs = Costs(people, sides, wishes)
    drawn = best_of([Table(chairs, seats) for seats in order], costs, rng)
    tables = [
        [Place(chair, people[n].id) for chair, n in zip(chairs, one.people, strict=True)] for one in drawn
    ]
    left = Left(tables, [people[n].id for n in over], sides, harm_by(costs, people), rng)
    return place_left(left, wishes.odd)


def harm_by(costs: Costs, people: Sequence[Comer]) -> Harm:
    numbers = {comer.id: n for n, comer in enumerate(people)}

    def harm(person: UUID, table: Sequence[Place], party: str) -> int:
        there = [numbers[place.person] for place in table if place.person]
        n = numbers[person]
        return costs.sides[n].get(party, 0) + sum(costs.pair(n, other) for other in there)

    return harm


def left_over(people: Sequence[Comer], many: int, wishes: Wishes, rng: Random) -> list[int]:
    """Whoever was the odd one least often; somebody who must sit with somebody only if there is no one else."""
    bound = {each for couple in wishes.together for each in couple}
    order = list(range(len(people)))
    rng.shuffle(order)
    return sorted(order, key=lambda n: (people[n].id in bound, people[n].odd))[:many]


def seats_in_turn(
    people: Sequence[Comer], over: Sequence[int], size: int, wishes: Wishes, rng: Random
) -> list[list[int]]:
    """By chance, but those who must sit together at one table, if they fit."""
    groups = bound_groups(set(range(len(people))) - set(over), people, wishes)
    rng.shuffle(groups)
    tables: list[list[int]] = [[] for _ in range((len(people) - len(over)) // size)]
    singles: list[int] = []
    for group in sorted(groups, key=len, reverse=True):
        table = next((table for table in tables if len(table) + len(group) <= size), None)
        (table if table is not None and len(group) > 1 else singles).extend(group)
    for table in tables:
        table.extend(singles.pop() for _ in range(size - len(table)))
        rng.shuffle(table)
    return tables


def bound_groups(numbers: Iterable[int], people: Sequence[Comer], wishes: Wishes) -> list[tuple[int, ...]]:
    """Everybody with those they must sit with, and with whom these must, and so on."""
    group = {people[n].id: {n} for n in sorted(numbers)}
    for couple in wishes.together:
        joined = set[int]().union(*(group[each] for each in couple if each in group))
        for n in joined:
            group[people[n].id] = joined
    return sorted({tuple(sorted(each)) for each in group.values()})


def best_of(tables: list[Table], costs: Costs, rng: Random) -> list[Table]:
    """Of some starts the best, if there are tries left for more than one."""
    a_start = max(1, sum(len(table.people) for table in tables) * TRIES_A_PERSON)
    best, lowest, tries = tables, -1, min(TRIES, STARTS * a_start)
    while tables and tries > 0 and lowest != 0:
        search = Search([Table(table.chairs, list(table.people)) for table in tables], costs, rng)
        search.run(min(tries, a_start))
        tries -= a_start
        if lowest < 0 or sum(search.cost) < lowest:
            best, lowest = search.tables, sum(search.cost)
    return best

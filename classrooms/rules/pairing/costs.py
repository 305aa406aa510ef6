"""How ill people suit the tables they sit at, as a number: nothing is perfect, and a weightier wish outweighs any
number of lighter ones that a table can break. People are numbers here, for speed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from uuid import UUID

from classrooms.rules.pairing.people import Comer, Side, Wishes

FORCED, KEPT_SECTION, MET_BEFORE, MIXED_SECTION, SIDE_AGAIN = 10**9, 10**6, 10**4, 10**2, 1
# More than this often counts no more: a weight must not grow into the next.
MOST = 9


class Costs:
    def __init__(self, comers: Sequence[Comer], sides: Sequence[Side], wishes: Wishes) -> None:
        numbers = {comer.id: number for number, comer in enumerate(comers)}
        self.between = [dict[int, int]() for _ in comers]
        self.companions = [set[int]() for _ in comers]
        self.sections = [comer.section for comer in comers]
        self.alike, self.unlike = {"any": (0, 0), "mix": (MIXED_SECTION, 0), "keep": (0, KEPT_SECTION)}[
            wishes.sections
        ]
        self.sides = [side_costs(comer.played, sides) if wishes.sides_in_turn else {} for comer in comers]
        if wishes.new_partners:
            self._count_meetings(comers, numbers)
        for couple in wishes.apart:
            self._add(couple, numbers, FORCED)
        for couple in wishes.together:
            self._bind(couple, numbers)

    def _count_meetings(self, comers: Sequence[Comer], numbers: Mapping[UUID, int]) -> None:
        """Told by either of both; if both tell, the larger number holds."""
        for one, comer in enumerate(comers):
            for met, times in comer.met.items():
                if met in numbers and times > 0:
                    cost = max(self.between[one].get(numbers[met], 0), MET_BEFORE * min(times, MOST))
                    self.between[one][numbers[met]] = self.between[numbers[met]][one] = cost

    def _add(self, couple: frozenset[UUID], numbers: Mapping[UUID, int], cost: int) -> None:
        for one, other in combinations(sorted(numbers[each] for each in couple if each in numbers), 2):
            self.between[one][other] = self.between[other][one] = self.between[one].get(other, 0) + cost

    def _bind(self, couple: frozenset[UUID], numbers: Mapping[UUID, int]) -> None:
        here = {numbers[each] for each in couple if each in numbers}
        for one in here:
            self.companions[one] |= here - {one}

    def table(self, chairs: Sequence[str], people: Sequence[int]) -> int:
        """Of one table, whose people sit on these chairs."""
        cost = sum(self.pair(one, other) for one, other in combinations(people, 2))
        for chair, person in zip(chairs, people, strict=True):
            cost += self.sides[person].get(chair, 0)
            if self.companions[person]:
                cost += FORCED * len(self.companions[person].difference(people))
        return cost

    def pair(self, one: int, other: int) -> int:
        alike = self.sections[one] == self.sections[other]
        return self.between[one].get(other, 0) + (self.alike if alike else self.unlike)


def side_costs(played: Mapping[str, int], sides: Sequence[Side]) -> dict[str, int]:
    """Each side costs what it was played more often than the one that was played least."""
    least = min((played.get(side.party, 0) for side in sides), default=0)
    return {side.party: SIDE_AGAIN * min(played.get(side.party, 0) - least, MOST) for side in sides}

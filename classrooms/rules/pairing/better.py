"""Makes a pairing better by exchanging two people at a time, as long as that helps. A search, not a proof: in small
classes it begins anew from other tables and keeps the best, in large ones it goes over everybody who could sit better.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from classrooms.rules.pairing.costs import Costs

# Exchanges tried in all: some tenths of a second, whatever the class. A small class begins anew some times.
TRIES, STARTS = 24_000, 12
# Of one start, per person; and how many others each who could sit better is compared with at a time.
TRIES_A_PERSON, OTHERS = 60, 24

Spot = tuple[int, int]


@dataclass
class Table:
    """Chairs by their parties, and the numbers of the people on them."""

    chairs: tuple[str, ...]
    people: list[int]


class Search:
    """One way of seating, getting better."""

    def __init__(self, tables: list[Table], costs: Costs, rng: Random) -> None:
        self.tables, self.costs, self.rng = tables, costs, rng
        self.cost = [costs.table(table.chairs, table.people) for table in tables]
        self.spots = [(t, k) for t, table in enumerate(tables) for k in range(len(table.people))]

    def run(self, tries: int) -> int:
        """Tries at most so often, and gives what is left of them."""
        while tries > 0 and (worse := [spot for spot in self.spots if self.cost[spot[0]]]):
            self.rng.shuffle(worse)
            for spot in worse:
                tries -= self.move(spot)
                if tries <= 0:
                    break
        return tries

    def move(self, spot: Spot) -> int:
        """Looks among some others for an exchange that does no harm; gives how many it tried."""
        others = self.rng.sample(self.spots, min(OTHERS, len(self.spots)))
        for tried, other in enumerate(others, start=1):
            if other != spot and self.exchange(spot, other):
                return tried
        return len(others)

    def exchange(self, one: Spot, other: Spot) -> bool:
        """Equally good is good enough: it leads out of places from which nothing better is one step away."""
        self._swap(one, other)
        changed = {one[0], other[0]}
        after = {t: self.costs.table(self.tables[t].chairs, self.tables[t].people) for t in changed}
        if sum(after.values()) > sum(self.cost[t] for t in changed):
            self._swap(one, other)
            return False
        for t, cost in after.items():
            self.cost[t] = cost
        return True

    def _swap(self, one: Spot, other: Spot) -> None:
        (t, k), (u, m) = one, other
        here, there = self.tables[t].people, self.tables[u].people
        here[k], there[m] = there[m], here[k]

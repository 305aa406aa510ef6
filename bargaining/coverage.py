"""Agreements without points: sets of elements, whose interests they meet and whose red line they cross.
It knows what the author listed, not what a table wrote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import comb

from bargaining.case import Case, SettlementElement

MOST_SETTLEMENTS = 200_000


class TooManySettlements(Exception):
    """The elements can be combined in more ways than can be looked through."""


@dataclass(frozen=True)
class Settlement:
    """Elements that do not contradict each other; `met` are the interests of each party that they meet."""

    elements: tuple[str, ...]
    met: dict[str, frozenset[str]]
    crossed: tuple[str, ...]  # parties whose red line it crosses

    @cached_property
    def counts(self) -> dict[str, int]:
        return {party: len(interests) for party, interests in self.met.items()}

    @property
    def worst_off(self) -> int:
        """How many interests the party with the fewest has met."""
        return min(self.counts.values(), default=0)


@dataclass(frozen=True)
class Coverage:
    """All settlements of a case, and the interests that each party rates."""

    settlements: tuple[Settlement, ...]
    interests: dict[str, int]

    @cached_property
    def clean(self) -> tuple[Settlement, ...]:
        """Those that cross nobody's red line."""
        return tuple(each for each in self.settlements if not each.crossed)

    @cached_property
    def full(self) -> tuple[Settlement, ...]:
        """Clean ones that meet every interest of everybody."""
        return tuple(each for each in self.clean if each.counts == self.interests)

    def best_by_size(self) -> dict[int, tuple[int, int]]:
        """For each number of elements the most that the worst-off party can have met by a clean settlement,
        and the most met in all among those."""
        best: dict[int, tuple[int, int]] = {}
        for each in self.clean:
            size = len(each.elements)
            figures = (each.worst_off, sum(each.counts.values()))
            best[size] = max(best.get(size, figures), figures)
        return best


def coverage(case: Case) -> Coverage:
    """Every set of up to `max_elements` elements that do not contradict each other (all, if it is 0).

    ValueError if the case lists no elements, TooManySettlements above 200,000 sets.
    """
    if not case.settlement_elements:
        raise ValueError("This simulation lists no elements of an agreement.")
    interests = {p.id: len(p.interest_texts) for p in case.parties if p.interest_texts}
    total = len(case.settlement_elements)
    most = min(case.max_elements or total, total)
    if sum(comb(total, size) for size in range(1, most + 1)) > MOST_SETTLEMENTS:
        raise TooManySettlements(f"There are more than {MOST_SETTLEMENTS} ways to combine the elements.")
    return Coverage(tuple(_settlements(case, most, tuple(interests))), interests)


def settlement(case: Case, elements: frozenset[str]) -> Settlement:
    """What these elements meet together; KeyError for one that the case does not list."""
    by_id = {element.id: element for element in case.settlement_elements}
    parties = tuple(party.id for party in case.parties if party.interest_texts)
    return _meet(tuple(by_id[name] for name in sorted(elements)), parties)


def _settlements(case: Case, most: int, parties: tuple[str, ...]) -> Iterator[Settlement]:
    clashing = {
        frozenset((element.id, other)) for element in case.settlement_elements for other in element.conflicts
    }
    for size in range(1, most + 1):
        for chosen in combinations(case.settlement_elements, size):
            pairs = combinations((element.id for element in chosen), 2)
            if not any(frozenset(pair) in clashing for pair in pairs):
                yield _meet(chosen, parties)


def _meet(chosen: tuple[SettlementElement, ...], parties: tuple[str, ...]) -> Settlement:
    met = {
        party: frozenset(name for element in chosen for name in element.covers.get(party, ()))
        for party in parties
    }
    crossed = tuple(party for party in parties if any(party in element.red_line for element in chosen))
    return Settlement(tuple(element.id for element in chosen), met, crossed)

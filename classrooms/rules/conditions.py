"""Which condition of its case a table gets: the one that was chosen, or of several each equally often by chance;
and how many people play a side there.

Pure: the same seed and number give the same condition, whenever the table is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from bargaining.case import Case
from bargaining.casefile import under_condition


def condition_of(number: int, chosen: Sequence[str], seed: str) -> str:
    """Tables are dealt with in blocks as long as there are conditions; in each block every condition comes once, in an
    order of its own. Empty if none was chosen: the case as written."""
    if not chosen:
        return ""
    block, place = divmod(number - 1, len(chosen))
    order = list(chosen)
    Random(f"{seed}:{block}").shuffle(order)
    return order[place]


def people_on(team: tuple[int, int], wished: int) -> int:
    """As many as wished, within what the party takes."""
    least, most = team
    return max(least, min(wished, most))


def sizes_differ(case: Case, chosen: Sequence[str], wished: int) -> bool:
    """Whether tables of these conditions would need different numbers of people on a side."""
    cases = [under_condition(case, condition) for condition in chosen]
    return len({tuple(people_on(party.team, wished) for party in each.parties) for each in cases}) > 1

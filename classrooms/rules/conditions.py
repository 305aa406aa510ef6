"""Which condition of its case a table gets: the one that was chosen, or of several each equally often by chance.

Pure: the same seed and number give the same condition, whenever the table is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random


def condition_of(number: int, chosen: Sequence[str], seed: str) -> str:
    """Tables are dealt with in blocks as long as there are conditions; in each block every condition comes once, in an
    order of its own. Empty if none was chosen: the case as written."""
    if not chosen:
        return ""
    block, place = divmod(number - 1, len(chosen))
    order = list(chosen)
    Random(f"{seed}:{block}").shuffle(order)
    return order[place]

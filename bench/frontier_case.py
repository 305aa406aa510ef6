"""One case of `./dev bench frontier`, measured in a process of its own: `python -m bench.frontier_case FILE REPEATS`.

The clock starts at a case that was never looked at and stops when every figure named has been computed.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from bargaining import solutions
from bargaining.analysis import Analysis, analysis
from bargaining.case import Case, Package
from bargaining.casefile import from_mapping
from bargaining.creation import creation
from bargaining.standing import places, standing
from bargaining.trades import nearest_trade

OFFERS = 40
ROOM_OFFERS = 24


def main() -> None:
    path, repeats = sys.argv[1:]
    tables = json.loads(Path(path).read_text())
    case = case_of(tables)
    points(replace(case))  # nothing is measured with cold imports
    frontier_s = median(int(repeats), lambda: points(replace(case)))
    offers = some_packages(analysis(case))
    all_s = median(int(repeats), lambda: everything(replace(case), offers))
    there = analysis(case)
    everything(case, offers)
    at = count()
    print(
        json.dumps(
            {
                "frontier_s": frontier_s,
                "all_s": all_s,
                "room_s": median(25, lambda: room(there, offers[next(at) % OFFERS], offers[:ROOM_OFFERS])),
                "trade_s": median(25, lambda: nearest_trade(there, offers[next(at) % OFFERS])),
                "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "frontier": vectors(there.frontier),
                "rational": vectors(there.rational_frontier),
            }
        )
    )


def points(case: Case) -> Analysis:
    """The frontier over all packages and over the rational ones, and every solution point."""
    there = analysis(case)
    _ = there.frontier, there.rational_frontier, there.nash, there.kalai_smorodinsky, there.egalitarian
    _ = there.utilitarian, there.relative_utilitarian, there.utilitarian_of_all, there.joint_surplus
    return there


def everything(case: Case, offers: list[Package]) -> None:
    """What the peer's one call gives (ranges, a package for every frontier vector, solutions with and without the
    alternatives, opposition, share of rational packages), our counts and baselines, and all figures of 40 offers."""
    there = points(case)
    _ = there.value_min, there.value_max, there.opposition, there.rational_outcomes, there.passing_outcomes
    _ = there.distinct_vectors, there.compromise, there.middle_deal
    for found in (there.frontier, there.rational_frontier):
        if found is not None:
            list(there.structure.packages(found.one_each))
    if there.rational_frontier is not None and len(there.rational_frontier):
        solutions.egalitarian(there.rational_frontier.vectors, there.value_min)
        solutions.kalai_smorodinsky(there.rational_frontier.vectors, there.value_min)
    for offer in offers:
        standing(there, offer)


def room(there: Analysis, deal: Package, offers: list[Package]) -> None:
    """A finished room's figures, once the edition has been analysed."""
    standing(there, deal)
    creation(there, deal)
    places(there, offers)


def some_packages(there: Analysis) -> list[Package]:
    chance = np.random.default_rng(3)
    sizes = [len(block) for block in there.structure.blocks]
    rows = [tuple(int(chance.integers(size)) for size in sizes) for _ in range(OFFERS)]
    return list(there.structure.packages(rows))


def median(repeats: int, work: Callable[[], object]) -> float:
    spent = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return statistics.median(spent)


def vectors(found: Any) -> list[list[float]]:
    return [] if found is None else found.vectors.tolist()


def case_of(tables: dict[str, Any]) -> Case:
    """The tables as a simulation file would say them."""
    parties = [f"p{k}" for k in range(len(tables["points"]))]
    issues = range(len(tables["points"][0]))
    options = [{"id": f"o{k}", "label": f"Option {k}"} for k in range(len(tables["points"][0][0]))]
    return from_mapping(
        {
            "format": 1,
            "id": "bench",
            "version": "1.0.0",
            "title": "A case to measure",
            "mechanism": "agreement",
            "scoring": {"unit": "points", "comparable": True},
            "parties": {
                party: {"name": party, "alternative": {"text": "none", "value": value}}
                for party, value in zip(parties, tables["alternatives"], strict=True)
            },
            "issues": {
                f"i{i}": {
                    "title": f"Issue {i}",
                    "kind": "choice",
                    "options": options,
                    "points": {party: tables["points"][k][i] for k, party in enumerate(parties)},
                }
                for i in issues
            },
            "adjustments": [
                {
                    "when": {f"i{i}": f"o{o}" for i, o in zip(one["issues"], one["options"], strict=True)},
                    "add": dict(zip(parties, one["points"], strict=True)),
                    "tell": parties,
                    "text": "both together",
                }
                for one in tables["interactions"]
            ],
        }
    )


if __name__ == "__main__":
    main()

"""The peer's part of `./dev bench frontier`, run by a Python that has NegMAS (`pip install negmas`): one case, one of
its functions timed. Utility functions and the list of outcomes are made before the clock starts.

    python negmas_frontier.py CASE.json frontier|statistics
"""

import json
import resource
import sys
import time
from pathlib import Path

from negmas import make_issue, make_os
from negmas.preferences import LinearAdditiveUtilityFunction, UtilityFunction, ops


class WithInteractions(UtilityFunction):
    """Points by option, and points of pairs of options that are chosen together."""

    def __init__(self, tables, interactions, **settings):
        super().__init__(**settings)
        self.tables = tables
        self.interactions = interactions

    def eval(self, offer):
        if offer is None:
            return self.reserved_value
        total = sum(table[option] for table, option in zip(self.tables, offer))
        for (one, other), (this, that), points in self.interactions:
            if offer[one] == this and offer[other] == that:
                total += points
        return total


def utility_functions(case):
    options = [f"o{k}" for k in range(len(case["points"][0][0]))]
    issues = [make_issue(options, f"i{i}") for i in range(len(case["points"][0]))]
    space = make_os(issues)
    found = []
    for party, (points, reserved) in enumerate(zip(case["points"], case["alternatives"])):
        tables = [dict(zip(options, row)) for row in points]
        settings = {"outcome_space": space, "reserved_value": reserved}
        if case["interactions"]:
            pairs = [
                (one["issues"], [f"o{k}" for k in one["options"]], one["points"][party])
                for one in case["interactions"]
            ]
            found.append(WithInteractions(tables, pairs, **settings))
        else:
            values = {f"i{i}": table for i, table in enumerate(tables)}
            weights = {name: 1.0 for name in values}
            found.append(LinearAdditiveUtilityFunction(values, weights=weights, **settings))
    return space, found


def main():
    path, mode = sys.argv[1:]
    space, functions = utility_functions(json.loads(Path(path).read_text()))
    outcomes = list(space.enumerate())
    start = time.process_time()
    if mode == "frontier":
        frontier, _ = ops.pareto_frontier(functions, outcomes, sort_by_welfare=True)
    else:
        frontier = ops.calc_scenario_stats(functions, outcomes).pareto_utils
    spent = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"s": spent, "mb": memory, "frontier": [list(map(float, v)) for v in frontier]}))


main()

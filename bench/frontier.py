"""How fast is the analysis of a case: its frontier, all solution points, and the statistics of the whole space?

The same cases, one after the other in the same run, for `bargaining.analysis` and, if its Python is given, for NegMAS
in an interpreter of its own. Every measurement is a process of its own, so that its memory is its own too. Times are
CPU seconds of one thread, which others on the machine disturb least.

    ./dev bench frontier
    ./dev bench frontier --negmas negmas-venv/bin/python
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.machine import machine_cpu, wait_for_quiet

ROOT = Path(__file__).resolve().parents[1]
PEER = ROOT / "bench" / "peers" / "negmas_frontier.py"
OPTIONS = 10
Figures = dict[str, Any]


@dataclass(frozen=True)
class Shape:
    """A synthetic case: `alternatives` are 0 ("none") or each party's mean package ("mean"); `coupled`: these pairs
    of issues give points together. The peer looks at every package, so not at 10^12 of them."""

    parties: int
    issues: int
    alternatives: str = "none"
    coupled: tuple[tuple[int, int], ...] = ()
    peer: bool = True

    @property
    def name(self) -> str:
        touched = len({issue for pair in self.coupled for issue in pair})
        blocks = self.issues - len(self.coupled)
        coupling = f", {touched} issues coupled in {blocks} block{'s'[: blocks != 1]}" if touched else ""
        return f"{self.parties} x 10^{self.issues}, {self.alternatives}{coupling}"


PAIRS = ((0, 1), (2, 3), (4, 5))
CHAIN = ((0, 1), (1, 2), (2, 3), (3, 4), (4, 5))


SHAPES = (
    Shape(2, 6),
    Shape(2, 6, "mean"),
    Shape(2, 6, coupled=PAIRS),
    Shape(2, 6, coupled=CHAIN),
    Shape(2, 12, "mean", peer=False),
    Shape(3, 5),
    Shape(3, 5, "mean"),
    Shape(3, 5, coupled=PAIRS[:2]),
    Shape(3, 5, coupled=CHAIN[:4]),
    Shape(6, 5),
    Shape(6, 5, "mean"),
)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--negmas", type=Path, help="the Python of a virtual environment with NegMAS")
    parser.add_argument("--repeats", type=int, default=9, help="of ours, in one process; the median counts")
    parser.add_argument("--limit", type=float, default=900, help="seconds for one run of the peer")
    parser.add_argument("--quiet", type=float, default=0.3, help="cores that others may use at the start")
    parser.add_argument("--patience", type=float, default=60, help="seconds to wait for quiet")
    parser.add_argument("--only", type=int, nargs="*", help="rows of the table, from 0")
    options = parser.parse_args()
    print("| " + " | ".join(HEAD) + " |\n" + "| --- " * len(HEAD) + "|", flush=True)
    with tempfile.TemporaryDirectory(prefix="parley-bench-") as folder:
        for number, shape in enumerate(SHAPES):
            if not options.only or number in options.only:
                print("| " + " | ".join(row(shape, Path(folder), options)) + " |", flush=True)


HEAD = (
    "case",
    "frontier",
    "Parley frontier and points ms",
    "NegMAS frontier s",
    "times",
    "Parley all and 40 offers ms",
    "NegMAS statistics s",
    "times",
    "a room ms",
    "a trade ms",
    "Parley MB",
    "NegMAS MB",
    "same frontier",
    "others' cores",
)


def row(shape: Shape, folder: Path, options: argparse.Namespace) -> Iterator[str]:
    """The cells of one case; "-" where the peer was not asked or did not end in time."""
    path = folder / "case.json"
    path.write_text(json.dumps(tables(shape)))
    wait_for_quiet(options.quiet, options.patience)
    begun, own = machine_cpu(), children_cpu()
    started = os.times().elapsed
    ours = run([sys.executable, "-m", "bench.frontier_case", str(path), str(options.repeats)], options.limit)
    theirs = {
        mode: run([str(options.negmas), str(PEER), str(path), mode], options.limit)
        for mode in ("frontier", "statistics")
        if options.negmas and shape.peer
    }
    busy = machine_cpu() - begun - (children_cpu() - own)
    frontier, stats = theirs.get("frontier", {}), theirs.get("statistics", {})
    yield shape.name
    yield f"{len(ours['frontier']):,}"
    yield f"{1000 * ours['frontier_s']:.1f}"
    yield cell(frontier, "s", "{:.2f}")
    yield times(frontier, ours["frontier_s"])
    yield f"{1000 * ours['all_s']:.0f}"
    yield cell(stats, "s", "{:.1f}")
    yield times(stats, ours["all_s"])
    yield f"{1000 * ours['room_s']:.1f}"
    yield f"{1000 * ours['trade_s']:.1f}"
    yield f"{ours['mb']:.0f}"
    yield cell(stats, "mb", "{:.0f}")
    yield same(ours, frontier)
    yield f"{busy / max(os.times().elapsed - started, 1e-9):.2f}"


def tables(shape: Shape) -> Figures:
    """Integer points as in classroom tables: an issue is worth 10 to 100 points to a party, rising or falling over
    its options; most issues are opposed. The seed is fixed: every run measures the same cases."""
    chance = np.random.default_rng(7)
    points = np.zeros((shape.parties, shape.issues, OPTIONS))
    for issue in range(shape.issues):
        down = [(party % 2 == 1) ^ (chance.random() < 0.2) for party in range(shape.parties)]
        for party in range(shape.parties):
            top = chance.integers(10, 101)
            steps = np.sort(chance.random(OPTIONS))
            rising = np.rint(top * (steps - steps[0]) / (steps[-1] - steps[0]))
            points[party, issue] = rising[::-1] if down[party] else rising
    means = points.mean(axis=2).sum(axis=1)
    return {
        "points": points.tolist(),
        "alternatives": means.tolist() if shape.alternatives == "mean" else [0.0] * shape.parties,
        "interactions": [interaction(pair, shape.parties) for pair in shape.coupled],
    }


def interaction(pair: tuple[int, int], parties: int) -> Figures:
    """Two issues whose options 3 and 6 together give or take points."""
    points = [6.0 if (party + pair[0]) % 2 else -4.0 for party in range(parties)]
    return {"issues": list(pair), "options": [3, 6], "points": points}


def run(command: list[str], limit: float) -> Figures:
    """What the command printed as JSON; empty if it took too long."""
    one = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=limit, env={**os.environ, **one}
        )
    except subprocess.TimeoutExpired:
        return {}
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")
    found: Figures = json.loads(done.stdout.splitlines()[-1])
    return found


def children_cpu() -> float:
    spent = os.times()
    return spent.children_user + spent.children_system + spent.user + spent.system


def cell(figures: Figures, key: str, form: str) -> str:
    return form.format(figures[key]) if key in figures else "-"


def times(figures: Figures, ours: float) -> str:
    return f"{figures['s'] / ours:,.0f}" if figures else "-"


def same(ours: Figures, theirs: Figures) -> str:
    if not theirs:
        return "-"
    rational = sorted(tuple(vector) for vector in ours["rational"])
    return "yes" if rational == sorted(tuple(vector) for vector in theirs["frontier"]) else "NO"


if __name__ == "__main__":
    main()

"""`./dev bench table FOLDER`: medians over the figures that other benchmarks left in a folder, as a table."""

from __future__ import annotations

import argparse
import json
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

Figures = dict[str, Any]
LIVE: dict[str, Callable[[Figures], float | None]] = {
    "delivered/s": lambda r: r["delivered_per_s"],
    "p50 ms": lambda r: r["latency_ms"]["p50"],
    "p95 ms": lambda r: r["latency_ms"]["p95"],
    "p99 ms": lambda r: r["latency_ms"]["p99"],
    "server CPU ms/offer": lambda r: r["server_cpu_ms_per_message"],
    "db": lambda r: r["database_cpu_ms_per_message"] or None,
    "bus": lambda r: r["bus_cpu_ms_per_message"] or None,
    "MB/participant": lambda r: r["rss_per_participant_mb"],
    "join CPU ms": lambda r: r["join_cpu_ms_per_participant"],
    "undelivered": lambda r: r["undelivered"],
    "acked, not stored": lambda r: r.get("acked_but_missing"),
    "sockets closed": lambda r: sum(r["closed"].values()),
    "others' cores": lambda r: r["others_cpu_share"],
}
COLD: dict[str, Callable[[Figures], float | None]] = {
    "joined, all s": lambda r: r["phases"]["join"]["all_s"],
    "page and files, all s": lambda r: r["phases"]["open"]["all_s"],
    "p95 s": lambda r: r["phases"]["open"]["one_s"]["p95"],
    "server CPU ms each": lambda r: 1000 * r["phases"]["open"]["cpu_s"] / r["players"],
    "sockets, all s": lambda r: r["phases"]["connect"]["all_s"],
}


def table(results: Iterable[Figures], columns: dict[str, Callable[[Figures], float | None]]) -> str:
    groups: dict[tuple[str, str, int], list[Figures]] = defaultdict(list)
    for result in results:
        groups[result["label"], result["mode"], result["players"]].append(result)
    lines = [_row(["product", "mode", "people", "n", *columns]), "| --- " * (len(columns) + 4) + "|"]
    for (label, mode, players), runs in groups.items():
        cells = [_median(map(column, runs)) for column in columns.values()]
        lines.append(_row([label, mode, str(players), str(len(runs)), *cells]))
    return "\n".join(lines)


def in_folder(folder: Path, most_others: float) -> tuple[list[Figures], int]:
    """The figures of the quiet runs, and how many were left out."""
    found = [json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))]
    found = [one for one in found if "label" in one]
    quiet = [one for one in found if one.get("others_cpu_share", 0) <= most_others]
    return quiet, len(found) - len(quiet)


def show(results: list[Figures]) -> None:
    for columns, chosen in (
        (LIVE, [one for one in results if one["mode"] != "cold"]),
        (COLD, [one for one in results if one["mode"] == "cold"]),
    ):
        if chosen:
            print("\n" + table(chosen, columns))


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _median(values: Iterable[float | None]) -> str:
    known = [value for value in values if value is not None]
    return f"{statistics.median(known):.4g}" if known else "-"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--max-others", type=float, default=0.6, help="leave noisier runs out")
    options = parser.parse_args()
    results, noisy = in_folder(options.folder, options.max_others)
    show(results)
    print(f"\nLeft out as too noisy: {noisy}")


if __name__ == "__main__":
    main()

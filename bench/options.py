"""The options that the benchmarks share, and the products they name."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from bench.measure import Patience
from bench.products import OTree, Parley, Product, Uproot


def common_parser(description: str | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--without-parley", action="store_true", help="the peers alone")
    parser.add_argument("--otree", type=Path, help="the otree command of a virtual environment")
    parser.add_argument("--otree-database", choices=["postgres", "sqlite"], default="postgres")
    parser.add_argument("--uproot", type=Path, help="the uproot command of a virtual environment")
    parser.add_argument("--processes", type=int, choices=[1, 2], default=1, help="web processes of Parley")
    parser.add_argument(
        "--one-port", action="store_true", help="the two processes behind one port, as in production"
    )
    parser.add_argument("--fill", type=int, default=0, help="earlier participants in the database")
    parser.add_argument("--repeats", type=int, default=1)
    parser.add_argument("--work", type=Path, help="the scratch folder; without it a new one in /tmp")
    parser.add_argument("--quiet", type=float, default=0.3, help="cores that others may use at the start")
    parser.add_argument("--patience", type=float, default=60, help="seconds to wait for quiet")
    parser.add_argument("--max-others", type=float, default=0.35, help="cores; above it, measure again")
    parser.add_argument("--retries", type=int, default=0, help="how often to measure again")
    return parser


def products(options: argparse.Namespace) -> list[Product]:
    found: list[Product] = []
    if not options.without_parley:
        simulation = getattr(options, "simulation", "mountain-view-farm")
        found.append(Parley(options.processes, options.fill, options.one_port, simulation))
    if options.otree:
        found.append(OTree(options.otree, options.otree_database, options.fill))
    if options.uproot:
        found.append(Uproot(options.uproot))
    return found


def patience(options: argparse.Namespace) -> Patience:
    return Patience(options.quiet, options.patience, options.max_others, options.retries)


def scratch(options: argparse.Namespace) -> Path:
    """A folder below which PostgreSQL's account can reach its data."""
    folder = (options.work or Path(tempfile.mkdtemp(prefix="parley-bench-", dir="/tmp"))).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)
    print(f"Figures and logs: {folder}", flush=True)
    return folder

"""Offers a second, latency, CPU and memory of Parley, and of the peers whose commands are given.

./dev bench live --players 50 200 --mode closed rate --repeats 3 --otree VENV/bin/otree --uproot VENV/bin/uproot
"""

from __future__ import annotations

from pathlib import Path

from bargaining.casefile import load_folder
from bench.load.plan import Load
from bench.measure import measure
from bench.options import common_parser, patience, products, scratch
from bench.table import show

LIBRARY = Path(__file__).parents[1] / "simulations" / "library"


def people_at_a_table(simulation: str) -> int:
    case = load_folder(LIBRARY / simulation).case
    return sum(not party.optional and party.negotiates for party in case.parties)


def main() -> None:
    parser = common_parser(__doc__)
    parser.add_argument("--players", type=int, nargs="+", default=[50])
    parser.add_argument("--mode", nargs="+", choices=["closed", "rate"], default=["closed"])
    parser.add_argument("--interval", type=float, default=2.0, help="rate: seconds between a person's offers")
    parser.add_argument("--duration", type=float, default=20.0)
    parser.add_argument("--warmup", type=float, default=4.0)
    parser.add_argument("--join-at-once", type=int, default=20)
    parser.add_argument(
        "--simulation", default="mountain-view-farm", help="a shipped one of many sides, or the farm"
    )
    options = parser.parse_args()
    group = people_at_a_table(options.simulation)
    if any(players % group for players in options.players):
        parser.error(f"players come in tables of {group}")
    if group != 2 and (options.otree or options.uproot):
        parser.error("the peers play at tables of two")
    folder, results = scratch(options), []
    for repeat in range(1, options.repeats + 1):
        for mode in options.mode:
            for players in options.players:
                for product in products(options):
                    load = Load(
                        product.name,
                        (),
                        players,
                        group,
                        mode,
                        options.interval,
                        options.duration,
                        options.warmup,
                        join_at_once=options.join_at_once,
                        seed=repeat,
                    )
                    tag = f"{product.label}-{mode}-{players}-{repeat}"
                    results.append(measure(product, load, folder, tag, patience(options)))
    show([result for result in results if result])


if __name__ == "__main__":
    main()

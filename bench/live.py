"""Offers a second, latency, CPU and memory of Parley, and of the peers whose commands are given.

./dev bench live --players 50 200 --mode closed rate --repeats 3 --otree VENV/bin/otree --uproot VENV/bin/uproot
"""

from __future__ import annotations

from bench.load.plan import Load
from bench.measure import measure
from bench.options import common_parser, patience, products, scratch
from bench.table import show


def main() -> None:
    parser = common_parser(__doc__)
    parser.add_argument("--players", type=int, nargs="+", default=[50])
    parser.add_argument("--mode", nargs="+", choices=["closed", "rate"], default=["closed"])
    parser.add_argument("--interval", type=float, default=2.0, help="rate: seconds between a person's offers")
    parser.add_argument("--duration", type=float, default=20.0)
    parser.add_argument("--warmup", type=float, default=4.0)
    parser.add_argument("--join-at-once", type=int, default=20)
    options = parser.parse_args()
    if any(players % 2 for players in options.players):
        parser.error("an even number of players")
    folder, results = scratch(options), []
    for repeat in range(1, options.repeats + 1):
        for mode in options.mode:
            for players in options.players:
                for product in products(options):
                    load = Load(
                        product.name,
                        (),
                        players,
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

"""How long until everybody has the page, when a whole class opens it at the same moment with empty caches.

./dev bench cold --players 200 --otree VENV/bin/otree
"""

from __future__ import annotations

from bench.load.plan import Load
from bench.measure import measure
from bench.options import common_parser, patience, products, scratch
from bench.table import show


def main() -> None:
    parser = common_parser(__doc__)
    parser.add_argument("--players", type=int, default=200)
    options = parser.parse_args()
    folder, results = scratch(options), []
    for repeat in range(1, options.repeats + 1):
        for product in products(options):
            load = Load(product.name, (), options.players, "cold", seed=repeat)
            tag = f"{product.label}-cold-{options.players}-{repeat}"
            results.append(measure(product, load, folder, tag, patience(options)))
    show([result for result in results if result])


if __name__ == "__main__":
    main()

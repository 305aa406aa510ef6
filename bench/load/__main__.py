"""`python -m bench.load PLAN OUT`: run the plan, write the figures; beside them the acknowledged ids."""

from __future__ import annotations

import asyncio
import json
import random
import sys
from pathlib import Path

import uvloop

from bench.load.plan import Load
from bench.load.run import Run


def main(plan: Path, out: Path) -> None:
    load = Load.from_file(plan)
    random.seed(load.seed)
    run = Run(load)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        figures = runner.run(run.go())
    out.with_suffix(".acks").write_text("\n".join(run.tally.acked_at))
    out.write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

"""One web process of a house under test: the real server on a free port, until its standard input ends.

Run as `python -m tests.faults.house`; it prints its port once it listens.
"""

from __future__ import annotations

import os
import sys

import django

from config.server import serving


def main() -> None:
    django.setup()
    from config.running import hold_port
    from negotiations import consumers

    consumers.SLOW_SECONDS = int(os.environ.get("PARLEY_SLOW_SECONDS", consumers.SLOW_SECONDS))
    listening = hold_port("127.0.0.1", 0)
    with serving(listening, 1):
        print(listening.getsockname()[1], flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()

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
    from config import running
    from negotiations import consumers

    if seconds := int(os.environ.get("PARLEY_SLOW_SECONDS", 0)):
        consumers.SLOW_SECONDS = seconds
        running.UNREAD_MILLISECONDS = 2000 * seconds
    listening = running.hold_port("127.0.0.1", 0)
    with serving(listening, 1):
        print(listening.getsockname()[1], flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()

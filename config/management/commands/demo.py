"""`demo`: a class at work on this machine, with everything it needs started and stopped around it."""

from __future__ import annotations

import argparse
import contextlib
import logging
import threading
import time
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections

from classrooms import demo
from config import running
from config.environment import lan_addresses
from config.server import serving
from config.worker import embedded_worker

LOOK_EVERY_SECONDS = 3
DRAIN_SECONDS = 2
GREETING = """
  Parley is at work.

  For you, the instructor (signs in once, then it is spent):
{instructor}
  For the class, or a phone in this network (code {code}):
{join}
  Ctrl-C stops everything; started again it goes on with what it had.
"""

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """The house of one machine: database, web server, worker and practice partners in one command."""

    help = "Run a class that negotiates by itself, for you to watch and to join."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--data", help="the folder that keeps the data (default: .parley)")
        parser.add_argument("--rooms", type=int, default=12, help="how many rooms negotiate at a time")

    def handle(self, *args: Any, **options: Any) -> None:
        running.leave_on_termination()
        with contextlib.suppress(KeyboardInterrupt):
            self._run(options["port"], options["rooms"])
        self.stdout.write("Stopped.")

    def _run(self, port: int, rooms: int) -> None:
        listening = running.hold_port("0.0.0.0", port)
        self._say("Starting the database ...")
        with running.database():
            running.prepare_tables(self._say)
            running.load_shelf(self._say)
            running.collect_files(self._say)
            with serving(listening, DRAIN_SECONDS) as server, embedded_worker():
                links = demo.prepare(rooms)
                with keeping_going():
                    self._greet(links, port)
                    running.wait_for_the_end(server)

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()

    def _greet(self, links: demo.DemoLinks, port: int) -> None:
        hosts = ["localhost", *lan_addresses()[:1]]
        listed = {
            name: "".join(f"    http://{host}:{port}{path}\n" for host in hosts)
            for name, path in (("instructor", links.instructor_url_path), ("join", links.join_url_path))
        }
        self._say(GREETING.format(code=links.code, **listed))


@contextlib.contextmanager
def keeping_going() -> Iterator[None]:
    """Begins the next session whenever one is over, from a thread of its own, while the block lasts."""
    stopping = threading.Event()
    thread = threading.Thread(target=_keep_going, args=[stopping], daemon=True, name="demo")
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join(10)


def _keep_going(stopping: threading.Event) -> None:
    while not stopping.wait(LOOK_EVERY_SECONDS):
        try:
            demo.keep_going()
        except Exception:
            logger.exception("The demo could not begin its next session; it tries again.")
            time.sleep(LOOK_EVERY_SECONDS)
        finally:
            connections.close_all()

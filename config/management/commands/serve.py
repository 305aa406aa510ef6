"""`serve`: the web server, in one process or several, with the worker inside if asked."""

from __future__ import annotations

import argparse
import contextlib
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config import running
from config.server import serving
from config.worker import embedded_worker

DRAIN_SECONDS = 10


class Command(BaseCommand):
    """Serves with the database of DATABASE_URL, or with the embedded one, which it prepares first."""

    help = "Serve Parley."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--processes", type=int, default=1, help="more than one needs Redis")
        parser.add_argument("--worker", action="store_true", help="work on the debriefs in this process too")
        parser.add_argument("--data", help="the folder that keeps the embedded database")

    def handle(self, *args: Any, **options: Any) -> None:
        running.leave_on_termination()
        if options["processes"] > 1 and options["worker"]:
            raise CommandError("--worker goes with one process; start a worker of its own beside several.")
        if options["processes"] > 1 and not settings.REDIS_URL:
            raise CommandError(
                "More than one process needs Redis between them: set REDIS_URL, or use --processes 1."
            )
        listening = running.hold_port(options["host"], options["port"])
        with contextlib.ExitStack() as stack:
            stack.enter_context(running.database())
            if settings.EMBEDDED:
                running.prepare_tables(self._say)
                running.load_shelf(self._say)
                running.collect_files(self._say)
            address = f"http://{options['host']}:{listening.getsockname()[1]}/"
            if options["processes"] > 1:
                self._say(f"Parley begins {options['processes']} processes at {address}")
                running.serve_in_processes(listening, options["processes"])
                return
            server = stack.enter_context(serving(listening, DRAIN_SECONDS))
            if options["worker"]:
                stack.enter_context(embedded_worker())
            self._say(f"Parley listens at {address}")
            running.wait_for_the_end(server)

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()

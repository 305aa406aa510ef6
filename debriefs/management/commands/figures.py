"""`figures`: work out what is due, or everything again, without Celery."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand

from debriefs import actions


class Command(BaseCommand):
    """Prints one line."""

    help = "Works out the figures of finished rooms that are due; with --recompute all of them again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--recompute", action="store_true", help="work out every room again from its log")
        parser.add_argument("--session", type=UUID, help="only rooms of this session")

    def handle(self, *, recompute: bool, session: UUID | None, **_: Any) -> None:
        done = actions.run_pending(session)
        self.stdout.write(f"{done} rooms worked out")
        if recompute:
            changed = actions.recompute(session)
            words = f"changed: rooms {', '.join(map(str, changed))}" if changed else "nothing changed"
            self.stdout.write(f"worked out again, {words}")

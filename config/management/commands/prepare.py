"""`manage prepare`: the tables and the library, before processes serve."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from config import running


class Command(BaseCommand):
    """Run once per release, before web and worker processes start; running it again changes nothing."""

    help = "Make the tables and load the library of simulations."

    def handle(self, *args: Any, **options: Any) -> None:
        running.refuse_unsafe_database()
        running.prepare_tables(self.stdout.write)
        running.load_shelf(self.stdout.write)

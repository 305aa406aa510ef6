#!/usr/bin/env python
"""Django's command line for this house."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import AbstractContextManager, nullcontext

from django.conf import settings
from django.core.management import execute_from_command_line

from config.services import PostgresMissing, embedded_postgres

# These start the database themselves, or need none.
WITHOUT_DATABASE = {
    "demo",
    "serve",
    "help",
    "makemessages",
    "compilemessages",
    "collectstatic",
    "check",
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    choose_house(sys.argv)
    try:
        with database_for(sys.argv[1:2]):
            execute_from_command_line(sys.argv)
    except PostgresMissing as missing:
        sys.exit(str(missing))


def choose_house(words: list[str]) -> None:
    """What the settings depend on must be known before they are read."""
    if words[1:2] == ["demo"]:
        os.environ["PARLEY_DEMO"] = "1"
    if words[1:2] in (["demo"], ["serve"]):
        options = argparse.ArgumentParser(add_help=False)
        options.add_argument("--data", default=os.environ.get("PARLEY_DATA", ""))
        os.environ["PARLEY_DATA"] = options.parse_known_args(words[2:])[0].data


def database_for(command: list[str]) -> AbstractContextManager[object]:
    """The embedded server for as long as the command runs, unless a server of your own is named."""
    if not command or command[0] in WITHOUT_DATABASE or not settings.OWN_DATABASE:
        return nullcontext()
    return embedded_postgres(settings.DATA_DIR / "postgres")


if __name__ == "__main__":
    main()

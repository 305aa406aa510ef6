"""Settings of a house under test: the real ones, with the table alone and a door whose cookies say who one is."""

from __future__ import annotations

from config.settings import *  # noqa: F403

PARLEY_DOOR = "tests.negotiations.tables.CookieDoor"
ROOT_URLCONF = "negotiations.urls"

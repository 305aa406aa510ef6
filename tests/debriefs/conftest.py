"""Tests of the debrief use the tables' own door, so that they need no classroom."""

from __future__ import annotations

from typing import Any

import pytest

from tests.debriefs.classes import ClassUp, class_up


@pytest.fixture(autouse=True)
def own_door(settings: Any) -> None:
    settings.PARLEY_DOOR = "tests.negotiations.tables.CookieDoor"


@pytest.fixture
def lesson(committed_db: None) -> ClassUp:
    """A class of one open room."""
    return class_up()

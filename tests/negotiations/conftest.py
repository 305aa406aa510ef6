"""Tests of the table use a door of their own, so that they need no classroom."""

from __future__ import annotations

from typing import Any

import pytest

from tests.negotiations.tables import TableUp, set_up


@pytest.fixture(autouse=True)
def own_door(settings: Any) -> None:
    settings.PARLEY_DOOR = "tests.negotiations.tables.CookieDoor"


@pytest.fixture
def table(committed_db: None) -> TableUp:
    return set_up()

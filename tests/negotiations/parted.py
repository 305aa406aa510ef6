"""Mountain View Farm with parts of the time, news by hand and by part, and waiting that costs: for tests of tables."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from bargaining.casefile import from_mapping, load_folder, to_mapping
from simulations.actions import LIBRARY
from simulations.models import Edition
from tests.factories import publish_apart

LETTER = "A letter from the bank arrives"
RUMOUR = "Somebody asked for the field"


@lru_cache(1)
def edition_id() -> UUID:
    """Published once a test database."""
    return publish_farm(
        {
            "id": "parted-farm",
            "phases": [
                {"id": "first_words", "minutes": 15, "note": "one statement each"},
                {"id": "talks", "minutes": 20},
                {"id": "closing_session", "minutes": 10},
            ],
            "delay": {"unit": "minute", "free": 0, "cost": {"farmer": 2, "neighbour": 1}, "optional": True},
            "releases": [
                {"id": "letter", "at": {"manual": True}, "to": ["farmer", "neighbour"], "text": LETTER},
                {
                    "id": "rumour",
                    "at": {"phase": "closing_session"},
                    "to": ["farmer"],
                    "text": RUMOUR,
                    "set": {"parties.farmer.target": 171},
                },
            ],
        }
    )


@lru_cache(1)
def closing_edition_id() -> UUID:
    """Here a table settles up, and then its people are asked."""
    return publish_farm(
        {
            "id": "closing-farm",
            "phases": [
                {"id": "talks", "minutes": 30},
                {"id": "settle_up", "minutes": 10},
                {"id": "ask", "minutes": 5, "note": "answer alone"},
            ],
        }
    )


@lru_cache(1)
def roomy_edition_id() -> UUID:
    """Here a table may add terms of its own."""
    issues = to_mapping(load_folder(LIBRARY / "mountain-view-farm").case)["issues"]
    cabins = issues["cabins"] | {"allow_added_terms": True}
    return publish_farm({"id": "roomy-farm", "issues": issues | {"cabins": cabins}})


def publish_farm(changes: dict[str, Any]) -> UUID:
    loaded = load_folder(LIBRARY / "mountain-view-farm")
    case = from_mapping(to_mapping(loaded.case) | changes)
    return publish_apart(replace(loaded, case=case)).pk


def edition() -> Edition:
    return Edition.objects.get(pk=edition_id())


def closing_edition() -> Edition:
    return Edition.objects.get(pk=closing_edition_id())


def roomy_edition() -> Edition:
    return Edition.objects.get(pk=roomy_edition_id())

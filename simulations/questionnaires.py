"""The questionnaires that ship with Parley, read once a process."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bargaining.questionnaires import FILE, Questionnaires, load_questionnaires

PLACE = Path(__file__).parent / "library" / FILE


@cache
def shipped_questionnaires() -> Questionnaires:
    return load_questionnaires(PLACE.read_text(encoding="utf-8"), FILE)

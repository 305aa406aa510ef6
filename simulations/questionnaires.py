"""The questionnaires that ship with Parley, read once a process."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bargaining.case import Case
from bargaining.questionnaires import FILE, Questionnaires, QuestionSet, load_questionnaires

PLACE = Path(__file__).parent / "library" / FILE


@cache
def shipped_questionnaires() -> Questionnaires:
    return load_questionnaires(PLACE.read_text(encoding="utf-8"), FILE)


def interests_check(case: Case) -> QuestionSet | None:
    """The questions that a case asks afterwards about each own interest of a party, if it asks any."""
    known = shipped_questionnaires().sets
    asked = (known[name] for name in case.questionnaires.get("after", ()) if name in known)
    return next((found for found in asked if found.kind == "per_interest"), None)

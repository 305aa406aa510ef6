"""The questionnaires that ship with Parley, read once a process."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.utils.translation import gettext

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


def scale_words(scale: tuple[int, int]) -> list[tuple[str, str]]:
    """The steps of a scale, in words where they have some."""
    lowest, highest = scale
    words = (gettext("not met"), gettext("a little"), gettext("mostly"), gettext("fully"))
    if scale == (0, 3):
        return [(str(step), f"{step} {word}") for step, word in enumerate(words)]
    return [(str(step), str(step)) for step in range(lowest, highest + 1)]

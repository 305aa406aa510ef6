"""The questionnaires that ship with Parley, read once a process."""

from __future__ import annotations

from dataclasses import replace
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
    return next((found for found in asked_at(case, "after") if found.kind == "per_interest"), None)


def asked_at(case: Case, moment: str) -> tuple[QuestionSet, ...]:
    """What a case asks at one moment, each set with those of its questions that are meant for it."""
    known = shipped_questionnaires().sets
    return tuple(
        meant_for(moment, known[name]) for name in case.questionnaires.get(moment, ()) if name in known
    )


def meant_for(moment: str, asked: QuestionSet) -> QuestionSet:
    return replace(asked, items=tuple(item for item in asked.items if not item.use or moment in item.use))


def scale_words(scale: tuple[int, int]) -> list[tuple[str, str]]:
    """The steps of a scale, in words where they have some."""
    lowest, highest = scale
    words = (gettext("not met"), gettext("a little"), gettext("mostly"), gettext("fully"))
    if scale == (0, 3):
        return [(str(step), f"{step} {word}") for step, word in enumerate(words)]
    return [(str(step), str(step)) for step in range(lowest, highest + 1)]

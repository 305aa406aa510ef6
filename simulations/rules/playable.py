"""Which cases a room in the browser can play. Everything else can be read and printed."""

from __future__ import annotations

from collections.abc import Callable

from bargaining.case import Case
from bargaining.saying import gettext_noop

#: So many signs and colours there are for the sides of a table.
MOST_PARTIES = 8


def playable_here(case: Case) -> str:
    """Why no session can be opened with this whole case, in words; empty if one can."""
    return next((words for lacks, words in LIMITS if lacks(case)), "")


def _is_for_too_many(case: Case) -> bool:
    return len(case.parties) > MOST_PARTIES


def _hides_an_issue(case: Case) -> bool:
    """Linked negotiations keep their terms to themselves; at one table all sides settle the same issues."""
    return any(issue.visible_to for issue in case.issues) and not case.strands


def _settles_words_beside_terms(case: Case) -> bool:
    return case.mechanism == "agreement" and any(issue.kind == "text" for issue in case.issues)


LIMITS: tuple[tuple[Callable[[Case], bool], str], ...] = (
    (_is_for_too_many, gettext_noop("The table in the browser seats eight sides at most.")),
    (_hides_an_issue, gettext_noop("The table in the browser shows every issue to all sides.")),
    (
        _settles_words_beside_terms,
        gettext_noop("The table in the browser settles terms, or a text, but not both in one agreement."),
    ),
)

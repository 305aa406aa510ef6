"""Which cases a room in the browser can play today. Everything else can be read and printed."""

from __future__ import annotations

from collections.abc import Callable

from bargaining.case import Case
from bargaining.conditions import quantities_of

PLAYED_KINDS = frozenset({"choice", "boolean", "integer", "decimal"})


def gettext_noop(words: str) -> str:
    """Marks words for translators; who shows them translates them."""
    return words


def playable_here(case: Case) -> str:
    """Why no session can be opened with this whole case, in words; empty if one can."""
    return next((words for lacks, words in LIMITS if lacks(case)), "")


def _has_another_mechanism(case: Case) -> bool:
    return case.mechanism != "agreement"


def _is_not_for_two(case: Case) -> bool:
    return len(case.parties) != 2 or any(party.kind != "negotiator" for party in case.parties)


def _has_another_rule(case: Case) -> bool:
    rule = case.agreement
    return rule.rule != "unanimous" or rule.requires is not None or set(case.signers) != set(case.party_ids)


def _has_another_issue(case: Case) -> bool:
    return any(issue.kind not in PLAYED_KINDS for issue in case.issues)


def _has_hidden_issues(case: Case) -> bool:
    return bool(case.strands) or any(issue.visible_to or issue.strand for issue in case.issues)


def _scores_by_formula(case: Case) -> bool:
    read = any(quantities_of(adjustment.when) for adjustment in case.adjustments)
    return read or any(quantity.points for quantity in case.derived)


def _scores_by_votes(case: Case) -> bool:
    return any(adjustment.approved_by for adjustment in case.adjustments)


LIMITS: tuple[tuple[Callable[[Case], bool], str], ...] = (
    (_has_another_mechanism, gettext_noop("The table in the browser settles packages of terms only.")),
    (_is_not_for_two, gettext_noop("The table in the browser seats two sides.")),
    (_has_another_rule, gettext_noop("The table in the browser knows only deals that both sides sign.")),
    (_has_another_issue, gettext_noop("The table in the browser cannot settle one of its issues.")),
    (_has_hidden_issues, gettext_noop("The table in the browser shows every issue to both sides.")),
    (
        _scores_by_formula,
        gettext_noop("The table in the browser cannot yet show points that a formula gives."),
    ),
    (
        _scores_by_votes,
        gettext_noop(
            "The table in the browser cannot yet count points that come by the number of those in favour."
        ),
    ),
)

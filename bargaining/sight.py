"""What one party may know of a case: a copy without what belongs to others or to the instructor.
It decides nothing about rooms; who looks is an argument."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from bargaining.conditions import quantities_of
from bargaining.formulas import terms_of
from bargaining.pointrules import ShareRule

if TYPE_CHECKING:
    from bargaining.case import Adjustment, Case, CoalitionTable, Derived, Issue, Party

EVERYTHING = "everything"
PUBLIC = "public"

T = TypeVar("T")


def without_secrets(case: Case, viewer: str | None) -> Case:
    """The case for one party, or with None what everybody knows. A new secret field must be emptied here;
    a property test fills every text and number of a case with canaries to notice one that was forgotten."""
    issues = tuple(issue for issue in case.issues if may_see_issue(case, issue, viewer))
    derived = tuple(quantity for quantity in case.derived if may_see_quantity(case, quantity, viewer))
    adjustments = tuple(a for a in case.adjustments if viewer is not None and viewer in a.tell)
    names = {issue.id for issue in issues}
    read = _attributes_read(derived)
    return replace(
        case,
        parties=tuple(p if p.id == viewer else _public_party(p) for p in case.parties),
        issues=tuple(_issue_for(issue, viewer, read) for issue in issues),
        derived=tuple(replace(quantity, points=_own(quantity.points, viewer)) for quantity in derived),
        adjustments=tuple(_adjustment_for(a, viewer) for a in adjustments),
        uncertainties=tuple(replace(u, beliefs=_own(u.beliefs, viewer), draw={}) for u in case.uncertainties),
        coalition=_table_for(case.coalition, viewer) if case.coalition else None,
        strands=tuple(
            replace(strand, issues=tuple(name for name in strand.issues if name in names))
            for strand in case.strands
        ),
        delay=replace(case.delay, cost=_own(case.delay.cost, viewer)) if case.delay else None,
        tags=(),
        teaches=(),
        releases=(),
        conditions=(),
        landmarks=(),
        settlement_elements=(),
        max_elements=0,
        seen_as=PUBLIC if viewer is None else f"party:{viewer}",
    )


def may_see_issue(case: Case, issue: Issue, viewer: str | None) -> bool:
    """Whether a party knows that the issue exists. Issues of a strand are known to those in it, unless the issue
    itself says to whom."""
    if issue.visible_to:
        return viewer in issue.visible_to
    insiders: set[str] = set()
    for strand in case.strands:
        if strand.id == issue.strand or issue.id in strand.issues:
            insiders |= strand.insiders
    return viewer in insiders if insiders else True


def may_see_quantity(case: Case, quantity: Derived, viewer: str | None) -> bool:
    """A public quantity, or one that gives the party points: by itself, or as what it has a share of."""
    return quantity.public or (viewer is not None and viewer in receivers(case, quantity))


def receivers(case: Case, quantity: Derived) -> frozenset[str]:
    """The parties whose points depend on the quantity, or who are told of an adjustment that does."""
    shared = {
        party
        for issue in case.issues
        for party, rule in issue.points.items()
        if isinstance(rule, ShareRule) and rule.quantity == quantity.id
    }
    told = {
        party
        for adjustment in case.adjustments
        if quantity.id in quantities_of(adjustment.when)
        for party in adjustment.tell
    }
    return frozenset(quantity.points) | shared | told


def _attributes_read(derived: Iterable[Derived]) -> set[tuple[str, str]]:
    """Numbers of options that this viewer's formulas read; all others are the instructor's."""
    return {(term.issue, term.attr) for quantity in derived for term in terms_of(quantity.formula)}


def _issue_for(issue: Issue, viewer: str | None, read: set[tuple[str, str]]) -> Issue:
    options = tuple(
        replace(option, attrs={name: n for name, n in option.attrs.items() if (issue.id, name) in read})
        if option.attrs
        else option
        for option in issue.options
    )
    return replace(issue, options=options, points=_own(issue.points, viewer))


def _adjustment_for(adjustment: Adjustment, viewer: str | None) -> Adjustment:
    return replace(adjustment, add=_own(adjustment.add, viewer), tell=(viewer,) if viewer else ())


def _table_for(table: CoalitionTable, viewer: str | None) -> CoalitionTable:
    """A party knows what the sets it belongs to can share, or everything if it is public."""
    if table.public:
        return table
    return replace(table, values={s: value for s, value in table.values.items() if viewer in s})


def _public_party(party: Party) -> Party:
    return replace(
        party, base=0.0, alternative=None, target=None, interests=(), interest_texts={}, red_line=""
    )


def _own(by_party: Mapping[str, T], viewer: str | None) -> dict[str, T]:
    return {party: value for party, value in by_party.items() if party == viewer}

"""What a package is worth to a party, before and after uncertain events, and against its alternative.
The only scorer of the house; it knows nothing of rooms and never changes a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bargaining.case import Case, Condition, Issue, Package, ShareRule, Uncertainty, Value
from bargaining.coupling import additions, amounts
from bargaining.formulas import amount
from bargaining.pointrules import Chances

Scorer = Callable[[Package], float]
# Per issue: id, points by value, and when it applies (None: always).
Row = tuple[str, Mapping[Value, float], Condition | None]


def points(case: Case, party_id: str, package: Package) -> float:
    """Points of a package for a party, contingent terms weighed with the party's own belief.

    A partial package sums what is there; an issue that does not apply counts nothing. Rounded to
    9 decimals. ValueError for a value that its issue does not have, KeyError for an unknown party.
    """
    scorer: Scorer | None = case.memo.get(("scorer", party_id))
    if scorer is None:
        case.memo["scorer", party_id] = scorer = _compile_scorer(case, party_id)
    return scorer(package)


def points_by_issue(case: Case, party_id: str, package: Package) -> dict[str, float]:
    """The points of each issue settled in the package, of each derived quantity that gives points by itself,
    and of the interactions under "adjustments".

    With the party's base they add up to `points`.
    """
    by_issue = {
        issue_id: round(_look_up(table, package[issue_id]), 9)
        for issue_id, table, when in _rows(case, party_id)
        if issue_id in package and (when is None or when.holds(package))
    }
    chances = believed(case, party_id)
    for name, formula, rule in amounts(case, party_id):
        if not case.has_issue(name) or name in package:
            worth = rule.worth(0, amount(formula, package), chances)
            by_issue[name] = round(by_issue.get(name, 0.0) + worth, 9)
    extra = sum((add for when, add in additions(case, party_id) if when.holds(package)), 0.0)
    return {**by_issue, "adjustments": round(extra, 9)}


def points_after(case: Case, party_id: str, package: Package, outcomes: Mapping[str, str]) -> float:
    """Points once events have come out as `outcomes` (event id -> outcome); the others stay as believed.

    KeyError for an unknown event, ValueError for an unknown outcome.
    """
    return points(knowing(case, outcomes), party_id, package)


def knowing(case: Case, outcomes: Mapping[str, str]) -> Case:
    """The case as if everybody knew how these events (event id -> outcome) come out."""
    if not outcomes:
        return case
    key = ("knowing", tuple(sorted(outcomes.items())))
    if key not in case.memo:
        for name, outcome in outcomes.items():
            if outcome not in case.uncertainty(name).outcomes:
                raise ValueError("This event has no such outcome.")
        events = tuple(
            _decided(event, outcomes[event.id]) if event.id in outcomes else event
            for event in case.uncertainties
        )
        case.memo[key] = replace(case, uncertainties=events)
    found: Case = case.memo[key]
    return found


def _decided(event: Uncertainty, outcome: str) -> Uncertainty:
    certain = {each: float(each == outcome) for each in event.outcomes}
    return replace(event, beliefs=dict.fromkeys(event.beliefs, certain))


def approval_bonus(case: Case, party_id: str, package: Package, approvals: int) -> float:
    """The points that a deal brings the party because so many parties approve of it, above `points`."""
    return sum(
        a.add[party_id]
        for a in case.adjustments
        if party_id in a.add and a.approved_by and approvals >= a.approved_by and a.when.holds(package)
    )


def alternative_value(case: Case, party_id: str) -> float:
    """What the party has without a deal, a lottery on average; ValueError if this case does not say."""
    alternative = case.party(party_id).alternative
    if alternative is None:
        raise ValueError("This case does not hold the party's alternative.")
    return alternative.worth


def surplus(case: Case, party_id: str, package: Package) -> float:
    """Points of the package above the party's alternative; negative below it."""
    return round(points(case, party_id, package) - alternative_value(case, party_id), 9)


def believed(case: Case, party_id: str) -> Chances:
    """The party's own belief about an event, as a function of the event's id."""
    return lambda event_id: case.uncertainty(event_id).beliefs[party_id]


def issue_points(case: Case, party_id: str, issue_id: str) -> Mapping[Value, float]:
    """Points of each value of one issue for the party, in the order of the issue's values; 9 decimals."""
    return {value: round(worth, 9) for value, worth in issue_parts(case, party_id, issue_id).items()}


def issue_parts(case: Case, party_id: str, issue_id: str) -> Mapping[Value, float]:
    """The same, unrounded: what a sum is made of. Three thirds of a point are one point, but three rounded
    thirds are not, so only the sum of a package is rounded."""
    for row_id, table, _ in _rows(case, party_id):
        if row_id == issue_id:
            return table
    raise KeyError("This simulation has no such issue.")


def _compile_scorer(case: Case, party_id: str) -> Scorer:
    base = case.party(party_id).base
    rows = _rows(case, party_id)
    adding = additions(case, party_id)
    computing = amounts(case, party_id)
    chances = believed(case, party_id)

    def score(package: Package) -> float:
        total = base
        for issue_id, table, when in rows:
            if issue_id in package and (when is None or when.holds(package)):
                try:
                    total += table[package[issue_id]]
                except (KeyError, TypeError):
                    raise ValueError("The package has a value that its issue does not have.") from None
        for when, add in adding:
            if when.holds(package):
                total += add
        for _, formula, rule in computing:
            total += rule.worth(0, amount(formula, package), chances)
        return round(total, 9)

    return score


def _rows(case: Case, party_id: str) -> tuple[Row, ...]:
    key = ("rows", party_id)
    if key not in case.memo:
        chances = believed(case, case.party(party_id).id)
        case.memo[key] = tuple(
            (issue.id, _table(issue, party_id, chances), issue.when) for issue in case.listed_issues
        )
    rows: tuple[Row, ...] = case.memo[key]
    return rows


def _table(issue: Issue, party_id: str, chances: Chances) -> dict[Value, float]:
    rule = issue.points.get(party_id)
    if rule is None or isinstance(rule, ShareRule):
        return dict.fromkeys(issue.values(), 0.0)
    # A choice has no number of its own; its rules are lists, which look at the position alone.
    return {
        value: rule.worth(position, float(value) if isinstance(value, int | float) else 0.0, chances)
        for position, value in enumerate(issue.values())
    }


def _look_up(table: Mapping[Value, float], value: Value) -> float:
    try:
        return table[value]
    except (KeyError, TypeError):
        raise ValueError("The package has a value that its issue does not have.") from None

"""Where a deal's joint value came from, issue by issue: what each issue is (opposed, shared or tradable interests) and
how much it created over the compromise. It knows single issues; what they give together has a row of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from bargaining.analysis import Analysis
from bargaining.case import Case, Issue, Package, ShareRule, Value
from bargaining.coupling import links_of_points
from bargaining.outcomes import Floats
from bargaining.scoring import issue_points, points_by_issue

Nature = Literal["idle", "one-sided", "compatible", "distributive", "trade-off", "coupled"]


@dataclass(frozen=True)
class IssueFigures:
    """What kind of issue this is, by its own points alone.

    `nature`: *compatible*: some value is best for everyone whom the issue moves; *distributive*: opposed, and what
    one wins the others lose; *trade-off*: opposed with unequal stakes, so that giving way can create value;
    *one-sided*: it moves one party; *coupled*: it counts only together with other issues; *idle*: it moves nobody.
    Distributive and trade-off differ by the sum of points, so they mean something only where points may be added.
    `stakes`: each party's points between the worst and the best value. `best`: the values that are best for
    everyone (compatible issues only). `most`: the largest sum of points that one value gives.
    """

    issue: str
    nature: Nature
    stakes: Mapping[str, float]
    best: tuple[Value, ...]
    most: float


@dataclass(frozen=True)
class Creation:
    """What each issue added to the joint value over the compromise, in points.

    `by_issue` and `together` (interactions, quantities by formula, approvals) add up to `total`, the joint value of
    the package less that of the compromise. `missed`: compatible issues not settled at a value that is best for
    all (the "lose-lose" of Thompson and Hrebec 1996). `logrolling`: what the trade-off issues created as a share
    of what they could (Froman and Cohen 1970; the normalisation is ours); None where they could create nothing.
    """

    by_issue: Mapping[str, float]
    together: float
    total: float
    missed: tuple[str, ...]
    logrolling: float | None


def issue_figures(case: Case) -> tuple[IssueFigures, ...]:
    """What kind each listed issue of a whole case is, in the case's order."""
    if "issue_figures" not in case.memo:
        linked = frozenset().union(*(link for p in case.scored_ids for link in links_of_points(case, p)))
        case.memo["issue_figures"] = tuple(_figures(case, issue, linked) for issue in case.listed_issues)
    found: tuple[IssueFigures, ...] = case.memo["issue_figures"]
    return found


def creation(there: Analysis, package: Package) -> Creation:
    """Per-issue creation of a whole package, measured from the compromise: J_i(x) - J_i(mid), where J_i is the sum of
    all parties' points for issue i and J_i(mid) its mean over each party's best package. KeyError if the package
    is none. Meaningful only where points of different parties may be added."""
    here, middle = _joint_by_issue(there.case, package), _joint_at_compromise(there)
    by_issue = {
        issue.id: round(here.get(issue.id, 0.0) - middle.get(issue.id, 0.0), 9)
        for issue in there.case.listed_issues
    }
    total = round(sum(there.vector(package)) - sum(there.compromise.values), 9)
    figures = issue_figures(there.case)
    return Creation(
        by_issue={issue: round(created, 9) for issue, created in by_issue.items()},
        together=round(total - sum(by_issue.values()), 9) + 0.0,
        total=round(total, 9),
        missed=tuple(f.issue for f in figures if f.best and package.get(f.issue, f.best[0]) not in f.best),
        logrolling=_logrolling(figures, by_issue, middle),
    )


def _logrolling(
    figures: tuple[IssueFigures, ...], by_issue: Mapping[str, float], middle: Mapping[str, float]
) -> float | None:
    traded = [f for f in figures if f.nature == "trade-off"]
    possible = round(sum(f.most - middle[f.issue] for f in traded), 9)
    return sum(by_issue[f.issue] for f in traded) / possible if possible > 0 else None


def _joint_by_issue(case: Case, package: Package) -> dict[str, float]:
    joint: dict[str, float] = {}
    for party in case.scored_ids:
        for name, points in points_by_issue(case, party, package).items():
            joint[name] = joint.get(name, 0.0) + points
    return joint


def _joint_at_compromise(there: Analysis) -> dict[str, float]:
    """Each issue's joint points, on average over each party's best package."""
    case = there.case
    if "joint_at_compromise" not in case.memo:
        best = [_joint_by_issue(case, there.structure.package(rows)) for rows in there.compromise.best]
        case.memo["joint_at_compromise"] = {
            issue.id: sum(each.get(issue.id, 0.0) for each in best) / len(best)
            for issue in case.listed_issues
        }
    found: dict[str, float] = case.memo["joint_at_compromise"]
    return found


def _figures(case: Case, issue: Issue, linked: frozenset[str]) -> IssueFigures:
    points = _points(case, issue)
    stakes = np.round(points.max(axis=1) - points.min(axis=1), 9)
    moved = points[stakes > 0]
    everyone = np.flatnonzero((moved == moved.max(axis=1, keepdims=True)).all(axis=0))
    nature = _shared(issue) or _nature(moved, len(everyone) > 0, issue.id in linked)
    # An issue that may not apply gives nothing then.
    sums = np.append(points.sum(axis=0), [0.0] if issue.when else [])
    return IssueFigures(
        issue=issue.id,
        nature=nature,
        stakes=dict(zip(case.scored_ids, map(float, stakes), strict=True)),
        best=tuple(issue.values()[k] for k in everyone) if nature == "compatible" else (),
        most=round(float(sums.max()), 9),
    )


def _points(case: Case, issue: Issue) -> Floats:
    """Points of each value, [parties, values]."""
    return np.array([list(issue_points(case, party, issue.id).values()) for party in case.scored_ids])


def _shared(issue: Issue) -> Nature | None:
    """Dividing a quantity is opposed whatever it is; unequal worth of a unit makes it a trade-off."""
    worths = {rule.per_unit for rule in issue.points.values() if isinstance(rule, ShareRule)}
    return None if not worths else "distributive" if len(worths) == 1 else "trade-off"


def _nature(moved: Floats, agreed: bool, linked: bool) -> Nature:
    if len(moved) < 2:
        return "one-sided" if len(moved) else "coupled" if linked else "idle"
    if agreed:
        return "compatible"
    return "distributive" if np.ptp(moved.sum(axis=0)) <= 1e-9 else "trade-off"

"""The structured analysis of a case against a plain table of all its packages."""

from __future__ import annotations

from fractions import Fraction
from math import prod
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from bargaining import frontier
from bargaining.analysis import NO_PACKAGE, TOO_LARGE, Analysis, analysis
from bargaining.case import Case
from bargaining.casefile import from_mapping
from bargaining.claims import no_deal_is_right, value_created
from bargaining.outcomes import space
from bargaining.scoring import issue_points
from bargaining.solutions import NO_RATIONAL, NO_SPAN, Solution
from bargaining.structure import structure
from tests.bargaining import enumerated
from tests.bargaining.cases import farm, halyard, kiln, shipped
from tests.bargaining.tables import (
    Row,
    Table,
    Vector,
    plain_of,
    some_tables,
    tabled,
    tabled_cases,
    unbeaten,
    wide_plain,
)


def vectors(found: Any) -> list[Vector]:
    return [tuple(row) for row in found.tolist()]


@some_tables
@given(tabled_cases())
def test_frontier_holds_what_nothing_beats_and_no_more(table: Table) -> None:
    there = analysis(table.case)
    assert there.frontier is not None
    assert there.rational_frontier is not None
    assert vectors(there.frontier.vectors) == unbeaten([row.values for row in table.valid])
    assert vectors(there.rational_frontier.vectors) == unbeaten([row.values for row in table.rational])
    with_floor = frontier.frontier(there.structure, there.alternatives)
    assert vectors(with_floor.vectors) == vectors(there.rational_frontier.vectors)


@some_tables
@given(tabled_cases())
def test_packages_are_read_back_with_all_ties(table: Table) -> None:
    there = analysis(table.case)
    assert there.frontier is not None
    for vector in vectors(there.frontier.vectors):
        found = [tuple(sorted(package.items())) for package in there.packages(vector)]
        wanted = [tuple(sorted(row.package.items())) for row in table.valid if row.values == vector]
        assert sorted(found) == sorted(wanted)
    one_each = there.frontier.one_each
    assert [there.structure.valid(rows) for rows in one_each] == [True] * len(there.frontier)
    assert vectors(there.structure.vectors(one_each)) == vectors(there.frontier.vectors)
    below = np.array(there.value_min) - 1
    with pytest.raises(ValueError, match="not on the frontier"):
        there.packages(below)


@some_tables
@given(tabled_cases())
def test_solutions_are_largest_with_all_ties(table: Table) -> None:
    there = analysis(table.case)
    best = unbeaten([row.values for row in table.rational])
    gains = {v: [round(x - a, 9) for x, a in zip(v, table.alternatives, strict=True)] for v in best}
    ways = [max((gain[k] for gain in gains.values()), default=0.0) for k in range(len(there.parties))]
    check(there.nash, best, {v: prod(map(Fraction, gain)) for v, gain in gains.items()})
    check(there.egalitarian, best, {v: sorted(gain) for v, gain in gains.items()})
    check(there.utilitarian, best, {v: round(sum(v), 9) for v in best})
    if best and min(ways) <= 0:
        assert there.kalai_smorodinsky == there.relative_utilitarian == Solution(None, undefined=NO_SPAN)
        return
    shares = {v: [round(g / way, 9) for g, way in zip(gain, ways, strict=True)] for v, gain in gains.items()}
    check(there.kalai_smorodinsky, best, {v: sorted(share) for v, share in shares.items()})
    relative = {
        v: round(sum(g / way for g, way in zip(gain, ways, strict=True)), 9) for v, gain in gains.items()
    }
    check(there.relative_utilitarian, best, relative)


def check(found: Solution, best: list[Vector], amounts: dict[Vector, Any]) -> None:
    if not best:
        assert found == Solution(None, undefined=NO_RATIONAL)
        return
    top = max(amounts.values())
    assert list(found.vectors) == [vector for vector in best if amounts[vector] == top]
    amount = top[0] if isinstance(top, list) else top
    assert found.amount == pytest.approx(float(amount))


@some_tables
@given(tabled_cases())
def test_best_deals_are_found_without_looking_at_all(table: Table) -> None:
    there = analysis(table.case)
    passing = [row for row in table.rows if row.passes]
    base = sum(table.alternatives)
    assert there.best_joint == max(round(sum(row.values), 9) for row in table.valid)
    assert there.utilitarian_of_all.amount == there.best_joint
    check_best(there.joint_surplus, passing, base)
    check_opposition(there, table)
    for issue in table.case.issues:
        for figures in there.best_by(issue.id):
            there_with = [row for row in passing if row.package.get(issue.id) == figures.value]
            check_best(figures.best, there_with, base)
    gained = is_gain(table, passing)
    assert no_deal_is_right(table.case) != gained
    assert value_created(table.case, None) == (0.0 if gained else None)


def is_gain(table: Table, passing: list[Row]) -> bool:
    """Whether any passing deal brings more: in all where points add up, else for anybody."""
    if table.case.comparable:
        return any(round(sum(row.values) - sum(table.alternatives), 9) > 0 for row in passing)
    return any(
        round(own - least, 9) > 0
        for row in passing
        for own, least in zip(row.values, table.alternatives, strict=True)
    )


def check_opposition(there: Analysis, table: Table) -> None:
    columns = list(zip(*(row.values for row in table.valid), strict=True))
    gaps = [
        [
            (max(c) - x) / (max(c) - min(c))
            for x, c in zip(row.values, columns, strict=True)
            if max(c) > min(c)
        ]
        for row in table.rational
    ]
    assert there.opposition == (pytest.approx(min(map(np.linalg.norm, gaps)), abs=1e-8) if gaps else None)


def check_best(found: Solution, rows: list[Row], base: float) -> None:
    if not rows:
        assert found.amount is None
        assert found.undefined in (NO_RATIONAL, NO_PACKAGE)
        return
    best = max(round(sum(row.values), 9) for row in rows)
    assert found.amount == pytest.approx(best - base)
    efficient = unbeaten([row.values for row in rows])
    assert list(found.vectors) == [v for v in efficient if round(sum(v), 9) == best]


@some_tables
@given(tabled_cases())
def test_compromise_is_the_mean_of_what_each_would_choose(table: Table) -> None:
    there = analysis(table.case).compromise
    chosen = []
    for k in range(len(table.alternatives)):
        top = max((row.values[k], round(sum(row.values), 9)) for row in table.valid)
        first = next(r for r in table.valid if (r.values[k], round(sum(r.values), 9)) == top)
        chosen.append(first.values)
    assert there.values == pytest.approx([sum(column) / len(chosen) for column in zip(*chosen, strict=True)])


@pytest.mark.parametrize("case", [farm(), kiln(), halyard(), shipped("quillhaven"), shipped("dunmore-mill")])
def test_structured_equals_enumerated(case: Case) -> None:
    there, slow = analysis(case), space(case)
    assert there.frontier is not None
    assert vectors(there.frontier.vectors) == vectors(enumerated.frontier(slow, slow.valid))
    joint, product, level = (
        enumerated.max_joint_surplus(slow),
        enumerated.nash(slow),
        enumerated.egalitarian(slow),
    )
    assert joint is not None
    assert product is not None
    assert level is not None
    assert there.joint_surplus.amount == joint.amount
    for solution, wanted in ((there.joint_surplus, joint), (there.nash, product), (there.egalitarian, level)):
        packages = [dict(package) for vector in solution.vectors for package in there.packages(vector)]
        assert sorted(map(repr, packages)) == sorted(repr(slow.package(k)) for k in wanted.outcomes)
    middle = enumerated.middle_deal(slow)
    assert there.middle_deal.values == pytest.approx(middle.values)
    assert there.middle_deal.number == len(middle.outcomes)
    landmarks = enumerated.landmark_figures(slow)
    assert [(f.id, f.values, f.passes, f.efficient) for f in there.landmarks] == [
        (f.id, f.values, f.passes, f.efficient) for f in landmarks
    ]
    assert [f.share for f in there.landmarks] == pytest.approx([f.share for f in landmarks])


def test_ten_to_the_twelve_packages() -> None:
    case = from_mapping(wide_plain(issues=12, options=10))
    there = analysis(case)
    best: dict[int, int] = {0: 0}
    for issue in case.issues:
        wider: dict[int, int] = {}
        for own, other in best.items():
            for value in issue.values():
                a, b = (int(_worth(case, p, issue.id, value)) for p in ("ada", "bo"))
                wider[own + a] = max(wider.get(own + a, -1), other + b)
        best = wider
    assert there.outcomes == 10**12
    assert there.frontier is not None
    assert vectors(there.frontier.vectors) == unbeaten([(float(a), float(b)) for a, b in best.items()])
    assert there.rational_outcomes is not None
    assert 0 < there.rational_outcomes < 10**12
    vector = there.nash.vectors[0]
    package = next(there.packages(vector))
    assert there.vector(package) == vector
    assert there.better_for_all(vector) == [0]
    assert there.limits == ()


def test_what_is_too_large_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frontier, "MOST_VECTORS", 5)
    there = Analysis(structure(farm()))
    assert there.frontier is None
    assert there.rational_frontier is None
    assert there.nash == Solution(None, undefined=TOO_LARGE)
    assert there.best_joint == analysis(farm()).best_joint
    assert [words.split(":")[0] for words in there.limits] == [
        "The frontier over all deals is left out",
        "The frontier over deals that leave nobody below the own alternative is left out",
    ]


def test_rational_frontier_is_there_without_that_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    case = shipped("dunmore-mill")
    whole = analysis(case)
    assert whole.frontier is not None
    assert whole.rational_frontier is not None
    monkeypatch.setattr(frontier, "MOST_VECTORS", len(whole.frontier) - 1)
    there = Analysis(structure(case))
    assert there.frontier is None
    assert there.rational_frontier is not None
    assert vectors(there.rational_frontier.vectors) == vectors(whole.rational_frontier.vectors)
    assert next(there.packages(there.nash.vectors[0])) == next(whole.packages(whole.nash.vectors[0]))
    # At least five of six must agree, so the best passing deal may not be among the rational ones.
    assert there.joint_surplus == Solution(None, undefined=TOO_LARGE)


def test_own_view_is_analysed_for_the_own_party_alone() -> None:
    there = analysis(farm().seen_by("neighbour"))
    assert there.parties == ("neighbour",)
    assert vectors(there.value_max[None]) == [(220.0,)]
    assert there.frontier is not None
    assert vectors(there.frontier.vectors) == [(220.0,)]
    assert there.passing_outcomes == there.rational_outcomes


def test_parties_without_points_have_no_analysis() -> None:
    with pytest.raises(ValueError, match="nobody's points"):
        analysis(shipped("memorial-bell"))
    assert no_deal_is_right(shipped("memorial-bell")) is None


def test_dominated_thirds_meet_only_when_rounded() -> None:
    third = {"ada": [0, 1 / 3, 2 / 3, 1], "bo": [1, 2 / 3, 1 / 3, 0]}
    plain = plain_of({f"i{k}": third for k in range(3)})
    table = tabled(plain)
    there = analysis(table.case)
    assert there.frontier is not None
    assert len(there.frontier) == there.distinct_vectors == 10
    assert vectors(there.frontier.vectors) == unbeaten([row.values for row in table.rows])


def _worth(case: Case, party: str, issue: str, value: Any) -> float:
    return issue_points(case, party, issue)[value]

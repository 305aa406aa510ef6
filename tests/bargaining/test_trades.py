"""Nearest better packages and per-issue creation against trying everything."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from bargaining import trades
from bargaining.analysis import Analysis, analysis
from bargaining.case import Case
from bargaining.creation import creation, issue_figures
from bargaining.frontier import FrontierTooLarge
from bargaining.scoring import points_by_issue
from bargaining.structure import structure
from bargaining.trades import nearest_trade, trade
from bargaining.tradewords import trade_in_words
from tests.bargaining.cases import farm, halyard, shipped
from tests.bargaining.tables import Row, Table, beats, some_tables, tabled_cases

LEASE = farm().landmarks[1].package  # the middle 15-year lease, 115 and 112


def apart(one: Any, other: Any) -> int:
    return sum(one.get(issue) != other.get(issue) for issue in one.keys() | other.keys())


@some_tables
@given(tabled_cases())
def test_nearest_trade_is_the_best_of_those_with_the_fewest_changes(table: Table) -> None:
    there = analysis(table.case)
    for row in table.rows[::9]:
        found = nearest_trade(there, row.package)
        better = [other for other in table.valid if beats(other.values, row.values)]
        if not better:
            assert found is None
            continue
        assert found is not None
        fewest = min(apart(row.package, other.package) for other in better)
        nearest = [other for other in better if apart(row.package, other.package) == fewest]
        assert len(found.changes) == fewest
        assert dict(found.package) in [other.package for other in nearest]
        assert joint_gain(table, row, tuple(found.gains.values())) == pytest.approx(
            max(joint_gain(table, row, minus(other, row)) for other in nearest)
        )
        check_sums(found)


def minus(one: Row, other: Row) -> tuple[float, ...]:
    return tuple(a - b for a, b in zip(one.values, other.values, strict=True))


def joint_gain(table: Table, row: Row, gains: tuple[float, ...]) -> float:
    if table.case.comparable:
        return sum(gains)
    spans = [max(column) - min(column) for column in zip(*(r.values for r in table.valid), strict=True)]
    return sum(gain / span for gain, span in zip(gains, spans, strict=True) if span)


def check_sums(found: trades.Trade) -> None:
    for party, gain in found.gains.items():
        parts = sum(change.points[party] for change in found.changes)
        assert gain == pytest.approx(parts + found.together.get(party, 0.0))


def test_nearest_trade_at_the_farm() -> None:
    found = nearest_trade(analysis(farm()), LEASE)
    assert found is not None
    assert [(c.issue, c.old, c.new) for c in found.changes] == [("form", "lease15", "lease_option")]
    assert found.gains == {"farmer": 14, "neighbour": 16}
    assert found.together == {}
    assert nearest_trade(analysis(farm()), farm().landmarks[-1].package) is None


def test_trade_says_what_terms_give_only_together() -> None:
    sale = farm().landmarks[0].package  # taps kept on sold land cost both sides
    found = trade(analysis(farm()), {**sale, "sugarbush": "farmer"}, {**sale, "sugarbush": "neighbour"})
    assert set(found.together) == {"farmer", "neighbour"}
    check_sums(found)


def test_trade_among_very_many_packages_is_found() -> None:
    case = _repeated(halyard(), 2)
    there = Analysis(structure(case))
    assert there.outcomes > 10**8
    package = next(there.middle_deal.packages)
    found = nearest_trade(there, package)
    assert found is not None
    assert len(found.changes) == 1
    assert min(found.gains.values()) >= 0


def test_too_many_ways_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trades, "MOST_VECTORS", 1)
    with pytest.raises(FrontierTooLarge):
        nearest_trade(analysis(farm()), farm().landmarks[4].package)


@some_tables
@given(tabled_cases())
def test_creation_adds_up_to_what_was_gained_over_the_compromise(table: Table) -> None:
    there = analysis(table.case)
    for row in table.rows[::9]:
        found = creation(there, row.package)
        middle = sum(there.compromise.values)
        assert found.total == pytest.approx(sum(row.values) - middle, abs=1e-6)
        assert sum(found.by_issue.values()) + found.together == pytest.approx(found.total, abs=1e-6)


@some_tables
@given(tabled_cases())
def test_missed_issues_are_those_where_all_could_have_had_more(table: Table) -> None:
    there = analysis(table.case)
    figures = {f.issue: f for f in issue_figures(table.case)}
    for row in table.rows[::9]:
        missed = set(creation(there, row.package).missed)
        for issue in table.case.issues:
            if issue.id not in row.package:
                assert issue.id not in missed
                continue
            better = any(_all_prefer(table.case, row.package, issue.id, value) for value in issue.values())
            if figures[issue.id].nature == "compatible":
                assert (issue.id in missed) == better


def _all_prefer(case: Case, package: Any, issue: str, value: Any) -> bool:
    """Whether by this issue's own points some party likes the other value more and none less."""
    changed = {**package, issue: value}
    pairs = [(points_by_issue(case, p, changed)[issue], points_by_issue(case, p, package)[issue])
             for p in case.scored_ids]  # fmt: skip
    return all(new >= old for new, old in pairs) and any(new > old for new, old in pairs)


@pytest.mark.parametrize(
    ("case", "natures"),
    [
        (farm(), {"form": "trade-off", "sale_price": "distributive", "rent": "distributive", "acres": "trade-off",
                  "sugarbush": "trade-off", "cabins": "trade-off", "handover": "compatible",
                  "trail_bonus": "trade-off"}),
        (halyard(), {"salary": "distributive", "travel": "trade-off", "nc_length": "trade-off",
                     "nc_scope": "trade-off", "remote": "trade-off", "start": "compatible",
                     "group": "compatible", "side_work": "trade-off"}),
        (shipped("eleven-quarry-lane"), {"seller_fee": "coupled", "buyer_fee": "coupled", "price": "coupled",
                                         "closing": "trade-off", "roof": "trade-off", "workshop": "compatible"}),
        (shipped("cassel-valley-solar"), {"size": "trade-off", "storage": "trade-off", "ownership": "trade-off",
                                          "jobs": "trade-off", "split": "distributive"}),
    ],
    ids=["farm", "halyard", "quarry", "solar"],
)  # fmt: skip
def test_issues_have_the_nature_they_were_written_for(case: Case, natures: dict[str, str]) -> None:
    assert {figures.issue: figures.nature for figures in issue_figures(case)} == natures


def test_creation_at_the_farm() -> None:
    there = analysis(farm())
    best = creation(there, farm().landmarks[-1].package)
    assert (best.missed, best.logrolling) == ((), 1.0)
    found = creation(there, LEASE)
    assert found.missed == ("handover",)
    assert found.by_issue["handover"] == -15
    assert found.total == -29
    assert found.logrolling is not None
    assert found.logrolling < 0


def test_issue_that_moves_one_or_nobody() -> None:
    case = farm()
    alone = tuple(replace(i, points={"farmer": i.points["farmer"]}) if i.id == "acres" else
                  replace(i, points={}) if i.id == "handover" else i for i in case.issues)  # fmt: skip
    natures = {f.issue: (f.nature, f.best) for f in issue_figures(replace(case, issues=alone))}
    assert natures["acres"] == ("one-sided", ())
    assert natures["handover"] == ("idle", ())


@pytest.mark.parametrize(
    ("viewer", "words"),
    [
        ("farmer", "+14 for you, +16 for them"),
        ("neighbour", "+16 for you, +14 for them"),
        (None, "+14 for {farmer}, +16 for {neighbour}"),
    ],
)
def test_trade_in_words(viewer: str | None, words: str) -> None:
    found = nearest_trade(analysis(farm()), LEASE)
    assert found is not None
    names = {party.id: party.name for party in farm().parties}
    sentence = trade_in_words(farm(), found, viewer)
    form = farm().issue("form")
    terms = f"{form.title}: {form.option('lease_option').label} instead of {form.option('lease15').label}"
    assert sentence == f"{terms}. {words.format(**names)}."


def test_trade_in_words_names_what_comes_and_goes() -> None:
    sale = farm().landmarks[2].package
    found = nearest_trade(analysis(farm()), sale)
    assert found is not None
    sentence = trade_in_words(farm(), found, "farmer", lambda words: words.replace("dropped", "fällt weg"))
    assert "fällt weg" in sentence
    assert "$5,500 a year, added" in sentence
    back = trade_in_words(farm(), trade(analysis(farm()), found.package, sale), "farmer")
    assert "−3 for you, −45 for them." in back


def test_trade_of_many_names_the_others() -> None:
    case = shipped("cassel-valley-solar")
    found = nearest_trade(analysis(case), case.landmarks[0].package)
    assert found is not None
    sentence = trade_in_words(case, found, "school")
    assert "for you, " in sentence
    assert "for them" not in sentence
    assert f"for {case.party('developer').name}" in sentence


def _repeated(case: Case, times: int) -> Case:
    """The case with all its issues once more under other names, as if the parties met about several such jobs."""
    free = tuple(issue for issue in case.issues if issue.when is None)
    copies = tuple(replace(issue, id=f"{issue.id}{k}") for k in range(times) for issue in free)
    return replace(case, issues=copies, adjustments=(), landmarks=())

"""Counts of packages by their points against a plain table of all packages."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given

from bargaining import counting
from bargaining.analysis import Analysis, analysis
from bargaining.casefile import from_mapping
from bargaining.counting import TooManyToCount, accepting, counter
from bargaining.outcomes import space
from bargaining.structure import Structure, structure
from tests.bargaining.cases import shipped
from tests.bargaining.tables import (
    Table,
    at_least,
    beats,
    some_tables,
    tabled_cases,
    wide_plain,
)


@some_tables
@given(tabled_cases())
def test_everything_is_counted(table: Table) -> None:
    there = analysis(table.case)
    assert there.outcomes == len(table.rows)
    assert there.valid_outcomes == len(table.valid)
    assert there.distinct_vectors == len({row.values for row in table.valid})
    assert there.rational_outcomes == len(table.rational)
    assert there.passing_outcomes == sum(row.passes for row in table.rows)
    votes = accepting(there.structure, there.alternatives)
    slow = Counter(frozenset(p for p, v, a in zip(there.parties, row.values, table.alternatives, strict=True)
                             if v >= a) for row in table.valid)  # fmt: skip
    assert {parties: count for parties, count in votes.items() if count} == slow
    assert there.limits == ()


@pytest.mark.parametrize("way", ["bits", "rows", "table"])
@some_tables
@given(table=tabled_cases())
def test_better_and_worse_are_counted_in_every_way(way: str, table: Table) -> None:
    of = structure(table.case)
    assume(way != "table" or counting._for_table(of.blocks))  # thirds fill no table
    found = counted(way, of)
    for row in table.rows[::5]:
        others = [other.values for other in table.valid]
        between = tuple(value + 0.25 for value in row.values)
        both = [row.values, between]
        assert found.better_for_all(both) == [sum(beats(other, one) for other in others) for one in both]
        assert found.worse_for_all(both) == [sum(beats(one, other) for other in others) for one in both]
        assert found.equal_to(both) == [others.count(one) for one in both]
        assert found.at_least(both) == [sum(at_least(other, one) for other in others) for one in both]


def counted(way: str, of: Structure) -> counting.Counter:
    if way == "bits":
        return counting._with_bits(of, counting._for_bits(of.blocks))
    if way == "rows":
        return counting._with_rows(of, max(of.blocks, key=len))
    return counting._with_table(of, counting._for_table(of.blocks))


def test_every_party_may_be_left_out_of_a_deal() -> None:
    """Votes by inclusion and exclusion over all sets, for the seven of Quillhaven."""
    case = shipped("quillhaven")
    there, slow = analysis(case), space(case)
    votes = accepting(there.structure, there.alternatives)
    assert sum(votes.values()) == there.valid_outcomes == int(slow.valid.sum())
    for size in (5, 6, 7):
        for chosen in combinations(there.parties, size):
            yes = np.array([party in chosen for party in there.parties])
            exactly = (slow.accepts == yes).all(axis=1) & slow.valid
            assert votes[frozenset(chosen)] == int(exactly.sum())
    assert there.passing_outcomes == int(slow.passing.sum())


def test_counts_of_many_packages_add_up() -> None:
    of = structure(from_mapping(wide_plain(issues=9, options=10)))
    middle = (of.lowest + of.highest) / 2
    table, bits = counted("table", of), counted("bits", of)
    assert table.at_least(of.lowest) == bits.at_least(of.lowest) == [10**9]
    for vector in (middle, middle + 7, middle * 1.1):
        assert table.at_least(vector) == bits.at_least(vector)
        assert table.worse_for_all(vector) == bits.worse_for_all(vector)


def test_what_cannot_be_counted_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_FAR", 0)
    monkeypatch.setattr(counting, "MOST_CELLS", 0)
    monkeypatch.setattr(counting, "MOST_TOLD_APART", 100)
    of = structure(from_mapping(wide_plain(issues=4, options=5)))
    with pytest.raises(TooManyToCount):
        counter(of)
    there = Analysis(of)
    assert (there.rational_outcomes, there.passing_outcomes, there.distinct_vectors) == (None, None, None)
    assert len(there.limits) == 3
    # A few better ones are listed one by one; many are not guessed at.
    assert there.better_for_all(there.nash.vectors[0]) == [0]
    monkeypatch.setattr("bargaining.analysis.MOST_LISTED", 3)
    assert there.better_for_all(there.value_min) == [None]

"""Blocks of coupled issues: their sums are the case's packages and points."""

from __future__ import annotations

from itertools import product
from math import prod
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bargaining.casefile import from_mapping, to_mapping
from bargaining.coupling import coupled, parts
from bargaining.grid import on_grid
from bargaining.scoring import points
from bargaining.structure import structure
from tests.bargaining.cases import farm, halyard, kiln, some_cases
from tests.bargaining.tables import Table, some_tables, tabled_cases

_plain_numbers = st.one_of(
    st.integers(-300, 300).map(float),
    st.integers(-(10**6), 10**6).map(lambda n: n / 1000),
    st.integers(-9, 9).map(lambda n: 1e6 + n / 3),
    st.integers(-900, 900).map(lambda n: n / 7),
    st.floats(-1e4, 1e4),
)


@some_tables
@given(tabled_cases())
def test_blocks_make_up_every_package_and_its_points(table: Table) -> None:
    there = structure(table.case)
    found = {}
    for rows in product(*(range(len(block)) for block in there.blocks)):
        package = there.package(rows)
        assert there.rows(package) == rows
        found[tuple(sorted(package.items()))] = (tuple(there.vector(rows).tolist()), there.valid(rows))
    assert found == {tuple(sorted(row.package.items())): (row.values, row.valid) for row in table.rows}
    assert there.outcomes == len(table.rows)
    assert there.valid_outcomes == len(table.valid)
    extremes = np.array([row.values for row in table.valid])
    assert there.lowest.tolist() == extremes.min(axis=0).tolist()
    assert there.highest.tolist() == extremes.max(axis=0).tolist()


def test_only_coupled_issues_are_listed_together() -> None:
    ids = [{issue.id for issue in group} for group in coupled(farm())]
    assert {"form", "sale_price", "rent", "cabins", "sugarbush"} in ids
    assert {"acres"} in ids
    assert {"handover"} in ids
    there = structure(farm())
    assert prod(map(len, there.blocks)) == 51408 == there.outcomes
    assert sum(map(len, there.blocks)) < 1000
    assert [len(block) for block in structure(kiln()).blocks] == [161]


def test_parts_hold_bases_once() -> None:
    plain = to_mapping(halyard())
    plain["parties"]["candidate"]["base"] = 5
    case = from_mapping(plain)
    assert sum(part.party("candidate").base for part in parts(case)) == 5
    package = halyard().landmarks[0].package
    there = structure(case)
    assert there.vector(there.rows(package))[0] == points(case, "candidate", package)


def test_own_view_has_its_own_blocks() -> None:
    there = structure(farm().seen_by("farmer"))
    assert there.parties == ("farmer",)
    assert there.outcomes == 51408
    with pytest.raises(ValueError, match="nobody's points"):
        structure(farm().seen_by(None))


def test_limiting_an_issue_leaves_the_packages_with_that_value() -> None:
    there = structure(farm())
    sales = there.limited_to("form", "sale")
    assert (there.outcomes, there.valid_outcomes) == (51408, 51408)
    assert (sales.outcomes, sales.valid_outcomes) == (51408, 51408 // 4)
    with pytest.raises(KeyError):
        there.limited_to("form", "gift")


def test_package_that_is_none_has_no_rows() -> None:
    with pytest.raises(KeyError):
        structure(farm()).rows({})


@some_cases
@given(st.lists(st.lists(_plain_numbers, min_size=1, max_size=4), min_size=1, max_size=3))
def test_steps_add_up_to_points(columns: list[list[float]]) -> None:
    grid, steps = on_grid([np.array(column)[:, None] for column in columns])
    bits = 1e-15 * sum(max(map(abs, column)) for column in columns)  # what floats of this size cannot tell
    for rows in product(*(range(len(column)) for column in columns)):
        total = sum(block[row] for block, row in zip(steps, rows, strict=True))
        exact = sum(column[row] for column, row in zip(columns, rows, strict=True))
        assert abs(grid.points(total[None])[0, 0] - exact) <= 0.501e-9 + bits


@some_cases
@given(st.lists(_plain_numbers, min_size=2, max_size=6), _plain_numbers)
def test_thresholds_in_steps_are_thresholds_in_points(numbers: list[float], aim: float) -> None:
    grid, (steps,) = on_grid([np.array(numbers)[:, None]])
    rounded = grid.points(steps)[:, 0]
    for wanted in (aim, *rounded.tolist()):
        low, above = grid.first_at([wanted])[0], grid.first_above([wanted])[0]
        assert (steps[:, 0] >= low).tolist() == (rounded >= round(wanted, 9)).tolist()
        assert (steps[:, 0] >= above).tolist() == (rounded > round(wanted, 9)).tolist()


def test_step_is_as_large_as_points_allow() -> None:
    grid, steps = on_grid([np.array([[1000.0], [2600.0]]), np.array([[0.0], [50.0], [0.5]])])
    assert grid.whole
    assert max(int(block.max()) for block in steps) == 3200
    thirds, _ = on_grid([np.array([[1 / 3], [2 / 3]])])
    assert not thirds.whole
    assert thirds.points(np.array([[0]])).tolist() == [[0.333333333]]


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_points_that_are_no_numbers_are_refused(bad: Any) -> None:
    with pytest.raises(ValueError, match="finite"):
        on_grid([np.array([[0.0], [bad]])])

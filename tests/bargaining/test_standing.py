"""Where single packages stand, against a plain table of all packages."""

from __future__ import annotations

from math import dist

import pytest
from hypothesis import given

from bargaining.analysis import analysis
from bargaining.outcomes import space
from bargaining.standing import standing
from tests.bargaining import enumerated
from tests.bargaining.cases import farm
from tests.bargaining.tables import (
    Table,
    some_tables,
    tabled_cases,
    unbeaten,
)


@some_tables
@given(tabled_cases())
def test_standing_of_any_package(table: Table) -> None:
    there = analysis(table.case)
    best = unbeaten([row.values for row in table.valid])
    spans = [max(c) - min(c) for c in zip(*(row.values for row in table.valid), strict=True)]
    for row in table.rows[::7]:
        found = standing(there, row.package)
        assert found.place.values == row.values
        assert (found.place.valid, found.passes) == (row.valid, row.passes)
        assert found.place.efficient == (row.valid and row.values in best)
        assert found.place.distance == pytest.approx(min(dist(row.values, v) for v in best), abs=1e-8)
        scaled = [[(a - b) / s for a, b, s in zip(row.values, v, spans, strict=True) if s > 0] for v in best]
        assert found.place.distance_scaled == pytest.approx(
            min(dist(v, [0.0] * len(v)) for v in scaled), abs=1e-8
        )
        assert sum(found.surplus) == pytest.approx(found.joint - sum(table.alternatives))
        assert list(found.below) == [p for p, s in zip(there.parties, found.surplus, strict=True) if s < 0]
        if found.passes and found.created is not None:
            assert found.created <= 1 + 1e-9
        if found.place.valid and found.over_compromise is not None:
            assert found.over_compromise <= 1 + 1e-9


def test_standing_of_one_package_in_numbers() -> None:
    found = standing(analysis(farm()), farm().landmarks[1].package)  # 115 and 112 against 108 and 88
    assert found.place.values == (115, 112)
    assert found.surplus == (7, 24)
    assert found.created == found.surplus_efficiency == pytest.approx(31 / 117)
    assert found.claimed == pytest.approx((7 / 31, 24 / 31))
    assert found.joint_efficiency == pytest.approx(227 / 313)
    assert found.own_range[0] == pytest.approx(7 / (224 - 108))
    slow = enumerated.better_for_all(space(farm()), (115, 112))
    assert int(slow.sum()) == 8438
    assert (found.place.better_for_all, found.place.efficient, found.below) == (8438, False, ())
    assert found.pareto_efficiency is not None
    assert 0 < found.pareto_efficiency < 1

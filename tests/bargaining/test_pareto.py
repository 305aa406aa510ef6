"""Undominated rows against comparing every row with every other."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bargaining import pareto
from bargaining.pareto import Integers, covered, pareto_mask, undominated
from tests.bargaining.cases import some_cases

# Few levels make ties, many make every row its own; 2^45 is what points with many decimals come to.
_levels = st.sampled_from([2, 3, 8, 50, 10**4, 2**45])


@st.composite
def _rows(draw: st.DrawFn, most: int, columns: int) -> Integers:
    chance = np.random.default_rng(draw(st.integers(0, 2**32)))
    size = draw(st.integers(1, most))
    ranges = [draw(_levels) for _ in range(columns)]
    return np.stack([chance.integers(0, top, size) for top in ranges], axis=1)


def _slowly(rows: Integers) -> list[list[int]]:
    distinct = np.unique(rows, axis=0)
    beaten = (distinct[None, :, :] >= distinct[:, None, :]).all(axis=2)
    np.fill_diagonal(beaten, False)
    best: list[list[int]] = distinct[~beaten.any(axis=1)].tolist()
    return best


@pytest.mark.parametrize("columns", [1, 2, 3, 6])
@some_cases
@given(data=st.data())
def test_undominated_is_what_no_other_row_beats(columns: int, data: st.DataObject) -> None:
    rows = data.draw(_rows(900, columns))
    assert sorted(rows[undominated(rows)].tolist()) == _slowly(rows)


@pytest.mark.parametrize("columns", [1, 2, 3, 6])
@some_cases
@given(data=st.data())
def test_covered_is_where_another_row_reaches_everywhere(columns: int, data: st.DataObject) -> None:
    rows, by = data.draw(_rows(700, columns)), data.draw(_rows(700, columns))
    reached = (by[None, :, :] >= rows[:, None, :]).all(axis=2).any(axis=1)
    assert covered(rows, by).tolist() == reached.tolist()


def test_rows_of_which_none_is_beaten_all_stay_over_many_chunks() -> None:
    # Five columns that add up to the same: nothing dominates anything.
    chance = np.random.default_rng(5)
    rows = np.unique(chance.integers(0, 40, (3000, 5)), axis=0)
    rows = np.column_stack((rows, 200 - rows.sum(axis=1)))
    assert len(rows) > 2 * pareto.LARGEST_CHUNK
    assert len(undominated(rows)) == len(rows)
    beaten = np.concatenate((rows, rows - [0, 0, 1, 0, 0, 0], rows - 1))
    assert sorted(beaten[undominated(beaten)].tolist()) == sorted(rows.tolist())


def test_no_rows_have_no_frontier() -> None:
    assert undominated(np.empty((0, 3), np.int64)).shape == (0,)
    assert pareto_mask(np.empty((0, 3))).tolist() == []
    assert covered(np.array([[1, 2]]), np.empty((0, 2), np.int64)).tolist() == [False]


def test_ties_all_stay_and_noise_is_no_difference() -> None:
    values = np.array([[1, 2, 0.3], [1, 2, 0.1 + 0.2], [1, 2, 0.2], [3, 0, 0], [0, 0, 3]])
    assert pareto_mask(values).tolist() == [True, True, False, True, True]

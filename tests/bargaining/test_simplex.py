"""Exact linear programmes: the answer proves itself by its dual, and bad beginnings are refused."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bargaining.simplex import dot, maximise
from tests.bargaining.cases import some_cases


@some_cases
@given(st.data())
def test_value_is_reached_and_no_more_is_possible(data: st.DataObject) -> None:
    rows = data.draw(st.integers(1, 4))
    unit = [[int(i == k) for i in range(rows)] for k in range(rows)]
    # A first row without zeros keeps the value bounded.
    more = data.draw(st.lists(st.tuples(st.integers(1, 5), *[st.integers(-4, 5)] * (rows - 1)), max_size=6))
    columns = [*unit, *more]
    costs = [data.draw(st.integers(-9, 9)) for _ in columns]
    amounts = [data.draw(st.integers(0, 9)) for _ in range(rows)]
    try:
        best = maximise(costs, columns, amounts, range(rows))
    except ValueError:
        assert any(min(column) < 0 for column in more)
        return
    reached = [
        sum(best.weights.get(j, 0) * column[i] for j, column in enumerate(columns)) for i in range(rows)
    ]
    assert reached == amounts
    assert all(weight > 0 for weight in best.weights.values())
    assert best.value == sum(costs[j] * weight for j, weight in best.weights.items())
    # Prices that cover every column's cost prove that nothing is better.
    assert all(dot(best.prices, column) >= cost for column, cost in zip(columns, costs, strict=True))
    assert best.value == dot(best.prices, amounts)


def test_known_programme() -> None:
    # Two machines, 4 and 6 hours; products earn 3 and 5; the slack columns come first.
    best = maximise([0, 0, 3, 5], [(1, 0), (0, 1), (1, 1), (1, 3)], [4, 6], [0, 1])
    assert best.value == 14
    assert best.weights == {2: 3, 3: 1}
    assert best.prices == (2, 1)


def test_value_without_bound_is_refused() -> None:
    with pytest.raises(ValueError, match="no bound"):
        maximise([0, 1], [(1,), (-1,)], [1], [0])


@pytest.mark.parametrize("start", [[0], [0, 2], [0, 3]])
def test_beginning_that_does_not_do_is_refused(start: list[int]) -> None:
    columns = [(1, 0), (0, 1), (2, 0), (0, -1)]
    with pytest.raises(ValueError, match="first columns"):
        maximise([0, 0, 0, 0], columns, [1, 1], start)


def test_answers_are_exact() -> None:
    assert maximise([1, 0], [(3,), (1,)], [1], [1]).value == Fraction(1, 3)

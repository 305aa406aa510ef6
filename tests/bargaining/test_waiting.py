"""What waiting costs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bargaining.case import Case, Delay
from bargaining.casefile import load_folder
from bargaining.scoring import alternative_value
from bargaining.waiting import after_waiting, price_of_waiting, units_waited
from tests.bargaining.cases import LIBRARY

FARM = load_folder(LIBRARY / "mountain-view-farm").case


def waiting(**fields: object) -> Case:
    return replace(FARM, delay=Delay(**fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("delay", "seconds", "rounds", "units"),
    [
        (Delay("minute"), 59, 0, 0),
        (Delay("minute"), 60, 0, 1),
        (Delay("minute", free=2), 200, 0, 1),
        (Delay("day"), 86_399, 0, 0),
        (Delay("day"), 3 * 86_400, 0, 3),
        (Delay("day", free=5), 3 * 86_400, 0, 0),
        (Delay("round"), 9999, 2, 2),
        (Delay("minute"), -5, 0, 0),
    ],
)
def test_whole_units_beyond_the_free_ones_count(
    delay: Delay, seconds: float, rounds: int, units: int
) -> None:
    assert units_waited(delay, seconds, rounds) == units


def test_each_unit_takes_the_partys_own_cost() -> None:
    case = waiting(unit="day", cost={"farmer": 2.0})
    assert after_waiting(case, "farmer", 150.0, 3) == 144.0
    assert after_waiting(case, "neighbour", 150.0, 3) == 150.0
    assert price_of_waiting(case, "farmer") == (2.0, None)


def test_discount_shrinks_the_gain_and_nothing_below_the_alternative() -> None:
    case = waiting(unit="day", discount=0.5)
    alternative = alternative_value(case, "farmer")
    assert after_waiting(case, "farmer", alternative + 40, 2) == alternative + 10
    assert after_waiting(case, "farmer", alternative - 40, 2) == alternative - 40


def test_nothing_waited_or_nothing_said_costs_nothing() -> None:
    assert after_waiting(FARM, "farmer", 150.0, 0) == 150.0
    assert after_waiting(replace(FARM, delay=None), "farmer", 150.0, 9) == 150.0
    assert price_of_waiting(replace(FARM, delay=None), "farmer") == (0.0, None)

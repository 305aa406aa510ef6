"""What waiting costs: how many units of it have passed, and what a package is still worth after them.
It knows no clock; how long was waited is an argument."""

from __future__ import annotations

from bargaining.case import Case, Delay
from bargaining.scoring import alternative_value

UNIT_SECONDS = {"minute": 60.0, "day": 86_400.0}


def units_waited(delay: Delay, seconds: float, rounds: int = 0) -> int:
    """Whole units that cost something: those that have passed, without the free ones."""
    passed = rounds if delay.unit == "round" else int(max(0.0, seconds) // UNIT_SECONDS[delay.unit])
    return max(0, passed - delay.free)


def after_waiting(case: Case, party: str, points: float, units: int) -> float:
    """What is left of a package's points. A discount shrinks what it is worth above the alternative, never below."""
    if case.delay is None or units <= 0:
        return points
    if case.delay.discount is None:
        return points - case.delay.cost.get(party, 0.0) * units
    alternative = alternative_value(case, party)
    gain = points - alternative
    return alternative + gain * case.delay.discount**units if gain > 0 else points


def price_of_waiting(case: Case, party: str) -> tuple[float, float | None]:
    """Points a unit, or the share of the gain that each unit leaves."""
    if case.delay is None:
        return 0.0, None
    return case.delay.cost.get(party, 0.0), case.delay.discount

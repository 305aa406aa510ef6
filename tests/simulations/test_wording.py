"""Numbers in words: thousands apart, and money that is broken to its cents."""

from __future__ import annotations

import pytest

from simulations.wording import say_amount, unit_of


@pytest.mark.parametrize(
    ("number", "unit", "words"),
    [
        (2.1, "USD", "$2.10"),
        (2.05, "USD per loaf", "$2.05 a loaf"),
        (2, "USD", "$2"),
        (0.125, "USD", "$0.125"),
        (-2.5, "EUR", "−€2.50"),
        (2.5, "thousand USD", "$2.5 thousand"),
        (2.5, "percent", "2.5 percent"),
        (240_000, "loaves", "240,000 loaves"),
    ],
)
def test_amount_is_said_in_its_unit(number: float, unit: str, words: str) -> None:
    assert say_amount(number, unit_of(unit)) == words

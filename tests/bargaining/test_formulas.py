"""Formulas: the same number by the tree, by arrays and by a slow evaluator; and no text that does harm."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bargaining.formulas import (
    DEEPEST,
    LARGEST,
    LONGEST,
    Formula,
    FormulaFault,
    Term,
    amount,
    evaluate,
    issues_of,
    parse,
    range_of,
)
from tests.bargaining.slow_formulas import formula_texts, slow_amount

TABLES: dict[str, dict[Any, float]] = {
    "price": {n: float(n) for n in (-40, 0, 7, 430)},
    "fee.rate": {"flat": 2.5, "low": -1.5},
    "sure": {False: 0.0, True: 1.0},
}
PACKAGES = [
    {"price": p, "fee": f, "sure": s}
    for p in (-40, 0, 7, 430)
    for f in ("flat", "low")
    for s in (True, False)
]
PACKAGES += [{}, {"price": 7}, {"price": 8, "fee": ["flat"]}]


def find(issue: str, attr: str) -> Term:
    name = f"{issue}.{attr}" if attr else issue
    if name not in TABLES:
        raise FormulaFault("No such term.")
    return Term(issue, attr, TABLES[name])


def looking_at(package: dict[str, Any]) -> Any:
    def look(name: str) -> float:
        value = package.get(name.partition(".")[0])
        return TABLES[name].get(value, 0.0) if not isinstance(value, list) else 0.0

    return look


def parsed(text: str) -> Formula | None:
    """None only for the one thing that a random formula may do wrong."""
    try:
        return parse(text, find)
    except FormulaFault as fault:
        if "too large" not in str(fault):
            raise
        return None


@given(formula_texts(TABLES))
def test_number_is_that_of_the_slow_evaluator(text: str) -> None:
    if (formula := parsed(text)) is None:
        return
    low, high = range_of(formula)
    for package in PACKAGES:
        slow = slow_amount(text, looking_at(package))
        assert amount(formula, package) == pytest.approx(slow)
        assert low - 1e-6 <= slow <= high + 1e-6


@given(formula_texts(TABLES))
def test_arrays_give_the_same_as_one_package_at_a_time(text: str) -> None:
    if (formula := parsed(text)) is None:
        return
    looks = [looking_at(package) for package in PACKAGES]

    def leaf(term: Term) -> np.ndarray[Any, Any]:
        name = f"{term.issue}.{term.attr}" if term.attr else term.issue
        return np.array([look(name) for look in looks])

    numbers = np.broadcast_to(evaluate(formula, leaf), (len(PACKAGES),))
    assert numbers.tolist() == [amount(formula, package) for package in PACKAGES]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2 + 3 * 4", 14),
        ("(2 + 3) * 4", 20),
        ("10 - 4 - 3", 3),
        ("16 / 4 / 2", 2),
        ("-2 * -3", 6),
        ("8 / 2 * 4", 16),
        ("price - -1", 431),
        ("(price > 430) + (price >= 430) + (price < 430) + (price <= 430)", 2),
        ("min(3, price, 2) + max(1, fee.rate)", 4.5),
        ("price * fee.rate / 100 + max(0, price - 410) * 0.15", 13.75),
        ("  price  ", 430),
        ("2.5 + 3.", 5.5),
        ("sure * 5", 5),
    ],
)
def test_arithmetic_is_as_at_school(text: str, number: float) -> None:
    package = {"price": 430, "fee": "flat", "sure": True}
    assert amount(parse(text, find), package) == pytest.approx(number)
    assert slow_amount(text, looking_at(package)) == pytest.approx(number)


@pytest.mark.parametrize(("text", "number"), [("2.5e1", 25), ("1E-1", 0.1), (".5", 0.5), ("1e+3", 1000)])
def test_numbers_may_have_points_and_exponents(text: str, number: float) -> None:
    assert amount(parse(text, find), {}) == number


def test_terms_are_known() -> None:
    assert issues_of(parse("price * fee.rate + 1", find)) == {"price", "fee"}
    assert range_of(parse("price * fee.rate", find)) == (-645, 1075)


def test_sum_of_a_hundred_terms_is_no_deep_formula() -> None:
    text = " + ".join(["price"] * (DEEPEST + 1))
    assert amount(parse(text, find), {"price": 7}) == 7 * (DEEPEST + 1)


HARMFUL = [
    "9**9**9", "9" * 400, "9" * 20, "1e400", "1e308*10", "1e16", "-" * 900 + "1", "(" * 450 + "1" + ")" * 450,
    "max(" * 200 + "1, 2" + ")" * 200, "1" + "+1" * 400, "price*" * 6 + "1e14", "1/0", "1/price", "price/(price-7)",
    "1/(price>0)", "1 < 2 < 3", "price == 7", "price != 7", "price and 1", "not price", "price or 1", "price % 2",
    "price // 2", "price ** 2", "+price", "~price", "price << 9", "[price]", "(price, 1)", "{price}", "{1: 2}",
    "[x for x in (1, 2)]", "(x for x in 'a')", "lambda: 1", "lambda x: x", "(x := 1)", "1 if price else 2",
    "__import__('os').system('true')", "price.__class__", "price.__class__.__mro__", "().__class__", "fee.rate.real",
    "fee['rate']", "fee[0]", "f'{price}'", "'price'", "b'1'", "1j", "True", "False", "None", "...", "__debug__",
    "min(1)", "min()", "min(*price, 1)", "min(1, 2, key=price)", "max(1, default=2)", "abs(price)", "min.max(1, 2)",
    "sum(1, 2)", "print(1)", "exec('1')", "min", "max + 1", "fee", "price.rate", "stranger", "stranger.rate", "",
    "   ", "#", "price # * 0", "\\", "price; price", "price = 1", "import os",
    "\0", "price\0", "\ud800", "1__0", "0777", "1 2",
    "1or price", "2else", "0x10", "1_000", ".5if", "3.5.1", "1e5e",
    "ｐrice.rate", "价格", "yield 1", "await price", "*price", "price if",
]  # fmt: skip


@pytest.mark.parametrize("text", HARMFUL, ids=[f"{n}" for n in range(len(HARMFUL))])
def test_text_that_is_no_formula_is_refused_in_words(text: str) -> None:
    with pytest.raises(FormulaFault) as caught:
        parse(text, find)
    assert str(caught.value)[0].isupper()
    assert str(caught.value).endswith(".")


def test_longest_text_is_refused_before_it_is_read() -> None:
    with pytest.raises(FormulaFault, match="longer"):
        parse("(" * (LONGEST + 1), find)


_PIECES = st.sampled_from(
    ["price", "fee.rate", "sure", "min(", "max(", "(", ")", ",", "+", "-", "*", "/", "**", "<", ">=", "==", ".", "9",
     "1e9", "0", "__class__", "lambda", "[", "]", "{", "}", ":", "'", '"', "\\", "\n", " ", "if", "else", "for", "in",
     "not", "and", "=", ":=", "#", "@", "!", "%", "~", "_", "await", "x", "é", "\u202e"]
)  # fmt: skip


@settings(max_examples=500)
@given(st.one_of(st.text(max_size=LONGEST + 5), st.lists(_PIECES, max_size=60).map("".join)))
@example("1" + "0" * 310)
@example("1/" * 300 + "1")
def test_any_text_is_a_bounded_formula_or_refused(text: str) -> None:
    depth = sys.getrecursionlimit()
    try:
        formula = parse(text, find)
    except FormulaFault:
        return
    finally:
        assert sys.getrecursionlimit() == depth
    assert all(abs(bound) <= LARGEST for bound in range_of(formula))
    for package in PACKAGES:
        assert abs(amount(formula, package)) <= LARGEST

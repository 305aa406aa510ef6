"""Formulas as text, random ones and a slow evaluator: it reads the text anew for every package, by hand and
without the library."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from hypothesis import strategies as st

Look = Callable[[str], float]

_TOKEN = re.compile(r"\s*(\d+\.?\d*|[a-z_][a-z0-9_.]*|>=|<=|.)")
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    ">=": lambda a, b: a >= b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
}


def slow_amount(text: str, look: Look) -> float:
    """The number of a formula, `look` giving that of a name such as price or fee.rate."""
    tokens = _TOKEN.findall(text.strip())
    value = _comparison(tokens, look)
    assert tokens == []
    return value


def formula_texts(names: Iterable[str]) -> st.SearchStrategy[str]:
    """Random formulas over these names, with as few brackets as their author would write."""
    known = list(names) or ["1"]
    return _SHAPES.map(lambda shape: _PLACE.sub(lambda place: known[int(place[1]) % len(known)], shape))


def _larger(part: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds(lambda a, sign, b: f"{a} {sign} {b}", part, st.sampled_from("+-*"), part),
        st.builds(lambda a, sign, b: f"{a}{sign}{b}", part, st.sampled_from("+-*"), part),
        st.builds(lambda a, sign, b: f"({a} {sign} {b})", part, st.sampled_from([*_COMPARE, *"+-*"]), part),
        st.builds(lambda a: f"-({a})", part),
        st.builds(lambda a, b: f"({a}) / {b}", part, st.sampled_from(["4", "0.5", "-2"])),
        st.builds(lambda a, b: f"({a}) / max(1, {b})", part, part),
        st.builds(
            lambda sign, parts: f"{sign}({', '.join(parts)})",
            st.sampled_from(["min", "max"]),
            st.lists(part, min_size=2, max_size=3),
        ),
    )


# Made once, with places for names: making strategies takes longer than drawing from them.
_PLACE = re.compile(r"#(\d)")
_LEAVES = [st.integers(0, 9).map(str), st.sampled_from(["0.5", "2.5", "10.0"])]
_LEAVES += [st.integers(0, 9).map("#{}".format)] * 3
_SHAPES = st.recursive(st.one_of(_LEAVES), _larger, max_leaves=8)


def _comparison(tokens: list[str], look: Look) -> float:
    left = _sum(tokens, look)
    if tokens and tokens[0] in _COMPARE:
        sign = tokens.pop(0)
        return float(_COMPARE[sign](left, _sum(tokens, look)))
    return left


def _sum(tokens: list[str], look: Look) -> float:
    value = _product(tokens, look)
    while tokens and tokens[0] in "+-":
        sign = tokens.pop(0)
        other = _product(tokens, look)
        value = value + other if sign == "+" else value - other
    return value


def _product(tokens: list[str], look: Look) -> float:
    value = _signed(tokens, look)
    while tokens and tokens[0] in "*/":
        sign = tokens.pop(0)
        other = _signed(tokens, look)
        value = value * other if sign == "*" else value / other
    return value


def _signed(tokens: list[str], look: Look) -> float:
    if tokens[0] == "-":
        tokens.pop(0)
        return -_signed(tokens, look)
    return _atom(tokens, look)


def _atom(tokens: list[str], look: Look) -> float:
    token = tokens.pop(0)
    if token in ("(", "min", "max"):
        if token != "(":
            tokens.pop(0)
        parts = [_comparison(tokens, look)]
        while tokens[0] == ",":
            tokens.pop(0)
            parts.append(_comparison(tokens, look))
        assert tokens.pop(0) == ")"
        return max(parts) if token == "max" else min(parts)
    return float(token) if token[0].isdigit() else look(token)

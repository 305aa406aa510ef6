"""Arithmetic over the terms of a package: fees, totals, risk, cost. A formula is read into a tree by a
whitelist and never evaluated as code; it knows terms, not parties or points."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from bargaining.values import Package, Value

LONGEST = 1000
DEEPEST = 100  # a sum of a hundred terms is as deep
LARGEST = 1e15  # beyond it a number loses its whole steps


# No quotes, brackets or comments: what cannot be written need not be judged.
_CHARACTERS = re.compile(r"[\w\s.,+*/()<>=-]*")
# Python reads 1or as “1 or” and only warns.
_STARTS_AS_NUMBER = re.compile(r"(?<!\w)\.?\d[\w.]*")
_NUMBER = re.compile(r"(\d+\.?\d*|\.\d+)([eE]\d*)?")


@dataclass(frozen=True)
class Constant:
    number: float


@dataclass(frozen=True)
class Term:
    """A number that the package settles: an issue's own, an attribute of its option, or a party's share in
    percent. `table` gives it for each value of the issue; an issue that does not apply counts 0."""

    issue: str
    attr: str
    table: Mapping[Value, float]

    @cached_property
    def bounds(self) -> tuple[float, float]:
        """The least and the most it can be."""
        return min(0.0, *self.table.values()), max(0.0, *self.table.values())


@dataclass(frozen=True)
class Operation:
    """`sign` is one of + - * / min max >= <= > <; a comparison is 1 where it holds and 0 where not."""

    sign: str
    parts: tuple[Formula, ...]


Formula = Constant | Term | Operation
Leaf = Callable[[Term], Any]


class FormulaFault(ValueError):
    """The text is no formula; the message says why, in words for its author."""


def evaluate(formula: Formula, leaf: Leaf) -> Any:
    """The formula's number, or an array of numbers if `leaf` gives arrays."""
    match formula:
        case Constant(number):
            return number
        case Term():
            return leaf(formula)
        case Operation(sign, parts):
            first, *others = (evaluate(part, leaf) for part in parts)
            for other in others:
                first = _SIGNS[sign](first, other)
            return -first if sign == "-" and not others else first


def amount(formula: Formula, package: Package) -> float:
    """The formula's number for one package; issues that are not settled, or not at one of their values,
    count 0."""

    def number(term: Term) -> float:
        try:
            return term.table.get(package[term.issue], 0.0)
        except (KeyError, TypeError):  # what was sent may be a list, which is no key
            return 0.0

    return float(evaluate(formula, number))


def issues_of(formula: Formula) -> frozenset[str]:
    """The issues whose terms the formula reads."""
    return frozenset(term.issue for term in terms_of(formula))


def terms_of(formula: Formula) -> tuple[Term, ...]:
    match formula:
        case Term():
            return (formula,)
        case Operation(_, parts):
            return tuple(term for part in parts for term in terms_of(part))
        case Constant():
            return ()


def range_of(formula: Formula) -> tuple[float, float]:
    """Bounds of the formula's number over all packages (interval arithmetic: safe, not always tight).
    FormulaFault if any part of it could pass 1e15."""
    match formula:
        case Constant(number):
            return number, number
        case Term():
            return formula.bounds
        case Operation(sign, parts):
            bounds = [range_of(part) for part in parts]
            low, high = bounds[0]
            if sign == "-" and len(parts) == 1:
                return -high, -low
            for other in bounds[1:]:
                low, high = _combine(sign, (low, high), other)
                # Not "if either is larger": an overflow can give a number that compares with nothing.
                if not (abs(low) <= LARGEST and abs(high) <= LARGEST):
                    raise FormulaFault("The formula's number could become too large.")
            return low, high


def parse(text: str, term: Callable[[str, str], Term]) -> Formula:
    """The tree of a formula. `term(issue, attr)` finds a term or raises FormulaFault; attr may be empty.

    Allowed: numbers, + - * /, min and max, one comparison (gives 0 or 1), `issue` and `issue.attr`.
    FormulaFault for anything else, where a divisor could be 0, and where the number could pass 1e15.
    """
    if len(text) > LONGEST:
        raise FormulaFault(f"The formula is longer than {LONGEST} characters.")
    formula = _node(_read(text), term, 0)
    range_of(formula)
    return formula


def _read(text: str) -> ast.expr:
    numbers = _STARTS_AS_NUMBER.findall(text)
    if not _CHARACTERS.fullmatch(text) or not all(map(_NUMBER.fullmatch, numbers)):
        raise FormulaFault(_ALLOWED)
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise FormulaFault("This is no readable formula.") from None


def _node(node: ast.expr, term: Callable[[str, str], Term], depth: int) -> Formula:
    if depth > DEEPEST:
        raise FormulaFault("The formula is nested too deeply.")

    def inner(part: ast.expr) -> Formula:
        return _node(part, term, depth + 1)

    match node:
        case ast.Constant(value=int() | float() as number) if type(number) is not bool and number <= LARGEST:
            return Constant(float(number))
        case ast.Name(id=name):
            return term(name, "")
        case ast.Attribute(value=ast.Name(id=name), attr=attr):
            return term(name, attr)
        case ast.UnaryOp(op=ast.USub(), operand=part):
            return Operation("-", (inner(part),))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            return _checked(Operation(_BINARY[type(op)], (inner(left), inner(right))))
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _COMPARE:
            return Operation(_COMPARE[type(op)], (inner(left), inner(right)))
        case ast.Call(func=ast.Name(id="min" | "max" as sign), args=[_, _, *_] as parts, keywords=[]):
            return Operation(sign, tuple(inner(part) for part in parts))
    raise FormulaFault(_ALLOWED)


def _checked(operation: Operation) -> Operation:
    if operation.sign == "/":
        low, high = range_of(operation.parts[1])
        if low <= 0 <= high:
            raise FormulaFault("This could divide by 0.")
    return operation


def _combine(sign: str, a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float]:
    if sign in (">=", "<=", ">", "<"):
        return 0.0, 1.0
    if sign == "-":
        return a[0] - b[1], a[1] - b[0]
    if sign in ("+", "min", "max"):
        return float(_SIGNS[sign](a[0], b[0])), float(_SIGNS[sign](a[1], b[1]))
    corners = [float(_SIGNS[sign](x, y)) for x in a for y in b]
    return min(corners), max(corners)


_ALLOWED = "A formula may hold numbers, issues, issue.attribute, + - * /, min, max, < <= > >=."
_SIGNS: dict[str, Callable[[Any, Any], Any]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "min": np.minimum,
    "max": np.maximum,
    ">=": lambda a, b: np.where(a >= b, 1.0, 0.0),
    "<=": lambda a, b: np.where(a <= b, 1.0, 0.0),
    ">": lambda a, b: np.where(a > b, 1.0, 0.0),
    "<": lambda a, b: np.where(a < b, 1.0, 0.0),
}
_BINARY: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_COMPARE: dict[type[ast.cmpop], str] = {ast.GtE: ">=", ast.LtE: "<=", ast.Gt: ">", ast.Lt: "<"}

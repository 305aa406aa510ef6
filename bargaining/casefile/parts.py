"""Reads the small languages inside a simulation file: conditions on terms, formulas, and rules that give
points. It knows what stands above, not the whole case."""

from __future__ import annotations

from itertools import pairwise

from bargaining.case import NUMBERS, Derived, Issue
from bargaining.casefile.faults import Fields, Node
from bargaining.casefile.known import Known
from bargaining.casefile.shapes import ExpectedShape, RuleShape
from bargaining.conditions import AllOf, AnyOf, Between, Condition, Is, Not, QuantityBetween
from bargaining.formulas import Constant, Formula, FormulaFault, Term, parse
from bargaining.pointrules import (
    ExpectedRule,
    LinearRule,
    ListRule,
    PiecewiseRule,
    PointRule,
    ShareRule,
    StepsRule,
)
from bargaining.values import Value

RESERVED = frozenset({"any", "all", "not", "approved_by", "adjustments", "min", "max"})
NOTHING = LinearRule()
_KINDS = ("per_unit", "piecewise", "steps", "expected", "share_of")


def read_condition(node: Node, known: Known) -> AllOf:
    """Every entry must hold: issue: value, issue: [values], issue or quantity: {min, max}, any, all, not."""
    entries = node.mapping()
    if not entries and isinstance(node.value, dict):
        node.fault("This condition is empty.", "Name an issue and its value, or leave the condition out.")
    parts = (_read_test(key, entry, known) for key, entry in entries.items())
    return AllOf(tuple(part for part in parts if part is not None))


def _read_test(key: str, node: Node, known: Known) -> Condition | None:
    if key == "any":
        return AnyOf(tuple(read_condition(item, known) for item in node.items()))
    if key == "all":
        return AllOf(tuple(read_condition(item, known) for item in node.items()))
    if key == "not":
        return Not(read_condition(node, known))
    if key in known.quantities:
        return _read_quantity(key, node, known)
    if key not in known.issues:
        node.fault(
            f"“{key[:40]}” is no issue that stands above this line.",
            "Name an issue that comes earlier in the file.",
        )
        return None
    if known.issues[key].kind == "text":
        node.fault(f"“{known.issues[key].title}” is a text.", "A condition can only name what has values.")
        return None
    if isinstance(node.value, dict):
        return _read_between(node, known.issues[key])
    return Is(key, read_values(node, known.issues[key]))


def _read_between(node: Node, issue: Issue) -> Between | None:
    if issue.kind not in NUMBERS:
        node.fault(f"“{issue.title}” is not a number.", "Name the option, or a list of options.")
        return None
    return Between(issue.id, *_read_bounds(node))


def _read_quantity(name: str, node: Node, known: Known) -> QuantityBetween:
    return QuantityBetween(name, known.quantities[name].formula, *_read_bounds(node))


def _read_bounds(node: Node) -> tuple[float | None, float | None]:
    fields = node.fields("min max")
    if isinstance(node.value, dict) and not fields:
        node.fault("A range needs a bound.", "Give min, max or both.")
    return (
        fields.number("min") if "min" in fields else None,
        fields.number("max") if "max" in fields else None,
    )


def read_values(node: Node, issue: Issue) -> tuple[Value, ...]:
    """One value, or a list of them. An allocation's value is a list itself."""
    if not isinstance(node.value, list):
        return (read_value(node, issue),)
    items = node.items()
    if issue.kind == "allocation" and not any(isinstance(item.value, list) for item in items):
        return (read_value(node, issue),)
    return tuple(read_value(item, issue) for item in items)


def read_value(node: Node, issue: Issue) -> Value:
    value = tuple(node.value) if issue.kind == "allocation" and isinstance(node.value, list) else node.value
    if issue.accepts(value):
        read: Value = value
        return read
    if issue.values():
        node.fault(f"This is no value of “{issue.title}”.", f"Use one like “{_plain(issue.values()[0])}”.")
    elif issue.kind == "text":
        node.fault(f"“{issue.title}” is a text.", "Write words here.")
    return ""


def _plain(value: Value) -> object:
    return list(value) if isinstance(value, tuple) else value


def read_formula(node: Node, known: Known) -> Formula:
    """The tree of a formula over the issues above."""
    try:
        return parse(node.text(), lambda issue, attr: _find_term(issue, attr, known))
    except FormulaFault as fault:
        if isinstance(node.value, str):
            node.fault(str(fault), "Example: “price * fee.rate / 100 + max(0, price - 410)”.")
    return Constant(0.0)


def _find_term(name: str, attr: str, known: Known) -> Term:
    issue = known.issues.get(name)
    if issue is None:
        raise FormulaFault(f"The formula names “{name[:40]}”, which is no issue{_hint(name, known)}.")
    if (name, attr) not in known.terms:
        table = dict(zip(issue.values(), _numbers_of(issue, attr), strict=True))
        known.terms[name, attr] = Term(name, attr, table)
    return known.terms[name, attr]


def _hint(name: str, known: Known) -> str:
    """In a formula a hyphen is a minus, also inside a name."""
    is_cut = any(issue.startswith(f"{name}-") for issue in known.issues)
    return ": write names that a formula reads with _ for -" if is_cut else ""


def _numbers_of(issue: Issue, attr: str) -> list[float]:
    if issue.kind == "allocation" and attr in issue.among:
        place = issue.among.index(attr)
        return [float(value[place]) for value in issue.values() if isinstance(value, tuple)]
    if attr and any(attr in option.attrs for option in issue.options):
        return [float(option.attrs.get(attr, 0.0)) for option in issue.options]
    if not attr and issue.kind in (*NUMBERS, "boolean"):
        return [float(value) for value in issue.values() if isinstance(value, int | float)]
    part = f"{issue.id}.{attr[:40]}" if attr else issue.id
    raise FormulaFault(f"“{part}” is not a number: name a number, or an attribute of the options.")


def read_rule(node: Node, of: Issue | Derived, known: Known) -> PointRule:
    if isinstance(node.value, list):
        return _read_list(node, of)
    fields = node.shaped(RuleShape)
    kinds = [kind for kind in _KINDS if kind in fields]
    if kinds == ["per_unit", "share_of"]:
        kinds = ["share_of"]  # so many points for each unit of the share
    if len(kinds) != 1 or ("offset" in fields and kinds != ["per_unit"]):
        if isinstance(node.value, dict):
            node.fault(
                f"{node.name} is no rule for points.",
                "Give a list, {offset, per_unit}, {piecewise}, {steps}, {share_of} or {expected}.",
            )
        return NOTHING
    if "share_of" in kinds:
        return _read_share(fields, of, known)
    if isinstance(of, Issue) and of.kind not in (*NUMBERS, "boolean") and kinds != ["expected"]:
        node.fault(f"“{of.title}” has options, not numbers.", "Give a list with the points of each option.")
        return NOTHING
    return _read_kind(kinds[0], fields, of, known)


def _read_kind(kind: str, fields: Fields, of: Issue | Derived, known: Known) -> PointRule:
    if kind == "per_unit":
        return LinearRule(fields.number("offset"), fields.number("per_unit"))
    if kind == "piecewise":
        return PiecewiseRule(_read_corners(fields["piecewise"], 2))
    if kind == "steps":
        return StepsRule(_read_corners(fields["steps"], 1))
    return _read_expected(fields["expected"], of, known)


def _read_share(fields: Fields, of: Issue | Derived, known: Known) -> PointRule:
    """The quantity is checked once all are known: derived quantities stand below the issues."""
    if not isinstance(of, Issue) or of.kind != "allocation":
        fields["share_of"].fault("Only an allocation has shares.", "Write “kind: allocation” for this issue.")
    return ShareRule(fields.name("share_of"), fields.number("per_unit", 1.0))


def _read_list(node: Node, of: Issue | Derived) -> PointRule:
    if isinstance(of, Derived) or of.kind not in ("choice", "boolean"):
        node.fault(f"“{of.title}” is a number.", "Give {offset, per_unit}, {piecewise} or {steps}.")
        return NOTHING
    points = node.numbers()
    if of.values() and len(points) != len(of.values()):
        node.fault(
            f"There are {len(points)} points for {len(of.values())} options.",
            "Give one number for each option, in the same order.",
        )
    return ListRule(points)


def _read_corners(node: Node, least: int) -> tuple[tuple[float, float], ...]:
    corners = []
    for item in node.items():
        pair = item.numbers()
        if len(pair) == 2:
            corners.append((pair[0], pair[1]))
        else:
            item.fault("A corner is a pair.", "Write [number, points].")
    if len(corners) < least:
        node.fault(f"{node.name} needs more corners.", f"Give at least {least}.")
    if any(later[0] <= earlier[0] for earlier, later in pairwise(corners)):
        node.fault(f"The numbers in {node.name} do not rise.", "Put them in rising order, each once.")
    return tuple(corners)


def _read_expected(node: Node, of: Issue | Derived, known: Known) -> PointRule:
    fields = node.shaped(ExpectedShape)
    event = fields["event"].one_of(known.events) if "event" in fields else ""
    rules = {}
    for outcome, entry in fields.entries("by").items():
        rules[outcome] = read_rule(entry, of, known)
        if isinstance(rules[outcome], ExpectedRule | ShareRule):
            entry.fault("A contingent term cannot depend on a second event.", "Give a plain rule here.")
    if event in known.events and "by" in fields and set(rules) != set(known.events[event].outcomes):
        fields["by"].fault(
            f"The rules do not match the outcomes of “{event}”.",
            f"Give one rule for each of: {', '.join(known.events[event].outcomes)}.",
        )
    return ExpectedRule(event, rules)

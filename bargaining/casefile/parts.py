"""Reads the small languages inside a simulation file: conditions on issues and rules that give points.
It knows the issues read so far, not the whole case."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from bargaining.case import Issue, Uncertainty
from bargaining.casefile.faults import Fields, Node
from bargaining.conditions import AllOf, AnyOf, Between, Condition, Is, Not, Value
from bargaining.pointrules import (
    ExpectedRule,
    LinearRule,
    ListRule,
    PiecewiseRule,
    PointRule,
    StepsRule,
)

RESERVED = frozenset({"any", "all", "not", "approved_by", "adjustments"})
NOTHING = LinearRule()


def read_condition(node: Node, issues: Mapping[str, Issue]) -> AllOf:
    """Every entry must hold: issue: value, issue: [values], issue: {min, max}, any, all, not."""
    entries = node.mapping()
    if not entries and isinstance(node.value, dict):
        node.fault("This condition is empty.", "Name an issue and its value, or leave the condition out.")
    parts = (_read_test(key, entry, issues) for key, entry in entries.items())
    return AllOf(tuple(part for part in parts if part is not None))


def _read_test(key: str, node: Node, issues: Mapping[str, Issue]) -> Condition | None:
    if key == "any":
        return AnyOf(tuple(read_condition(item, issues) for item in node.items()))
    if key == "all":
        return AllOf(tuple(read_condition(item, issues) for item in node.items()))
    if key == "not":
        return Not(read_condition(node, issues))
    if key not in issues:
        node.fault(
            f"“{key[:40]}” is no issue that stands above this line.",
            "Name an issue that comes earlier in the file.",
        )
        return None
    if isinstance(node.value, dict):
        return _read_between(node, issues[key])
    wanted = node.items() if isinstance(node.value, list) else [node]
    return Is(key, tuple(read_value(item, issues[key]) for item in wanted))


def _read_between(node: Node, issue: Issue) -> Between | None:
    if issue.kind not in ("integer", "decimal"):
        node.fault(f"“{issue.title}” is not a number.", "Name the option, or a list of options.")
        return None
    fields = node.fields("min max")
    if not fields:
        node.fault("A range needs a bound.", "Give min, max or both.")
    return Between(
        issue.id,
        fields.number("min") if "min" in fields else None,
        fields.number("max") if "max" in fields else None,
    )


def read_value(node: Node, issue: Issue) -> Value:
    if issue.accepts(node.value):
        value: Value = node.value
        return value
    if issue.values():
        node.fault(f"This is no value of “{issue.title}”.", f"Use one like “{issue.values()[0]}”.")
    return ""


def read_rule(node: Node, issue: Issue, events: Mapping[str, Uncertainty]) -> PointRule:
    if isinstance(node.value, list):
        return _read_list(node, issue)
    fields = node.fields("offset per_unit piecewise steps expected")
    kinds = [kind for kind in ("per_unit", "piecewise", "steps", "expected") if kind in fields]
    if len(kinds) != 1 or ("offset" in fields and kinds != ["per_unit"]):
        if isinstance(node.value, dict):
            node.fault(
                f"{node.name} is no rule for points.",
                "Give a list, {offset, per_unit}, {piecewise}, {steps} or {expected}.",
            )
        return NOTHING
    if issue.kind == "choice" and kinds != ["expected"]:
        node.fault(
            f"“{issue.title}” has options, not numbers.", "Give a list with the points of each option."
        )
        return NOTHING
    return _read_kind(kinds[0], fields, issue, events)


def _read_kind(kind: str, fields: Fields, issue: Issue, events: Mapping[str, Uncertainty]) -> PointRule:
    if kind == "per_unit":
        return LinearRule(fields.number("offset"), fields.number("per_unit"))
    if kind == "piecewise":
        return PiecewiseRule(_read_corners(fields["piecewise"], 2))
    if kind == "steps":
        return StepsRule(_read_corners(fields["steps"], 1))
    return _read_expected(fields["expected"], issue, events)


def _read_list(node: Node, issue: Issue) -> PointRule:
    if issue.kind not in ("choice", "boolean"):
        node.fault(f"“{issue.title}” is a number.", "Give {offset, per_unit}, {piecewise} or {steps}.")
        return NOTHING
    points = tuple(item.number() for item in node.items())
    if issue.values() and len(points) != len(issue.values()):
        node.fault(
            f"There are {len(points)} points for {len(issue.values())} options.",
            "Give one number for each option, in the same order.",
        )
    return ListRule(points)


def _read_corners(node: Node, least: int) -> tuple[tuple[float, float], ...]:
    corners = []
    for item in node.items():
        pair = [number.number() for number in item.items()]
        if len(pair) == 2:
            corners.append((pair[0], pair[1]))
        else:
            item.fault("A corner is a pair.", "Write [number, points].")
    if len(corners) < least:
        node.fault(f"{node.name} needs more corners.", f"Give at least {least}.")
    if any(later[0] <= earlier[0] for earlier, later in pairwise(corners)):
        node.fault(f"The numbers in {node.name} do not rise.", "Put them in rising order, each once.")
    return tuple(corners)


def _read_expected(node: Node, issue: Issue, events: Mapping[str, Uncertainty]) -> PointRule:
    fields = node.fields("", required="event by")
    event = fields["event"].one_of(events) if "event" in fields else ""
    rules = {}
    for outcome, entry in fields.entries("by").items():
        rules[outcome] = read_rule(entry, issue, events)
        if isinstance(rules[outcome], ExpectedRule):
            entry.fault("A contingent term cannot depend on a second event.", "Give a plain rule here.")
    if event in events and "by" in fields and set(rules) != set(events[event].outcomes):
        fields["by"].fault(
            f"The rules do not match the outcomes of “{event}”.",
            f"Give one rule for each of: {', '.join(events[event].outcomes)}.",
        )
    return ExpectedRule(event, rules)

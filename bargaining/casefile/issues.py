"""Reads one issue of a simulation file with its options, range and points."""

from __future__ import annotations

from collections.abc import Mapping

from bargaining.case import Issue, Option, Uncertainty
from bargaining.casefile.faults import Fields, Node
from bargaining.casefile.parts import read_condition, read_rule, read_value

KINDS = ("choice", "boolean", "integer", "decimal")
MOST_VALUES = 100_000


def read_issue(
    name: str,
    node: Node,
    parties: tuple[str, ...],
    earlier: Mapping[str, Issue],
    events: Mapping[str, Uncertainty],
) -> Issue:
    fields = node.fields("group when options min max step unit midpoint points", required="title kind")
    kind = fields["kind"].one_of(KINDS) if "kind" in fields else "choice"
    minimum, maximum, step = _read_range(fields, node, kind)
    plain = {
        "id": name,
        "title": fields.text("title"),
        "kind": kind,
        "options": _read_options(fields, node, kind),
        "minimum": minimum,
        "maximum": maximum,
        "step": step,
        "unit": fields.text("unit"),
        "group": fields.text("group"),
        "when": read_condition(fields["when"], earlier) if "when" in fields else None,
    }
    bare = Issue(**plain)  # type: ignore[arg-type]
    points = {}
    for party, entry in fields.entries("points").items():
        if party not in parties:
            entry.fault(f"There is no party “{party}”.", f"Parties are: {', '.join(parties)}.")
        points[party] = read_rule(entry, bare, events)
    return Issue(**plain, midpoint=_read_midpoint(fields, bare), points=points)  # type: ignore[arg-type]


def _read_options(fields: Fields, node: Node, kind: str) -> tuple[Option, ...]:
    if kind != "choice":
        if "options" in fields:
            fields["options"].fault("Only a choice has options.", "Remove them, or write “kind: choice”.")
        return ()
    if "options" not in fields:
        if isinstance(node.value, dict):
            node.fault("A choice needs options.", "Add “options: [{id: ..., label: ...}, ...]”.")
        return ()
    options: list[Option] = []
    for item in fields.items_of("options"):
        entry = item.fields("", required="id label")
        option_id = entry["id"].identifier() if "id" in entry else ""
        if option_id and option_id in [option.id for option in options]:
            item.fault(f"The option “{option_id}” stands here twice.", "Give each option its own id.")
        options.append(Option(option_id, entry.text("label")))
    if len(options) < 2:
        fields["options"].fault("A choice needs two options.", "Add another option.")
    return tuple(options)


def _read_range(fields: Fields, node: Node, kind: str) -> tuple[float | None, float | None, float | None]:
    """Minimum, maximum and step; stand-ins that make one value if they do not fit."""
    names = ("min", "max", "step")
    if kind not in ("integer", "decimal"):
        for name in names:
            if name in fields:
                fields[name].fault(f"Only a number has “{name}”.", "Remove it.")
        return (None, None, None)
    for name in names:
        if name not in fields:
            node.fault(f"“{name}” is missing for a number.", f"Add “{name}: ...”.")
    before = len(node.book.faults)
    if kind == "integer":
        low, high, step = (float(_whole(fields, name)) for name in names)
    else:
        low, high, step = (fields.number(name) for name in names)
    readable = all(name in fields for name in names) and len(node.book.faults) == before
    if not readable or not _is_range(fields, low, high, step):
        return _typed(kind, 0.0, 0.0, 1.0)
    return _typed(kind, low, high, step)


def _is_range(fields: Fields, low: float, high: float, step: float) -> bool:
    if step <= 0 or high <= low:
        fields["step" if step <= 0 else "max"].fault("This range is empty.", "Let min < max and step > 0.")
        return False
    count = (high - low) / step
    if count > MOST_VALUES:
        fields["step"].fault(
            "This issue has too many values.", f"Choose a step that gives {MOST_VALUES} or fewer."
        )
        return False
    if abs(count - round(count)) > 1e-9 * max(1.0, count):
        fields["step"].fault("The steps do not end at max.", "Let max be min plus some whole steps.")
        return False
    return True


def _whole(fields: Fields, name: str) -> int:
    return fields[name].integer(least=-(10**12)) if name in fields else 0


def _typed(kind: str, low: float, high: float, step: float) -> tuple[float, float, float]:
    return (int(low), int(high), int(step)) if kind == "integer" else (low, high, step)


def _read_midpoint(fields: Fields, issue: Issue) -> tuple[str | int | float | bool, ...]:
    if "midpoint" not in fields:
        return ()
    node = fields["midpoint"]
    return tuple(
        read_value(item, issue) for item in (node.items() if isinstance(node.value, list) else [node])
    )

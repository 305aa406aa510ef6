"""Reads one issue of a simulation file with its options, range and points, and the derived quantities."""

from __future__ import annotations

from math import comb
from typing import Any, get_args, get_type_hints

from bargaining.case import NUMBERS, Derived, Issue, Option
from bargaining.casefile.faults import Fields, Node
from bargaining.casefile.known import Known
from bargaining.casefile.parts import RESERVED, read_condition, read_formula, read_rule, read_values
from bargaining.casefile.shapes import DerivedShape, IssueShape, OptionShape
from bargaining.formulas import Constant

KINDS: tuple[str, ...] = get_args(get_type_hints(IssueShape)["kind"])
MOST_VALUES = 100_000
NO_RANGE = (None, None, None)

Range = tuple[float | None, float | None, float | None]


def read_issue(name: str, node: Node, known: Known) -> Issue:
    fields = node.shaped(IssueShape)
    if name in RESERVED:
        node.fault(f"An issue cannot be called “{name}”.", "Choose another name.")
    kind = _read_kind(fields)
    minimum, maximum, step = _read_range(fields, node, kind, known)
    plain: dict[str, Any] = {
        "id": name,
        "title": fields.text("title"),
        "kind": kind,
        "options": _read_options(fields, node, kind),
        "minimum": minimum,
        "maximum": maximum,
        "step": step,
        "unit": fields.text("unit"),
        "group": fields.text("group"),
        "when": read_condition(fields["when"], known) if "when" in fields else None,
        "strand": fields.name("strand"),
        "visible_to": known.parties_of(fields, "visible_to"),
        "contingent_on": fields["contingent_on"].one_of(known.events) if "contingent_on" in fields else "",
        "allow_added_terms": fields.flag("allow_added_terms", False),
        **_read_shares(fields, node, kind, known),
    }
    bare = Issue(**plain)
    if kind in NUMBERS and len(set(bare.values())) < len(bare.values()):
        fields["step"].fault("These steps are too fine.", "Choose a step of 0.000001 or more.")
    points = {
        known.party(entry, party): read_rule(entry, bare, known)
        for party, entry in fields.entries("points").items()
    }
    if kind == "text" and points:
        fields["points"].fault("A text gives no points.", "Remove the points, or choose another kind.")
    midpoint = read_values(fields["midpoint"], bare) if "midpoint" in fields else ()
    return Issue(**plain, midpoint=midpoint, points=points)


def _read_kind(fields: Fields) -> str:
    """The kind as it stands, or for a misspelt one what the other keys look like, so that they are not blamed too."""
    kind = fields.word("kind", KINDS, "choice")
    if "kind" not in fields or fields["kind"].value == kind:
        return kind
    signs = {
        "options": "choice",
        "among": "allocation",
        "step": "decimal",
        "min": "decimal",
        "points": "boolean",
    }
    return next((kind for sign, kind in signs.items() if sign in fields), "text")


def read_derived(name: str, node: Node, known: Known) -> Derived:
    fields = node.shaped(DerivedShape)
    if name in known.issues or name in RESERVED:
        node.fault(f"“{name}” is taken already.", "Choose another name for this quantity.")
    plain: dict[str, Any] = {
        "id": name,
        "title": fields.text("title"),
        "text": fields.text("formula"),
        "formula": read_formula(fields["formula"], known) if "formula" in fields else Constant(0.0),
        "unit": fields.text("unit"),
        "public": fields.flag("public", False),
    }
    bare = Derived(**plain)
    points = {
        known.party(entry, party): read_rule(entry, bare, known)
        for party, entry in fields.entries("points").items()
    }
    return Derived(**plain, points=points)


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
        entry = item.shaped(OptionShape)
        option_id = entry.name("id")
        if option_id and option_id in [option.id for option in options]:
            item.fault(f"The option “{option_id}” stands here twice.", "Give each option its own id.")
        options.append(Option(option_id, entry.text("label"), entry.numbers_by("attrs")))
    if len(options) < 2:
        fields["options"].fault("A choice needs two options.", "Add another option.")
    return tuple(options)


def _read_shares(fields: Fields, node: Node, kind: str, known: Known) -> dict[str, Any]:
    if kind != "allocation":
        for name in ("among", "of"):
            if name in fields:
                fields[name].fault(f"Only an allocation has “{name}”.", "Remove it.")
        return {}
    for name in ("among", "of"):
        if name not in fields and isinstance(node.value, dict):
            node.fault(f"“{name}” is missing for an allocation.", f"Add “{name}: ...”.")
    among = known.parties_of(fields, "among")
    if "among" in fields and (len(among) < 2 or len(set(among)) < len(among)):
        fields["among"].fault("Shares need different parties.", "Name at least two, each once.")
        among = known.parties
    return {"among": among or known.parties, "of": fields.name("of")}


def _read_range(fields: Fields, node: Node, kind: str, known: Known) -> Range:
    """Minimum, maximum and step; stand-ins that make one value if they do not fit."""
    names = ("min", "max", "step")
    if kind == "allocation":
        return _read_share_step(fields, node, known)
    if kind not in NUMBERS:
        for name in names:
            if name in fields:
                fields[name].fault(f"Only a number has “{name}”.", "Remove it.")
        return NO_RANGE
    for name in names:
        if name not in fields and isinstance(node.value, dict):
            node.fault(f"“{name}” is missing for a number.", f"Add “{name}: ...”.")
    before = len(node.book.faults)
    if kind == "integer":
        low, high, step = (float(_whole(fields, name)) for name in names)
    else:
        low, high, step = (fields.number(name) for name in names)
    readable = all(name in fields for name in names) and len(node.book.faults) == before
    if not readable or not _is_range(fields, low, high, step):
        return _typed(kind, 0.0, 0.0, 1.0)
    if not known.has_room_for(fields["step"], round((high - low) / step) + 1):
        return _typed(kind, 0.0, 0.0, 1.0)
    return _typed(kind, low, high, step)


def _read_share_step(fields: Fields, node: Node, known: Known) -> Range:
    parts = len(known.parties_of(fields, "among")) or 1
    for name in ("min", "max"):
        if name in fields:
            fields[name].fault("Shares are in percent and add up to 100.", f"Remove “{name}”.")
    step = fields["step"].integer(1) if "step" in fields else 5
    if 100 % step:
        fields["step"].fault("These steps do not add up to 100 percent.", "Choose 1, 2, 5, 10, 20 or 25.")
        step = 5
    ways = comb(100 // step + parts - 1, parts - 1)
    if ways > MOST_VALUES:
        node.fault("There are too many ways to share.", "Choose a larger step.")
    if ways > MOST_VALUES or not known.has_room_for(node, ways):
        step = 100
    return (None, None, step)


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

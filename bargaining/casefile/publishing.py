"""What is published of format 1 for authors: the JSON Schema, and tables of all keys for a page."""

from __future__ import annotations

import json

import msgspec

from bargaining.casefile import shapes
from bargaining.casefile.keys import KEYS

# Where each shape stands in the file.
PLACES = {
    "Simulation": "The file itself",
    "Scoring": "scoring",
    "Questionnaires": "questionnaires",
    "Party": "parties.<party>",
    "Alternative": "parties.<party>.alternative",
    "Lottery": "parties.<party>.alternative.lottery, each entry",
    "Uncertainty": "uncertainties.<event>",
    "Issue": "issues.<issue>",
    "Option": "issues.<issue>.options, each entry",
    "Rule": "points.<party>, if it is no list",
    "Expected": "points.<party>.expected",
    "Derived": "derived.<quantity>",
    "Adjustment": "adjustments, each entry",
    "Agreement": "agreement",
    "Coalition": "coalition",
    "Rounds": "rounds",
    "Element": "settlement_elements.<element>",
    "Strand": "strands.<strand>",
    "Phase": "phases, each entry",
    "Channel": "channels, each entry",
    "Delay": "delay",
    "Release": "releases, each entry",
    "Moment": "releases, at (one of these)",
    "Condition": "conditions.<condition>",
}


def schema_text() -> str:
    """The JSON Schema of simulation.yaml as it is published."""
    return json.dumps(shapes.json_schema(), indent=2, ensure_ascii=False) + "\n"


def key_tables() -> str:
    """A Markdown table of keys for each part of the file; keys in bold are needed."""
    return "\n".join(_table(name, place) for name, place in PLACES.items())


def _table(name: str, place: str) -> str:
    shape: type[msgspec.Struct] = getattr(shapes, f"{name}Shape")
    needed = {field.encode_name for field in msgspec.structs.fields(shape) if field.required}
    rows = [f"| {_marked(key, key in needed)} | {words} |" for key, words in KEYS[name].items()]
    return "\n".join([f"### {place}\n", "| key | meaning |", "|---|---|", *rows, ""])


def _marked(key: str, is_needed: bool) -> str:
    return f"**`{key}`**" if is_needed else f"`{key}`"

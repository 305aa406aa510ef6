"""Points tables for these tests: a small one written by hand, random ones, and a slow evaluator of the formula
in docs/developers/analyse.md that shares nothing with the library."""

from __future__ import annotations

import itertools
import json
from typing import Any

from hypothesis import strategies as st

Plain = dict[str, Any]


def barn() -> Plain:
    """Two neighbours who share a barn: a discrete and a numeric issue, an interaction, offers."""
    return {
        "schema": "negotiation-domain/1",
        "id": "barn",
        "title": "The shared barn",
        "issues": [
            {"name": "Roof", "type": "discrete", "options": ["tin", "slate", "straw"]},
            {"name": "Rent", "type": "numeric", "options": [10, 15, 20], "min": 10, "max": 20, "step": 5},
        ],
        "parties": [
            {
                "name": "Ada",
                "weights": {"Roof": 0.5, "Rent": 2},
                "points": {"Roof": [4, 10, 0], "Rent": [0, 1, 2]},
                "interactions": [{"options": {"Roof": "slate", "Rent": 20}, "points": -1.5}],
                "reservation": 2,
            },
            {
                "name": "Bo",
                "weights": {"Roof": 1, "Rent": 1},
                "points": {"Roof": [3, 0, 6], "Rent": [5, 4, 0]},
                "interactions": [],
                "reservation": 3.5,
            },
        ],
        "offers": [
            {"party": 0, "outcome": ["slate", 20]},
            {"party": 1, "outcome": ["straw", 10]},
            {"party": 0, "outcome": ["slate", 15]},
        ],
    }


def as_bytes(plain: object) -> bytes:
    return json.dumps(plain, ensure_ascii=False, indent=1).encode()


def slow_value(plain: Plain, party: Plain, outcome: list[Any]) -> float:
    """value(party, outcome) = sum of weight x points[option] + points of all interactions that hold."""
    names = [issue["name"] for issue in plain["issues"]]
    total = 0.0
    for issue, option in zip(plain["issues"], outcome, strict=True):
        points = party["points"][issue["name"]]
        total += party["weights"][issue["name"]] * points[issue["options"].index(option)]
    chosen = dict(zip(names, outcome, strict=True))
    for interaction in party["interactions"]:
        if all(chosen[name] == option for name, option in interaction["options"].items()):
            total += interaction["points"]
    return round(total, 9)


def all_outcomes(plain: Plain) -> list[list[Any]]:
    return [list(outcome) for outcome in itertools.product(*(issue["options"] for issue in plain["issues"]))]


_words = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=8)
_names = _words.filter(str.strip)
_points = st.one_of(st.integers(-20, 20), st.sampled_from([1 / 3, 0.1, 0.7, -2.5]), st.floats(-50, 50))
_weights = st.one_of(st.integers(0, 3), st.sampled_from([1 / 3, 0.1, 1 / 7]))


@st.composite
def plain_tables(draw: st.DrawFn) -> Plain:
    """A small random table with names of any letters, weights that are not round, and interactions."""
    names = draw(st.lists(_names, min_size=1, max_size=3, unique=True))
    issues = [draw(_issues(name)) for name in names]
    parties = draw(st.lists(_names, min_size=2, max_size=3, unique=True))
    plain: Plain = {
        "schema": "negotiation-domain/1",
        "id": draw(_names),
        "title": draw(_names),
        "issues": issues,
        "parties": [draw(_parties(name, issues)) for name in parties],
    }
    indices = st.integers(0, len(parties) - 1)
    outcomes = st.tuples(*(st.sampled_from(issue["options"]) for issue in issues)).map(list)
    plain["offers"] = draw(
        st.lists(st.fixed_dictionaries({"party": indices, "outcome": outcomes}), max_size=4)
    )
    if draw(st.booleans()):
        plain["agreement_rule"] = {
            "min_parties": draw(st.integers(1, len(parties))),
            "veto": draw(st.lists(indices, unique=True, max_size=2)),
        }
    return plain


@st.composite
def _issues(draw: st.DrawFn, name: str) -> Plain:
    if draw(st.booleans()):
        options = draw(st.lists(_names, min_size=1, max_size=4, unique=True))
        return {"name": name, "type": "discrete", "options": options}
    least, step = draw(st.sampled_from([(0, 1), (5, 5), (-0.2, 0.1), (1.5, 0.25)]))
    count = draw(st.integers(1, 4))
    numbers = [round(least + k * step, 9) for k in range(count)]
    if draw(st.booleans()):
        numbers.reverse()
    return {
        "name": name, "type": "numeric", "options": numbers,
        "min": min(numbers), "max": max(numbers), "step": step,
    }  # fmt: skip


@st.composite
def _parties(draw: st.DrawFn, name: str, issues: list[Plain]) -> Plain:
    together = st.fixed_dictionaries(
        {},
        optional={issue["name"]: st.sampled_from(issue["options"]) for issue in issues},
    ).filter(bool)
    return {
        "name": name,
        "weights": {issue["name"]: draw(_weights) for issue in issues},
        "points": {
            issue["name"]: draw(
                st.lists(_points, min_size=len(issue["options"]), max_size=len(issue["options"]))
            )
            for issue in issues
        },
        "interactions": draw(
            st.lists(st.fixed_dictionaries({"options": together, "points": _points}), max_size=3)
        ),
        "reservation": draw(_points),
    }

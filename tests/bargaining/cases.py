"""Cases for these tests: the shipped ones, random small ones, and a slow evaluator written separately."""

from __future__ import annotations

import itertools
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from bargaining.case import Case
from bargaining.casefile import load_case

LIBRARY = Path(__file__).parents[2] / "simulations" / "library"

Plain = dict[str, Any]

# No deadline: a busy machine is not a fault.
some_cases = settings(max_examples=50, deadline=None)


@cache
def shipped(name: str) -> Case:
    return load_case((LIBRARY / name / "simulation.yaml").read_text(encoding="utf-8"))


def farm() -> Case:
    return shipped("mountain-view-farm")


def kiln() -> Case:
    return shipped("second-hand-kiln")


def halyard() -> Case:
    return shipped("halyard-offer")


halves = st.integers(-60, 60).map(lambda n: n / 2)
_parties = ("ada", "bo", "cy")


@st.composite
def plain_cases(draw: st.DrawFn) -> Plain:
    """A small random case in the shape of format 1, with every kind of issue, rule and condition."""
    parties = _parties[: draw(st.integers(2, 3))]
    issues: Plain = {}
    for k in range(draw(st.integers(1, 4))):
        issues[f"i{k}"] = draw(_issues(parties, issues))
    return {
        "format": 1,
        "id": "random",
        "version": "1.0.0",
        "title": "A random case",
        "mechanism": "agreement",
        "scoring": {"unit": "points", "comparable": draw(st.booleans())},
        "parties": {party: draw(_party_plains(party)) for party in parties},
        "uncertainties": {
            "rain": {
                "question": "Will it rain?",
                "outcomes": ["wet", "dry"],
                "beliefs": {party: draw(_beliefs()) for party in parties},
            }
        },
        "issues": issues,
        "adjustments": draw(st.lists(_adjustments(parties, issues), max_size=2)),
    }


@st.composite
def _party_plains(draw: st.DrawFn, party: str) -> Plain:
    lottery = [{"p": 0.25, "value": draw(halves)}, {"p": 0.75, "value": draw(halves)}]
    worth = draw(st.sampled_from([{"value": draw(halves)}, {"lottery": lottery}]))
    return {
        "name": f"{party.title()} of the village",
        "base": draw(halves),
        "target": draw(halves),
        "alternative": {"text": f"what {party} has", **worth},
        "interests": [f"what {party} wants"],
    }


@st.composite
def _beliefs(draw: st.DrawFn) -> Plain:
    wet = draw(st.integers(0, 4)) / 4
    return {"wet": wet, "dry": 1 - wet}


@st.composite
def _issues(draw: st.DrawFn, parties: tuple[str, ...], earlier: Plain) -> Plain:
    kind = draw(st.sampled_from(["choice", "boolean", "integer", "decimal"]))
    issue: Plain = {"title": "A thing to settle", "kind": kind}
    if kind == "choice":
        issue["options"] = [{"id": f"o{n}", "label": f"Way {n}"} for n in range(draw(st.integers(2, 4)))]
    elif kind == "integer":
        issue |= {"min": 0, "max": 6, "step": 2}
    elif kind == "decimal":
        issue |= {"min": 0.5, "max": 1.5, "step": 0.5}
    if earlier and draw(st.booleans()):
        issue["when"] = draw(conditions_on(earlier))
    issue["points"] = {party: draw(rules_for(issue)) for party in parties}
    return issue


def rules_for(issue: Plain) -> st.SearchStrategy[Any]:
    count = len(values_of(issue))
    if issue["kind"] in ("choice", "boolean"):
        plain = st.lists(halves, min_size=count, max_size=count)
    else:
        plain = st.one_of(
            st.builds(lambda a, b: {"offset": a, "per_unit": b}, halves, halves),
            st.builds(lambda a, b, c: {"piecewise": [[0, a], [1, b], [5, c]]}, halves, halves, halves),
            st.builds(lambda a, b: {"steps": [[1, a], [4, b]]}, halves, halves),
        )
    bet = st.builds(lambda a, b: {"expected": {"event": "rain", "by": {"wet": a, "dry": b}}}, plain, plain)
    return st.one_of(plain, plain, bet)


@st.composite
def conditions_on(draw: st.DrawFn, issues: Plain, deeper: bool = True) -> Plain:
    name = draw(st.sampled_from(sorted(issues)))
    values = values_of(issues[name])
    tests = [
        st.sampled_from(values).map(lambda value: {name: value}),
        st.lists(st.sampled_from(values), min_size=1, unique=True).map(lambda some: {name: some}),
    ]
    if issues[name]["kind"] in ("integer", "decimal"):
        tests.append(st.just({name: {"min": 1, "max": 4}}))
    if deeper:
        inner = conditions_on(issues, deeper=False)
        tests += [
            inner.map(lambda part: {"not": part}),
            st.lists(inner, min_size=1, max_size=2).map(lambda parts: {"any": parts}),
            st.lists(inner, min_size=1, max_size=2).map(lambda parts: {"all": parts}),
        ]
    plain: Plain = draw(st.one_of(tests))
    return plain


@st.composite
def _adjustments(draw: st.DrawFn, parties: tuple[str, ...], issues: Plain) -> Plain:
    told = draw(st.lists(st.sampled_from(parties), min_size=1, unique=True))
    return {
        "when": draw(conditions_on(issues)),
        "add": {party: draw(halves) for party in told},
        "tell": told,
        "text": f"only {' and '.join(told)} know",
    }


# The slow evaluator: plain values in, one package at a time, sharing nothing with the library.


def values_of(issue: Plain) -> list[Any]:
    if issue["kind"] == "choice":
        return [option["id"] for option in issue["options"]]
    if issue["kind"] == "boolean":
        return [False, True]
    if issue["kind"] == "allocation":
        steps = [range(0, 101, issue["step"])] * len(issue["among"])
        return [shares for shares in itertools.product(*steps) if sum(shares) == 100]
    count = round((issue["max"] - issue["min"]) / issue["step"])
    return [issue["min"] + n * issue["step"] for n in range(count + 1)]


def holds(condition: Plain, package: Plain) -> bool:
    for key, wanted in condition.items():
        if key == "not":
            good = not holds(wanted, package)
        elif key in ("any", "all"):
            good = {"any": any, "all": all}[key](holds(part, package) for part in wanted)
        elif key not in package:
            good = False
        elif isinstance(wanted, dict):
            good = wanted["min"] <= package[key] <= wanted["max"]
        else:
            good = package[key] in (wanted if isinstance(wanted, list) else [wanted])
        if not good:
            return False
    return True


def all_packages(plain: Plain) -> list[Plain]:
    """By brute force: every combination with and without each issue, kept where the conditions agree."""
    nothing = object()
    ways = [[nothing, *values_of(issue)] for issue in plain["issues"].values()]
    found = []
    for combination in itertools.product(*ways):
        package = {
            name: value
            for name, value in zip(plain["issues"], combination, strict=True)
            if value is not nothing
        }
        if all(
            (name in package) == holds(issue.get("when", {}), package)
            for name, issue in plain["issues"].items()
        ):
            found.append(package)
    return found


def slow_points(plain: Plain, party: str, package: Plain) -> float:
    total = plain["parties"][party].get("base", 0)
    for name, value in package.items():
        issue = plain["issues"][name]
        total += slow_rule(plain, issue["points"][party], issue, value, party)
    for adjustment in plain["adjustments"]:
        if holds(adjustment["when"], package):
            total += adjustment["add"].get(party, 0)
    return float(total)


def slow_rule(plain: Plain, rule: Any, issue: Plain, value: Any, party: str) -> float:
    if isinstance(rule, list):
        return float(rule[values_of(issue).index(value)])
    if "expected" in rule:
        beliefs = plain["uncertainties"]["rain"]["beliefs"][party]
        by = rule["expected"]["by"]
        return sum(beliefs[o] * slow_rule(plain, by[o], issue, value, party) for o in ("wet", "dry"))
    if "per_unit" in rule:
        return float(rule["offset"] + rule["per_unit"] * value)
    if "steps" in rule:
        return float(max([(x, y) for x, y in rule["steps"] if value >= x], default=(0, 0))[1])
    (x0, y0), (x1, y1), (x2, y2) = rule["piecewise"]
    if value <= x1:
        return float(y0 + (y1 - y0) * (max(value, x0) - x0) / (x1 - x0))
    return float(y1 + (y2 - y1) * (min(value, x2) - x1) / (x2 - x1))

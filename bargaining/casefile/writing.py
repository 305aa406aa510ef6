"""Writes a Case as plain values in the shape of format 1, ready for JSON or YAML;
reading.py is its inverse."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from bargaining.case import Alternative, Case, Issue, Party, Uncertainty
from bargaining.conditions import AllOf, AnyOf, Between, Condition, Is, Not
from bargaining.pointrules import LinearRule, ListRule, PiecewiseRule, PointRule, StepsRule
from bargaining.sight import EVERYTHING

Plain = dict[str, Any]


def write_case(case: Case) -> Plain:
    scoring = {"unit": case.unit, "comparable": case.comparable, "note": case.scoring_note}
    plain = {
        "format": 1,
        "id": case.id,
        "version": case.version,
        "title": case.title,
        "licence": case.licence,
        "authors": list(case.authors),
        "language": case.language,
        "level": case.level,
        "summary": case.summary,
        "tags": list(case.tags),
        "teaches": list(case.teaches),
        "time": dict(case.time),
        "mechanism": case.mechanism,
        "seen_as": "" if case.seen_as == EVERYTHING else case.seen_as,
        "scoring": _filled(scoring),
        "public_facts": list(case.public_facts),
        "parties": {party.id: _write_party(party) for party in case.parties},
        "uncertainties": {event.id: _write_uncertainty(event) for event in case.uncertainties},
        "issues": {issue.id: _write_issue(issue) for issue in case.issues},
        "adjustments": [
            _filled({"when": write_condition(a.when), "tell": list(a.tell), "text": a.text})
            | {"add": _numbers(a.add)}
            for a in case.adjustments
        ],
        "agreement": {"rule": case.agreement.rule, "allow_no_deal": case.agreement.allow_no_deal},
        **_write_process(case),
    }
    return _filled(plain)


def write_condition(condition: Condition) -> Plain:
    """A condition as it stands in a file: {issue: value | [values] | {min, max}}, any, all, not."""
    if not isinstance(condition, AllOf):
        return _write_test(condition)
    plain: Plain = {}
    for part in condition.parts:
        plain |= _write_test(part)
    return plain


def _write_test(condition: Condition) -> Plain:
    match condition:
        case Is(issue, values):
            return {issue: list(values) if len(values) > 1 else values[0]}
        case Between(issue, minimum, maximum):
            bounds = {"min": minimum, "max": maximum}
            return {issue: {key: _number(bound) for key, bound in bounds.items() if bound is not None}}
        case AnyOf(parts):
            return {"any": [write_condition(part) for part in parts]}
        case AllOf(parts):
            return {"all": [write_condition(part) for part in parts]}
        case Not(part):
            return {"not": write_condition(part)}


def _write_process(case: Case) -> Plain:
    delay = case.delay
    return {
        "delay": delay
        and {
            "unit": delay.unit,
            "free": delay.free,
            "cost": _numbers(delay.cost),
            "optional": delay.optional,
        },
        "releases": [
            _filled({"id": r.id, "at": dict(r.at), "optional": r.optional, "set": deepcopy(dict(r.changes))})
            | {"to": list(r.to), "text": r.text}
            for r in case.releases
        ],
        "conditions": {
            v.id: {"about": v.about} | _filled({"set": deepcopy(dict(v.changes)), "text": dict(v.text)})
            for v in case.conditions
        },
        "landmarks": {landmark.id: dict(landmark.package) for landmark in case.landmarks},
        "questionnaires": {moment: list(sets) for moment, sets in case.questionnaires.items()},
    }


def _write_party(party: Party) -> Plain:
    plain: Plain = {
        "name": party.name,
        "kind": party.kind,
        "scored": party.scored,
        "team": list(party.team),
        "base": _number(party.base),
    }
    if party.alternative is not None:
        plain["alternative"] = _write_alternative(party.alternative)
    if party.target is not None:
        plain["target"] = _number(party.target)
    return plain | _filled({"interests": list(party.interests)})


def _write_alternative(alternative: Alternative) -> Plain:
    if alternative.value is not None:
        return {"text": alternative.text, "value": _number(alternative.value)}
    lottery = [
        {"p": _number(o.p), "value": _number(o.value)} | _filled({"text": o.text})
        for o in alternative.lottery
    ]
    return {"text": alternative.text, "lottery": lottery}


def _write_uncertainty(event: Uncertainty) -> Plain:
    beliefs = {party: _numbers(belief) for party, belief in event.beliefs.items()}
    return {"question": event.question, "outcomes": list(event.outcomes), "resolve": event.resolve} | _filled(
        {"beliefs": beliefs, "draw": _numbers(event.draw)}
    )


def _write_issue(issue: Issue) -> Plain:
    plain: Plain = {"title": issue.title, "kind": issue.kind}
    plain |= _filled({"group": issue.group, "unit": issue.unit})
    if issue.when is not None:
        plain["when"] = write_condition(issue.when)
    if issue.options:
        plain["options"] = [{"id": option.id, "label": option.label} for option in issue.options]
    for name, bound in (("min", issue.minimum), ("max", issue.maximum), ("step", issue.step)):
        if bound is not None:
            plain[name] = bound
    if issue.midpoint:
        plain["midpoint"] = list(issue.midpoint) if len(issue.midpoint) > 1 else issue.midpoint[0]
    return plain | _filled({"points": {party: _write_rule(rule) for party, rule in issue.points.items()}})


def _write_rule(rule: PointRule) -> Any:
    match rule:
        case ListRule(points):
            return [_number(x) for x in points]
        case LinearRule(offset, per_unit):
            return {"offset": _number(offset), "per_unit": _number(per_unit)}
        case PiecewiseRule(corners):
            return {"piecewise": [[_number(x), _number(y)] for x, y in corners]}
        case StepsRule(thresholds):
            return {"steps": [[_number(x), _number(y)] for x, y in thresholds]}
        case _:
            by = {outcome: _write_rule(inner) for outcome, inner in rule.by.items()}
            return {"expected": {"event": rule.event, "by": by}}


def _filled(plain: Plain) -> Plain:
    """Without what is empty: an absent line and an empty one mean the same."""
    return {key: value for key, value in plain.items() if value not in ("", None, [], {})}


def _numbers(numbers: Mapping[str, float]) -> dict[str, float]:
    return {name: _number(value) for name, value in numbers.items()}


def _number(value: float) -> float:
    """20 rather than 20.0, as an author would write it."""
    return int(value) if value == int(value) else value

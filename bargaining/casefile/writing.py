"""Writes a Case as plain values in the shape of format 1, ready for JSON or YAML;
reading.py is its inverse."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from bargaining.case import (
    Adjustment,
    Agreement,
    Alternative,
    Case,
    CoalitionTable,
    Delay,
    Derived,
    Issue,
    Option,
    Party,
    Rounds,
    Uncertainty,
    Value,
)
from bargaining.conditions import AllOf, AnyOf, Between, Condition, Is, Not, QuantityBetween
from bargaining.pointrules import (
    LinearRule,
    ListRule,
    PiecewiseRule,
    PointRule,
    ShareRule,
    StepsRule,
)
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
        "derived": {quantity.id: _write_derived(quantity) for quantity in case.derived},
        "adjustments": [_write_adjustment(adjustment) for adjustment in case.adjustments],
        "agreement": _write_agreement(case.agreement),
        "coalition": case.coalition and _write_coalition(case.coalition, case.party_ids),
        "rounds": case.rounds and _write_rounds(case.rounds),
        **_write_elements(case),
        **_write_process(case),
    }
    return _filled(plain)


def write_condition(condition: Condition) -> Plain:
    """A condition as it stands in a file: {issue: value | [values] | {min, max}}, any, all, not."""
    if not isinstance(condition, AllOf):
        return _write_test(condition)
    tests = [_write_test(part) for part in condition.parts]
    plain = {key: value for test in tests for key, value in test.items()}
    # Two tests of one issue do not fit beside each other.
    return plain if len(plain) == sum(map(len, tests)) else {"all": tests}


def write_value(value: Value) -> Any:
    """A value as JSON has it: the shares of an allocation are a list."""
    return list(value) if isinstance(value, tuple) else value


def _write_test(condition: Condition) -> Plain:
    match condition:
        case Is(issue, values):
            plain = [write_value(value) for value in values]
            return {issue: plain if len(plain) > 1 else plain[0]}
        case Between(name, minimum, maximum) | QuantityBetween(name, _, minimum, maximum):
            bounds = {"min": minimum, "max": maximum}
            return {name: {key: _number(bound) for key, bound in bounds.items() if bound is not None}}
        case AnyOf(parts):
            return {"any": [write_condition(part) for part in parts]}
        case AllOf(parts):
            return {"all": [write_condition(part) for part in parts]}
        case Not(part):
            return {"not": write_condition(part)}


def _write_adjustment(adjustment: Adjustment) -> Plain:
    when = write_condition(adjustment.when)
    if adjustment.approved_by:
        when["approved_by"] = {"count": adjustment.approved_by}
    words = _filled({"when": when, "tell": list(adjustment.tell), "text": adjustment.text})
    return words | {"add": _numbers(adjustment.add)}


def _write_agreement(agreement: Agreement) -> Plain:
    plain = {
        "signers": list(agreement.signers),
        "at_least": agreement.at_least or None,
        "veto": list(agreement.veto),
        "weights": _numbers(agreement.weights),
        "quota": _number(agreement.quota) or None,
        "requires": write_condition(agreement.requires) if agreement.requires else None,
        "confirm": agreement.confirm,
    }
    return {"rule": agreement.rule, "allow_no_deal": agreement.allow_no_deal} | _filled(plain)


def _write_coalition(table: CoalitionTable, order: tuple[str, ...]) -> Plain:
    values = {
        "+".join(party for party in order if party in members): _number(value)
        for members, value in table.values.items()
    }
    return {
        "values": values,
        "step": _number(table.step),
        "public": table.public,
        "one_agreement_only": table.one_agreement_only,
    }


def _write_rounds(rounds: Rounds) -> Plain:
    matrix = {
        own: {other: [_number(x) for x in pair] for other, pair in row.items()}
        for own, row in rounds.matrix.items()
    }
    plain = {
        "moves": list(rounds.moves),
        "counted_move": rounds.counted_move,
        "multipliers": [_number(x) for x in rounds.multipliers],
        "payoff": {move: [_number(x) for x in row] for move, row in rounds.payoff.items()},
        "matrix": matrix,
        "talk_before": {who: list(numbers) for who, numbers in rounds.talk_before.items()},
        "absent_move": rounds.absent_move,
    }
    return _filled(plain) | {
        "reveal": rounds.reveal,
        "seconds_per_round": rounds.seconds_per_round,
        "simultaneous": rounds.simultaneous,
        "continues": rounds.continues,
    }


def _write_elements(case: Case) -> Plain:
    elements = {
        element.id: _filled(
            {
                "text": element.text,
                "covers": {party: list(names) for party, names in element.covers.items()},
                "conflicts": list(element.conflicts),
                "red_line": list(element.red_line),
                "naive": element.naive or None,
            }
        )
        for element in case.settlement_elements
    }
    return {"settlement_elements": elements, "max_elements": case.max_elements or None}


def _write_process(case: Case) -> Plain:
    return {
        "strands": {
            s.id: {"parties": list(s.parties), "issues": list(s.issues)}
            | _filled({"signers": list(s.signers), "after": list(s.after)})
            for s in case.strands
        },
        "phases": [
            {"id": p.id, "minutes": p.minutes}
            | _filled(
                {
                    "note": p.note,
                    "straw_polls": list(p.straw_polls),
                    "rotate": [list(group) for group in p.rotate],
                    "minutes_each": p.minutes_each or None,
                    "together": p.together or None,
                }
            )
            for p in case.phases
        ],
        "channels": [
            {"members": list(c.members)} | _filled({"phase": c.phase, "strand": c.strand})
            for c in case.channels
        ],
        "delay": case.delay and _write_delay(case.delay),
        "releases": [
            _filled({"id": r.id, "at": dict(r.at), "optional": r.optional, "set": deepcopy(dict(r.changes))})
            | {"to": list(r.to), "text": r.text}
            for r in case.releases
        ],
        "conditions": {
            v.id: {"about": v.about} | _filled({"set": deepcopy(dict(v.changes)), "text": dict(v.text)})
            for v in case.conditions
        },
        "landmarks": {
            landmark.id: {name: write_value(value) for name, value in landmark.package.items()}
            for landmark in case.landmarks
        },
        "questionnaires": {moment: list(sets) for moment, sets in case.questionnaires.items()},
    }


def _write_delay(delay: Delay) -> Plain:
    price: Plain = {"cost": _numbers(delay.cost)} if delay.discount is None else {"discount": delay.discount}
    return {"unit": delay.unit, "free": delay.free, "optional": delay.optional} | price


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
    return plain | _filled(
        {
            "principal": party.principal,
            "optional": party.optional or None,
            "interests": list(party.interests),
            "interests_rated": list(party.interest_texts),
            "interest_texts": dict(party.interest_texts),
            "red_line": party.red_line,
        }
    )


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
    plain |= _filled({"group": issue.group, "unit": issue.unit, "strand": issue.strand})
    if issue.when is not None:
        plain["when"] = write_condition(issue.when)
    if issue.options:
        plain["options"] = [_write_option(option) for option in issue.options]
    for name, bound in (("min", issue.minimum), ("max", issue.maximum), ("step", issue.step)):
        if bound is not None:
            plain[name] = bound
    return plain | _filled(
        {
            "among": list(issue.among),
            "of": issue.of,
            "midpoint": [write_value(value) for value in issue.midpoint],
            "visible_to": list(issue.visible_to),
            "contingent_on": issue.contingent_on,
            "allow_added_terms": issue.allow_added_terms or None,
            "points": _write_points(issue.points),
        }
    )


def _write_option(option: Option) -> Plain:
    return {"id": option.id, "label": option.label} | _filled({"attrs": _numbers(option.attrs)})


def _write_derived(quantity: Derived) -> Plain:
    plain = {
        "unit": quantity.unit,
        "public": quantity.public or None,
        "points": _write_points(quantity.points),
    }
    return {"title": quantity.title, "formula": quantity.text} | _filled(plain)


def _write_points(points: Mapping[str, PointRule]) -> Plain:
    return {party: _write_rule(rule) for party, rule in points.items()}


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
        case ShareRule(quantity, per_unit):
            return {"share_of": quantity} | ({} if per_unit == 1 else {"per_unit": _number(per_unit)})
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

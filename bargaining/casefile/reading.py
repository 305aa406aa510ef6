"""Reads format 1 of a simulation as plain values into a Case, noting every fault with its place.
It knows neither YAML nor folders."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import isclose
from typing import Any

from bargaining.case import (
    Adjustment,
    Agreement,
    Alternative,
    Case,
    ConditionVariant,
    Delay,
    Landmark,
    LotteryOutcome,
    Party,
    Release,
    Uncertainty,
    check_package,
)
from bargaining.casefile.faults import Book, Fields, Node
from bargaining.casefile.issues import read_issue
from bargaining.casefile.parts import RESERVED, read_condition
from bargaining.sight import EVERYTHING, PUBLIC

_REQUIRED = "format id version title mechanism parties issues"
_KNOWN = (
    "licence language level summary authors tags teaches time scoring adjustments uncertainties agreement "
    "delay releases conditions landmarks questionnaires public_facts seen_as"
)
_VERSION = re.compile(r"[0-9]{1,6}\.[0-9]{1,6}\.[0-9]{1,6}")
_MOMENTS = ("before", "after", "course_start", "course_end")


def read_case(data: Any, book: Book) -> Case:
    """The case that the values describe; faults are noted in the book, and then the case is worth nothing."""
    fields = Node(data, (), book).fields(_KNOWN, required=_REQUIRED)
    whole = fields.text("seen_as", EVERYTHING) == EVERYTHING
    _check_head(fields)
    party_nodes = fields.entries("parties")
    ids = tuple(party_nodes)
    if "parties" in fields and len(ids) < 2:
        fields["parties"].fault("A negotiation needs two parties.", "Add the missing party.")
    events = {
        name: _read_uncertainty(name, node, ids) for name, node in fields.entries("uncertainties").items()
    }
    issues: dict[str, Any] = {}
    for name, node in fields.entries("issues").items():
        if name in RESERVED:
            node.fault(f"An issue cannot be called “{name}”.", "Choose another name.")
        issues[name] = read_issue(name, node, ids, issues, events)
    if "issues" in fields and not issues:
        fields["issues"].fault("There is nothing to negotiate.", "Add an issue.")
    case = Case(
        **_read_head(fields),
        parties=tuple(_read_party(name, node, whole) for name, node in party_nodes.items()),
        issues=tuple(issues.values()),
        adjustments=tuple(_read_adjustment(n, ids, issues) for n in fields.items_of("adjustments")),
        uncertainties=tuple(events.values()),
        **_read_process(fields, ids),
        landmarks=tuple(
            Landmark(name, {key: value.value for key, value in node.mapping().items()})
            for name, node in fields.entries("landmarks").items()
        ),
    )
    if not book.faults:
        _check_whole(case, fields, whole)
    return case


def _check_head(fields: Fields) -> None:
    if "format" in fields and fields["format"].value != 1:
        fields["format"].fault("This file is of another format.", "Write “format: 1”.")
    if "mechanism" in fields:
        fields["mechanism"].one_of(["agreement"])
    if "version" in fields and not _VERSION.fullmatch(fields.text("version")):
        fields["version"].fault("The version is not of the form 1.2.3.", "Write three numbers with points.")


def _read_head(fields: Fields) -> dict[str, Any]:
    texts = ("version", "title", "licence", "level", "summary")
    lists = ("authors", "tags", "teaches", "public_facts")
    scoring = fields["scoring"].fields("unit comparable note") if "scoring" in fields else Fields()
    return {
        "id": fields["id"].identifier() if "id" in fields else "",
        **{name: fields.text(name) for name in texts},
        **{name: fields.texts(name) for name in lists},
        "language": fields.text("language", "en"),
        "mechanism": fields.text("mechanism", "agreement"),
        "time": {name: node.integer() for name, node in fields.entries("time").items()},
        "unit": scoring.text("unit", "points"),
        "comparable": scoring.flag("comparable", False),
        "scoring_note": scoring.text("note"),
        "seen_as": fields.text("seen_as", EVERYTHING),
        "questionnaires": _read_questionnaires(fields),
    }


def _read_questionnaires(fields: Fields) -> dict[str, tuple[str, ...]]:
    if "questionnaires" not in fields:
        return {}
    moments = fields["questionnaires"].fields(" ".join(_MOMENTS))
    return {moment: node.texts() for moment, node in moments.items()}


def _read_process(fields: Fields, ids: tuple[str, ...]) -> dict[str, Any]:
    agreement = fields["agreement"].fields("rule allow_no_deal") if "agreement" in fields else Fields()
    if "rule" in agreement:
        agreement["rule"].one_of(["unanimous"])
    return {
        "agreement": Agreement("unanimous", agreement.flag("allow_no_deal", True)),
        "delay": _read_delay(fields["delay"], ids) if "delay" in fields else None,
        "releases": tuple(_read_release(node, ids) for node in fields.items_of("releases")),
        "conditions": tuple(
            _read_variant(name, node, ids) for name, node in fields.entries("conditions").items()
        ),
    }


def _read_party(name: str, node: Node, whole: bool) -> Party:
    fields = node.fields("kind scored team base alternative target interests", required="name")
    if "kind" in fields:
        fields["kind"].one_of(["negotiator"])
    scored = fields.flag("scored", True)
    if whole and scored and isinstance(node.value, dict) and "alternative" not in fields:
        node.fault(f"“{name}” has no alternative.", "Say what this party has without a deal, and its value.")
    return Party(
        id=name,
        name=fields.text("name"),
        scored=scored,
        team=_read_team(fields),
        base=fields.number("base"),
        alternative=_read_alternative(fields["alternative"]) if "alternative" in fields else None,
        target=fields.number("target") if "target" in fields else None,
        interests=fields.texts("interests"),
    )


def _read_team(fields: Fields) -> tuple[int, int]:
    if "team" not in fields:
        return (1, 1)
    sizes = [node.integer(1) for node in fields["team"].items()]
    if len(sizes) != 2 or not sizes[0] <= sizes[1] <= 20:
        fields["team"].fault("A team is two numbers, fewest and most.", "Write [1, 2].")
        return (1, 1)
    return (sizes[0], sizes[1])


def _read_alternative(node: Node) -> Alternative:
    fields = node.fields("value lottery", required="text")
    if isinstance(node.value, dict) and ("value" in fields) == ("lottery" in fields):
        node.fault("An alternative needs one worth.", "Give either a value or a lottery.")
    lottery = []
    for item in fields.items_of("lottery"):
        chance = item.fields("text", required="p value")
        lottery.append(LotteryOutcome(chance.number("p"), chance.number("value"), chance.text("text")))
    if "lottery" in fields:
        _check_chances(fields["lottery"], [outcome.p for outcome in lottery])
    return Alternative(
        fields.text("text"), fields.number("value") if "value" in fields else None, tuple(lottery)
    )


def _check_chances(node: Node, chances: list[float]) -> None:
    if any(p < 0 for p in chances) or not isclose(sum(chances), 1.0, abs_tol=1e-9):
        node.fault("These chances do not add up to 1.", "Give each a number from 0 to 1, together 1.")


def _read_uncertainty(name: str, node: Node, ids: tuple[str, ...]) -> Uncertainty:
    fields = node.fields("beliefs resolve draw", required="question outcomes")
    outcomes = tuple(n.identifier() for n in fields.items_of("outcomes"))
    if "outcomes" in fields and (len(outcomes) < 2 or len(set(outcomes)) < len(outcomes)):
        fields["outcomes"].fault("An event needs different outcomes.", "Give at least two, each once.")
    if "resolve" in fields:
        fields["resolve"].one_of(["instructor", "draw", "fixed"])
    beliefs = {}
    for party, belief in fields.entries("beliefs").items():
        _check_party(belief, party, ids)
        beliefs[party] = _read_chances(belief, outcomes)
    draw = _read_chances(fields["draw"], outcomes) if "draw" in fields else {}
    return Uncertainty(
        name, fields.text("question"), outcomes, beliefs, fields.text("resolve", "instructor"), draw
    )


def _read_chances(node: Node, outcomes: tuple[str, ...]) -> dict[str, float]:
    chances = {name: entry.number() for name, entry in node.entries().items()}
    if set(chances) != set(outcomes):
        node.fault("These are not the outcomes of the event.", f"Give one for each: {', '.join(outcomes)}.")
    _check_chances(node, list(chances.values()))
    return chances


def _check_party(node: Node, party: str, ids: tuple[str, ...]) -> None:
    if party not in ids:
        node.fault(f"There is no party “{party[:40]}”.", f"Parties are: {', '.join(ids)}.")


def _read_parties(fields: Fields, name: str, ids: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(node.one_of(ids) for node in fields.items_of(name))


def _read_adjustment(node: Node, ids: tuple[str, ...], issues: Mapping[str, Any]) -> Adjustment:
    fields = node.fields("tell text", required="when add")
    add = {}
    for party, entry in fields.entries("add").items():
        _check_party(entry, party, ids)
        add[party] = entry.number()
    tell = _read_parties(fields, "tell", ids) if "tell" in fields else tuple(add)
    if untold := [party for party in add if party not in tell]:
        node.fault(f"This changes points of {untold[0]}, who is not told.", "Add the party to “tell”.")
    when = read_condition(fields["when"], issues) if "when" in fields else None
    return Adjustment(when or read_condition(Node({}, (), Book("")), {}), add, tell, fields.text("text"))


def _read_delay(node: Node, ids: tuple[str, ...]) -> Delay:
    fields = node.fields("free optional", required="unit cost")
    if "unit" in fields:
        fields["unit"].one_of(["minute", "round", "day"])
    cost = {}
    for party, entry in fields.entries("cost").items():
        _check_party(entry, party, ids)
        cost[party] = entry.number()
    free = fields["free"].integer() if "free" in fields else 0
    return Delay(fields.text("unit"), free, cost, fields.flag("optional", False))


def _read_release(node: Node, ids: tuple[str, ...]) -> Release:
    fields = node.fields("set optional", required="id at to text")
    at = fields["at"].mapping() if "at" in fields else {}
    if "at" in fields and (len(at) != 1 or not set(at) <= {"minute", "phase", "round", "manual"}):
        fields["at"].fault("The moment is not clear.", "Give one of minute, phase, round, manual.")
    return Release(
        id=fields["id"].identifier() if "id" in fields else "",
        at={name: _read_moment(name, entry) for name, entry in at.items()},
        to=_read_parties(fields, "to", ids),
        text=fields.text("text"),
        changes=_read_changes(fields),
        optional=fields.flag("optional", False),
    )


def _read_moment(name: str, node: Node) -> str | int:
    if name == "phase":
        return node.text()
    return node.flag() if name == "manual" else node.integer()


def _read_variant(name: str, node: Node, ids: tuple[str, ...]) -> ConditionVariant:
    fields = node.fields("set text", required="about")
    texts = fields.entries("text")
    for party, entry in texts.items():
        if party != "all":
            _check_party(entry, party, ids)
    words = {party: entry.text() for party, entry in texts.items()}
    return ConditionVariant(name, fields.text("about"), _read_changes(fields), words)


def _read_changes(fields: Fields) -> dict[str, Any]:
    return {path: node.value for path, node in fields["set"].mapping().items()} if "set" in fields else {}


def _check_whole(case: Case, fields: Fields, whole: bool) -> None:
    """What can only be seen once every part is readable."""
    if case.seen_as not in (EVERYTHING, PUBLIC, *(f"party:{party}" for party in case.party_ids)):
        fields["seen_as"].fault("Nobody sees a case this way.", "Leave this line out.")
    landmarks = fields.entries("landmarks")
    for landmark in case.landmarks:
        for fault in check_package(case, landmark.package):
            landmarks[landmark.id].fault(fault.words, "A landmark is one whole package.")
    if whole:
        _check_beliefs(case, fields)


def _check_beliefs(case: Case, fields: Fields) -> None:
    for issue in case.issues:
        for party, rule in issue.points.items():
            event = getattr(rule, "event", None)
            if event and party not in case.uncertainty(event).beliefs:
                fields["uncertainties"].fault(
                    f"“{party}” has no belief about “{event}”.", "Add the chances as this party sees them."
                )

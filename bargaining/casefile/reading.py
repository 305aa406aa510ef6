"""Reads format 1 of a simulation as plain values into a Case, noting every fault with its place.
It knows neither YAML nor folders."""

from __future__ import annotations

import re
from typing import Any

from bargaining.case import Case, Landmark, Value
from bargaining.casefile.faults import Book, Fields, Node
from bargaining.casefile.issues import read_derived, read_issue
from bargaining.casefile.known import Known
from bargaining.casefile.people import read_parties
from bargaining.casefile.process import read_process
from bargaining.casefile.rules import (
    read_adjustment,
    read_agreement,
    read_coalition,
    read_element,
    read_rounds,
    read_uncertainty,
)
from bargaining.casefile.shapes import LANGUAGE, QuestionnairesShape, ScoringShape, SimulationShape
from bargaining.casefile.wholeness import check_whole
from bargaining.sight import EVERYTHING

MECHANISMS = ("agreement", "coalition", "rounds", "freeform")
MOST_PARTIES = 40
TOO_MANY_PARTIES = f"There are more than {MOST_PARTIES} parties.", "Let one party stand for several."
LEVELS = ("introductory", "intermediate", "advanced")
_VERSION = re.compile(r"[0-9]{1,6}\.[0-9]{1,6}\.[0-9]{1,6}")


def read_case(data: Any, book: Book) -> Case:
    """The case that the values describe; faults are noted in the book, and then the case is worth nothing."""
    fields = Node(data, (), book).shaped(SimulationShape, extra="seen_as")
    head = _read_head(fields)
    party_nodes = fields.entries("parties")
    known = Known(tuple(party_nodes))
    if "parties" in fields and len(known.parties) < 2:
        fields["parties"].fault("A negotiation needs two parties.", "Add the missing party.")
    if len(known.parties) > MOST_PARTIES:
        fields["parties"].fault(*TOO_MANY_PARTIES)
    parties = read_parties(party_nodes, head["mechanism"], head["seen_as"] == EVERYTHING)
    _read_terms(fields, known)
    interests = {party.id: set(party.interest_texts) for party in parties}
    case = Case(
        **head,
        parties=parties,
        uncertainties=tuple(known.events.values()),
        issues=tuple(known.issues.values()),
        derived=tuple(known.quantities.values()),
        adjustments=tuple(read_adjustment(node, known) for node in fields.items_of("adjustments")),
        agreement=read_agreement(fields, known, head["mechanism"]),
        coalition=read_coalition(fields["coalition"], known) if "coalition" in fields else None,
        rounds=read_rounds(fields["rounds"], known) if "rounds" in fields else None,
        settlement_elements=tuple(
            read_element(name, node, known, interests)
            for name, node in fields.entries("settlement_elements").items()
        ),
        max_elements=fields.integer("max_elements"),
        **read_process(fields, known),
        landmarks=tuple(
            _read_landmark(name, node, known) for name, node in fields.entries("landmarks").items()
        ),
    )
    if not book.faults:
        check_whole(case, fields)
    return case


def _read_terms(fields: Fields, known: Known) -> None:
    """What a table settles, in the order of the file: a later part may name an earlier one."""
    for name, node in fields.entries("uncertainties").items():
        known.events[name] = read_uncertainty(name, node, known)
    for name, node in fields.entries("issues").items():
        known.issues[name] = read_issue(name, node, known)
    for name, node in fields.entries("derived").items():
        known.quantities[name] = read_derived(name, node, known)


def _read_head(fields: Fields) -> dict[str, Any]:
    _check_head(fields)
    texts = ("version", "title", "licence", "summary")
    lists = ("authors", "tags", "teaches", "public_facts")
    scoring = fields["scoring"].shaped(ScoringShape) if "scoring" in fields else Fields()
    return {
        "id": fields.name("id"),
        **{name: fields.text(name) for name in texts},
        **{name: fields.texts(name) for name in lists},
        "level": fields.word("level", LEVELS, ""),
        "language": fields.text("language", "en"),
        "mechanism": fields.word("mechanism", MECHANISMS, "agreement"),
        "time": {name: node.integer() for name, node in fields.entries("time").items()},
        "unit": scoring.text("unit", "points"),
        "comparable": scoring.flag("comparable", False),
        "scoring_note": scoring.text("note"),
        "seen_as": fields.text("seen_as", EVERYTHING),
        "questionnaires": _read_questionnaires(fields),
    }


def _check_head(fields: Fields) -> None:
    if "format" in fields and (type(fields["format"].value) is not int or fields["format"].value != 1):
        fields["format"].fault("This file is of another format.", "Write “format: 1”.")
    if "version" in fields and not _VERSION.fullmatch(fields.text("version")):
        fields["version"].fault("The version is not of the form 1.2.3.", "Write three numbers with points.")
    if "language" in fields and not re.fullmatch(LANGUAGE, fields.text("language")):
        fields["language"].fault("This is no language.", "Write its short name, such as en, de or pt-BR.")


def _read_questionnaires(fields: Fields) -> dict[str, tuple[str, ...]]:
    if "questionnaires" not in fields:
        return {}
    moments = fields["questionnaires"].shaped(QuestionnairesShape)
    return {moment: node.texts() for moment, node in moments.items()}


def _read_landmark(name: str, node: Node, known: Known) -> Landmark:
    """Values are taken as they are: the check of the whole package names what is wrong with them."""
    package: dict[str, Value] = {}
    for key, entry in node.mapping().items():
        issue = known.issues.get(key)
        shares = issue and issue.kind == "allocation" and isinstance(entry.value, list)
        package[key] = tuple(entry.value) if shares else entry.value
    return Landmark(name, package)

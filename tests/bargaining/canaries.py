"""Small cases that use every part of format 1, and where in them a secret can stand: path, canary, who may know it."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from bargaining.case import Case
from bargaining.casefile import from_mapping
from tests.bargaining.cases import Plain

CANARY = "canary-of-another"
CANARY_NUMBER = 98765.5
CANARY_CHANCE = 0.12345
NOBODY: set[str] = set()


def _party(name: str, **more: Any) -> Plain:
    return {"name": name, "alternative": {"text": "none", "value": 0}, **more}


def _head(name: str, mechanism: str, parties: Plain) -> Plain:
    return {
        "format": 1,
        "id": name,
        "version": "1.0.0",
        "title": "A case",
        "mechanism": mechanism,
        "scoring": {"unit": "points"},
        "parties": parties,
    }


def _bet(high: Any, low: Any) -> Plain:
    return {"expected": {"event": "rain", "by": {"wet": high, "dry": low}}}


def _ways(*attrs: Plain) -> list[Plain]:
    return [{"id": f"o{n}", "label": f"Way {n}", "attrs": attr} for n, attr in enumerate(attrs)]


# Ada signs, Gil acts for her; Bo is the other side, Cy a third one, Med mediates.
HOUSE: Plain = _head("house", "agreement", {
    "ada": _party("Ada", kind="principal"),
    "gil": _party("Gil", kind="agent", principal="ada"),
    "bo": _party("Bo"),
    "cy": _party("Cy"),
    "med": {"name": "Med", "kind": "mediator"},
}) | {
    "uncertainties": {"rain": {"question": "Rain?", "outcomes": ["wet", "dry"], "beliefs": {
        party: {"wet": 0.5, "dry": 0.5} for party in ("ada", "bo", "cy")}}},
    "strands": {"fees": {"parties": ["ada", "gil"], "issues": ["rate"]},
                "sale": {"parties": ["gil", "bo"], "issues": ["price", "way", "split"], "signers": ["ada", "bo"]}},
    "issues": {
        "rate": {"title": "Rate", "kind": "choice", "strand": "fees", "options": _ways({"n": 1, "m": 1}, {"n": 2}),
                 "points": {"ada": [0, 1], "gil": [1, 0]}},
        "price": {"title": "Price", "kind": "integer", "unit": "USD", "min": 0, "max": 4, "step": 2, "strand": "sale",
                  "points": {"ada": {"offset": 1, "per_unit": 1}, "bo": {"steps": [[1, 2]]}}},
        "way": {"title": "Way", "kind": "choice", "strand": "sale", "options": _ways({"n": 1, "m": 3}, {"n": 2}),
                "points": {"ada": [0, 1], "bo": [1, 0]}},
        "split": {"title": "Shares", "kind": "allocation", "among": ["ada", "bo"], "of": "pot", "step": 50,
                  "strand": "sale", "points": {"ada": {"share_of": "pot"}, "bo": {"share_of": "pot"}}},
        "own": {"title": "Own", "kind": "integer", "min": 0, "max": 4, "step": 2, "visible_to": ["cy"],
                "points": {"cy": {"per_unit": 1}}},
        "sure": {"title": "Sure", "kind": "boolean", "group": "words"},
        "hours": {"title": "Hours", "kind": "decimal", "min": 0.5, "max": 1.5, "step": 0.5, "unit": "h"},
        "note": {"title": "Note", "kind": "text"},
    },
    "derived": {
        "pot": {"title": "Pot", "unit": "USD", "formula": "price + 1"},
        "fee": {"title": "Fee", "unit": "USD", "formula": "rate.n * 2",
                "points": {"ada": {"per_unit": -1}, "gil": {"per_unit": 1}}},
        "told": {"title": "Told", "formula": "hours * 2"},
        "open": {"title": "Open", "formula": "hours", "public": True},
    },
    "adjustments": [{"when": {"told": {"min": 1}}, "add": {"cy": 1}, "tell": ["cy", "med"]}],
    "agreement": {"rule": "threshold", "at_least": 3, "requires": {"open": {"min": 0}, "hours": 0.5}},
    "phases": [{"id": "first", "minutes": 5}],
    "delay": {"unit": "day", "cost": {"ada": 1}},
}  # fmt: skip

_PACKAGE: Plain = {
    "rate": "o0",
    "price": 0,
    "way": "o0",
    "split": [50, 50],
    "own": 0,
    "sure": True,
    "hours": 0.5,
}

FEN: Plain = _head("fen", "freeform", {
    name: {"name": name, "interests_rated": ["peace"], "interest_texts": {"peace": "peace"}} for name in ("ada", "bo")
}) | {
    "issues": {"note": {"title": "Note", "kind": "text"}},
    "settlement_elements": {"one": {"text": "One", "covers": {"ada": ["peace"]}}},
}  # fmt: skip

TRIO: Plain = _head("trio", "coalition", {name: _party(name) for name in ("ada", "bo", "cy")}) | {
    "coalition": {"values": {"ada+bo+cy": 9}}
}

RING: Plain = _head("ring", "rounds", {name: _party(name) for name in ("ada", "bo")}) | {
    "rounds": {"moves": ["low", "high"], "counted_move": "high", "multipliers": [1, 1],
               "payoff": {"low": [1, 2, 3], "high": [4, 5, 6]}}
}  # fmt: skip

BASES = {"house": HOUSE, "fen": FEN, "trio": TRIO, "ring": RING}

ADA, GIL, BO, CY = {"ada"}, {"gil"}, {"bo"}, {"cy"}
FEES, SALE, POT, TOLD = ADA | GIL, ADA | GIL | BO, ADA | BO, {"cy", "med"}

SECRETS: list[tuple[str, str, Any, set[str]]] = [
    ("house", "parties/ada/base", CANARY_NUMBER, ADA),
    ("house", "parties/ada/target", CANARY_NUMBER, ADA),
    ("house", "parties/ada/interests", [CANARY], ADA),
    ("house", "parties/ada/red_line", CANARY, ADA),
    ("house", "parties/med/interests", [CANARY], {"med"}),
    ("house", "parties/ada/alternative/text", CANARY, ADA),
    ("house", "parties/ada/alternative/value", CANARY_NUMBER, ADA),
    ("house", "parties/ada/alternative", {"text": "t", "lottery": [{"p": 1, "value": CANARY_NUMBER}]}, ADA),
    ("house", "parties/ada/alternative", {"text": "t", "lottery": [{"p": 1, "value": 1, "text": CANARY}]}, ADA),
    ("house", "parties/ada/alternative", {"text": "t", "lottery": [
        {"p": CANARY_CHANCE, "value": 1}, {"p": 1 - CANARY_CHANCE, "value": 1}]}, ADA),
    ("fen", "parties/ada/interest_texts/peace", CANARY, ADA),
    ("house", "uncertainties/rain/beliefs/ada", {"wet": CANARY_CHANCE, "dry": 1 - CANARY_CHANCE}, ADA),
    ("house", "uncertainties/rain/draw", {"wet": CANARY_CHANCE, "dry": 1 - CANARY_CHANCE}, NOBODY),
    # points of every rule, on issues and on quantities that all the same may not show them
    ("house", "issues/way/points/bo", [CANARY_NUMBER, 0], BO),
    ("house", "issues/price/points/bo", {"offset": CANARY_NUMBER, "per_unit": 0}, BO),
    ("house", "issues/price/points/bo", {"per_unit": CANARY_NUMBER}, BO),
    ("house", "issues/price/points/bo", {"piecewise": [[0, 0], [CANARY_NUMBER, 0]]}, BO),
    ("house", "issues/price/points/bo", {"steps": [[0, CANARY_NUMBER]]}, BO),
    ("house", "issues/price/points/bo", _bet({"per_unit": CANARY_NUMBER}, {"per_unit": 0}), BO),
    ("house", "issues/way/points/bo", _bet([0, CANARY_NUMBER], [0, 0]), BO),
    ("house", "issues/split/points/bo", {"share_of": "pot", "per_unit": CANARY_NUMBER}, BO),
    ("house", "derived/open/points", {"bo": {"per_unit": CANARY_NUMBER}}, BO),
    ("house", "derived/fee/points/gil", {"per_unit": CANARY_NUMBER}, GIL),
    # attributes of options: the instructor's unless a formula that one sees reads them
    ("house", "issues/way/options/0/attrs/m", CANARY_NUMBER, NOBODY),
    ("house", "issues/way/options/0/attrs", {CANARY: 1}, NOBODY),
    ("house", "issues/rate/options/1/attrs/n", CANARY_NUMBER, FEES),
    # what only some know to exist
    ("house", "issues/rate/title", CANARY, FEES),
    ("house", "issues/rate/options/0/label", CANARY, FEES),
    ("house", "issues/price/title", CANARY, SALE),
    ("house", "issues/price/unit", CANARY, SALE),
    ("house", "issues/own/title", CANARY, CY),
    ("house", "issues/own/unit", CANARY, CY),
    ("house", "issues/own/group", CANARY, CY),
    ("house", "issues/own", {"title": "Own", "kind": "decimal", "min": 0, "max": CANARY_NUMBER,
                             "step": CANARY_NUMBER, "visible_to": ["cy"]}, CY),
    ("house", "issues/" + CANARY, {"title": "New", "kind": "text", "visible_to": ["cy"]}, CY),
    ("house", "*", [("issues/" + CANARY, {"title": "New", "kind": "boolean", "strand": "fees"}),
                    ("strands/fees/issues/1", CANARY)], FEES),
    ("house", "derived/pot/title", CANARY, POT),
    ("house", "derived/pot/unit", CANARY, POT),
    ("house", "derived/pot/formula", f"price + {CANARY_NUMBER}", POT),
    ("house", "derived/fee/title", CANARY, FEES),
    ("house", "derived/fee/formula", f"rate.n + {CANARY_NUMBER}", FEES),
    ("house", "derived/told/title", CANARY, TOLD),
    ("house", "derived/told/formula", f"min(hours, {CANARY_NUMBER})", TOLD),
    ("house", "derived/" + CANARY, {"title": "New", "formula": "hours", "points": {"bo": {"per_unit": 1}}}, BO),
    ("house", "adjustments/0", {"when": {"hours": 0.5}, "add": {"bo": CANARY_NUMBER}}, BO),
    ("house", "adjustments/0", {"when": {"hours": 0.5}, "add": {"bo": CANARY_NUMBER}, "tell": ["bo", "cy"]}, BO),
    ("house", "adjustments/0", {"when": {"hours": 0.5}, "add": {"bo": 1}, "tell": ["bo", "cy"], "text": CANARY},
     BO | CY),
    ("house", "adjustments/0", {"when": {"hours": {"min": 0, "max": CANARY_NUMBER}}, "add": {"bo": 1}}, BO),
    ("house", "adjustments/0", {"when": {"hours": {"min": CANARY_NUMBER}}, "add": {"bo": 1}},
     BO),
    ("house", "adjustments/0", {"when": {"told": {"max": CANARY_NUMBER}}, "add": {"bo": 1}}, BO),
    ("house", "delay/cost/bo", CANARY_NUMBER, BO),
    # the instructor's own
    ("house", "tags", [CANARY], NOBODY),
    ("house", "teaches", [CANARY], NOBODY),
    ("house", "landmarks", {CANARY: _PACKAGE | {"note": "x"}}, NOBODY),
    ("house", "landmarks", {"one": _PACKAGE | {"note": CANARY}}, NOBODY),
    ("house", "releases", [{"id": CANARY, "at": {"minute": 5}, "to": ["bo"], "text": "News"}], NOBODY),
    ("house", "releases", [{"id": "news", "at": {"minute": int(CANARY_NUMBER)}, "to": ["bo"], "text": "x"}], NOBODY),
    ("house", "releases", [{"id": "news", "at": {"minute": 5}, "to": ["bo"], "text": CANARY}], NOBODY),
    ("house", "releases", [{"id": "news", "at": {"minute": 5}, "to": ["bo"], "text": "x",
                            "set": {"parties.bo.base": CANARY_NUMBER}}], NOBODY),
    ("house", "conditions/" + CANARY, {"about": "x"}, NOBODY),
    ("house", "conditions/tough", {"about": CANARY}, NOBODY),
    ("house", "conditions/tough", {"about": "x", "text": {"bo": CANARY}}, NOBODY),
    ("house", "conditions/tough", {"about": "x", "set": {"parties.bo.base": CANARY_NUMBER}}, NOBODY),
    ("fen", "settlement_elements/" + CANARY, {"text": "x"}, NOBODY),
    ("fen", "settlement_elements/one/text", CANARY, NOBODY),
    ("fen", "*", [("parties/ada/interests_rated", [CANARY]), ("parties/ada/interest_texts", {CANARY: "peace"}),
                  ("settlement_elements/one/covers/ada", [CANARY])], ADA),
    ("fen", "max_elements", int(CANARY_NUMBER), NOBODY),
    ("trio", "coalition/values/bo+cy", CANARY_NUMBER, BO | CY),
    ("trio", "coalition/values/ada+bo+cy", CANARY_NUMBER, ADA | BO | CY),
]  # fmt: skip

PUBLIC: list[tuple[str, str, Any]] = [
    *(("house", name, CANARY) for name in ("id", "title", "licence", "summary", "scoring/unit", "scoring/note")),
    *(("house", name, [CANARY]) for name in ("authors", "public_facts")),
    ("house", "time", {CANARY: 5}),
    ("house", "questionnaires/before", [CANARY]),
    ("house", "parties/bo/name", CANARY),
    ("house", "parties/" + CANARY, {"name": "New", "kind": "observer"}),
    ("house", "issues/" + CANARY, {"title": "New", "kind": "text"}),
    ("house", "issues/hours/title", CANARY),
    ("house", "issues/hours/unit", CANARY),
    ("house", "issues/sure/group", CANARY),
    ("house", "issues/note/when", {"hours": {"max": CANARY_NUMBER}}),
    ("house", "issues/note/midpoint", CANARY),
    ("house", "issues/more", {"title": "x", "kind": "choice", "options": [
        {"id": CANARY, "label": "x"}, {"id": "o1", "label": "x"}]}),
    ("house", "issues/more", {"title": "x", "kind": "choice", "options": [
        {"id": "o0", "label": CANARY}, {"id": "o1", "label": "x"}]}),
    ("house", "issues/more", {"title": "x", "kind": "decimal", "min": -CANARY_NUMBER, "max": CANARY_NUMBER,
                              "step": CANARY_NUMBER}),
    ("house", "issues/more", {"title": "x", "kind": "decimal", "min": CANARY_NUMBER, "max": CANARY_NUMBER + 1,
                              "step": 1}),
    ("house", "derived/open/title", CANARY),
    ("house", "derived/open/unit", CANARY),
    ("house", "derived/open/formula", f"hours + {CANARY_NUMBER}"),
    ("house", "uncertainties/" + CANARY, {"question": "x", "outcomes": ["a", "b"]}),
    ("house", "uncertainties/more", {"question": CANARY, "outcomes": ["a", "b"]}),
    ("house", "uncertainties/more", {"question": "x", "outcomes": [CANARY, "b"]}),
    ("house", "agreement/confirm", CANARY),
    ("house", "agreement", {"rule": "weighted", "weights": {"bo": CANARY_NUMBER}, "quota": 1}),
    ("house", "agreement", {"rule": "weighted", "weights": {"bo": 1e6}, "quota": CANARY_NUMBER}),
    ("house", "agreement/requires", {"open": {"min": 0, "max": CANARY_NUMBER}}),
    ("house", "agreement/requires", {"open": {"min": CANARY_NUMBER}}),
    ("house", "strands/" + CANARY, {"parties": ["ada", "bo"], "issues": []}),
    ("house", "phases/1", {"id": CANARY, "minutes": 5}),
    ("house", "phases/1", {"id": "second", "minutes": int(CANARY_NUMBER)}),
    ("house", "phases/1", {"id": "second", "minutes": 5, "note": CANARY}),
    ("house", "phases/1", {"id": "second", "minutes": 5, "straw_polls": [int(CANARY_NUMBER)]}),
    ("house", "phases/1", {"id": "second", "minutes": 5, "minutes_each": int(CANARY_NUMBER)}),
    ("house", "delay", {"unit": "day", "free": int(CANARY_NUMBER), "cost": {}}),
    ("house", "delay", {"unit": "day", "discount": CANARY_CHANCE}),
    ("trio", "coalition/step", CANARY_NUMBER),
    ("ring", "rounds/multipliers", [CANARY_NUMBER]),
    ("ring", "rounds/payoff/low", [CANARY_NUMBER, 0, 0]),
    ("ring", "rounds", {"moves": [CANARY, "high"], "counted_move": "high", "multipliers": [1],
                        "payoff": {CANARY: [1, 2, 3], "high": [4, 5, 6]}}),
    ("ring", "rounds", {"moves": ["low", "high"], "multipliers": [1], "matrix": {
        "low": {"low": [CANARY_NUMBER, 1], "high": [1, 1]}, "high": {"low": [1, 1], "high": [1, 1]}}}),
    ("ring", "rounds/talk_before", {CANARY: [1]}),
    ("ring", "rounds/seconds_per_round", int(CANARY_NUMBER)),
    ("ring", "rounds/continues", CANARY_CHANCE),
]  # fmt: skip


def planted(base: str, path: str, value: Any) -> Case:
    plain = deepcopy(BASES[base])
    for way, part in value if path == "*" else [(path, value)]:
        put(plain, way, part)
    return from_mapping(plain)


def put(plain: Plain, path: str, value: Any) -> None:
    *way, last = path.split("/")
    place: Any = plain
    for step in way:
        place = place[int(step)] if isinstance(place, list) else place.setdefault(step, {})
    if isinstance(place, list):
        place.insert(int(last), value)
    else:
        place[last] = value

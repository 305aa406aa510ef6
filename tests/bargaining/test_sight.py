"""What a party may see: every text and number of a case is planted with a canary, alone, and exactly those who may
know it find it in their view, wherever it may hide."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bargaining.case
from bargaining.case import Case
from bargaining.casefile import from_mapping, to_mapping
from bargaining.structure import best_points
from tests.bargaining.canaries import BASES, CANARY, CANARY_CHANCE, CANARY_NUMBER, PUBLIC, SECRETS, planted
from tests.bargaining.cases import Plain, farm
from tests.bargaining.rich_cases import FEE, rich_cases


def leaves(thing: Any, place: str, met: set[int]) -> Iterator[tuple[str, Any]]:
    """Every text and number of a case with the field it stands in, also in what is cached or hidden in closures."""
    if id(thing) in met:
        return
    if isinstance(thing, str | int | float):
        yield place, thing
        return
    met.add(id(thing))
    if isinstance(thing, dict):
        parts: Any = [part for pair in thing.items() for part in pair]
    elif isinstance(thing, tuple | list | set | frozenset):
        parts = thing
    elif callable(thing) and getattr(thing, "__closure__", None):
        parts = [cell.cell_contents for cell in thing.__closure__]
    elif is_dataclass(thing):
        for name, value in vars(thing).items():
            yield from leaves(value, f"{type(thing).__name__}.{name}", met)
        return
    else:
        return
    for part in parts:
        yield from leaves(part, place, met)


def is_canary(leaf: Any) -> bool:
    if isinstance(leaf, str):
        return CANARY in leaf or str(CANARY_NUMBER) in leaf
    return leaf in (CANARY_NUMBER, int(CANARY_NUMBER), CANARY_CHANCE)


def found(case: Case) -> set[str]:
    return {place for place, leaf in leaves(case, "", set()) if is_canary(leaf)}


def told(case: Case) -> bool:
    """Whether a canary can be found in a case, after it was used, or in what is written of it."""
    for party in case.scored_ids:
        best_points(case, party)
    text = str(to_mapping(case)) + repr(case)
    return bool(found(case)) or CANARY in text or str(CANARY_NUMBER) in text or str(CANARY_CHANCE) in text


@pytest.mark.parametrize(("base", "path", "value", "who"), SECRETS, ids=[f"{b}:{p}" for b, p, *_ in SECRETS])
def test_secret_is_known_to_those_who_may_know_it(base: str, path: str, value: Any, who: set[str]) -> None:
    case = planted(base, path, value)
    assert found(case)  # it exists before it is hidden
    assert {party for party in case.party_ids if told(case.seen_by(party))} == who
    assert not told(case.seen_by(None))
    for party in case.party_ids:
        assert not told(case.seen_by(party).seen_by(None))


@pytest.mark.parametrize(("base", "path", "value"), PUBLIC, ids=[f"{b}:{p}" for b, p, _ in PUBLIC])
def test_what_is_public_is_known_to_all(base: str, path: str, value: Any) -> None:
    case = planted(base, path, value)
    assert found(case)
    assert all(told(case.seen_by(viewer)) for viewer in (None, *case.party_ids))


# What cannot hold a canary: truths, words of the format's own, small counts, and links by name that are checked.
PLAIN_FIELDS = {
    "Case.comparable", "Case.mechanism", "Case.seen_as", "Case.memo", "Case.version", "Case.level",
    "Case.language", "Party.kind", "Party.scored", "Party.team", "Party.optional", "Party.principal",
    "Issue.kind", "Issue.allow_added_terms", "Issue.among", "Issue.of", "Issue.strand", "Issue.visible_to",
    "Issue.contingent_on", "Derived.public", "Adjustment.tell", "Adjustment.approved_by",
    "Uncertainty.resolve", "Agreement.rule", "Agreement.allow_no_deal", "Agreement.signers",
    "Agreement.at_least", "Agreement.veto", "CoalitionTable.public", "CoalitionTable.one_agreement_only",
    "Rounds.reveal", "Rounds.simultaneous", "Rounds.counted_move", "Rounds.absent_move", "SettlementElement.red_line",
    "SettlementElement.naive", "SettlementElement.conflicts", "Strand.parties", "Strand.signers", "Strand.after",
    "Channel.members", "Channel.phase", "Channel.strand", "Phase.rotate", "Phase.together", "Delay.unit",
    "Delay.optional", "Release.to", "Release.optional",
    "Is.issue", "Is.values", "Between.issue", "QuantityBetween.quantity", "ShareRule.quantity",
    "ExpectedRule.event",
}  # fmt: skip


CLASSES = {getattr(bargaining.case, name) for name in bargaining.case.__all__}
ALL_FIELDS = {
    f"{each.__name__}.{field.name}"
    for each in CLASSES
    if is_dataclass(each) and each.__name__ != "PackageFault"
    for field in fields(each)
}
# Fields that hold nothing but values of the other classes.
STRUCTURE = {
    "Case.parties", "Case.issues", "Case.derived", "Case.adjustments", "Case.uncertainties", "Case.agreement",
    "Case.coalition", "Case.rounds", "Case.settlement_elements", "Case.strands", "Case.phases",
    "Case.channels", "Case.delay", "Case.releases", "Case.conditions", "Case.landmarks", "Party.alternative",
    "Alternative.lottery", "Issue.options", "Issue.points", "Issue.when", "Derived.formula", "Derived.points",
    "Adjustment.when", "Agreement.requires", "AllOf.parts", "AnyOf.parts", "Not.part", "ExpectedRule.by",
    "QuantityBetween.formula",
}  # fmt: skip


@cache
def covered() -> dict[str, set[str]]:
    """For each row, by its path, the fields in which its canary stands."""
    rows = [(base, path, value) for base, path, value, _ in SECRETS] + PUBLIC
    places: dict[str, set[str]] = {}
    for base, path, value in rows:
        places.setdefault(path, set()).update(found(planted(base, path, value)))
    return places


def uncovered(without: str = "") -> set[str]:
    """Fields of the classes of a case in which no row puts a canary."""
    places = [there for path, there in covered().items() if path != without]
    return ALL_FIELDS - set().union(*places, PLAIN_FIELDS, STRUCTURE)


def test_every_field_of_a_case_is_secret_or_public_or_neither() -> None:
    assert uncovered() == set()


def test_field_without_a_row_would_be_noticed() -> None:
    assert uncovered(without="parties/ada/target") == {"Party.target"}
    assert uncovered(without="delay/cost/bo") == {"Delay.cost"}


def test_view_of_a_stranger_is_refused() -> None:
    with pytest.raises(KeyError):
        farm().seen_by("stranger")


def test_views_are_made_once() -> None:
    assert farm().seen_by("farmer") is farm().seen_by("farmer")


@settings(max_examples=25, deadline=None)
@given(rich_cases(), st.data())
def test_random_views_hold_no_canary_of_others(plain: Plain, data: st.DataObject) -> None:
    owner, viewer = data.draw(st.permutations(sorted(plain["parties"])))[:2]
    case = from_mapping(marked(plain, owner))
    assert found(case)
    assert told(case.seen_by(owner))
    for seen in (case.seen_by(viewer), case.seen_by(None), case.seen_by(viewer).seen_by(None)):
        assert not told(seen)


@settings(max_examples=25, deadline=None)
@given(rich_cases())
def test_own_view_does_not_depend_on_the_other_sheet(plain: Plain) -> None:
    plain["delay"] = {"unit": "day", "cost": {"ada": 1}}
    assert from_mapping(plain).seen_by("ada") == from_mapping(marked(plain, "bo")).seen_by("ada")


def marked(plain: Plain, owner: str) -> Plain:
    """The case with everything that belongs to one party, or to the instructor, filled with canaries."""
    plain = json.loads(json.dumps(plain))
    lottery = [{"p": 1, "value": CANARY_NUMBER, "text": CANARY}]
    plain["parties"][owner] |= {
        "base": CANARY_NUMBER, "target": CANARY_NUMBER, "interests": [CANARY], "red_line": CANARY,
        "alternative": {"text": CANARY, "lottery": lottery},
    }  # fmt: skip
    for issue in plain["issues"].values():
        if owner in issue["points"]:
            issue["points"][owner] = _marked_rule(issue)
    for quantity in plain["derived"].values():
        if owner in quantity["points"]:
            quantity["points"][owner] = {"piecewise": [[0, CANARY_NUMBER], [1, CANARY_NUMBER]]}
    plain["derived"]["own"] = {
        "title": CANARY,
        "formula": f"{CANARY_NUMBER}",
        "points": {owner: {"per_unit": 1}},
    }
    plain["adjustments"].append(
        {
            "when": {FEE: {"max": CANARY_NUMBER}},
            "add": {owner: CANARY_NUMBER},
            "tell": [owner],
            "text": CANARY,
        }
    )
    plain["uncertainties"]["rain"]["draw"] = {"wet": CANARY_CHANCE, "dry": 1 - CANARY_CHANCE}
    plain.setdefault("delay", {"unit": "day", "cost": {}})["cost"][owner] = CANARY_NUMBER
    plain |= {"tags": [CANARY], "teaches": [CANARY], "landmarks": {}}
    plain["releases"] = [{"id": CANARY, "at": {"minute": 5}, "to": [owner], "text": CANARY}]
    plain["conditions"] = {CANARY: {"about": CANARY, "text": {"all": CANARY}}}
    return plain


def _marked_rule(issue: Plain) -> Any:
    if issue["kind"] == "allocation":
        return {"share_of": issue["of"], "per_unit": CANARY_NUMBER}
    if issue["kind"] in ("choice", "boolean"):
        return [CANARY_NUMBER] * len(issue.get("options", "no"))
    return {"offset": CANARY_NUMBER, "per_unit": CANARY_NUMBER}


def test_issue_that_names_its_readers_is_theirs_alone_also_in_a_strand() -> None:
    plain = deepcopy(BASES["house"])
    plain["issues"]["rate"]["visible_to"] = ["ada"]
    del plain["derived"]["fee"], plain["issues"]["rate"]["points"]["gil"]
    case = from_mapping(plain)
    assert {viewer for viewer in case.party_ids if case.seen_by(viewer).has_issue("rate")} == {"ada"}
    assert all(strand.issues == () for strand in case.seen_by("gil").strands if strand.id == "fees")

"""The plain points table: what it says is what the scorer gives, and every mistake is told with its line."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import assume, given

from bargaining.case import Agreement, Case
from bargaining.casefile import CaseFaults, from_mapping, to_mapping
from bargaining.imports import Imported, read
from bargaining.scoring import alternative_value, points
from tests.bargaining.cases import some_cases
from tests.bargaining.imports.tables import Plain, all_outcomes, as_bytes, barn, plain_tables, slow_value


def imported(plain: object) -> Imported:
    return read({"table.json": as_bytes(plain)})


def package_of(case: Case, plain: Plain, outcome: list[Any]) -> dict[str, Any]:
    """By position, which no name can disturb."""
    package = {}
    for issue, described, option in zip(case.issues, plain["issues"], outcome, strict=True):
        ordered = sorted(described["options"]) if described["type"] == "numeric" else described["options"]
        package[issue.id] = issue.values()[ordered.index(option)]
    return package


def faults(plain: object) -> list[str]:
    with pytest.raises(CaseFaults) as caught:
        imported(plain)
    assert all(fault.mend and fault.file == "table.json" for fault in caught.value.faults)
    return [fault.what for fault in caught.value.faults]


def test_table_keeps_its_words() -> None:
    found = imported(barn())
    assert found.notes == ()
    assert found.case.id == "barn"
    assert found.case.title == "The shared barn"
    assert [party.name for party in found.case.parties] == ["Ada", "Bo"]
    assert [issue.title for issue in found.case.issues] == ["Roof", "Rent"]
    assert [option.label for option in found.case.issues[0].options] == ["tin", "slate", "straw"]
    assert found.case.issues[1].values() == (10, 15, 20)
    assert [alternative_value(found.case, party) for party in found.case.party_ids] == [2, 3.5]


def test_values_are_weight_times_points_and_interactions() -> None:
    case = imported(barn()).case
    assert points(case, "ada", {"roof": "slate", "rent": 15}) == 0.5 * 10 + 2 * 1
    assert points(case, "ada", {"roof": "slate", "rent": 20}) == 0.5 * 10 + 2 * 2 - 1.5
    assert points(case, "bo", {"roof": "straw", "rent": 20}) == 6


def test_offers_name_parties_and_packages() -> None:
    assert [tuple(offer) for offer in imported(barn()).offers] == [
        ("ada", {"roof": "slate", "rent": 20}),
        ("bo", {"roof": "straw", "rent": 10}),
        ("ada", {"roof": "slate", "rent": 15}),
    ]


@some_cases
@given(plain_tables())
def test_values_agree_with_the_slow_evaluator(plain: Plain) -> None:
    found = imported(plain)
    case = found.case
    for outcome in all_outcomes(plain):
        package = package_of(case, plain, outcome)
        for party, described in zip(case.party_ids, plain["parties"], strict=True):
            assert points(case, party, package) == slow_value(plain, described, outcome)
    for offer, described in zip(found.offers, plain["offers"], strict=True):
        assert offer.party == case.party_ids[described["party"]]
        assert offer.package == package_of(case, plain, described["outcome"])


@some_cases
@given(plain_tables())
def test_case_from_a_table_survives_writing(plain: Plain) -> None:
    assume(all(len(issue["options"]) > 1 for issue in plain["issues"]))
    case = imported(plain).case
    assert from_mapping(to_mapping(case)) == case


def test_alternative_is_rounded_as_values_are() -> None:
    """A third of a point is worth an alternative of a third."""
    plain = barn()
    plain["parties"][0] |= {"reservation": 1 / 3, "weights": {"Roof": 1 / 3, "Rent": 0}, "interactions": []}
    plain["parties"][0]["points"]["Roof"] = [1, 0, 0]
    case = imported(plain).case
    assert points(case, "ada", {"roof": "tin", "rent": 10}) == alternative_value(case, "ada")


def test_rule_of_agreement_is_kept() -> None:
    plain = barn()
    plain["agreement_rule"] = {"min_parties": 1, "veto": [1]}
    assert imported(plain).case.agreement == Agreement("threshold", at_least=1, veto=("bo",))
    plain["agreement_rule"] = {"min_parties": 2}
    assert imported(plain).case.agreement == Agreement()


def test_single_option_is_an_issue_too() -> None:
    plain = barn()
    plain["issues"][0]["options"] = ["tin"]
    for party in plain["parties"]:
        party["points"]["Roof"] = [3]
        party["interactions"] = []
    plain["offers"] = []
    case = imported(plain).case
    assert points(case, "bo", {"roof": "tin", "rent": 10}) == 3 + 5


Change = Callable[[Plain], object]
MISTAKES: list[tuple[Change, str]] = [
    (lambda p: p.update(colour="red"), "“colour” is not known in the file."),
    (lambda p: p.update(schema="negotiation-domain/2"), "schema should be one of the known words."),
    (lambda p: p.pop("title"), "“title” is missing in the file."),
    (lambda p: p.update(title=""), "title should be some text."),
    (lambda p: p.update(origin={"kind": "made", "colour": "red"}), "“colour” is not known in origin."),
    (lambda p: p.update(issues=[]), "There is nothing to negotiate."),
    (lambda p: p.update(parties=p["parties"][:1], offers=[]), "A negotiation needs two parties."),
    (lambda p: p["issues"][0].update(type="odd"), "issues.0.type should be one of the known words."),
    (lambda p: p["issues"][0].update(min=1), "Only a numeric issue has “min”."),
    (lambda p: p["issues"][0]["options"].append("tin"), "The option “tin” stands here twice."),
    (lambda p: p["issues"][0]["options"].append(None), "issues.0.options.3 should be some text."),
    (lambda p: p["issues"].append(deepcopy(p["issues"][0])), "The issue “Roof” stands here twice."),
    (lambda p: p["issues"][1].pop("step"), "“step” is missing in issues.1."),
    (lambda p: p["issues"][1].update(step=0), "This range is empty."),
    (lambda p: p["issues"][1].update(step=1e-12), "The steps are finer than nine decimals."),
    (lambda p: p["issues"][1].update(max=1e9, step=0.001), "This issue has too many values."),
    (lambda p: p["issues"][1].update(max=25), "These are not the 4 numbers from min to max."),
    (lambda p: p["issues"][1].update(options=[10, 12, 20]), "This number is not min plus some steps."),
    (lambda p: p["parties"][1].update(name="Ada"), "The party “Ada” stands here twice."),
    (lambda p: p["parties"][1].pop("reservation"), "“reservation” is missing in parties.1."),
    (lambda p: p["parties"][0]["weights"].pop("Rent"), "parties.0.weights says nothing about the issue “Rent”."),
    (lambda p: p["parties"][0]["points"].update(Door=[1]), "There is no issue “Door”."),
    (lambda p: p["parties"][0]["points"]["Roof"].pop(), "There are 2 points for 3 options."),
    (lambda p: p["parties"][0]["points"].update(Roof=[1, None, 3]), "parties.0.points.Roof.1 should be a number."),
    (lambda p: p["parties"][0]["points"].update(Roof=[1, True, 3]), "parties.0.points.Roof.1 should be a number."),
    (lambda p: p["parties"][0].update(reservation="2"), "parties.0.reservation should be a number."),
    (lambda p: p["parties"][0]["interactions"][0]["options"].update(Roof="brick"), "“Roof” does not have this option."),
    (lambda p: p["parties"][0]["interactions"][0]["options"].update(Rent="20"),
     "parties.0.interactions.0.options.Rent should be a number."),
    (lambda p: p["parties"][0]["interactions"][0]["options"].update(Door="x"), "There is no issue “Door”."),
    (lambda p: p["parties"][0]["interactions"][0].update(options={}), "An interaction needs an option that must hold."),
    (lambda p: p["offers"][0].update(party=2), "There is no party 2."),
    (lambda p: p["offers"][0].update(party=-1), "offers.0.party should be a whole number."),
    (lambda p: p["offers"][0]["outcome"].pop(), "There are 1 options for 2 issues."),
    (lambda p: p["offers"][2].update(outcome=["slate", 12]), "“Rent” does not have this option."),
    (lambda p: p.update(agreement_rule={"min_parties": 3}), "There are only 2 parties."),
    (lambda p: p.update(agreement_rule={"min_parties": 0}), "agreement_rule.min_parties should be a whole number."),
    (lambda p: p.update(agreement_rule={"min_parties": 2, "veto": [2]}), "There is no party 2."),
    (lambda p: p.update(agreement_rule={"veto": [0]}), "“min_parties” is missing in agreement_rule."),
]  # fmt: skip


@pytest.mark.parametrize(("change", "what"), MISTAKES, ids=[what for _, what in MISTAKES])
def test_mistake_is_told(change: Change, what: str) -> None:
    plain = barn()
    change(plain)
    assert what in faults(plain)


def test_all_mistakes_are_told_at_once_with_their_lines() -> None:
    plain = barn()
    plain["parties"][0]["points"]["Roof"] = [1, 2]
    plain["parties"][1]["weights"]["Rent"] = "heavy"
    plain["offers"][1]["outcome"] = ["thatch", 10]
    plain["colour"] = "red"
    lines = as_bytes(plain).decode().splitlines()
    with pytest.raises(CaseFaults) as caught:
        imported(plain)
    told = [(fault.what, lines[fault.line - 1].strip()) for fault in caught.value.faults]
    assert told == [
        ("There are 2 points for 3 options.", '"Roof": ['),
        ("parties.1.weights.Rent should be a number.", '"Rent": "heavy"'),
        ("“Roof” does not have this option.", '"thatch",'),
        ("“colour” is not known in the file.", '"colour": "red"'),
    ]


BROKEN = [
    ('{"schema": "negotiation-domain/1", "schema": "x"}', "“schema” stands here twice."),
    ('{"schema": NaN}', "This number is not finite."),
    ('{"schema": -Infinity}', "This number is not finite."),
    ('{"schema": 1e999}', "This number is not finite."),
    ('{"schema": "\\u0000"}', "A text holds a character that nobody can read."),
    ('{"schema": "\\ud800"}', "A text holds a character that nobody can read."),
    ('{"schema": 01}', "This is not readable JSON."),
    ('{"schema": }', "This is not readable JSON."),
    ('{"schema": "a" "b"}', "This is not readable JSON."),
    ("{'schema': 1}", "This is not readable JSON."),
    ('{"schema": "a"', "This is not readable JSON."),
    ("{} {}", "Something stands behind the end of the JSON."),
    ("[" * 100_000, "The file is nested deeper than 20 levels."),
    ("[" + "0," * 300_001 + "0]", "The file has more than 300,000 values."),
    ('{"a": "' + "x" * 4_194_304 + '"}', "The file is larger than 4 MiB."),
    ("[]", "the file should be names with values."),
]


@pytest.mark.parametrize(("text", "what"), BROKEN, ids=[text[:20] for text, _ in BROKEN])
def test_broken_json_is_told(text: str, what: str) -> None:
    with pytest.raises(CaseFaults) as caught:
        read({"table.json": text.encode()})
    assert what in [fault.what for fault in caught.value.faults]


def test_numbers_of_every_spelling_are_read() -> None:
    text = json.dumps(barn()).replace('"reservation": 3.5', '"reservation": 0.35E+1')
    assert alternative_value(read({"t.json": text.encode()}).case, "bo") == 3.5
    huge = json.dumps(barn()).replace('"reservation": 3.5', '"reservation": ' + "9" * 5000)
    with pytest.raises(CaseFaults, match="not finite"):
        read({"t.json": huge.encode()})

"""What a case says about packages, and what its views hold; their secrets are tested in test_sight.py."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bargaining.case import Case, Issue, applying, check_package
from bargaining.casefile import from_mapping, to_mapping
from bargaining.scoring import points
from tests.bargaining.cases import Plain, all_packages, farm, halyard, kiln, plain_cases, some_cases

BEST = dict(farm().landmarks[-1].package)


def codes(case: Case, package: Any) -> list[tuple[str, str]]:
    return [(fault.code, fault.issue) for fault in check_package(case, package)]


def test_case_finds_its_parts_by_name() -> None:
    assert farm().party_ids == ("farmer", "neighbour")
    assert farm().party("farmer").role == "farmer"
    assert farm().issue("rent").unit == "USD per year"
    with pytest.raises(KeyError, match="no such party"):
        farm().party("stranger")
    with pytest.raises(KeyError, match="no such issue"):
        farm().issue("weather")


def test_values_come_in_order() -> None:
    assert farm().issue("acres").values() == ("a30", "a40", "a50")
    assert farm().issue("rent").values()[:3] == (4000, 4500, 5000)
    assert farm().issue("rent").values()[-1] == 12000
    assert all(type(value) is int for value in farm().issue("rent").values())


def test_dependent_issues_come_and_go_with_their_reason() -> None:
    assert "sale_price" in [issue.id for issue in applying(farm(), {"form": "sale"})]
    assert "rent" not in [issue.id for issue in applying(farm(), {"form": "sale"})]
    names = [issue.id for issue in applying(farm(), {})]
    assert "rent" not in names
    assert "sale_price" not in names
    assert not halyard().issue("nc_scope").applies({"nc_length": "none"})


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"acres": "a99"}, [("unknown_option", "acres")]),
        ({"acres": 40}, [("bad_type", "acres")]),
        ({"acres": None}, [("bad_type", "acres")]),
        ({"acres": ["a40"]}, [("bad_type", "acres")]),
        ({"rent": 8500.0}, [("bad_type", "rent")]),
        ({"rent": "8500"}, [("bad_type", "rent")]),
        ({"rent": True}, [("bad_type", "rent")]),
        ({"rent": float("nan")}, [("bad_type", "rent")]),
        ({"rent": 8501}, [("off_step", "rent")]),
        ({"rent": 10**400}, [("out_of_range", "rent")]),
        ({"rent": -500}, [("out_of_range", "rent")]),
        ({"sale_price": 150000}, [("does_not_apply", "sale_price")]),
        ({"weather": "fine"}, [("unknown_issue", "")]),
        ({"form": "sale"}, [("missing_issue", "sale_price"), ("does_not_apply", "rent")]),
    ],
)
@pytest.mark.parametrize("viewer", ["whole", "public"])
def test_package_is_checked(change: Plain, expected: list[tuple[str, str]], viewer: str) -> None:
    case = farm() if viewer == "whole" else farm().seen_by(None)
    assert codes(case, {**BEST, **change}) == expected


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("On 9 March", ""),
        (" ", "bad_type"),
        (9, "bad_type"),
        ("x" * 2001, "too_long"),
        ("a\x00b", "bad_text"),
        ("\ud800", "bad_text"),
    ],
)
def test_text_that_is_settled_can_be_kept(words: object, code: str) -> None:
    assert Issue("ringing", "When it rings", "text").fault_of(words) == code


def test_text_that_cannot_be_kept_is_refused_in_words() -> None:
    case = replace(farm(), issues=(Issue("note", "Note", "text"),))
    assert check_package(case, {"note": "\x00"})[0].said().startswith("The text for “Note” contains")


@some_cases
@given(plain_cases(), st.data())
def test_any_junk_gets_faults_and_never_an_error(plain: Plain, data: st.DataObject) -> None:
    case = from_mapping(plain)
    junk = st.one_of(st.none(), st.floats(), st.integers(), st.text(), st.lists(st.none()), st.just({}))
    package = {issue.id: data.draw(junk) for issue in case.issues}
    assert len(check_package(case, package)) <= len(case.issues)


def test_missing_issue_is_named() -> None:
    package = {key: value for key, value in BEST.items() if key != "acres"}
    assert codes(farm(), package) == [("missing_issue", "acres")]
    assert check_package(farm(), package)[0].said() == "“Land included” is still open."


def test_fault_words_never_repeat_what_was_sent() -> None:
    package = {**BEST, "acres": "<b>canary</b>", "canary2": "x", "rent": "canary3"}
    words = " ".join(fault.said() + fault.issue for fault in check_package(farm(), package))
    assert "canary" not in words


@pytest.mark.parametrize(
    "value", [float("inf"), float("-inf"), float("nan"), "0.5", None, True, 10**400, 0.75]
)
def test_decimal_refuses_what_is_no_step(value: Any) -> None:
    assert not _decimal_case().issue("fee").accepts(value)


@pytest.mark.parametrize("value", [0.5, 1, 1.0, 1.5])
def test_decimal_accepts_whole_numbers_too(value: float) -> None:
    assert _decimal_case().issue("fee").accepts(value)


def test_boolean_is_no_number() -> None:
    issue = _decimal_case().issue("sure")
    assert issue.accepts(True)
    assert not issue.accepts(1)
    assert not issue.accepts("true")


def test_middle_is_the_author_s_word_or_the_middle_value() -> None:
    assert farm().issue("form").middle == ("lease15",)
    assert farm().issue("acres").middle == ("a40",)
    assert farm().issue("cabins").middle == ("two", "four")


def test_own_view_scores_like_the_whole() -> None:
    seen = farm().seen_by("neighbour")
    assert points(seen, "neighbour", BEST) == points(farm(), "neighbour", BEST) == 145.0
    assert seen.scored_ids == ("neighbour",)
    assert seen.party("neighbour") == farm().party("neighbour")
    assert not seen.is_public_only


def test_public_view_holds_no_numbers_of_anybody() -> None:
    public = farm().seen_by(None)
    assert public.is_public_only
    assert public.scored_ids == ()
    for party in public.parties:
        assert (party.alternative, party.target, party.base, party.interests) == (None, None, 0.0, ())
    assert all(issue.points == {} for issue in public.issues)
    assert public.adjustments == public.releases == public.conditions == public.landmarks == ()
    assert public.tags == public.teaches == ()
    assert public.uncertainties[0].beliefs == public.uncertainties[0].draw == {}


@some_cases
@given(plain_cases())
def test_whole_packages_have_no_faults(plain: Plain) -> None:
    case = from_mapping(plain)
    for package in all_packages(plain):
        assert check_package(case, package) == ()
        assert check_package(case.seen_by(None), package) == ()


def test_case_survives_json_in_every_view() -> None:
    for case in (farm(), kiln(), halyard()):
        for seen in (case, case.seen_by(None), *(case.seen_by(party) for party in case.party_ids)):
            assert from_mapping(json.loads(json.dumps(to_mapping(seen)))) == seen


def _decimal_case() -> Case:
    return from_mapping(
        {
            "format": 1,
            "id": "small",
            "version": "1.0.0",
            "title": "Small",
            "mechanism": "agreement",
            "parties": {
                "ada": {"name": "Ada", "alternative": {"text": "none", "value": 0}},
                "bo": {"name": "Bo", "alternative": {"text": "none", "value": 0}},
            },
            "issues": {
                "fee": {"title": "Fee", "kind": "decimal", "min": 0.5, "max": 1.5, "step": 0.5},
                "sure": {"title": "Sure", "kind": "boolean"},
            },
        }
    )

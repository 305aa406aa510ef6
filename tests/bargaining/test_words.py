"""Values and changes in words."""

from __future__ import annotations

import pytest

from bargaining.case import Issue, Value
from bargaining.casefile import from_mapping
from bargaining.words import change_in_words, number_in_words, value_in_words
from tests.bargaining.cases import farm


@pytest.mark.parametrize(
    ("issue", "value", "words"),
    [
        ("rent", 9000, "$9,000 a year"),
        ("trail_bonus", 30000, "$30,000"),
        ("form", "lease15", "Lease for 15 years"),
        ("cabins", "none", "None"),
    ],
)
def test_value_in_words(issue: str, value: Value, words: str) -> None:
    assert value_in_words(farm().issue(issue), value) == words


@pytest.mark.parametrize(
    ("issue", "old", "new", "sign", "words"),
    [
        ("trail_bonus", 27500, 30000, "↑", "$2,500 more"),
        ("rent", 9000, 7500, "↓", "$1,500 a year less"),
        ("rent", 9000, 9000, "=", "the same"),
        ("rent", None, 9000, "+", "added"),
        ("rent", 9000, None, "−", "removed"),
        ("rent", None, None, "=", "the same"),
        ("cabins", "six", "four", "≠", "instead of Six"),
    ],
)
def test_change_in_words(issue: str, old: Value | None, new: Value | None, sign: str, words: str) -> None:
    change = change_in_words(farm().issue(issue), old, new)
    assert (change.sign, change.words) == (sign, words)


def test_words_can_be_translated() -> None:
    words = {"{amount} a year": "{amount} im Jahr", "{amount} more": "{amount} mehr"}
    change = change_in_words(farm().issue("rent"), 8500, 9000, lambda text: words.get(text, text))
    assert change.words == "$500 im Jahr mehr"


@pytest.mark.parametrize(
    ("unit", "number", "words"),
    [
        ("days", 3, "3 days"),
        ("USD per month", 1250.5, "$1,250.5 a month"),
        ("hours per week", 2, "2 hours per week"),
        ("", 1000, "1,000"),
        ("USD", -20, "−$20"),
    ],
)
def test_units(unit: str, number: float, words: str) -> None:
    issue: dict[str, object] = {"title": "It", "kind": "decimal", "min": -100, "max": 2000, "step": 0.5}
    if unit:
        issue["unit"] = unit
    assert value_in_words(_case_with(issue), number) == words


def test_yes_and_no() -> None:
    issue = _case_with({"title": "It", "kind": "boolean"})
    assert value_in_words(issue, True) == "Yes"
    assert value_in_words(issue, False) == "No"
    assert change_in_words(issue, False, True).words == "instead of No"


def test_numbers_have_no_needless_decimals() -> None:
    assert [number_in_words(n) for n in (2.0, 2.5, 1234567, 0.1 + 0.2)] == ["2", "2.5", "1,234,567", "0.3"]


def _case_with(issue: dict[str, object]) -> Issue:
    party = {"name": "One", "alternative": {"text": "none", "value": 0}}
    case = from_mapping(
        {
            "format": 1,
            "id": "small",
            "version": "1.0.0",
            "title": "Small",
            "mechanism": "agreement",
            "parties": {"ada": party, "bo": party},
            "issues": {"it": issue},
        }
    )
    return case.issue("it")

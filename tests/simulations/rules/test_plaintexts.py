"""Texts made from a table: all that one needs to play, no number of anybody, marked as made."""

from __future__ import annotations

import re
from dataclasses import replace

from bargaining.case import Case, Issue
from simulations.prose import to_html
from simulations.rules.plaintexts import plain_texts
from tests.bargaining.cases import farm, kiln


def with_issue(case: Case, issue: Issue) -> Case:
    return replace(case, issues=(issue, *case.issues))


def test_general_text_names_sides_and_terms() -> None:
    general = to_html(plain_texts(farm())["general"])
    for words in (
        "Dev Okafor-Lind",
        "1 May, 1 August, 1 November",
        "from $150,000 to $230,000",
        "made from the table",
    ):
        assert words in general


def test_each_party_gets_a_sheet_with_places_for_its_own_numbers() -> None:
    roles = plain_texts(farm())["roles"]
    assert set(roles) == {"farmer", "neighbour"}
    assert "cows graze until the snow" in roles["farmer"]
    assert "cows graze until the snow" not in roles["neighbour"]
    for text in roles.values():
        assert re.findall(r"{{ (\w+) }}", text) == ["my_alternative", "my_points"]
        assert "made from the table" in text


def test_no_text_says_what_anything_is_worth() -> None:
    seller = kiln().party("seller")
    assert seller.alternative
    assert seller.alternative.worth == 1450
    texts = plain_texts(kiln())
    for text in (texts["general"], *texts["roles"].values()):
        assert "450" not in text
        assert seller.alternative.text not in text


def test_imported_names_stay_names() -> None:
    """What a file calls its issues is shown as it stands and never becomes a heading, a tag or a place to fill."""
    name = "# <b>Price</b> {{ my_points }}\n* [x](y) | `z`"
    general = to_html(
        plain_texts(with_issue(kiln(), replace(kiln().issues[0], id="odd", title=name)))["general"]
    )
    assert "# &lt;b&gt;Price&lt;/b&gt; {{ my_points }} * [x](y) | `z`" in general
    assert general.count("<h2>") == 3


def test_long_lists_are_cut() -> None:
    option = farm().issues[0].options[0]
    many = tuple(replace(option, id=f"o{n}", label=f"Way {n}") for n in range(20))
    issue = Issue(id="many", title="Ways", kind="choice", options=many)
    assert "Way 11, and 8 more" in plain_texts(with_issue(farm(), issue))["general"]


def test_shares_and_texts_are_named_without_values() -> None:
    share = Issue(id="share", title="Shares", kind="allocation", step=5, among=("farmer", "neighbour"))
    words = Issue(id="words", title="Statement", kind="text")
    general = plain_texts(with_issue(with_issue(farm(), share), words))["general"]
    assert "**Shares**: shares of 100 percent in steps of 5" in general
    assert "**Statement**: in words of your own" in general

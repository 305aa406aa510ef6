"""A variant of a case: its condition first, then the news in the order in which it came; and the condition's words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bargaining.case import Case, Release
from bargaining.casefile import load_folder
from simulations.actions import LIBRARY
from simulations.rules.variants import BASE, Variant, changing, text_under, varied


def case(name: str) -> Case:
    return load_folder(LIBRARY / name).case


def told(case: Case, **news: float) -> Case:
    """The case with releases that set the co-operative's alternative."""
    path = "parties.cooperative.alternative.value"
    releases = tuple(Release(name, {"manual": True}, (), name, {path: value}) for name, value in news.items())
    return replace(case, releases=releases)


def worth(case: Case) -> float:
    alternative = case.party("cooperative").alternative
    assert alternative is not None
    return alternative.worth


def test_base_is_the_case_as_written() -> None:
    unit_nine = case("harbour-unit-nine")
    assert varied(unit_nine, BASE) is unit_nine


def test_condition_changes_the_case() -> None:
    assert worth(varied(case("harbour-unit-nine"), Variant("overlap"))) == 200


def test_news_comes_on_top_of_the_condition_and_the_later_wins() -> None:
    unit_nine = told(case("harbour-unit-nine"), one=300, two=400)
    assert worth(varied(unit_nine, Variant("overlap", ("one", "two")))) == 400
    assert worth(varied(unit_nine, Variant("overlap", ("two", "one")))) == 300


def test_unknown_condition_is_an_error() -> None:
    with pytest.raises(KeyError):
        varied(case("harbour-unit-nine"), Variant("dearest"))


def test_change_that_cannot_stand_beside_another_changes_nothing() -> None:
    unit_nine = replace(
        case("harbour-unit-nine"),
        releases=(
            Release("short", {"manual": True}, (), "Short", {"issues.rent.min": 2000}),
            Release("shorter", {"manual": True}, (), "Shorter", {"issues.rent.max": 1900}),
        ),
    )
    both = varied(unit_nine, Variant("", ("short", "shorter")))
    assert (both.issue("rent").minimum, both.issue("rent").maximum) == (2000, 2600)


def test_only_news_that_changes_something_makes_a_variant() -> None:
    bell = case("memorial-bell")
    assert [release.id for release in bell.releases] == ["newspaper"]
    assert changing(bell, ("newspaper",)) == ()
    assert changing(case("halyard-offer"), ("raise_confirmed",)) == ("raise_confirmed",)


def test_keys_of_different_variants_differ() -> None:
    variants = [BASE, Variant("a"), Variant("a", ("b",)), Variant("", ("a",)), Variant("", ("a", "b"))]
    assert BASE.key == ""
    assert len({variant.key for variant in variants}) == len(variants)


def test_words_of_a_condition_stand_at_their_place() -> None:
    grocery = case("rye-and-rivet")
    text = "# Title\n\nBefore.\n\n{{ condition_text }}\n\nAfter."
    said = text_under(grocery, "tough", "grocer", text)
    assert "Before.\n\nPeople in the trade describe their negotiator as a hard bargainer.\n\nAfter." in said
    assert "{{" not in text_under(grocery, "neutral", "grocer", text)


def test_words_without_a_place_stand_at_the_top() -> None:
    said = text_under(case("four-crews"), "labelled", "all", "# Title\n\nThe text.")
    assert said == "# Title\n\nThe North Quay crew is known for keeping its word.\n\nThe text."

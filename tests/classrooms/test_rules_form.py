"""Which rules of the table are asked for which simulation: only those that mean something there."""

from __future__ import annotations

from typing import Any, cast

import msgspec
import pytest

from bargaining.case import Case
from classrooms.forms import RulesForm
from negotiations.rules.room import Policy
from tests.negotiations.rules.playing import whole

HARBOUR = whole("harbour-unit-nine")
COALITION, CREWS, FARM, TEXT, LINKED, VOTES = (
    whole(name)
    for name in (
        "cold-store",
        "four-crews",
        "mountain-view-farm",
        "memorial-bell",
        "eleven-quarry-lane",
        "dunmore-mill",
    )
)
ALL = (COALITION, CREWS, FARM, TEXT, LINKED, VOTES)


def asked_in(name: str) -> set[str]:
    return {case.id for case in ALL if name in RulesForm(case).fields}


OFFERS = {"cold-store", "mountain-view-farm", "eleven-quarry-lane", "dunmore-mill"}


@pytest.mark.parametrize(
    ("name", "cases"),
    [
        ("offers", OFFERS),
        ("offer_minutes", OFFERS),
        ("offer_limit", OFFERS),
        ("calculator", OFFERS),
        ("last_call", {"cold-store", "dunmore-mill"}),
        ("mode", {"mountain-view-farm"}),
        ("side_size", {"cold-store", "four-crews", "mountain-view-farm", "memorial-bell", "dunmore-mill"}),
        ("taps", {"cold-store", "mountain-view-farm", "memorial-bell", "dunmore-mill"}),
        (
            "ending",
            {"cold-store", "mountain-view-farm", "memorial-bell", "eleven-quarry-lane", "dunmore-mill"},
        ),
    ],
)
def test_rule_is_asked_where_it_has_an_effect(name: str, cases: set[str]) -> None:
    assert asked_in(name) == cases


def test_answers_of_a_coalition_are_its_policy() -> None:
    said = {"offers": "open", "offer_minutes": "5", "offer_limit": "3", "calculator": "bands"}
    form = RulesForm(COALITION, said)
    assert form.is_valid()
    policy = msgspec.convert(form.policy(), Policy)
    assert (policy.offers, policy.offer_seconds, policy.offer_limit, policy.calculator) == (
        "open",
        300,
        3,
        "bands",
    )


def choices_of(case: Case) -> list[str]:
    return [value for value, _ in cast(Any, RulesForm(case).fields["side_size"]).choices]


def test_as_many_people_on_a_side_are_offered_as_any_side_takes() -> None:
    assert choices_of(FARM) == ["1", "2"]
    assert choices_of(CREWS) == ["1", "2", "3", "4"]
    for data, size in (({}, 1), ({"side_size": "3"}, 3)):
        form = RulesForm(CREWS, {"ending": "", **data})
        assert form.is_valid()
        assert form.side_size() == size
        assert "side_size" not in form.policy()
    assert not RulesForm(FARM, {"side_size": "3"}).is_valid()


@pytest.mark.parametrize(
    ("chosen", "size", "fits"),
    [
        (["gap", "pairs"], "1", False),
        (["gap", "pairs"], "", False),
        (["gap", "pairs"], "2", True),
        (["pairs"], "1", True),
        (["gap", "overlap"], "1", True),
    ],
)
def test_conditions_of_unlike_sides_are_refused_with_the_reason(
    chosen: list[str], size: str, fits: bool
) -> None:
    form = RulesForm(HARBOUR, {"conditions": chosen, "side_size": size})
    assert form.is_valid() is fits
    assert ("different numbers of people on a side" in str(form.errors)) is not fits


def test_form_says_why_seasons_are_not_asked_how_they_end() -> None:
    assert "ends with its time" in str(RulesForm(CREWS).note)
    assert RulesForm(TEXT).note == ""

"""Which rules of the table are asked for which simulation: only those that mean something there."""

from __future__ import annotations

import msgspec
import pytest

from classrooms.forms import RulesForm
from negotiations.rules.room import Policy
from tests.negotiations.rules.playing import whole

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


def test_form_says_why_seasons_are_not_asked_how_they_end() -> None:
    assert "ends with its time" in str(RulesForm(CREWS).note)
    assert RulesForm(TEXT).note == ""

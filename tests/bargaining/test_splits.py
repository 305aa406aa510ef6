"""What is a split of a case, what it brings whom, and what a package must reach to count."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bargaining.gauges import Gauge, gauges, levels
from bargaining.splits import check_split, coalition_of, left_out, share_of
from tests.bargaining.cases import farm, shipped

PAIR = {"orchard": 52, "dairy": 40}


def codes(split: object) -> list[str]:
    return [fault.code for fault in check_split(shipped("cold-store"), split)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("split", "found"),
    [
        (PAIR, []),
        ({"orchard": 92.0, "dairy": 0}, []),
        ({"orchard": 48, "dairy": 35, "fishery": 23}, []),
        ({"orchard": 52, "dairy": 41}, ["not_whole"]),
        ({"orchard": 92}, ["no_coalition"]),
        ({}, ["no_coalition"]),
        ({"orchard": 52, "baker": 40}, ["unknown_party"]),
        ({"orchard": -1, "dairy": float("inf")}, ["bad_share", "bad_share"]),
        ({"orchard": float("nan"), "dairy": 92}, ["bad_share"]),
        ({"orchard": True, "dairy": "91"}, ["bad_share", "bad_share"]),
        ({"orchard": 51.5, "dairy": 40.5}, ["off_step", "off_step"]),
    ],
)
def test_split_is_whole_or_says_why_not(split: object, found: list[str]) -> None:
    assert codes(split) == found


def test_share_or_alternative_is_what_it_brings() -> None:
    store = shipped("cold-store")
    assert {party: share_of(store, party, PAIR) for party in store.party_ids} == {
        "orchard": 52,
        "dairy": 40,
        "fishery": 4,
    }
    assert left_out(store, PAIR) == ("fishery",)


def test_party_knows_only_its_own_alternative() -> None:
    seen = shipped("cold-store").seen_by("fishery")
    assert share_of(seen, "fishery", PAIR) == 4
    with pytest.raises(ValueError, match="alternative"):
        share_of(seen, "orchard", {"dairy": 44, "fishery": 16})


def test_coalition_whose_worth_is_not_told_is_none() -> None:
    store = shipped("cold-store")
    assert store.coalition is not None
    secret = replace(store, coalition=replace(store.coalition, public=False)).seen_by("fishery")
    assert [fault.code for fault in check_split(secret, PAIR)] == ["no_coalition"]
    with pytest.raises(ValueError, match="no coalitions"):
        coalition_of(farm())


def test_gauges_are_public_quantities_with_what_a_deal_must_reach() -> None:
    town = shipped("quillhaven").seen_by(None)
    assert [(each.quantity.id, each.minimum, each.maximum) for each in gauges(town)] == [
        ("risk", 50, None),
        ("cost", None, 64),
    ]
    plan = next(mark.package for mark in shipped("quillhaven").landmarks if mark.id == "broad_plan")
    assert levels(town, plan) == {"risk": 70, "cost": 62}
    assert levels(town, {"shore": "wall"}) == {"risk": 30, "cost": 40}
    assert gauges(farm()) == ()


def test_quantity_without_bounds_is_a_gauge_too() -> None:
    (income,) = gauges(shipped("cassel-valley-solar").seen_by("school"))
    assert income == Gauge(income.quantity)
    assert income.quantity.id == "net_income"

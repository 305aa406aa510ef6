"""The outcome space against brute force on random small cases, and what a deal created and who claimed it."""

from __future__ import annotations

import pytest
from hypothesis import given

from bargaining import outcomes
from bargaining.case import Case
from bargaining.casefile import from_mapping
from bargaining.claims import value_claimed, value_created
from bargaining.outcomes import SpaceTooLarge, space
from bargaining.scoring import points
from tests.bargaining.cases import Plain, all_packages, farm, kiln, plain_cases, some_cases


@some_cases
@given(plain_cases())
def test_space_holds_every_package_once(plain: Plain) -> None:
    case = from_mapping(plain)
    there = space(case)
    packages = all_packages(plain)
    assert len(there) == len(packages)
    for package in packages:
        index = there.index(package)
        assert there.package(index) == package
        assert list(there.values[index]) == [points(case, party, package) for party in there.parties]


@some_cases
@given(plain_cases())
def test_created_and_claimed_of_every_deal(plain: Plain) -> None:
    case = from_mapping(plain)
    there = space(case)
    for k in range(0, len(there), 7):
        claimed = value_claimed(case, there.package(k))
        assert (claimed is None) == (there.joint_surplus[k] <= 0)
        if claimed is not None:
            assert sum(claimed.values()) == pytest.approx(1)
        created = value_created(case, there.package(k))
        if created is not None and there.passing[k]:
            assert 0 <= created <= 1 + 1e-9


def test_figures_of_one_deal() -> None:
    package = farm().landmarks[1].package  # 115 and 112 against 108 and 88
    assert value_created(farm(), package) == pytest.approx(31 / 117)
    assert value_claimed(farm(), package) == pytest.approx({"farmer": 7 / 31, "neighbour": 24 / 31})


def test_no_deal_creates_nothing() -> None:
    assert value_created(farm(), None) == 0.0


def test_someone_below_the_alternative_shows() -> None:
    package = farm().landmarks[0].package  # 81 and 128: the farmer should have walked away
    claimed = value_claimed(farm(), package)
    assert claimed is not None
    assert claimed["farmer"] < 0
    assert claimed["neighbour"] > 1


def test_points_that_cannot_be_added_give_the_mean_of_shares() -> None:
    case = from_mapping(_incomparable())
    assert value_created(case, {"price": 1450}) == pytest.approx((0 + 850 / 850) / 2)
    assert value_created(case, {"price": 1870}) == pytest.approx((420 / 850 + 430 / 850) / 2)


def test_space_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcomes, "MOST_OUTCOMES", 100)
    with pytest.raises(SpaceTooLarge):
        space(from_mapping(_incomparable()))


def test_package_outside_the_space_has_no_index() -> None:
    with pytest.raises(KeyError):
        space(kiln()).index({})
    with pytest.raises(KeyError):
        space(kiln()).index({"price": 1451})


def _incomparable() -> Plain:
    from bargaining.casefile import to_mapping

    plain = to_mapping(_without_conditions(kiln()))
    plain["scoring"]["comparable"] = False
    return plain


def _without_conditions(case: Case) -> Case:
    from dataclasses import replace

    return replace(case, conditions=())

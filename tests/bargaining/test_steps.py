"""Steps, counts and ranges of offers: every class by its definition, ranges against brute force."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bargaining.case import Package
from bargaining.casefile import from_mapping
from bargaining.scoring import points
from bargaining.steps import (
    Offer,
    OfferCounts,
    StepClass,
    count_offers,
    offers_curve,
    own_range,
    sensitivity,
    step_class,
    steps,
    value_ranges,
)
from tests.bargaining.cases import Plain, all_packages, farm, kiln, plain_cases, some_cases

HIGH, MIDDLE, LOW = ({"price": price} for price in (2400, 2000, 1600))


def defined(own: float, other: float) -> StepClass:
    """The definitions as the paper gives them, one after the other."""
    if own > 0 and other > 0:
        return "fortunate"
    if own > 0 and other <= 0:
        return "selfish"
    if own < 0 and other >= 0:
        return "concession"
    if own <= 0 and other < 0:
        return "unfortunate"
    return "nice" if other > 0 else "silent"


@given(st.integers(-3, 3), st.integers(-3, 3))
def test_classes_follow_their_definitions(own: int, other: int) -> None:
    assert step_class(own, other) == defined(own, other)


@pytest.mark.parametrize("noise", [1e-9, -1e-9, 4e-10, 1e-17])
def test_noise_is_no_step(noise: float) -> None:
    assert step_class(noise, 0) == step_class(0, noise) == "silent"
    assert step_class(5, noise) == "selfish"
    assert step_class(3e-9, -3e-9) == "selfish"


def test_steps_are_against_the_own_previous_offer() -> None:
    offers = [Offer("seller", HIGH), Offer("buyer", LOW), Offer("seller", MIDDLE), Offer("buyer", LOW),
              Offer("buyer", HIGH), Offer("seller", HIGH)]  # fmt: skip
    assert steps(kiln(), offers) == (
        None,
        None,
        {"buyer": "concession"},
        {"seller": "silent"},
        {"seller": "concession"},
        {"buyer": "selfish"},
    )


def test_part_of_a_package_is_no_step() -> None:
    whole = farm().landmarks[0].package
    part = {"form": "sale"}
    offers = [Offer("farmer", package) for package in (whole, part, whole, whole)]
    assert steps(farm(), offers) == (None, None, None, {"neighbour": "silent"})


@some_cases
@given(plain_cases(), st.data())
def test_every_other_party_has_its_class(plain: Plain, data: st.DataObject) -> None:
    case = from_mapping(plain)
    packages = all_packages(plain)
    old, new = data.draw(st.sampled_from(packages)), data.draw(st.sampled_from(packages))
    for maker in case.party_ids:
        _, classes = steps(case, [Offer(maker, old), Offer(maker, new)])
        change = {one: round(points(case, one, new) - points(case, one, old), 9) for one in case.party_ids}
        assert classes == {
            other: defined(change[maker], change[other]) for other in case.party_ids if other != maker
        }


def test_sensitivity_is_a_ratio_of_shares() -> None:
    assert sensitivity(["concession", "nice", "fortunate", "selfish", "silent"]) == 3 / 2
    assert sensitivity(["unfortunate"]) == 0
    assert sensitivity(["nice"]) is None
    assert sensitivity([]) is None


def test_concession_curve() -> None:
    offers = [{"price": price} for price in (2500, 2300, 2200)]
    assert offers_curve(kiln(), "seller", offers) == (2500.0, 2300.0, 2200.0)
    assert own_range(kiln(), "seller", {"price": 1450}) == 0
    assert own_range(kiln(), "seller", {"price": 2600}) == 1


def test_kinds_of_offers_are_counted() -> None:
    whole = dict(farm().landmarks[-1].package)
    other, worse = {**whole, "rent": 8000}, {**whole, "rent": 7500}
    assert offers_curve(farm(), "farmer", [whole, other, worse]) == (168, 163, 158)  # own range: 116
    made: list[list[Package]] = [
        [whole], [whole, other], [whole, worse], [whole, whole], [{"acres": "a30"}], [{"acres": "a30", "taps": "no"}],
    ]  # fmt: skip
    assert count_offers(farm(), "farmer", made) == OfferCounts(
        offers=6, whole=4, packages=5, single_issue=1, several=2, meso=1
    )
    assert count_offers(farm(), "farmer", []) == OfferCounts(0, 0, 0, 0, 0, 0)


@some_cases
@given(plain_cases(), st.data())
def test_ranges_are_the_worst_and_best_completion(plain: Plain, data: st.DataObject) -> None:
    case = from_mapping(plain)
    packages = all_packages(plain)
    some = data.draw(st.sampled_from(packages))
    part = {name: value for name, value in some.items() if data.draw(st.booleans())}
    completions = [package for package in packages if part.items() <= package.items()]
    for party, (low, high) in value_ranges(case, part).items():
        worth = [points(case, party, package) for package in completions]
        assert (low, high) == (min(worth), max(worth))
    assert value_ranges(case, some) == {p: (points(case, p, some),) * 2 for p in case.party_ids}


def test_package_that_nothing_completes_is_refused() -> None:
    with pytest.raises(ValueError, match="completes"):
        value_ranges(farm(), {"form": "sale", "rent": 4000})
    with pytest.raises(ValueError, match="does not have"):
        value_ranges(kiln(), {"price": 1})
    with pytest.raises(ValueError, match="does not have"):
        value_ranges(kiln(), {"prize": 1600})

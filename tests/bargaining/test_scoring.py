"""Points: fixed examples, additivity, and agreement with the slow evaluator."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bargaining.case import Alternative, Case, Issue, ListRule, Option, Party
from bargaining.casefile import from_mapping
from bargaining.outcomes import space
from bargaining.scoring import (
    alternative_value,
    issue_points,
    points,
    points_after,
    points_by_issue,
    surplus,
)
from bargaining.structure import best_points
from tests.bargaining.cases import Plain, all_packages, farm, halyard, plain_cases, slow_points, some_cases

BEST = farm().landmarks[-1].package


def test_contingent_term_is_weighed_with_the_own_belief() -> None:
    assert points_by_issue(farm(), "farmer", BEST)["trail_bonus"] == 18.0
    assert points_by_issue(farm(), "neighbour", BEST)["trail_bonus"] == -6.0


def test_points_after_the_event() -> None:
    assert points_after(farm(), "farmer", BEST, {"trail": "approved"}) == 180.0
    assert points_after(farm(), "farmer", BEST, {"trail": "refused"}) == 150.0
    assert points_after(farm(), "farmer", BEST, {}) == points(farm(), "farmer", BEST) == 168.0
    with pytest.raises(ValueError, match="no such outcome"):
        points_after(farm(), "farmer", BEST, {"trail": "postponed"})
    with pytest.raises(KeyError):
        points_after(farm(), "farmer", BEST, {"flood": "approved"})


def test_lottery_counts_on_average() -> None:
    assert alternative_value(farm(), "farmer") == 108.0
    assert surplus(farm(), "farmer", BEST) == 60.0


def test_alternative_of_others_cannot_be_asked() -> None:
    with pytest.raises(ValueError, match="alternative"):
        alternative_value(farm().seen_by("farmer"), "neighbour")


def test_interaction_counts_where_it_holds() -> None:
    package = {"form": "lease5", "cabins": "six"}
    assert points_by_issue(farm(), "neighbour", package) == {"form": 0, "cabins": 44, "adjustments": -24}
    assert points_by_issue(farm(), "farmer", package)["adjustments"] == 0


def test_partial_package_sums_what_is_there() -> None:
    assert points(farm(), "farmer", {}) == 0.0
    assert points(farm(), "farmer", {"acres": "a30", "handover": "november"}) == 34.0


def test_issue_that_does_not_apply_counts_nothing() -> None:
    assert points(farm(), "farmer", {"rent": 9000}) == 0.0
    assert points(farm(), "farmer", {"form": "sale", "rent": 9000}) == 0.0


@pytest.mark.parametrize("package", [{"acres": "a99"}, {"acres": ["a30"]}, {"handover": 5}])
def test_value_that_is_none_is_refused(package: Plain) -> None:
    with pytest.raises(ValueError, match="does not have"):
        points(farm(), "farmer", package)
    with pytest.raises(ValueError, match="does not have"):
        points_by_issue(farm(), "farmer", package)


def test_stranger_has_no_points() -> None:
    with pytest.raises(KeyError):
        points(farm(), "stranger", BEST)


def test_best_points_of_shipped_cases() -> None:
    assert best_points(farm(), "farmer") == 224.0
    assert best_points(farm(), "neighbour") == 220.0
    assert best_points(halyard(), "candidate") == 242.0


@some_cases
@given(plain_cases())
def test_points_agree_with_the_slow_evaluator(plain: Plain) -> None:
    case = from_mapping(plain)
    packages = all_packages(plain)
    for party in case.party_ids:
        slow = [slow_points(plain, party, package) for package in packages]
        assert [points(case, party, package) for package in packages] == pytest.approx(slow)
        assert best_points(case, party) == pytest.approx(max(slow))
        assert best_points(case.seen_by(party), party) == best_points(case, party)


@some_cases
@given(plain_cases(), st.data())
def test_points_are_the_sum_of_their_parts(plain: Plain, data: st.DataObject) -> None:
    case = from_mapping(plain)
    package = data.draw(st.sampled_from(all_packages(plain)))
    some = {name: value for name, value in package.items() if data.draw(st.booleans())}
    for party in case.party_ids:
        parts = sum(points_by_issue(case, party, some).values())
        assert points(case, party, some) == pytest.approx(case.party(party).base + parts)
        chances = plain["uncertainties"]["rain"]["beliefs"][party]
        after = {o: points_after(case, party, some, {"rain": o}) for o in chances}
        assert points(case, party, some) == pytest.approx(sum(chances[o] * after[o] for o in chances))


def test_only_the_sum_is_rounded() -> None:
    """Thirds of a point, as weights make them: 1/3 + 1/3 + 1/3 is 1, not 0.999999999."""
    thirds = ListRule((0.0, 1 / 3))
    options = (Option("no", "No"), Option("yes", "Yes"))
    parties = tuple(Party(p, p, alternative=Alternative("nothing", 0.0)) for p in ("ada", "bo"))
    issues = tuple(
        Issue(f"i{k}", f"Thing {k}", "choice", options, points={"ada": thirds, "bo": thirds})
        for k in range(3)
    )
    case = Case("thirds", "1.0.0", "Thirds", parties, issues)
    package = {issue.id: "yes" for issue in issues}
    assert points(case, "ada", package) == 1.0
    assert space(case).values.max() == 1.0
    assert best_points(case, "ada") == 1.0
    assert issue_points(case, "ada", "i0") == {"no": 0.0, "yes": 0.333333333}
    assert points_by_issue(case, "ada", package)["i0"] == 0.333333333

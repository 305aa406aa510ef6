"""Between what and what points can still lie, against every whole package of the case."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bargaining.case import Package
from bargaining.casefile import load_folder
from bargaining.outcomes import space
from bargaining.scoring import points, points_after
from bargaining.spread import after_events, event_of, reach

LIBRARY = Path(__file__).resolve().parents[2] / "simulations" / "library"
FARM = load_folder(LIBRARY / "mountain-view-farm").case
OFFER = load_folder(LIBRARY / "halyard-offer").case
LEASE: Package = {
    "form": "lease15",
    "rent": 8000,
    "acres": "a40",
    "sugarbush": "shared",
    "cabins": "two",
    "handover": "august",
    "trail_bonus": 10000,
}
WHOLE: Package = {
    "salary": 90000,
    "travel": "d20",
    "nc_length": "none",
    "remote": "r2",
    "start": "w4",
    "group": "field",
    "side_work": "case",
}
PARTS: list[Package] = [
    {},
    {"nc_length": "none"},
    {"nc_length": "m12"},
    {"nc_length": "m18", "nc_scope": "industry"},
    {"salary": 90000, "side_work": "listed"},
    WHOLE,
]


@pytest.mark.parametrize("package", PARTS, ids=lambda package: " ".join(package) or "nothing")
@pytest.mark.parametrize("party", OFFER.scored_ids)
def test_reach_is_the_least_and_the_most_of_all_packages_that_hold_the_terms(
    party: str, package: Package
) -> None:
    there = space(OFFER)
    kept = np.ones(len(there), bool)
    for name, value in package.items():
        kept &= there.columns[name] == OFFER.issue(name).position(value)
    found = there.column_of(party)[kept]
    assert reach(OFFER.seen_by(party), party, package) == (found.min(), found.max())
    assert reach(OFFER, party, package) == (found.min(), found.max())


def test_reach_of_a_whole_package_is_what_it_is_worth() -> None:
    worth = points(OFFER, "candidate", WHOLE)
    assert reach(OFFER, "candidate", WHOLE) == (worth, worth)


def test_reach_of_terms_that_no_package_holds_is_a_fault() -> None:
    with pytest.raises(ValueError, match="No whole package"):
        reach(OFFER, "candidate", {"nc_length": "none", "nc_scope": "named"})


def test_bet_is_worth_what_each_course_of_events_makes_of_it() -> None:
    found = after_events(FARM.seen_by("neighbour"), "neighbour", LEASE)
    assert [course for course, _ in found] == [{"trail": "refused"}, {"trail": "approved"}]
    assert [worth for _, worth in found] == [
        points_after(FARM, "neighbour", LEASE, {"trail": outcome}) for outcome in ("refused", "approved")
    ]


def test_package_that_no_event_changes_has_no_courses() -> None:
    assert after_events(FARM, "farmer", {**LEASE, "trail_bonus": 0}) == ()
    assert after_events(FARM.seen_by("neighbour"), "neighbour", LEASE, {"trail": "approved"}) == ()
    assert after_events(OFFER, "candidate", WHOLE) == ()


def test_term_names_the_event_it_hangs_on_as_far_as_one_may_know() -> None:
    assert event_of(FARM.seen_by("farmer").issue("trail_bonus")) == "trail"
    assert event_of(FARM.seen_by(None).issue("trail_bonus")) == ""
    assert event_of(FARM.issue("rent")) == ""
    rye = load_folder(LIBRARY / "rye-and-rivet").case
    assert event_of(rye.seen_by(None).issue("bonus")) == "demand"

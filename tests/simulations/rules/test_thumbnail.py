"""The small drawing of a case: true to its numbers, thin enough to keep, and none where there is nothing to draw."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import numpy as np
import pytest

from bargaining.case import Alternative, Case, Issue, LinearRule, Party, PointRule
from bargaining.outcomes import space
from bargaining.pareto import pareto_mask
from bargaining.structure import structure
from simulations.rules import thumbnail as drawing
from simulations.rules.thumbnail import Thumbnail, most_coupled, most_deals, takes_long, thumbnail
from tests.bargaining.cases import farm, halyard, kiln


def drawn(case: Case) -> Thumbnail:
    found = thumbnail(case)
    assert found
    return found


def three_sided() -> Case:
    """The farm with a bank that cares for the price alone."""
    case = farm()
    bank = replace(case.party("farmer"), id="bank", name="A bank")
    issues = tuple(
        replace(issue, points=dict(issue.points) | _points_of_bank(issue)) for issue in case.issues
    )
    return replace(case, parties=(*case.parties, bank), issues=issues)


def _points_of_bank(issue: Issue) -> dict[str, PointRule]:
    return {"bank": issue.points["farmer"]} if issue.group else {}


def test_plane_of_two_parties() -> None:
    found = drawn(farm())
    assert (found.deals, found.passing, found.best) == (51408, 17473, 117)
    assert found.alternatives == (108, 88)
    vectors = space(farm()).values
    edge = np.unique(vectors[pareto_mask(vectors)], axis=0)
    (low, _), (bottom, _) = found.axes
    inside = edge[(edge[:, 0] >= low) & (edge[:, 1] >= bottom)]
    assert np.allclose(np.array(found.frontier), inside, atol=1e-3)
    assert found.strips == ()


def test_cloud_has_a_dot_wherever_there_is_a_deal() -> None:
    found = drawn(halyard())
    dots = np.array(found.cloud)
    reach = [(high - low) / drawing.CELLS / 2 + 1e-3 for low, high in found.axes]
    values = space(halyard()).values
    near = [np.any(np.all(np.abs(values - dot) <= reach, axis=1)) for dot in dots]
    assert all(near)
    assert len(dots) <= drawing.CELLS**2


def test_strip_of_each_of_three_parties() -> None:
    found = drawn(three_sided())
    assert found.axes == found.frontier == ()
    bank = found.strips[2]
    values = space(three_sided()).column_of("bank")
    assert (bank.low, bank.high, bank.alternative) == (values.min(), values.max(), 108)
    assert max(bank.bars) == 1
    assert len(bank.bars) == drawing.BARS
    assert bank.passing is None


def many_issues(parties: int) -> Case:
    """Twelve issues of ten values, which add up: 10^12 deals."""
    names = [f"p{k}" for k in range(parties)]
    issues = tuple(
        Issue(f"i{n}", f"Issue {n}", "integer", minimum=0, maximum=9, step=1,
              points={name: LinearRule(0, (-1) ** k * (n + k + 1)) for k, name in enumerate(names)})
        for n in range(12)
    )  # fmt: skip
    sides = tuple(Party(name, name, alternative=Alternative("nothing", 0)) for name in names)
    return Case("many", "1.0.0", "Many", sides, issues)


def test_frontier_of_a_million_million_deals_is_drawn_without_listing_them() -> None:
    found = drawn(many_issues(2))
    assert found.deals == 10**12
    assert found.frontier
    assert found.cloud == ()
    strips = drawn(many_issues(3)).strips
    assert [strip.bars for strip in strips] == [(), (), ()]
    assert (strips[0].low, strips[0].high) == (0, 9 * 78)


def test_nothing_is_drawn_where_there_are_no_points_or_too_much_hangs_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert thumbnail(replace(farm(), mechanism="freeform")) is None
    assert thumbnail(farm().seen_by("farmer")) is None
    monkeypatch.setattr(drawing, "MOST_DEALS", 161)
    assert thumbnail(kiln()) is not None
    assert thumbnail(farm()) is None


def test_what_would_take_long_is_left_out() -> None:
    assert not takes_long(many_issues(2))
    long = tuple(replace(issue, maximum=99_999) for issue in many_issues(2).issues[:2])
    assert takes_long(replace(many_issues(2), issues=long))
    assert not takes_long(replace(many_issues(3), issues=long))
    assert not takes_long(replace(many_issues(2), issues=long[:1]))


def test_bounds_hold() -> None:
    for case in (farm(), kiln(), halyard()):
        assert most_deals(case) >= len(space(case))
        assert most_coupled(case) >= max(map(len, structure(case).blocks))
    assert most_coupled(many_issues(2)) == 10


def test_drawing_survives_being_kept_and_leaves_the_case_alone() -> None:
    case = replace(farm())
    found = drawn(case)
    assert msgspec.convert(msgspec.json.decode(msgspec.json.encode(found)), Thumbnail) == found
    assert {"analysis", "space"} & set(case.memo) == set()

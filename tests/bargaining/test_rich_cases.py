"""The whole format against the slow evaluator: points, quantities, votes and what is needed for a deal."""

from __future__ import annotations

import json
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bargaining.agreements import enough, is_deal, meets
from bargaining.case import check_package
from bargaining.casefile import dump, from_mapping, load_case, to_mapping
from bargaining.formulas import amount
from bargaining.outcomes import space
from bargaining.scoring import approval_bonus, points, points_after, points_by_issue
from bargaining.structure import best_points, structure
from tests.bargaining.cases import Plain, all_packages, shipped
from tests.bargaining.rich_cases import (
    agreed,
    counts,
    points_before_votes,
    quantity,
    rich_cases,
    signers_of,
    slow_values,
    worth,
)

rich = settings(max_examples=25, deadline=None)


@settings(max_examples=15, deadline=None)
@given(rich_cases())
def test_case_survives_every_way(plain: Plain) -> None:
    case = from_mapping(plain)
    assert load_case(dump(case)) == case
    for seen in (case, case.seen_by(None), *(case.seen_by(party) for party in case.party_ids)):
        assert from_mapping(json.loads(json.dumps(to_mapping(seen)))) == seen
        assert to_mapping(from_mapping(to_mapping(seen))) == to_mapping(seen)


@rich
@given(rich_cases())
def test_points_agree_with_the_slow_evaluator(plain: Plain) -> None:
    case = from_mapping(plain)
    packages = all_packages(plain)
    for party in case.party_ids:
        slow = [points_before_votes(plain, party, package) for package in packages]
        assert [points(case, party, package) for package in packages] == pytest.approx(slow)
        assert best_points(case, party) == pytest.approx(max(slow))
        seen = case.seen_by(party)
        known = [{k: v for k, v in package.items() if seen.has_issue(k)} for package in packages]
        assert [points(seen, party, package) for package in known] == pytest.approx(slow)


@rich
@given(rich_cases(), st.data())
def test_points_are_the_sum_of_their_parts(plain: Plain, data: st.DataObject) -> None:
    case = from_mapping(plain)
    package = data.draw(st.sampled_from(all_packages(plain)))
    for party in case.party_ids:
        parts = sum(points_by_issue(case, party, package).values())
        assert points(case, party, package) == pytest.approx(case.party(party).base + parts)
        chances = plain["uncertainties"]["rain"]["beliefs"][party]
        after = {o: points_after(case, party, package, {"rain": o}) for o in chances}
        assert points(case, party, package) == pytest.approx(sum(chances[o] * after[o] for o in chances))


@rich
@given(rich_cases())
def test_quantities_agree_with_the_slow_evaluator(plain: Plain) -> None:
    case = from_mapping(plain)
    packages = all_packages(plain)
    for derived in case.derived:
        slow = [quantity(plain, derived.id, package) for package in packages]
        assert [amount(derived.formula, package) for package in packages] == pytest.approx(slow)


@rich
@given(rich_cases())
def test_space_agrees_with_the_slow_evaluator(plain: Plain) -> None:
    case = from_mapping(plain)
    there = space(case)
    packages = all_packages(plain)
    assert sorted(map(_key, packages)) == sorted(_key(there.package(k)) for k in range(len(there)))
    for k in range(len(there)):
        package = there.package(k)
        values = slow_values(plain, package)
        assert dict(zip(there.parties, there.values[k].tolist(), strict=True)) == pytest.approx(values)
        accepting = {party for party in values if values[party] >= worth(plain, party)}
        assert there.valid[k] == counts(plain, package)
        assert there.passing[k] == (counts(plain, package) and agreed(plain, accepting))


@rich
@given(rich_cases())
def test_bonus_of_approvals_is_what_the_space_adds(plain: Plain) -> None:
    case = from_mapping(plain)
    for package in all_packages(plain):
        before = {party: points_before_votes(plain, party, package) for party in case.party_ids}
        approvals = sum(before[party] >= worth(plain, party) for party in signers_of(plain))
        for party, after in slow_values(plain, package).items():
            bonus = approval_bonus(case, party, package, approvals)
            assert points(case, party, package) + bonus == pytest.approx(after)


@rich
@given(rich_cases(), st.data())
def test_deal_needs_those_who_sign_and_what_it_must_meet(plain: Plain, data: st.DataObject) -> None:
    case = from_mapping(plain)
    package = data.draw(st.sampled_from(all_packages(plain)))
    assert meets(case, package) == counts(plain, package)
    for size in range(len(case.party_ids) + 1):
        for accepting in map(set, combinations(case.party_ids, size)):
            assert enough(case, accepting) == agreed(plain, accepting)
            assert is_deal(case, package, accepting) == (counts(plain, package) and agreed(plain, accepting))


@rich
@given(rich_cases(), st.data())
def test_junk_gets_faults_and_never_an_error(plain: Plain, data: st.DataObject) -> None:
    case = from_mapping(plain)
    junk = st.one_of(st.none(), st.floats(), st.text(), st.just([50, 50]), st.just((50, [50])), st.just({}))
    package: dict[str, Any] = {issue.id: data.draw(junk) for issue in case.issues}
    assert len(check_package(case, package)) <= len(case.issues)
    assert isinstance(meets(case, package), bool)
    for derived in case.derived:
        assert isinstance(amount(derived.formula, package), float)
    for party in case.party_ids:
        with pytest.raises(ValueError, match="does not have"):
            points(case, party, package | {case.issues[0].id: []})


@rich
@given(rich_cases())
def test_blocks_make_up_every_valid_package_and_its_points(plain: Plain) -> None:
    assume(any(counts(plain, package) for package in all_packages(plain)))
    there = structure(from_mapping(plain))
    found = {}
    for rows in filter(there.valid, product(*(range(len(block)) for block in there.blocks))):
        found[repr(_key(there.package(rows)))] = there.vector(rows).tolist()
    valid = [package for package in all_packages(plain) if counts(plain, package)]
    assert len(found) == len(valid)
    for package in valid:
        values = list(slow_values(plain, package).values())
        assert found[repr(_key(package))] == pytest.approx(values)


def test_what_no_issue_decides_counts_once() -> None:
    """A quantity may be a constant: it belongs to no issue, and shares of it to one that is not the first."""
    plain = to_mapping(shipped("cassel-valley-solar"))
    plain["derived"]["net_income"] |= {"formula": "200", "points": {"school": {"offset": 7, "per_unit": 1}}}
    case = from_mapping(plain)
    there = space(case)
    best = float(there.column_of("school").max())
    assert best == 7 + 200 + 200 + 8 + 34 + 18
    assert best_points(case, "school") == best
    assert structure(case).highest.tolist() == there.values.max(axis=0).tolist()


def _key(package: Plain) -> list[tuple[str, str]]:
    return sorted((name, repr(value)) for name, value in package.items())

"""What lint says: each remark where it is due and nowhere else, against brute force on random cases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bargaining import outcomes
from bargaining.case import Case
from bargaining.casefile import Texts, from_mapping, load_folder, to_mapping
from bargaining.lint import lint
from tests.bargaining.cases import (
    LIBRARY,
    Plain,
    all_packages,
    farm,
    kiln,
    plain_cases,
    slow_points,
    some_cases,
)
from tests.bargaining.rich_cases import agreed, counts, rich_cases, slow_values, worth

SHIPPED = sorted(path.parent.name for path in LIBRARY.glob("*/simulation.yaml"))


def codes(case: Case, texts: Texts | None = None) -> list[tuple[str, str, str]]:
    return [(remark.kind, remark.code, remark.where) for remark in lint(case, texts)]


def kiln_with(change: Callable[[Plain], Any]) -> Case:
    plain = to_mapping(kiln())
    change(plain)
    return from_mapping(plain)


def sheet(plain: Plain, party: str) -> Plain:
    found: Plain = plain["parties"][party]
    return found


@pytest.mark.parametrize("folder", SHIPPED)
def test_shipped_simulation_has_no_warnings(folder: str) -> None:
    loaded = load_folder(LIBRARY / folder)
    assert [str(remark) for remark in lint(loaded.case, loaded.texts) if remark.kind == "warning"] == []


def test_case_in_good_order_has_no_remarks() -> None:
    assert codes(kiln()) == []


def test_common_interest_is_information() -> None:
    assert codes(farm()) == [("information", "compatible_issue", "issues.handover")]
    assert "likes anything better than “1 November”" in lint(farm())[0].words


def greedy_seller(plain: Plain) -> None:
    sheet(plain, "seller")["alternative"] = {"text": "as it is", "value": 2400}
    sheet(plain, "buyer")["alternative"] = {"text": "as it is", "value": 1300}
    plain["conditions"].clear()


def test_no_zone_is_information_where_tables_may_leave_and_else_a_warning() -> None:
    assert codes(kiln_with(greedy_seller)) == [("information", "no_deal_is_right", "agreement")]

    def must_agree(plain: Plain) -> None:
        greedy_seller(plain)
        plain["agreement"]["allow_no_deal"] = False

    assert codes(kiln_with(must_agree)) == [("warning", "no_zone", "agreement")]


def test_variant_that_closes_the_zone_is_told() -> None:
    def gap(plain: Plain) -> None:
        plain["conditions"]["strong_seller"]["set"]["parties.seller.alternative.value"] = 2310

    assert codes(kiln_with(gap)) == [("information", "zone_changes", "conditions.strong_seller")]
    assert "Here 0 of 161 deals pass, else 86 of 161 deals pass." in lint(kiln_with(gap))[0].words


@pytest.mark.parametrize(
    ("seller", "buyer", "code", "where"),
    [
        (1200, 100, "many_pass", "agreement"),
        (1800, 800, "few_pass", "agreement"),
        (1700, 100, None, ""),
        (2000, 100, "uneven_roles", "parties.seller"),
        (1100, 1400, "uneven_roles", "parties.buyer"),
    ],
)
def test_share_of_deals_and_roles(seller: int, buyer: int, code: str | None, where: str) -> None:
    def change(plain: Plain) -> None:
        plain["conditions"].clear()
        sheet(plain, "seller")["alternative"] = {"text": "as it is", "value": seller}
        sheet(plain, "buyer")["alternative"] = {"text": "as it is", "value": buyer}

    expected = [("warning", code, where)] if code else []
    assert codes(kiln_with(change)) == expected


def test_issue_that_moves_nobody() -> None:
    def idle(plain: Plain) -> None:
        rest = {"title": "Colour", "kind": "boolean"}
        plain["issues"]["colour"] = rest | {"points": {"seller": [5, 5], "buyer": [0, 0]}}

    assert ("warning", "idle_issue", "issues.colour") in codes(kiln_with(idle))


def test_issue_that_something_else_reads_is_left_alone() -> None:
    def read(plain: Plain) -> None:
        plain["issues"]["colour"] = {"title": "Colour", "kind": "boolean"}
        plain["adjustments"] = [{"when": {"colour": True, "price": 2000}, "add": {"seller": 5}}]

    assert codes(kiln_with(read)) == []


def test_dominated_values_are_named_three_at_most() -> None:
    def worse(plain: Plain) -> None:
        options = [{"id": f"o{n}", "label": f"Way {n}"} for n in range(6)]
        points = {"seller": [9, 0, 1, 2, 3, 4], "buyer": [0, 9, 0, 0, 0, 0]}
        plain["issues"]["way"] = {"title": "Way", "kind": "choice", "options": options, "points": points}

    (remark,) = lint(kiln_with(worse))
    assert (remark.kind, remark.code, remark.where) == ("information", "dominated_option", "issues.way")
    assert "for “Way 2”, “Way 3”, “Way 4”, ... there is" in remark.words


def test_middle_that_is_as_good_as_the_best() -> None:
    def tagged(plain: Plain) -> None:
        plain["tags"] = ["integrative"]

    assert codes(kiln_with(tagged)) == [("warning", "middle_is_good", "tags")]
    plain = to_mapping(farm())
    tagged(plain)
    assert "middle_is_good" not in [code for _, code, _ in codes(from_mapping(plain))]


def test_case_that_is_too_large_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outcomes, "MOST_OUTCOMES", 100)
    case = kiln_with(lambda plain: plain["issues"].update(extra={"title": "Extra", "kind": "boolean"}))
    assert codes(case) == [
        ("warning", "idle_issue", "issues.extra"),
        ("information", "too_large", "issues"),
    ]


def test_variant_that_is_too_large_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def finer(plain: Plain) -> None:
        plain["conditions"] = {"cents": {"about": "finer steps", "set": {"issues.price.step": 1}}}

    monkeypatch.setattr(outcomes, "MOST_OUTCOMES", 200)
    assert codes(kiln_with(finer)) == [("information", "too_large", "conditions.cents")]


def test_requirement_that_nothing_meets() -> None:
    def strict(plain: Plain) -> None:
        plain["conditions"].clear()
        plain["agreement"]["requires"] = {"price": {"min": 3000}}

    assert codes(kiln_with(strict)) == [("warning", "nothing_counts", "agreement.requires")]


def test_case_of_many_issues_is_counted_by_its_blocks() -> None:
    """A million million packages are no reason to be silent."""
    options = [{"id": f"o{n}", "label": f"Way {n}"} for n in range(10)]
    points = {"seller": list(range(10)), "buyer": list(range(9, -1, -1))}

    def many(plain: Plain) -> None:
        plain["conditions"].clear()
        plain["issues"] = {
            f"i{k}": {"title": "x", "kind": "choice", "options": options, "points": points} for k in range(12)
        }
        sheet(plain, "seller")["alternative"] = {"text": "as it is", "value": 20}
        sheet(plain, "buyer")["alternative"] = {"text": "as it is", "value": 20}

    (remark,) = lint(kiln_with(many))
    assert remark.code == "many_pass"
    ways = [1]  # to reach each sum with so many digits
    for _ in range(12):
        ways = [sum(ways[max(0, total - 9) : total + 1]) for total in range(len(ways) + 9)]
    assert f"{sum(ways[20:89]):,} of 1,000,000,000,000 deals pass" in remark.words


def test_coalition_that_gains_nothing() -> None:
    plain: Plain = {
        "format": 1,
        "id": "pair",
        "version": "1.0.0",
        "title": "Pair",
        "mechanism": "coalition",
        "parties": {
            name: {"name": name, "alternative": {"text": "alone", "value": 5}} for name in ("ada", "bo")
        },
        "coalition": {"values": {"ada+bo": 9}},
    }
    assert codes(from_mapping(plain)) == [("warning", "no_zone", "coalition.values")]
    plain["coalition"]["values"]["ada+bo"] = 10
    assert codes(from_mapping(plain)) == []


def test_view_of_a_party_is_refused() -> None:
    with pytest.raises(ValueError, match="whole"):
        lint(farm().seen_by("farmer"))


@some_cases
@given(st.one_of(plain_cases(), rich_cases()))
def test_counts_agree_with_brute_force(plain: Plain) -> None:
    plain = {"derived": {}, "agreement": {"rule": "unanimous"}} | plain
    packages = all_packages(plain)
    counting = [package for package in packages if counts(plain, package)]
    accepts = [accepting(plain, package) for package in counting]
    share = sum(agreed(plain, those) for those in accepts) / len(packages)
    rates = [sum(party in those for those in accepts) for party in plain["parties"]]
    without = "no_deal_is_right" if plain["agreement"].get("allow_no_deal", True) else "no_zone"
    expected = {
        "nothing_counts": not counting,
        without: bool(counting) and share == 0,
        "many_pass": share > 0.6,
        "few_pass": 0 < share < 0.01,
        "uneven_roles": bool(counting) and max(rates) > 2 * min(rates),
    }
    found = {remark.code for remark in lint(from_mapping(plain))}
    assert {code: code in found for code in expected} == expected


@some_cases
@given(plain_cases())
def test_dominated_values_agree_with_brute_force(plain: Plain) -> None:
    plain["adjustments"] = []
    for issue in plain["issues"].values():
        issue.pop("when", None)
    case = from_mapping(plain)
    expected = [
        (code, f"issues.{issue.id}")
        for issue in case.issues
        if (code := standing([worths(plain, issue.id, value) for value in issue.values()]))
    ]
    of_issues = {"idle_issue", "compatible_issue", "dominated_option"}
    found = [(remark.code, remark.where) for remark in lint(case) if remark.code in of_issues]
    assert sorted(found) == sorted(expected)


def accepting(plain: Plain, package: Plain) -> set[str]:
    return {party for party, value in slow_values(plain, package).items() if value >= worth(plain, party)}


def worths(plain: Plain, issue: str, value: Any) -> tuple[float, ...]:
    return tuple(round(slow_points(plain, party, {issue: value}), 9) for party in plain["parties"])


def standing(rows: list[tuple[float, ...]]) -> str:
    if len(set(rows)) == 1:
        return "idle_issue"
    unbeaten = [
        row
        for row in rows
        if not any(all(a >= b for a, b in zip(o, row, strict=True)) and o != row for o in rows)
    ]
    if len(unbeaten) == len(rows):
        return ""
    return "compatible_issue" if len(set(unbeaten)) == 1 else "dominated_option"

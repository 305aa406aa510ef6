"""GeniusWeb scenarios: discrete and number utilities, reservation bids, both spellings of the format."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from bargaining.casefile import CaseFaults
from bargaining.imports import draft, read
from bargaining.scoring import alternative_value, issue_points, points

Plain = dict[str, Any]

DOMAIN: Plain = {
    "name": "ferry",
    "issuesValues": {
        "Boat": {"values": ["old", "new"]},
        "Fare": {"range": {"low": 1.5, "high": 3.2, "step": 0.5}},
    },
}


def profile(name: str, old: float, bid: object, **more: object) -> Plain:
    space: Plain = {
        "name": name,
        "domain": deepcopy(DOMAIN),
        "issueWeights": {"Boat": 0.6, "Fare": 0.4},
        "issueUtilities": {
            "Boat": {"DiscreteValueSetUtilities": {"valueUtilities": {"old": old, "new": 1 - old}}},
            "Fare": {
                "NumberValueSetUtilities": {
                    "lowValue": 1.5, "lowUtility": 0.2, "highValue": 3.0, "highUtility": 1.0,
                }
            },
        },
        "reservationBid": bid,
    }  # fmt: skip
    return {"LinearAdditiveUtilitySpace": {**space, **more}}


def ferry() -> dict[str, Plain]:
    return {
        "captain.json": profile("captain", 0.25, {"issuevalues": {"Boat": "old", "Fare": 2.0}}),
        "port.json": profile("port", 1.0, None),
    }


def as_files(plain: dict[str, Any]) -> dict[str, bytes]:
    return {name: json.dumps(data, indent=1).encode() for name, data in plain.items()}


def test_values_are_weight_times_utility() -> None:
    found = read(as_files(ferry()))
    case = found.case
    assert case.title == "ferry"
    assert [party.name for party in case.parties] == ["captain", "port"]
    assert case.issue("fare").values() == (1.5, 2.0, 2.5, 3.0)
    # Between the ends GeniusWeb rounds to eight digits: 0.2 + 0.8 x 0.5 / 1.5 is 0.46666667.
    assert issue_points(case, "captain", "fare")[2.0] == round(0.4 * 0.46666667, 9)
    assert points(case, "captain", {"boat": "new", "fare": 3.0}) == 0.6 * 0.75 + 0.4


def test_reservation_bid_becomes_a_value() -> None:
    found = read(as_files(ferry()))
    assert alternative_value(found.case, "captain") == pytest.approx(0.6 * 0.25 + 0.4 * 0.46666667)
    assert alternative_value(found.case, "port") == 0.0
    assert found.notes == ("“port” has no reservation bid; without a deal it has 0, as in GeniusWeb.",)


def test_older_spelling_and_ranges_as_lists_are_read() -> None:
    text = json.dumps(ferry())
    text = text.replace("DiscreteValueSetUtilities", "discreteutils").replace(
        "NumberValueSetUtilities", "numberutils"
    )
    text = text.replace('{"low": 1.5, "high": 3.2, "step": 0.5}', '["1.5", "3.2", "0.5"]')
    assert read(as_files(json.loads(text))).case == read(as_files(ferry())).case


def test_values_outside_the_stated_ends_are_worth_nothing() -> None:
    plain = ferry()
    for data in plain.values():
        ends = data["LinearAdditiveUtilitySpace"]["issueUtilities"]["Fare"]["NumberValueSetUtilities"]
        ends.update(lowValue=2.0)
    worth = issue_points(read(as_files(plain)).case, "port", "fare")
    assert (worth[1.5], worth[2.0], worth[3.0]) == (0.0, 0.08, 0.4)


def test_domain_in_a_file_of_its_own_must_agree() -> None:
    plain = ferry()
    assert read(as_files({**plain, "ferry.json": DOMAIN})).case == read(as_files(plain)).case
    other = deepcopy(DOMAIN)
    other["issuesValues"]["Boat"]["values"].append("steam")
    with pytest.raises(CaseFaults, match="another domain"):
        read(as_files({**plain, "ferry.json": other}))


def test_weights_that_do_not_add_up_are_told() -> None:
    plain = ferry()
    plain["port.json"] = profile("port", 1.0, None, issueWeights={"Boat": 0.5, "Fare": 0.4})
    assert (
        "The weights in port.json do not add up to 1; they are used as they are."
        in read(as_files(plain)).notes
    )


Change = Callable[[Plain], object]
MISTAKES: list[tuple[Change, str]] = [
    (lambda s: s.pop("issueWeights"), "“issueWeights” is missing."),
    (lambda s: s["issueWeights"].pop("Boat"), "says nothing about the issue “Boat”."),
    (lambda s: s["issueWeights"].update(Boat="heavy"), "should be a number."),
    (lambda s: s["issueWeights"].update(Boat=True), "should be a number."),
    (lambda s: s["issueWeights"].update(Boat="1e30"), "should be a number."),
    (lambda s: s["issueWeights"].update(Sail=1), "There is no issue “Sail”."),
    (lambda s: s["issueUtilities"].pop("Fare"), "says nothing about the issue “Fare”."),
    (lambda s: s["issueUtilities"].update(Fare={"discreteutils": {}}),
     "The utilities of “Fare” do not fit its values."),
    (lambda s: s["issueUtilities"]["Boat"]["DiscreteValueSetUtilities"].pop("valueUtilities"),
     "“valueUtilities” is missing."),
    (lambda s: s["issueUtilities"]["Boat"]["DiscreteValueSetUtilities"]["valueUtilities"].pop("old"),
     "says nothing about the option “old”."),
    (lambda s: s["issueUtilities"]["Fare"]["NumberValueSetUtilities"].pop("lowValue"),
     "says nothing about the end “lowValue”."),
    (lambda s: s["issueUtilities"]["Fare"]["NumberValueSetUtilities"].update(lowValue=9),
     "The high value must be above the low one."),
    (lambda s: s.update(reservationBid={"issuevalues": {"Boat": "steam"}}), "“Boat” does not have this value."),
    (lambda s: s.update(reservationBid={"issuevalues": {"Fare": 1.7}}), "“Fare” does not have this value."),
    (lambda s: s.update(reservationBid={"issuevalues": {"Sail": "old"}}), "There is no issue “Sail”."),
    (lambda s: s["domain"]["issuesValues"].clear(), "There is nothing to negotiate."),
    (lambda s: s["domain"]["issuesValues"].update(Boat={"values": []}), "There is no option here."),
    (lambda s: s["domain"]["issuesValues"].update(Boat={"values": ["old", "old"]}),
     "The option “old” stands here twice."),
    (lambda s: s["domain"]["issuesValues"].update(Boat={}), "An issue needs its values or its range."),
    (lambda s: s["domain"]["issuesValues"].update(Fare={"range": [1, 2]}), "A range is low, high and step."),
    (lambda s: s["domain"]["issuesValues"].update(Fare={"range": [1, 2, 0]}), "This range is empty."),
    (lambda s: s["domain"]["issuesValues"].update({" ": {"values": ["a"]}}), "An issue needs a name"),
    (lambda s: s["domain"].pop("issuesValues"), "“issuesValues” is missing."),
]  # fmt: skip


@pytest.mark.parametrize(("change", "what"), MISTAKES, ids=[what for _, what in MISTAKES])
def test_mistake_is_told(change: Change, what: str) -> None:
    plain = ferry()
    change(plain["captain.json"]["LinearAdditiveUtilitySpace"])
    with pytest.raises(CaseFaults) as caught:
        read(as_files(plain))
    assert all(fault.mend and fault.line >= 1 for fault in caught.value.faults)
    assert any(what in fault.what for fault in caught.value.faults), caught.value


def test_one_profile_is_no_negotiation() -> None:
    plain = ferry()
    del plain["port.json"]
    with pytest.raises(CaseFaults, match="There are 1 profiles; a negotiation needs two parties"):
        read(as_files(plain))


def test_profiles_of_the_same_name_are_told_apart_by_nobody() -> None:
    plain = ferry()
    plain["port.json"] = profile("captain", 1.0, None)
    with pytest.raises(CaseFaults, match="Another profile has the same name"):
        read(as_files(plain))


def test_other_kinds_of_profile_are_refused() -> None:
    plain: dict[str, Any] = ferry()
    plain["port.json"] = {"DefaultPartialOrdering": {"domain": DOMAIN, "issueWeights": {}}}
    with pytest.raises(CaseFaults, match="Only profiles of linear additive utility"):
        read(as_files(plain))


def test_values_of_all_issues_are_counted_before_they_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {name: json.dumps(plain).encode() for name, plain in ferry().items()}
    assert read(files).case.issues
    monkeypatch.setattr(draft, "MOST_NUMBERS", 10)
    with pytest.raises(CaseFaults, match="All issues together have too many values"):
        read(files)

"""The shipped simulations: every folder reads, and the tuned figures hold."""

from __future__ import annotations

from typing import Any

import pytest

from bargaining.case import Case
from bargaining.casefile import after_release, load_folder, under_condition
from bargaining.outcomes import space
from tests.bargaining.cases import LIBRARY, farm, halyard, kiln
from tests.bargaining.enumerated import (
    better_for_all,
    frontier,
    landmark_figures,
    max_joint_surplus,
    middle_deal,
    nash,
    pareto_mask,
)

TALLIES: list[tuple[str, Case, dict[str, Any]]] = [
    ("farm", farm(), {
        "outcomes": 51408, "passing": 17473, "alternatives": [108, 88], "pareto": 87, "vectors": 86,
        "pareto_passing": 60, "joint": 117, "nash": [168, 145], "middle": (121.5, 119), "better": 4992}),
    ("farm after the call", after_release(farm(), "contractor_calls"), {
        "outcomes": 51408, "passing": 20675, "alternatives": [100, 88], "pareto": 87, "vectors": 86,
        "pareto_passing": 63, "joint": 125, "nash": [163, 150], "middle": (121.5, 119), "better": 4992}),
    ("kiln", kiln(), {
        "outcomes": 161, "passing": 86, "alternatives": [1450, 300], "pareto": 161, "vectors": 161,
        "pareto_passing": 86, "joint": 850, "nash": [1870, 730], "middle": (1800, 800), "better": 0}),
    ("kiln, strong seller", under_condition(kiln(), "strong_seller"), {
        "outcomes": 161, "passing": 36, "alternatives": [1950, 300], "pareto": 161, "vectors": 161,
        "pareto_passing": 36, "joint": 350, "nash": [2120, 480], "middle": (1800, 800), "better": 0}),
    ("halyard", halyard(), {
        "outcomes": 59400, "passing": 22782, "alternatives": [112, 98], "pareto": 39, "vectors": 38,
        "pareto_passing": 21, "joint": 114, "nash": [166, 158], "middle": (124, 125), "better": 5555}),
    ("halyard after the raise", after_release(halyard(), "raise_confirmed"), {
        "outcomes": 59400, "passing": 14219, "alternatives": [128, 98], "pareto": 39, "vectors": 38,
        "pareto_passing": 17, "joint": 98, "nash": [178, 146], "middle": (124, 125), "better": 5555}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "case", "expected"), TALLIES, ids=[name for name, _, _ in TALLIES])
def test_tuned_figures_hold(name: str, case: Case, expected: dict[str, Any]) -> None:
    there = space(case)
    efficient = pareto_mask(there.values)
    joint, product, middle = max_joint_surplus(there), nash(there), middle_deal(there)
    assert joint is not None
    assert product is not None
    assert {
        "outcomes": len(there),
        "passing": int(there.passing.sum()),
        "alternatives": there.alternatives.tolist(),
        "pareto": int(efficient.sum()),
        "vectors": len(frontier(there)),
        "pareto_passing": int((efficient & there.passing).sum()),
        "joint": joint.amount,
        "nash": there.values[product.outcomes[0]].tolist(),
        "middle": middle.values,
        "better": int(better_for_all(there, middle.values).sum()),
    } == expected


LANDMARKS: list[tuple[Case, list[tuple[str, tuple[float, float], bool, float, bool]]]] = [
    (farm(), [
        ("sale_split_the_difference", (81, 128), False, 0.111, False),
        ("lease_split_the_difference", (115, 112), True, 0.265, False),
        ("best_sale", (135, 130), True, 0.590, False),
        ("best_long_lease", (159, 124), True, 0.744, False),
        ("best_package_no_bet", (155, 146), True, 0.897, False),
        ("best_package", (168, 145), True, 1.0, True)]),
    (halyard(), [
        ("middle_of_everything", (115, 122), True, 0.237, False),
        ("clause_fight", (173, 64), False, 0.237, False),
        ("best_package", (166, 158), True, 1.0, True)]),
]  # fmt: skip


@pytest.mark.parametrize(("case", "expected"), LANDMARKS, ids=["farm", "halyard"])
def test_landmarks_are_worth_what_the_notes_say(case: Case, expected: list[Any]) -> None:
    found = [
        (figures.id, figures.values, figures.passes, round(figures.share or 0, 3), figures.efficient)
        for figures in landmark_figures(space(case))
    ]
    assert found == expected


def test_best_packages_are_among_the_ties() -> None:
    joint = max_joint_surplus(space(farm()))
    assert joint is not None
    packages = [space(farm()).package(k) for k in joint.outcomes]
    assert dict(farm().landmarks[-1].package) in packages
    assert {**farm().landmarks[-1].package, "rent": 4000} in packages


def test_condition_changes_only_what_it_names() -> None:
    changed = under_condition(kiln(), "high_goal")
    assert changed.party("seller").target == 2500
    assert changed.party("buyer") == kiln().party("buyer")
    assert changed.issues == kiln().issues
    with pytest.raises(KeyError):
        under_condition(kiln(), "windy")
    with pytest.raises(ValueError, match="whole"):
        after_release(_seen_with_release(), "contractor_calls")


def _seen_with_release() -> Case:
    from dataclasses import replace

    return replace(farm().seen_by("farmer"), releases=farm().releases)


@pytest.mark.parametrize("folder", sorted(path.parent.name for path in LIBRARY.glob("*/simulation.yaml")))
def test_every_shipped_folder_reads(folder: str) -> None:
    loaded = load_folder(LIBRARY / folder)
    assert loaded.case.id == folder
    assert set(loaded.texts["roles"]) == set(loaded.case.party_ids)
    assert loaded.texts["teaching_note"]
    assert loaded.texts["debrief"]

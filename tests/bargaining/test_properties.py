"""The tuned properties of the twelve shipped simulations, as their designer's checker found them
(properties.json), and single packages as a second, slow evaluator scored them (cross_checks.json)."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bargaining import coalitions, contingent, coverage, mechanisms, nucleolus, rounds
from bargaining.analysis import analysis
from bargaining.case import Case
from bargaining.casefile import after_release, under_condition
from bargaining.claims import no_deal_is_right
from bargaining.outcomes import Space, space
from bargaining.scoring import points
from tests.bargaining.cases import LIBRARY, shipped
from tests.bargaining.enumerated import (
    better_for_all,
    frontier,
    landmark_figures,
    max_joint_surplus,
    middle_deal,
    nash,
    pareto_mask,
)

HERE = Path(__file__).parent
PROPERTIES: dict[str, dict[str, Any]] = json.loads((HERE / "properties.json").read_text())
CROSS_CHECKS: dict[str, list[Any]] = json.loads((HERE / "cross_checks.json").read_text())
NAMES = sorted(path.parent.name for path in LIBRARY.glob("*/simulation.yaml"))
VARIANTS = [(name, variant) for name, variants in PROPERTIES.items() for variant in variants]
PACKAGES = [(n, v) for n, v in VARIANTS if shipped(n).mechanism == "agreement"]


def variant_of(name: str, variant: str) -> Case:
    case = shipped(name)
    if variant.startswith("condition "):
        return under_condition(case, variant.removeprefix("condition "))
    if variant == "after releases":
        for release in case.releases:
            case = after_release(case, release.id) if release.changes else case
    return case


def test_all_twelve_are_there() -> None:
    assert sorted(PROPERTIES) == NAMES
    assert len(NAMES) == 12


def near(found: Any, expected: Any, digits: int = 2) -> bool:
    """Equal but for the rounding that the checker printed with."""
    return bool(np.allclose(found, expected, rtol=0, atol=0.51 * 10**-digits))


@pytest.mark.parametrize(("name", "variant"), PACKAGES)
def test_packages_are_counted_as_the_checker_counts(name: str, variant: str) -> None:
    expected = PROPERTIES[name][variant]
    there = space(variant_of(name, variant))
    efficient = efficient_of(there)
    assert len(there) == expected["outcomes"]
    assert int(there.passing.sum()) == expected["passing"]
    assert dict(zip(there.parties, there.alternatives, strict=True)) == expected["alternatives"]
    assert int(there.valid.sum()) == expected.get("valid_outcomes", len(there))
    assert int(efficient.sum()) == expected["pareto_outcomes"]
    assert len(frontier(there, there.valid)) == expected["pareto_payoffs"]
    assert int((efficient & there.passing).sum()) == expected["pareto_passing"]
    if "deals_safe_in_every_event" in expected:
        safe = contingent.safe(there) & there.passing
        best = there.joint_surplus[safe].max() / there.joint_surplus[there.passing].max()
        assert int(safe.sum()) == expected["deals_safe_in_every_event"]
        assert near(best, expected["best_safe_efficiency"], 3)


@pytest.mark.parametrize(("name", "variant"), PACKAGES)
def test_named_packages_are_worth_what_the_checker_says(name: str, variant: str) -> None:
    expected = PROPERTIES[name][variant]
    there = space(variant_of(name, variant))
    joint = max_joint_surplus(there)
    if joint is None:
        assert expected["max_joint_surplus"] == 0
        assert near(there.joint_surplus[there.valid].max(), expected["best_joint_surplus_of_any_deal"])
        return
    assert near(joint.amount, expected["max_joint_surplus"])
    assert named(there, expected["max_joint_scores"]) in rounded(there.values[list(joint.outcomes)])
    product = nash(there)
    assert product is not None
    assert named(there, expected["nash_scores"]) in rounded(there.values[list(product.outcomes)])
    middle = middle_deal(there)
    assert near(middle.values, named(there, expected["midpoint_scores"]))
    assert bool(there.passing[list(middle.outcomes)].any()) == expected["midpoint_passes"]
    surplus = sum(middle.values) - there.alternatives.sum()
    assert near(surplus / joint.amount, expected["midpoint_efficiency"], 3)
    better = better_for_all(there, middle.values) & there.valid
    assert int(better.sum()) == expected["deals_all_prefer_to_midpoint"]
    average = there.joint_surplus[there.passing].mean() / joint.amount
    assert near(average, expected["average_passing_efficiency"], 3)
    check_landmarks(there, expected.get("landmarks", {}))
    check_claims(there, expected)


@pytest.mark.parametrize(("name", "variant"), PACKAGES)
def test_the_structured_way_finds_the_same(name: str, variant: str) -> None:
    """Everything again, block by block instead of package by package."""
    expected = PROPERTIES[name][variant]
    there = analysis(variant_of(name, variant))
    assert there.frontier is not None
    assert (there.outcomes, there.passing_outcomes) == (expected["outcomes"], expected["passing"])
    assert there.valid_outcomes == expected.get("valid_outcomes", there.outcomes)
    assert len(there.frontier) == expected["pareto_payoffs"]
    found = [there.packages(vector) for vector in there.frontier.vectors]
    assert sum(1 for packages in found for _ in packages) == expected["pareto_outcomes"]
    efficient = {figures.id: figures.efficient for figures in there.landmarks}
    landmarks = expected.get("landmarks", {})
    assert {name: efficient[name] for name in landmarks} == {n: f["pareto"] for n, f in landmarks.items()}
    if there.joint_surplus.amount is None:
        assert expected["max_joint_surplus"] == 0
        assert no_deal_is_right(there.case)
        return
    assert near(there.joint_surplus.amount, expected["max_joint_surplus"])
    assert list(expected["max_joint_scores"].values()) in rounded(np.array(there.joint_surplus.vectors))
    assert list(expected["nash_scores"].values()) in rounded(np.array(there.nash.vectors))
    assert near(there.middle_deal.values, list(expected["midpoint_scores"].values()))
    assert there.better_for_all(there.middle_deal.values) == [expected["deals_all_prefer_to_midpoint"]]


def check_landmarks(there: Space, expected: dict[str, Any]) -> None:
    found = {figures.id: figures for figures in landmark_figures(there)}
    assert set(expected) <= set(found)
    for name, figures in expected.items():
        assert near(found[name].values, named(there, figures["scores"]))
        assert found[name].passes == figures["passes"]
        assert found[name].efficient == figures["pareto"]
        assert near(found[name].share, figures["efficiency"], 3)


def check_claims(there: Space, expected: dict[str, Any]) -> None:
    """Between which shares the first of two parties can claim on the frontier."""
    first = there.parties[0]
    if f"pareto_claim_range_{first}" not in expected:
        return
    good = efficient_of(there) & there.passing & (there.joint_surplus > 0)
    shares = there.surplus[good, 0] / there.joint_surplus[good]
    assert near([shares.min(), shares.max()], expected[f"pareto_claim_range_{first}"], 3)


@pytest.mark.parametrize(
    ("name", "variant"), [(n, v) for n, v in PACKAGES if "unanimous" in PROPERTIES[n][v]]
)
def test_votes_are_counted_as_the_checker_counts(name: str, variant: str) -> None:
    expected = PROPERTIES[name][variant]
    # The checker counts as acceptance what a deal is worth before the thanks for everybody's signature.
    case = variant_of(name, variant)
    there = space(replace(case, adjustments=tuple(a for a in case.adjustments if not a.approved_by)))
    accepts, others = there.accepts, len(there.parties) - 1
    assert int(there.unanimous.sum()) == expected["unanimous"]
    alone = there.passing & (accepts.sum(axis=1) == others)
    dissent = {party: int((alone & ~accepts[:, k]).sum()) for k, party in enumerate(there.parties)}
    assert dissent == expected["passing_with_only_dissenter"]
    shares = accepts[there.valid].mean(axis=0)
    assert near(shares, named(there, expected["accepts_share"]), 3)


def test_cold_store_is_the_game_it_was_meant_to_be() -> None:
    for variant, expected in PROPERTIES["cold-store"].items():
        game = mechanisms.coalition_game(variant_of("cold-store", variant))
        splits = coalitions.core_splits(game)
        assert splits.complete
        assert splits.number == expected["core_splits"]
        assert nucleolus.core_is_empty(game) == expected["core_empty"]
        assert float(nucleolus.needed(game).amount) == expected["core_needs"]
        shapley = coalitions.shapley(game)
        quotas = coalitions.pair_quotas(game)
        assert {party: round(float(v), 2) for party, v in shapley.items()} == expected["shapley"]
        assert quotas is not None
        assert {party: float(v) for party, v in quotas.items()} == expected["pair_quotas"]
        shares = coalitions.efficiency(game)
        assert shares is not None
        found = {"+".join(sorted(c)): round(float(s), 3) for c, s in shares.items() if len(c) > 1}
        assert found == expected["efficiency_by_coalition"]
        third = {party: game.worth(game.grand) / 3 for party in game.parties}
        assert coalitions.in_core(game, third) == expected["equal_split_in_core"]


def test_four_crews_pay_what_they_were_meant_to_pay() -> None:
    for variant, expected in PROPERTIES["four-crews"].items():
        game = mechanisms.rounds_game(variant_of("four-crews", variant))
        assert len(game.multipliers) == expected["rounds"]
        assert sum(game.multipliers) == expected["weight_sum"]
        assert list(rounds.totals_by_count(game)) == expected["group_total_by_defectors"]
        dominant = rounds.dominant_move(game, game.parties[0])
        assert (dominant is not None and dominant.strict) == expected["wide_dominant_in_one_round"]
        trusting = [game.everybody(game.trusting)] * len(game.multipliers)
        one = {**game.everybody(game.trusting), game.parties[0]: game.betraying}
        grim = [one, *[game.everybody(game.betraying)] * (len(game.multipliers) - 1)]
        played = {
            "all_cooperate": trusting,
            "all_defect": [game.everybody(game.betraying)] * len(game.multipliers),
            "one_always_defects_rest_cooperate": [one] * len(game.multipliers),
            "one_defects_rest_grim": grim,
            "one_last_round_betrayal": [*trusting[:-1], one],
        }
        for path, history in played.items():
            assert list(rounds.totals(game, history).values()) == expected[path]


def test_memorial_bell_can_meet_everybody() -> None:
    expected = PROPERTIES["memorial-bell"]["base"]
    case = shipped("memorial-bell")
    found = coverage.coverage(case)
    assert len(found.settlements) == expected["packages"]
    assert len(found.clean) == expected["packages_without_red_line"]
    assert len(found.full) == expected["packages_covering_all_interests"]
    assert min(len(each.elements) for each in found.full) == expected["fewest_elements_for_full_cover"]
    assert tuple(expected["example"]) in [each.elements for each in found.full]
    best = {str(size): list(figures) for size, figures in found.best_by_size().items()}
    assert best == expected["best_worst_off_and_total_by_size"]
    assert found.interests == expected["interests"]
    for name, words in expected["naive_elements"].items():
        alone = coverage.settlement(case, frozenset([name]))
        for party, said in words.items():
            told = f"{alone.counts[party]}/{found.interests[party]}"
            assert (told + " RED LINE" if party in alone.crossed else told) == said


@pytest.mark.parametrize("name", sorted(CROSS_CHECKS))
def test_single_packages_score_as_a_second_evaluator_scores(name: str) -> None:
    case = shipped(name)
    there = space(case)
    efficient = efficient_of(there)
    for row in CROSS_CHECKS[name]:
        package = {k: tuple(v) if isinstance(v, list) else v for k, v in row["package"].items()}
        found = [points(case, party, package) for party in there.parties]
        assert near(found, row["points"], 6)
        if row["efficient"] is not None:
            assert bool(efficient[there.index(package)]) == row["efficient"]


def efficient_of(there: Space) -> Any:
    """Packages on the frontier of those that count as a deal at all."""
    mask = np.zeros(len(there), bool)
    valid = np.flatnonzero(there.valid)
    mask[valid[pareto_mask(there.values[valid])]] = True
    return mask


def named(there: Space, by_party: dict[str, float]) -> list[float]:
    return [by_party[party] for party in there.parties]


def rounded(vectors: Any) -> list[list[float]]:
    found: list[list[float]] = np.round(vectors, 2).tolist()
    return found

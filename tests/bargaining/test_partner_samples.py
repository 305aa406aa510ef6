"""A case of a million million packages: partners play it on a sample, which is the same every time."""

from __future__ import annotations

import random

import numpy as np

from bargaining.case import Case, check_package
from bargaining.casefile import from_mapping
from bargaining.partners import Propose, next_move
from bargaining.partners.ladder import ladder_of
from bargaining.partners.samples import BOLD, EVEN, effects_of, sample
from bargaining.scoring import alternative_value, points, surplus
from bargaining.structure import best_points
from tests.bargaining.cases import Plain, farm
from tests.bargaining.partner_tables import play, view


def huge() -> Case:
    """Twelve issues of ten values and one that hangs on the first."""

    def issue(k: int) -> Plain:
        up, down = k + 1, 12 - k
        return {
            "title": f"Issue {k}",
            "kind": "integer",
            "min": 0,
            "max": 9,
            "step": 1,
            "points": {
                "ada": {"offset": 0, "per_unit": up},
                "bo": {"offset": 9 * down, "per_unit": -down},
            },
        }

    issues: Plain = {f"i{k}": issue(k) for k in range(12)}
    issues["extra"] = {
        "title": "Extra",
        "kind": "boolean",
        "when": {"i0": [0, 1]},
        "points": {"ada": [0, 5], "bo": [0, 5]},
    }
    parties = {
        party: {"name": party.title(), "alternative": {"text": "alone", "value": 300}}
        for party in ("ada", "bo")
    }
    return from_mapping(
        {
            "format": 1,
            "id": "huge",
            "version": "1.0.0",
            "title": "Huge",
            "mechanism": "agreement",
            "scoring": {"unit": "points", "comparable": True},
            "parties": parties,
            "issues": issues,
        }
    )


def test_partners_play_what_is_too_large_to_look_through() -> None:
    case = huge()
    played = play(case, 1, rounds=10)
    assert played.deal is not None
    assert all(surplus(case, party, played.deal) > 0 for party in case.party_ids)
    first = played.proposed["ada"][0]
    assert points(case, "ada", first) > 0.85 * best_points(case, "ada")


def test_sample_is_whole_scored_and_the_same_every_time() -> None:
    case = huge().seen_by("ada")
    one, other = sample(case, "ada"), sample(case, "ada")
    assert len(one) == EVEN + BOLD
    assert np.array_equal(one.values, other.values)
    for place in range(0, len(one), 997):
        package = one.package(place)
        assert check_package(case, package) == ()
        assert points(case, "ada", package) == one.values[place, 0]
    # The even part reaches every value of every issue, about equally often.
    for column in one.columns.values():
        counts = np.bincount(column[:EVEN] + 1)[1:]
        assert counts.min() > 0.8 * counts.max()


def test_partner_asks_for_less_than_its_best_of_a_sample_as_of_a_space() -> None:
    case = huge()
    ladder = ladder_of(case.seen_by("ada"), "ada")
    assert ladder.points[-1] <= best_points(case, "ada")
    assert ladder.alternative == alternative_value(case, "ada")
    move = next_move(view(case, "ada", 0.5), random.Random(1))
    assert isinstance(move, Propose)
    assert 300 < points(case, "ada", move.packages[0]) < ladder.points[-1]


def test_effects_are_the_mean_points_of_each_value() -> None:
    whole = ladder_of(farm().seen_by("farmer"), "farmer").space
    worth = whole.column_of("farmer")
    for issue, means in effects_of(whole, "farmer").items():
        for position, effect in enumerate(means):
            there = whole.columns[issue] == position
            assert np.isclose(effect, worth[there].mean() - worth.mean())

"""Styles and labels: by time, by answer, by search; several equal packages; a sample of what is too large."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product
from statistics import mean

import pytest

from bargaining.case import Case, Package
from bargaining.claims import value_created
from bargaining.partners import (
    BY_ANSWER,
    BY_SEARCH,
    BY_TIME,
    COOPERATIVE,
    LABELS,
    STYLES,
    TOUGH,
    Accept,
    Character,
    Propose,
    SeenOffer,
    next_move,
)
from bargaining.partners.ladder import SAME_TO_ME, ladder_of
from bargaining.partners.wishes import firmness
from bargaining.scoring import alternative_value, points
from bargaining.structure import best_points
from tests.bargaining.cases import farm, halyard
from tests.bargaining.partner_tables import farmer_moves, play, view


@pytest.mark.parametrize(("style", "label"), list(product(STYLES, LABELS)))
def test_any_two_styles_find_a_deal_above_both_alternatives(style: str, label: str) -> None:
    for other in STYLES:
        characters = {"farmer": Character(style, label, 0.4), "neighbour": Character(other, "", 0.6)}
        played = play(farm(), 1, characters=characters, most_packages=3)
        assert played.deal is not None
        for party, packages in played.proposed.items():
            assert all(points(farm(), party, p) > alternative_value(farm(), party) for p in packages)
            assert points(farm(), party, played.deal) > alternative_value(farm(), party)


def test_answering_partner_gives_back_what_it_was_given() -> None:
    poor, better, best = (_worth_to_farmer(points) for points in (80, 100, 120))
    character = Character(BY_ANSWER, care=0.0)
    asked = {}
    for theirs in ((poor,), (poor, better), (poor, best)):
        move = farmer_moves(0.2, *theirs, character=character)
        assert isinstance(move, Propose)
        asked[len(asked)] = points(farm(), "farmer", move.packages[0])
    assert asked[0] > asked[1] > asked[2]
    # From 80 to 120 is 26 to it: half of the 28 points up to its alternative of 108, and all 12 above.
    assert asked[0] - asked[2] == pytest.approx(0.95 * 26, abs=SAME_TO_ME * 100)
    retreat = farmer_moves(0.2, best, poor, character=character)
    assert isinstance(retreat, Propose)
    assert points(farm(), "farmer", retreat.packages[0]) >= asked[0] - SAME_TO_ME * 100


def _worth_to_farmer(worth: float) -> Package:
    whole = ladder_of(farm().seen_by("farmer"), "farmer").space
    column = whole.column_of("farmer")
    return whole.package(int(abs(column - worth).argmin()))


def test_answering_partner_keeps_its_own_when_nobody_moves() -> None:
    wish = farm().landmarks[0].package
    log = [("neighbour", wish), ("farmer", _worth_to_farmer(170)), ("neighbour", wish)]
    steady = view(farm(), "farmer", 0.7, log, character=Character(BY_ANSWER))
    by_time = view(farm(), "farmer", 0.7, log, character=Character(BY_TIME, temper=1.0))
    worths = []
    for one in (steady, by_time):
        move = next_move(one, random.Random(2))
        assert isinstance(move, Propose)
        worths.append(points(farm(), "farmer", move.packages[0]))
    assert worths[0] > worths[1] + 10


def test_searching_partner_keeps_its_level_and_offers_equal_packages() -> None:
    ladder = ladder_of(farm().seen_by("farmer"), "farmer")
    wish = farm().landmarks[1].package
    move = next_move(
        view(farm(), "farmer", 0.5, [("neighbour", wish)], most_packages=3, character=Character(BY_SEARCH)),
        random.Random(5),
    )
    assert isinstance(move, Propose)
    assert len(move.packages) == 3
    worths = [points(farm(), "farmer", package) for package in move.packages]
    assert max(worths) - min(worths) <= SAME_TO_ME * ladder.range
    differing = [
        sum(a.get(k) != b.get(k) for k in a | b) for a, b in product(move.packages, repeat=2) if a != b
    ]
    assert min(differing) >= 2
    assert move.say == "Any of these would do for me. Which comes closest to what you need?"


def test_table_that_holds_one_package_gets_one() -> None:
    move = next_move(view(farm(), "farmer", 0.5, character=Character(BY_SEARCH)), random.Random(5))
    assert isinstance(move, Propose)
    assert len(move.packages) == 1


def test_searching_partner_takes_the_best_of_several_packages() -> None:
    poor, good = farm().landmarks[0].package, {**farm().landmarks[-1].package, "rent": 12000}
    several = SeenOffer(1, "neighbour", (poor, good))
    seen = replace(view(farm(), "farmer", 0.5), offers=(several,))
    assert next_move(seen, random.Random(1)) == Accept(1, 1)


def test_firmness_is_what_somebody_did_not_give_way_on() -> None:
    one = farm().landmarks[1].package
    other = {**one, "handover": "may" if one["handover"] != "may" else "nov"}
    found = firmness(farm().listed_issues, [one, other])
    assert found["handover"] < found["cabins"] == 1


@pytest.mark.parametrize("case", [farm(), halyard()], ids=["farm", "halyard"])
def test_looking_for_what_the_other_likes_creates_value(case: Case) -> None:
    def created(style: str, care: float) -> float:
        characters = dict.fromkeys(case.party_ids, Character(style, care=care))
        plays = [play(case, seed, characters=characters) for seed in range(12)]
        return mean(value_created(case, one.deal) or 0.0 for one in plays)

    assert created(BY_SEARCH, 1.0) > created(BY_TIME, 0.0) + 0.05


@pytest.mark.parametrize("party", ["farmer", "neighbour"])
def test_labels_open_and_give_way_as_they_say(party: str) -> None:
    def asked(label: str, progress: float) -> float:
        move = next_move(view(farm(), party, progress, character=Character(label=label)), random.Random(3))
        assert isinstance(move, Propose)
        return points(farm(), party, move.packages[0])

    for progress in (0.0, 0.5, 0.8):
        assert asked(TOUGH, progress) > asked(COOPERATIVE, progress)
    best, alternative = best_points(farm(), party), alternative_value(farm(), party)
    assert asked(COOPERATIVE, 0.0) < alternative + 0.92 * (best - alternative)

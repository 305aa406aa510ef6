"""Practice partners of two parties: they agree where they can, never below their alternative, and give way."""

from __future__ import annotations

import random

import pytest
from hypothesis import given

from bargaining.case import Case, check_package
from bargaining.casefile import from_mapping, to_mapping
from bargaining.partners import Accept, Character, Propose, Say, Walk, can_play, next_move
from bargaining.scoring import alternative_value, points, surplus
from bargaining.structure import best_points
from tests.bargaining.cases import Plain, farm, halyard, kiln, plain_cases, shipped, some_cases
from tests.bargaining.partner_tables import farmer_moves, play, view


def test_partners_agree_on_the_farm_and_never_below_an_alternative() -> None:
    plays = [play(farm(), seed, rounds=8 + seed % 10) for seed in range(50)]
    deals = [one.deal for one in plays if one.deal is not None]
    assert len(deals) > 40
    for deal in deals:
        assert all(surplus(farm(), party, deal) >= 0 for party in farm().party_ids)
    assert len({tuple(sorted(deal.items())) for deal in deals}) > 5  # not all the same


@pytest.mark.parametrize("case", [farm(), kiln(), halyard()], ids=["farm", "kiln", "halyard"])
def test_offers_are_whole_and_never_retreat(case: Case) -> None:
    for seed in range(6):
        for party, packages in play(case, seed).proposed.items():
            worths = [points(case, party, package) for package in packages]
            assert all(check_package(case, package) == () for package in packages)
            assert all(worth > alternative_value(case, party) for worth in worths)
            assert worths == sorted(worths, reverse=True)


def test_same_seed_same_play() -> None:
    assert play(farm(), 3).moves == play(farm(), 3).moves


def test_first_offer_asks_for_much() -> None:
    move = farmer_moves(0.0)
    assert isinstance(move, Propose)
    best, alternative = best_points(farm(), "farmer"), alternative_value(farm(), "farmer")
    assert points(farm(), "farmer", move.packages[0]) > alternative + 0.9 * (best - alternative)


def test_patient_partner_asks_for_more_than_a_soft_one() -> None:
    asked = []
    for temper in (0.0, 1.0):
        move = farmer_moves(0.5, character=Character(temper=temper))
        assert isinstance(move, Propose)
        asked.append(points(farm(), "farmer", move.packages[0]))
    assert asked[0] > asked[1]


def test_partner_comes_towards_what_was_asked() -> None:
    wish = farm().landmarks[-1].package
    move = farmer_moves(0.5, wish)
    assert isinstance(move, Propose)
    assert {name for name in wish if wish[name] != move.packages[0][name]} == {"rent"}
    careless = farmer_moves(0.5, wish, character=Character(care=0.0))
    assert isinstance(careless, Propose)
    assert len(wish.items() & careless.packages[0].items()) < 6


def test_partner_accepts_what_beats_its_next_proposal() -> None:
    offer = {**farm().landmarks[-1].package, "rent": 12000}
    assert farmer_moves(0.5, offer) == Accept(1, 0)


def test_partner_waits_with_a_poor_offer_and_takes_it_at_the_end() -> None:
    offer = farm().landmarks[1].package  # worth 115 to the farmer, alternative 108
    assert isinstance(farmer_moves(0.3, offer), Propose)
    assert farmer_moves(0.96, offer) == Accept(1, 0)


def test_partner_never_takes_less_than_its_alternative() -> None:
    offer = farm().landmarks[0].package  # worth 81 to the farmer
    for progress in (0.0, 0.5, 0.96, 1.0):
        assert not isinstance(farmer_moves(progress, offer), Accept)


def test_partner_does_not_accept_what_no_longer_stands() -> None:
    good, poor = {**farm().landmarks[-1].package, "rent": 12000}, farm().landmarks[0].package
    assert not isinstance(farmer_moves(0.96, good, poor), Accept)


def test_partner_walks_only_at_the_end() -> None:
    assert not isinstance(farmer_moves(0.98), Walk)
    assert isinstance(farmer_moves(1.0), Walk)


def test_partner_that_can_gain_nothing_says_so_and_walks_at_the_end() -> None:
    plain = to_mapping(kiln())
    plain["parties"]["seller"]["alternative"] = {"text": "a rich uncle", "value": 9999}
    plain.pop("conditions")
    case = from_mapping(plain)
    assert isinstance(next_move(view(case, "seller", 0.5), random.Random(1)), Say)
    assert isinstance(next_move(view(case, "seller", 1.0), random.Random(1)), Walk)


@some_cases
@given(plain_cases())
def test_partners_keep_their_rules_in_any_case(plain: Plain) -> None:
    case = from_mapping(plain)
    played = play(case, 5, rounds=5)
    for party, packages in played.proposed.items():
        for package in packages:
            assert check_package(case, package) == ()
            assert surplus(case, party, package) > 0
    if played.deal is not None:
        assert all(surplus(case, party, played.deal) > 0 for party in case.party_ids)


def test_who_can_be_played() -> None:
    quill = shipped("quillhaven")
    assert not can_play(quill, "facilitator")
    assert can_play(quill, "manager")
    assert can_play(quill.seen_by(None), "manager")
    bell = shipped("memorial-bell")
    assert not any(can_play(bell, party) for party in bell.party_ids)
    with pytest.raises(ValueError, match="No practice partner"):
        next_move(view(quill, "facilitator", 0.0), random.Random(1))

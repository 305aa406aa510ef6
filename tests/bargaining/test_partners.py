"""Practice partners: they agree where they can, never below their alternative, and give way in time."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given

from bargaining.case import Case, Package, check_package
from bargaining.casefile import from_mapping, to_mapping
from bargaining.partners import Accept, Move, PartnerView, Propose, Say, Walk, next_move
from bargaining.scoring import alternative_value, best_points, points, surplus
from tests.bargaining.cases import Plain, farm, halyard, kiln, plain_cases, some_cases


@dataclass
class Play:
    """Two partners taking turns; every move is kept."""

    case: Case
    seed: int
    turns: int = 30
    deal: Package | None = None
    offers: dict[str, list[Package]] = field(default_factory=dict)
    moves: list[tuple[str, Move]] = field(default_factory=list)

    def run(self) -> Play:
        one, two = self.case.party_ids[:2]
        self.offers = {one: [], two: []}
        character = random.Random(self.seed)
        traits = {party: (character.random(), character.random()) for party in (one, two)}
        for turn in range(self.turns + 2):
            me, other = (one, two) if turn % 2 == 0 else (two, one)
            view = PartnerView(
                case=self.case.seen_by(me),
                party=me,
                progress=turn / self.turns,
                own=tuple(self.offers[me]),
                theirs=tuple(self.offers[other]),
                open_offer=self.offers[other][-1] if self.offers[other] else None,
                messages_heard=turn // 3,
                temper=traits[me][0],
                care=traits[me][1],
            )
            move = next_move(view, random.Random(f"{self.seed}:{turn}"))
            self.moves.append((me, move))
            if isinstance(move, Propose):
                self.offers[me].append(move.package)
            elif isinstance(move, Accept):
                self.deal = self.offers[other][-1]
                return self
            elif isinstance(move, Walk):
                return self
        return self


def test_partners_agree_on_the_farm_and_never_below_an_alternative() -> None:
    plays = [Play(farm(), seed, turns=16 + 2 * (seed % 10)).run() for seed in range(50)]
    deals = [play.deal for play in plays if play.deal is not None]
    assert len(deals) > 40
    for deal in deals:
        assert all(surplus(farm(), party, deal) >= 0 for party in farm().party_ids)
    assert len({tuple(sorted(deal.items())) for deal in deals}) > 5  # not all the same


@pytest.mark.parametrize("case", [farm(), kiln(), halyard()], ids=["farm", "kiln", "halyard"])
def test_offers_are_whole_and_never_retreat(case: Case) -> None:
    for seed in range(6):
        play = Play(case, seed).run()
        for party, packages in play.offers.items():
            worths = [points(case, party, package) for package in packages]
            assert all(check_package(case, package) == () for package in packages)
            assert all(worth > alternative_value(case, party) for worth in worths)
            assert worths == sorted(worths, reverse=True)


def test_same_seed_same_play() -> None:
    assert Play(farm(), 3).run().moves == Play(farm(), 3).run().moves


def test_first_offer_asks_for_much() -> None:
    move = _move(progress=0.0)
    assert isinstance(move, Propose)
    best, alternative = best_points(farm(), "farmer"), alternative_value(farm(), "farmer")
    assert points(farm(), "farmer", move.package) > alternative + 0.9 * (best - alternative)


def test_patient_partner_asks_for_more_than_a_soft_one() -> None:
    asked = []
    for temper in (0.0, 1.0):
        move = _move(progress=0.5, temper=temper)
        assert isinstance(move, Propose)
        asked.append(points(farm(), "farmer", move.package))
    assert asked[0] > asked[1]


def test_partner_comes_towards_what_was_asked() -> None:
    wish = farm().landmarks[-1].package
    move = _move(progress=0.5, theirs=(wish,), care=1.0)
    assert isinstance(move, Propose)
    assert {name for name in wish if wish[name] != move.package[name]} == {"rent"}
    careless = _move(progress=0.5, theirs=(wish,), care=0.0)
    assert isinstance(careless, Propose)
    assert len(wish.items() & careless.package.items()) < 6


def test_partner_accepts_what_beats_its_next_proposal() -> None:
    offer = {**farm().landmarks[-1].package, "rent": 12000}
    assert isinstance(_move(progress=0.5, theirs=(offer,), open_offer=offer), Accept)


def test_partner_waits_with_a_poor_offer_and_takes_it_at_the_end() -> None:
    offer = farm().landmarks[1].package  # worth 115 to the farmer, alternative 108
    assert isinstance(_move(progress=0.3, theirs=(offer,), open_offer=offer), Propose)
    assert isinstance(_move(progress=0.96, theirs=(offer,), open_offer=offer), Accept)


def test_partner_never_takes_less_than_its_alternative() -> None:
    offer = farm().landmarks[0].package  # worth 81 to the farmer
    for progress in (0.0, 0.5, 0.96, 1.0):
        assert not isinstance(_move(progress=progress, theirs=(offer,), open_offer=offer), Accept)


def test_partner_walks_only_at_the_end() -> None:
    assert not isinstance(_move(progress=0.98), Walk)
    assert isinstance(_move(progress=1.0), Walk)


def test_partner_that_can_gain_nothing_says_so_and_walks_at_the_end() -> None:
    plain = to_mapping(kiln())
    plain["parties"]["seller"]["alternative"] = {"text": "a rich uncle", "value": 9999}
    plain.pop("conditions")
    view = PartnerView(from_mapping(plain).seen_by("seller"), "seller", 0.5)
    assert isinstance(next_move(view, random.Random(1)), Say)
    over = PartnerView(view.case, "seller", 1.0)
    assert isinstance(next_move(over, random.Random(1)), Walk)


def test_what_a_partner_says_can_be_translated() -> None:
    view = PartnerView(farm().seen_by("farmer"), "farmer", 0.0)
    move = next_move(view, random.Random(1), str.upper)
    assert isinstance(move, Propose)
    assert move.say == "HERE IS WHERE I WOULD BEGIN. TELL ME WHAT MATTERS TO YOU."


def test_partner_needs_no_more_than_its_own_view() -> None:
    whole = PartnerView(farm(), "farmer", 0.4, theirs=(farm().landmarks[1].package,))
    seen = PartnerView(farm().seen_by("farmer"), "farmer", 0.4, theirs=whole.theirs)
    assert next_move(whole, random.Random(4)) == next_move(seen, random.Random(4))


@some_cases
@given(plain_cases())
def test_partners_keep_their_rules_in_any_case(plain: Plain) -> None:
    case = from_mapping(plain)
    play = Play(case, 5, turns=10).run()
    for party, packages in play.offers.items():
        for package in packages:
            assert check_package(case, package) == ()
            assert surplus(case, party, package) > 0
    if play.deal is not None:
        assert all(surplus(case, party, play.deal) > 0 for party in case.party_ids[:2])


def _move(progress: float, **seen: Any) -> Move:
    return next_move(PartnerView(farm().seen_by("farmer"), "farmer", progress, **seen), random.Random(11))

"""Partners among many: for whom they look, what they take at the end, and any agreement rule."""

from __future__ import annotations

import random
from dataclasses import replace
from statistics import mean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bargaining.agreements import enough, is_deal
from bargaining.case import Agreement, Case, Party, check_package
from bargaining.casefile import from_mapping
from bargaining.outcomes import space
from bargaining.partners import (
    STYLES,
    Accept,
    Character,
    PartnerView,
    Propose,
    Say,
    SeenOffer,
    next_move,
)
from bargaining.partners.wishes import backing
from bargaining.scoring import surplus
from tests.bargaining.cases import Plain, shipped, some_cases
from tests.bargaining.partner_tables import offers, play, view
from tests.bargaining.rich_cases import rich_cases
from tests.bargaining.tables import some_tables


def mill() -> Case:
    return shipped("dunmore-mill")


@some_tables
@given(rich_cases(), st.sampled_from(STYLES), st.randoms(use_true_random=False))
def test_partners_keep_their_rules_under_any_agreement(
    plain: Plain, style: str, chance: random.Random
) -> None:
    case = from_mapping(plain)
    characters = {party: Character(style, temper=chance.random()) for party in case.party_ids}
    played = play(case, 1, rounds=4, most_packages=3, characters=characters)
    for party, move in played.moves:
        seen = case.seen_by(party)
        if isinstance(move, Propose):
            assert all(check_package(seen, package) == () for package in move.packages)
            assert all(surplus(seen, party, package) > 0 for package in move.packages)
        if isinstance(move, Accept):
            taken = played.offers[move.offer - 1]
            mine = {k: v for k, v in taken.packages[move.package].items() if seen.has_issue(k)}
            assert surplus(seen, party, mine) > 0
            assert taken.party != party
    if played.deal is not None:
        winners = [party for party in case.signers if _gains(case, party, played.deal)]
        assert is_deal(case, played.deal, winners)


def _gains(case: Case, party: str, deal: Plain) -> bool:
    seen = case.seen_by(party)
    return surplus(seen, party, {k: v for k, v in deal.items() if seen.has_issue(k)}) > 0


@pytest.mark.parametrize("name", ["cassel-valley-solar", "dunmore-mill", "quillhaven"])
def test_tables_of_many_mostly_find_a_deal_that_counts(name: str) -> None:
    case = shipped(name)
    plays = [play(case, seed, rounds=20) for seed in range(4)]
    deals = [one.deal for one in plays if one.deal is not None]
    assert len(deals) >= 2
    for deal in deals:
        winners = [party for party in case.signers if surplus(case, party, deal) > 0]
        assert is_deal(case, deal, winners)
    assert all(party != "facilitator" for one in plays for party, _ in one.moves)


NAMES = ("ada", "bo", "cy", "di")


@st.composite
def agreements(draw: st.DrawFn) -> Agreement:
    """Any rule for some of four parties."""
    signers = tuple(name for name in NAMES if draw(st.booleans())) or NAMES[:1]
    veto = tuple(draw(st.sets(st.sampled_from(signers), max_size=1)))
    weights = {name: draw(st.integers(1, 5)) for name in signers}
    return draw(
        st.sampled_from(
            [
                Agreement("unanimous", signers=signers),
                Agreement("threshold", signers=signers, at_least=(len(signers) + 1) // 2, veto=veto),
                Agreement(
                    "weighted", signers=signers, weights=weights, quota=sum(weights.values()) / 2, veto=veto
                ),
            ]
        )
    )


@some_cases
@given(agreements(), st.sampled_from(NAMES), st.data())
def test_backing_asks_the_willing_first_until_they_are_enough(
    agreement: Agreement, party: str, data: st.DataObject
) -> None:
    case = Case("c", "1", "A case", tuple(Party(name, name) for name in NAMES), agreement=agreement)
    others = [other for other in NAMES if other != party]
    drawn = st.lists(st.integers(0, 9), min_size=4, max_size=4)
    liking = {other: np.array(data.draw(drawn)) / 10 for other in others}
    found = backing(case, party, liking)
    signing = [other for other in case.signers if other != party]
    if len(signing) < 2:
        assert list(found) == (list(liking[signing[0]]) if signing else [1.0] * 4)
        return
    for k in range(4):
        mood = {other: liking[other][k] for other in signing}
        # The highest mood such that all in at least that mood are enough together with the party itself.
        ways = [
            least for least in mood.values() if enough(case, {party, *(o for o in mood if mood[o] >= least)})
        ]
        last = 1.0 if enough(case, {party}) else max(ways, default=0.0)
        assert found[k] == pytest.approx((last + 0.1 * mean(mood.values())) / 1.1)


def test_partner_looks_for_those_whose_yes_is_needed() -> None:
    # The company has a veto; where any two are enough, it is left out.
    any_two = replace(mill(), agreement=Agreement("threshold", at_least=2))
    assert _met_of_the_company(mill()) > _met_of_the_company(any_two)


def _met_of_the_company(case: Case) -> float:
    """In how many terms the union's offers meet what the company asked for, when all have opened."""
    log = [(party, _favourite(case, party)) for party in case.party_ids if party != "union"]
    met = []
    for seed in range(10):
        move = next_move(view(case, "union", 0.3, log), random.Random(seed))
        assert isinstance(move, Propose)
        met.append(len(dict(log)["company"].items() & move.packages[0].items()))
    return mean(met)


def _favourite(case: Case, party: str) -> Plain:
    move = next_move(view(case, party, 0.0), random.Random(1))
    assert isinstance(move, Propose)
    return dict(move.packages[0])


def test_late_partner_takes_what_passes_before_what_is_best_for_it() -> None:
    case = mill()
    good = [p for p in _good_for(case, "expert", 40) if surplus(case, "expert", p) > 5]
    best, passing = max(good, key=lambda p: surplus(case, "expert", p)), good[0]
    log = offers([("fire", best), ("agency", passing)])
    backed = SeenOffer(2, "agency", (passing,), accepted={0: frozenset(["company", "union", "fire"])})
    seen = PartnerView(case.seen_by("expert"), "expert", 0.9, (log[0], backed))
    assert next_move(seen, random.Random(1)) == Accept(2, 0)
    without = PartnerView(case.seen_by("expert"), "expert", 0.9, log)
    assert next_move(without, random.Random(1)) == Accept(1, 0)


def _good_for(case: Case, party: str, number: int) -> list[Plain]:
    found = [_favourite(case, party)]
    for seed in range(number):
        move = next_move(view(case, party, 0.79, character=Character(temper=1.0)), random.Random(seed))
        assert isinstance(move, Propose)
        found.append(dict(move.packages[0]))
    return sorted(found, key=lambda package: surplus(case, party, package))


def test_partner_says_yes_once_and_waits_for_its_own_backed_offer() -> None:
    case = mill()
    package = _favourite(case, "agency")
    won = SeenOffer(1, "agency", (package,), accepted={0: frozenset(["union"])})
    late = PartnerView(case.seen_by("agency"), "agency", 0.9, (won,))
    assert isinstance(next_move(late, random.Random(1)), Say)
    early = PartnerView(case.seen_by("agency"), "agency", 0.5, (won,))
    assert isinstance(next_move(early, random.Random(1)), Propose)
    mine = SeenOffer(1, "union", (package,), accepted={0: frozenset(["agency"])})
    said_yes = PartnerView(case.seen_by("agency"), "agency", 0.9, (mine,))
    assert not isinstance(next_move(said_yes, random.Random(1)), Accept)


def test_plan_that_does_not_count_is_never_proposed_nor_accepted() -> None:
    case = shipped("quillhaven")
    played = play(case, 2, rounds=6)
    assert played.offers
    for offer in played.offers:
        assert all(is_deal(case, package, case.signers) for package in offer.packages)
    seen = case.seen_by("inland")
    outcomes = space(seen)
    fragile = outcomes.package(int(np.flatnonzero(~outcomes.valid & outcomes.accepts[:, 0])[0]))
    assert surplus(seen, "inland", fragile) >= 0
    move = next_move(view(case, "inland", 0.99, [("manager", fragile)]), random.Random(1))
    assert not isinstance(move, Accept)

"""Any set of parties that has something to share: who is in, who leaves it, who is left out."""

from __future__ import annotations

import pytest

from bargaining.case import Package
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import decide
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import Policy
from tests.negotiations.rules.mill import GRAND, PAIR, RIVAL, STORE, Table


def types(events: tuple[e.Event, ...]) -> list[str]:
    return [event.type for event in events]


def pair() -> Table:
    """Orchard and dairy have agreed; the fishery may still say something."""
    table = Table(STORE, minutes=27)
    table.offer("orchard", PAIR)
    table.yes("dairy")
    return table


def test_split_is_carried_when_all_its_members_are_for_it() -> None:
    table = pair()
    assert table.state.votes.carried is not None
    table.tick()
    assert table.state.deal == PAIR
    assert table.happened(e.VoteCounted) == [e.VoteCounted(1, 0, ("orchard", "dairy"), (), ("fishery",))]


def test_all_together_end_it_at_once() -> None:
    table = Table(STORE)
    table.offer("orchard", GRAND)
    assert types(table.yes("dairy")) == ["offer.accepted"]
    assert types(table.yes("fishery"))[-1] == "table.closed"
    assert table.state.deal == GRAND


def test_who_is_left_out_can_let_it_be() -> None:
    table = pair()
    assert types(table.no("fishery")) == ["offer.declined", "vote.counted", "deal.made", "table.closed"]


def test_who_is_left_out_can_outbid_it() -> None:
    table = pair()
    table.offer("fishery", RIVAL)
    left = table.yes("dairy", offer=2)
    assert types(left) == ["vote.taken_back", "offer.accepted", "vote.broken", "vote.carried"]
    assert table.state.votes.carried is not None
    assert table.state.votes.carried.offer == 2
    assert table.state.accepted[1][0] == frozenset()


def test_yes_to_another_withdraws_the_own_split_that_is_carried() -> None:
    table = pair()
    table.offer("fishery", {"orchard": 60, "fishery": 18})
    left = table.yes("orchard", offer=2)
    assert types(left) == ["offer.withdrawn", "offer.accepted", "vote.broken", "vote.carried"]


def test_offer_of_another_split_takes_back_the_yes_to_the_one_that_is_carried() -> None:
    table = pair()
    left = table.offer("dairy", RIVAL)
    assert types(left) == ["vote.taken_back", "offer.made", "vote.broken"]
    assert table.state.accepted[1][0] == frozenset()
    assert types(table.yes("fishery", offer=2))[-1] == "vote.carried"


def test_offer_where_all_stay_open_withdraws_the_own_split_that_is_carried() -> None:
    table = Table(STORE, policy=Policy(offers="open"))
    table.offer("orchard", PAIR)
    table.yes("dairy")
    left = table.offer("orchard", {"orchard": 60, "fishery": 18})
    assert types(left) == ["offer.withdrawn", "offer.made", "vote.broken"]
    assert table.state.bargain.standing == {2}


def test_offer_of_who_is_in_no_split_takes_nothing_back() -> None:
    assert types(pair().offer("fishery", RIVAL)) == ["offer.made"]


@pytest.mark.parametrize(
    ("split", "words"),
    [
        ({"orchard": 92}, "These parties have nothing to share. Choose others."),
        ({}, "These parties have nothing to share. Choose others."),
        ({"orchard": 50, "dairy": 41}, "The shares must add up to what these parties can share."),
        ({"orchard": 93, "dairy": -1}, "The share of Birchwater Dairy must be a number from 0 up."),
        ({"orchard": 50.5, "dairy": 41.5}, "The share of Aster Hill Orchards is between two steps."),
        ({"orchard": "all", "dairy": 0}, "The share of Aster Hill Orchards must be a number from 0 up."),
        ({"orchard": True, "dairy": 91}, "The share of Aster Hill Orchards must be a number from 0 up."),
        ({"orchard": 50, "baker": 42}, "The split names somebody who is not at this table."),
    ],
)
def test_what_is_no_split_is_refused_in_words(split: Package, words: str) -> None:
    table = Table(STORE)
    with pytest.raises(RuleBroken) as broken:
        decide(table.state, table.by["orchard"], c.MakeOffer((split,)), table.now)
    assert (broken.value.code, broken.value.said()) == ("invalid_offer", words)


def test_nobody_proposes_or_joins_a_split_of_others() -> None:
    table = Table(STORE)
    assert table.refused(table.by["fishery"], c.MakeOffer((PAIR,))) == "not_in_split"
    table.offer("orchard", PAIR)
    assert table.refused(table.by["fishery"], table.accept()) == "not_in_split"


def test_pair_goes_on_when_the_third_leaves_and_one_alone_does_not() -> None:
    table = Table(STORE)
    assert types(table.do(table.by["fishery"], c.WalkAway())) == ["party.walked_away"]
    table.offer("orchard", PAIR)
    assert types(table.yes("dairy"))[-1] == "table.closed"
    alone = Table(STORE)
    alone.do(alone.by["fishery"], c.WalkAway())
    assert types(alone.do(alone.by["dairy"], c.WalkAway()))[-1] == "table.closed"


def test_member_who_leaves_before_the_end_breaks_it() -> None:
    table = pair()
    assert types(table.do(table.by["dairy"], c.WalkAway())) == ["party.walked_away", "vote.broken"]
    table.offer("orchard", {"orchard": 50, "fishery": 28})
    assert types(table.yes("fishery", offer=2))[-1] == "table.closed"

"""What is answered to an offer: a no, a word on which package is closest, a yes to one package of several."""

from __future__ import annotations

from uuid import UUID

import pytest

from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import MAX_PACKAGES, decide
from negotiations.rules.room import digest_of
from tests.negotiations.rules.given import (
    ACCEPT,
    BO,
    CY,
    END,
    LEASE,
    NOW,
    ON_THE_TABLE,
    OPENED,
    SALE,
    decided,
    refused,
    several,
    table,
    with_a_third_party,
)

CHEAPER = LEASE | {"rent": 7000}
THREE_WAYS = (LEASE, SALE, CHEAPER)
MESO = (*OPENED, several(*THREE_WAYS))
BANK_SEAT = UUID(int=5)
BANK = c.Actor(BANK_SEAT, "seat", "creditor")
DECLINED = e.OfferDeclined(1, "neighbour")
WITH_BANK = (*ON_THE_TABLE, e.SeatTaken(BANK_SEAT, "creditor", "person"))


def test_offer_holds_up_to_four_packages() -> None:
    four = (*THREE_WAYS, LEASE | {"rent": 6000})
    assert len(four) == MAX_PACKAGES
    assert decided(OPENED, BO, c.MakeOffer(four)) == (several(*four),)


def test_accept_of_one_package_of_several_makes_that_the_deal() -> None:
    accept = c.AcceptOffer(1, 1, digest_of(THREE_WAYS))
    assert decided(MESO, CY, accept) == (
        e.OfferAccepted(1, 1, "neighbour"),
        e.DealMade("main", 1, SALE),
        e.TableClosed("deal"),
    )


def test_accept_of_different_packages_by_two_of_three_is_no_deal() -> None:
    three = with_a_third_party()
    given = (*MESO, e.SeatTaken(BANK_SEAT, "creditor", "person"), e.OfferAccepted(1, 0, "neighbour"))
    accept = c.AcceptOffer(1, 1, digest_of(THREE_WAYS))
    assert decided(given, BANK, accept, case=three) == (e.OfferAccepted(1, 1, "creditor"),)
    state = table(*given, e.OfferAccepted(1, 1, "creditor"), case=three)
    assert state.backers(1, 0) == {"farmer", "neighbour"}
    assert state.backers(1, 1) == {"farmer", "creditor"}
    assert state.backers(1, 2) == {"farmer"}


def test_decline_is_a_no_with_or_without_a_word() -> None:
    assert decided(ON_THE_TABLE, CY, c.DeclineOffer(1)) == (DECLINED,)
    said = decided(ON_THE_TABLE, CY, c.DeclineOffer(1, "Too dear"))
    assert said == (e.OfferDeclined(1, "neighbour", "Too dear"),)
    assert decide(table(*ON_THE_TABLE), CY, c.DeclineOffer(1), NOW).not_after == END


def test_decline_by_the_only_other_side_takes_the_offer_off_the_table() -> None:
    state = table(*ON_THE_TABLE, DECLINED)
    assert state.standing_offer(1) is None
    assert state.standing == {}
    assert state.last_by == "neighbour"
    assert refused((*ON_THE_TABLE, DECLINED), CY, ACCEPT) == "stale_offer"


def test_decline_by_one_of_two_others_leaves_the_offer_until_both_said_no() -> None:
    three = with_a_third_party()
    assert refused((*WITH_BANK, DECLINED), CY, c.DeclineOffer(1), case=three) == "no_change"
    assert table(*WITH_BANK, DECLINED, case=three).standing_offer(1)
    assert not table(*WITH_BANK, DECLINED, e.OfferDeclined(1, "creditor"), case=three).standing_offer(1)


def test_who_said_no_may_say_yes_and_the_other_way_round() -> None:
    three = with_a_third_party()
    given = (*WITH_BANK, DECLINED, e.OfferAccepted(1, 0, "neighbour"))
    assert table(*given, case=three).bargain.declined == {1: frozenset()}
    back = table(*given, DECLINED, case=three)
    assert back.backers(1, 0) == {"farmer"}
    assert back.bargain.declined == {1: {"neighbour"}}


@pytest.mark.parametrize(
    "command", [c.DeclineOffer(1), c.MarkClosest(1, 0)], ids=lambda command: type(command).__name__
)
def test_answer_to_the_own_offer_or_to_one_that_is_gone_is_refused(command: c.Command) -> None:
    assert refused(MESO, BO, command) == "own_offer"
    assert refused((*MESO, e.OfferWithdrawn(1, "farmer")), CY, command) == "stale_offer"


def test_decline_with_empty_words_is_refused() -> None:
    assert refused(ON_THE_TABLE, CY, c.DeclineOffer(1, " ")) == "empty_message"


def test_closest_is_a_word_that_binds_nobody() -> None:
    closest = e.OfferPreferred(1, 2, "neighbour")
    assert decided(MESO, CY, c.MarkClosest(1, 2)) == (closest,)
    state = table(*MESO, closest)
    assert state.bargain.closest == {1: {"neighbour": 2}}
    assert state.standing_offer(1)
    assert refused((*MESO, closest), CY, c.MarkClosest(1, 2)) == "no_change"
    assert decided((*MESO, closest), CY, c.MarkClosest(1, 0)) == (e.OfferPreferred(1, 0, "neighbour"),)


@pytest.mark.parametrize("place", [-1, 3, 10**17])
def test_closest_of_a_package_that_the_offer_does_not_hold_is_refused(place: int) -> None:
    assert refused(MESO, CY, c.MarkClosest(1, place)) == "stale_offer"

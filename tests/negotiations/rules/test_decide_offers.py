"""Offers: made, withdrawn, accepted, and what makes them a deal."""

from __future__ import annotations

from uuid import UUID

import pytest

from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import decide, require_standing
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import digest_of
from tests.negotiations.rules.given import (
    ACCEPT,
    BO,
    BO_SEAT,
    CLOCK,
    CY,
    CY_SEAT,
    END,
    LEASE,
    NOW,
    ON_THE_TABLE,
    OPENED,
    SALE,
    Package,
    decided,
    offered,
    refused,
    table,
    with_a_third_party,
)


def test_offer_when_whole_is_numbered_and_fingerprinted() -> None:
    assert decided(OPENED, BO, c.MakeOffer((LEASE,))) == (offered(1),)


def test_offer_when_others_came_before_has_the_next_number() -> None:
    assert decided(ON_THE_TABLE, CY, c.MakeOffer((SALE,))) == (offered(2, "neighbour", SALE),)


def test_offer_when_said_with_words_is_one_act() -> None:
    made = decided(OPENED, BO, c.MakeOffer((LEASE,), "Here is where I would begin."))
    assert made == (offered(1), e.MessageSaid("farmer", "Here is where I would begin."))
    with pytest.raises(RuleBroken, match="empty_message"):
        decide(table(*OPENED), BO, c.MakeOffer((LEASE,), "  "), NOW)


def test_offer_must_be_written_before_the_deadline() -> None:
    assert decide(table(*OPENED), BO, c.MakeOffer((LEASE,)), NOW).not_after == END


WRONG: list[tuple[str, Package]] = [
    ("nothing", {}),
    ("a term is missing", {name: value for name, value in LEASE.items() if name != "cabins"}),
    ("a term that does not apply", LEASE | {"sale_price": 200000}),
    ("an unknown issue", LEASE | {"mortgage": 1}),
    ("an unknown option", LEASE | {"form": "lease99"}),
    ("out of range", LEASE | {"rent": 12500}),
    ("negative", LEASE | {"rent": -500}),
    ("between two steps", LEASE | {"rent": 8001}),
    ("huge", LEASE | {"rent": 10**17}),
    ("text for a number", LEASE | {"rent": "8000"}),
    ("a fraction for a whole number", LEASE | {"rent": 8000.0}),
    ("true for a number", LEASE | {"trail_bonus": False}),
    ("a number for an option", LEASE | {"form": 1}),
    ("not a number", LEASE | {"rent": float("nan")}),
    ("infinite", LEASE | {"rent": float("inf")}),
]


@pytest.mark.parametrize(("why", "package"), WRONG, ids=[why for why, _ in WRONG])
def test_offer_when_wrong_is_refused(why: str, package: Package) -> None:
    assert refused(OPENED, BO, c.MakeOffer((package,))) == "invalid_offer"


def test_offer_when_wrong_is_told_in_words_that_do_not_repeat_it() -> None:
    with pytest.raises(RuleBroken) as broken:
        decide(table(*OPENED), BO, c.MakeOffer((LEASE | {"form": "<script>"},)), NOW)
    assert broken.value.said() == "“Form of the arrangement” does not have this option."


def test_offer_without_a_package_is_refused() -> None:
    assert refused(OPENED, BO, c.MakeOffer(())) == "invalid_offer"


def test_accept_makes_the_deal_and_closes_the_table() -> None:
    assert decided(ON_THE_TABLE, CY, ACCEPT) == (
        e.OfferAccepted(1, 0, "neighbour"),
        e.DealMade("main", 1, LEASE),
        e.TableClosed("deal"),
    )


def test_accept_must_be_written_before_the_deadline() -> None:
    assert decide(table(*ON_THE_TABLE), CY, ACCEPT, NOW).not_after == END


def test_accept_of_the_own_offer_is_refused() -> None:
    assert refused(ON_THE_TABLE, BO, ACCEPT) == "own_offer"


@pytest.mark.parametrize("number", [0, -1, 2, 10**17])
def test_accept_of_an_offer_that_was_never_made_is_refused(number: int) -> None:
    assert refused(ON_THE_TABLE, CY, c.AcceptOffer(number, 0, ACCEPT.digest)) == "stale_offer"


def test_accept_of_a_withdrawn_offer_is_refused() -> None:
    assert refused((*ON_THE_TABLE, e.OfferWithdrawn(1, "farmer")), CY, ACCEPT) == "stale_offer"


def test_accept_of_a_replaced_offer_is_refused() -> None:
    assert refused((*ON_THE_TABLE, offered(2, "farmer", SALE)), CY, ACCEPT) == "stale_offer"


def test_accept_when_the_other_side_countered_still_binds_what_stands() -> None:
    assert decided((*ON_THE_TABLE, offered(2, "neighbour", SALE)), CY, ACCEPT)[1] == e.DealMade(
        "main", 1, LEASE
    )


def test_accept_from_a_stale_screen_is_refused() -> None:
    assert refused(ON_THE_TABLE, CY, c.AcceptOffer(1, 0, digest_of((SALE,)))) == "stale_offer"


@pytest.mark.parametrize("package", [-1, 1, 10**17])
def test_accept_of_a_package_that_the_offer_does_not_hold_is_refused(package: int) -> None:
    assert refused(ON_THE_TABLE, CY, c.AcceptOffer(1, package, ACCEPT.digest)) == "stale_offer"


def test_accept_by_one_of_three_parties_is_not_yet_a_deal() -> None:
    three = with_a_third_party()
    assert decided(ON_THE_TABLE, CY, ACCEPT, case=three) == (e.OfferAccepted(1, 0, "neighbour"),)


def test_accept_by_the_last_of_three_parties_makes_the_deal() -> None:
    three = with_a_third_party()
    bank = UUID(int=5)
    given = (*ON_THE_TABLE, e.SeatTaken(bank, "creditor", "person"), e.OfferAccepted(1, 0, "neighbour"))
    events = decided(given, c.Actor(bank, "seat", "creditor"), ACCEPT, case=three)
    assert [event.type for event in events] == [
        "offer.accepted",
        "vote.counted",
        "deal.made",
        "table.closed",
    ]


def test_accept_twice_by_one_party_is_refused() -> None:
    three = with_a_third_party()
    given = (*ON_THE_TABLE, e.OfferAccepted(1, 0, "neighbour"))
    assert refused(given, CY, ACCEPT, case=three) == "voted_already"


def test_withdraw_takes_the_own_offer_off_the_table() -> None:
    assert decided(ON_THE_TABLE, BO, c.WithdrawOffer(1)) == (e.OfferWithdrawn(1, "farmer"),)


def test_withdraw_of_the_other_sides_offer_is_refused() -> None:
    assert refused(ON_THE_TABLE, CY, c.WithdrawOffer(1)) == "forbidden"


def test_withdraw_twice_is_refused() -> None:
    assert refused((*ON_THE_TABLE, e.OfferWithdrawn(1, "farmer")), BO, c.WithdrawOffer(1)) == "stale_offer"


def test_standing_offer_is_told_from_those_that_do_not_stand() -> None:
    state = table(*ON_THE_TABLE, offered(2, "farmer", SALE), offered(3, "neighbour", LEASE))
    assert [state.standing_offer(number) is not None for number in range(5)] == [
        False,
        False,
        True,
        True,
        False,
    ]
    assert require_standing(state, 3).party == "neighbour"


def test_two_seats_of_one_party_act_on_the_same_offer() -> None:
    second = UUID(int=6)
    given = (*ON_THE_TABLE, e.SeatTaken(second, "farmer", "person"))
    assert decided(given, c.Actor(second, "seat", "farmer"), c.WithdrawOffer(1)) == (
        e.OfferWithdrawn(1, "farmer"),
    )
    assert refused(given, c.Actor(second, "seat", "farmer"), ACCEPT) == "own_offer"


@pytest.mark.parametrize("actor", [BO, CY], ids=["bo", "cy"])
def test_offer_of_a_seat_under_another_partys_name_is_refused(actor: c.Actor) -> None:
    other = c.Actor(actor.id, "seat", "neighbour" if actor.id == BO_SEAT else "farmer")
    assert refused(OPENED, other, c.MakeOffer((LEASE,))) == "not_seated"


@pytest.mark.parametrize("seat", [BO_SEAT, CY_SEAT])
def test_offer_after_the_seat_was_left_is_refused(seat: UUID) -> None:
    actor = BO if seat == BO_SEAT else CY
    assert (
        refused((*OPENED, e.SeatLeft(seat, actor.party or "")), actor, c.MakeOffer((LEASE,))) == "not_seated"
    )


def test_offer_by_the_house_is_refused() -> None:
    assert refused(OPENED, CLOCK, c.MakeOffer((LEASE,))) == "forbidden"

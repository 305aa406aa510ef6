"""What a session decided about offers: whether they replace each other, take turns, lapse, or run out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec import structs

from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import Due, decide, next_due
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import Policy
from tests.negotiations.rules.given import (
    ACCEPT,
    ADA,
    BO,
    CLOCK,
    CY,
    END,
    LEASE,
    NOW,
    ON_THE_TABLE,
    OPENED,
    SALE,
    decided,
    offered,
    refused,
    table,
)

TURNS, OPEN = Policy(offers="turns"), Policy(offers="open")
SHORT_LIVED = Policy(offer_seconds=60)
LAPSES = NOW + timedelta(seconds=60)
SHORT = structs.replace(offered(), expires_at=LAPSES)
SHORT_ON_THE_TABLE = (*OPENED, SHORT)
MORE = c.MakeOffer((SALE,))


def test_offers_when_they_stay_open_stand_side_by_side() -> None:
    state = table(*ON_THE_TABLE, offered(2, "farmer", SALE), policy=OPEN)
    assert state.bargain.standing == {1, 2}
    assert state.standing == {"farmer": 2}
    assert decide(state, CY, ACCEPT, NOW).drafts[1].event == e.DealMade("main", 1, LEASE)


def test_latest_open_offer_when_withdrawn_leaves_the_one_before() -> None:
    given = (*ON_THE_TABLE, offered(2, "farmer", SALE), e.OfferWithdrawn(2, "farmer"))
    assert table(*given, policy=OPEN).standing == {"farmer": 1}


def test_turns_are_taken_until_somebody_answers() -> None:
    assert refused(ON_THE_TABLE, BO, MORE, policy=TURNS) == "not_your_turn"
    assert decided(ON_THE_TABLE, CY, MORE, policy=TURNS) == (offered(2, "neighbour", SALE),)
    for answer in (
        offered(2, "neighbour", SALE),
        e.OfferDeclined(1, "neighbour"),
        e.OfferLapsed(1, "farmer"),
    ):
        assert decided((*ON_THE_TABLE, answer), BO, MORE, policy=TURNS)


def test_turns_are_not_won_by_taking_an_offer_back() -> None:
    given = (*ON_THE_TABLE, e.OfferWithdrawn(1, "farmer"))
    assert refused(given, BO, MORE, policy=TURNS) == "not_your_turn"


def test_own_offer_is_replaced_also_when_offers_take_turns() -> None:
    given = (*ON_THE_TABLE, offered(2, "neighbour", SALE), offered(3, "farmer", SALE))
    assert table(*given, policy=TURNS).bargain.standing == {2, 3}


def test_party_has_so_many_offers_and_no_more() -> None:
    two = Policy(offer_limit=2)
    assert decided(ON_THE_TABLE, BO, MORE, policy=two)
    assert refused((*ON_THE_TABLE, offered(2)), BO, MORE, policy=two) == "no_offers_left"
    assert decided((*ON_THE_TABLE, offered(2)), CY, MORE, policy=two)


def test_offer_says_until_when_it_stands() -> None:
    assert decided(OPENED, BO, c.MakeOffer((LEASE,)), policy=SHORT_LIVED) == (SHORT,)


def test_offer_lapses_by_itself() -> None:
    state = table(*SHORT_ON_THE_TABLE)
    assert next_due(state) == Due(LAPSES, (e.Draft(e.OfferLapsed(1, "farmer")),))
    assert decide(state, CLOCK, c.Tick(), LAPSES).drafts == (e.Draft(e.OfferLapsed(1, "farmer")),)
    with pytest.raises(RuleBroken, match="no_change"):
        decide(state, CLOCK, c.Tick(), LAPSES - timedelta(microseconds=1))
    gone = table(*SHORT_ON_THE_TABLE, e.OfferLapsed(1, "farmer"))
    assert gone.standing_offer(1) is None
    assert gone.bargain.expires == {}
    assert next_due(gone) == Due(END, (e.Draft(e.TableClosed("out_of_time")),))


@pytest.mark.parametrize("command", [ACCEPT, c.DeclineOffer(1)], ids=["accept", "decline"])
def test_answer_must_come_before_the_offer_lapses(command: c.Command) -> None:
    assert decide(table(*SHORT_ON_THE_TABLE), CY, command, NOW).not_after == LAPSES
    assert refused(SHORT_ON_THE_TABLE, CY, command, LAPSES) == "offer_lapsed"
    assert refused((*SHORT_ON_THE_TABLE, e.OfferLapsed(1, "farmer")), CY, command) == "offer_lapsed"


def test_offer_that_was_answered_or_replaced_does_not_lapse() -> None:
    for event in (e.OfferWithdrawn(1, "farmer"), offered(2, "farmer", SALE), e.OfferDeclined(1, "neighbour")):
        assert table(*SHORT_ON_THE_TABLE, event).bargain.expires == {}


def test_pause_stops_the_time_of_an_offer_too() -> None:
    state = table(*SHORT_ON_THE_TABLE, e.TablePaused("Fire drill", NOW))
    assert next_due(state) is None
    back = NOW + timedelta(minutes=10)
    resumed = decide(state, ADA, c.ResumeTable(), back).drafts[0].event
    open_again = table(*SHORT_ON_THE_TABLE, e.TablePaused("Fire drill", NOW), resumed)
    assert open_again.bargain.expires == {1: LAPSES + timedelta(minutes=10)}


def test_more_time_for_the_table_is_no_more_time_for_an_offer() -> None:
    longer = (*SHORT_ON_THE_TABLE, e.TableExtended(600, END + timedelta(minutes=10)))
    assert table(*longer).bargain.expires == {1: LAPSES}


def test_two_things_due_at_one_moment_are_two_ticks() -> None:
    given: tuple[e.Event, ...] = (*OPENED, structs.replace(offered(), expires_at=END))
    for expected in (e.OfferLapsed(1, "farmer"), e.TableClosed("out_of_time")):
        assert decided(given, CLOCK, c.Tick(), END) == (expected,)
        given = (*given, expected)

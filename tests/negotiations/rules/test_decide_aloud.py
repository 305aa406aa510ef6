"""Tables that talk face to face: what all sides wrote down alike is the outcome."""

from __future__ import annotations

from negotiations import partners
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import decide
from negotiations.rules.room import Policy
from tests.negotiations.rules.given import (
    BO,
    BO_SEAT,
    CY,
    END,
    LEASE,
    NOW,
    ON_THE_TABLE,
    OPENED,
    SALE,
    decided,
    refused,
    table,
    with_a_third_party,
)
from tests.negotiations.rules.playing import ROOM

ALOUD = Policy(mode="aloud")
RECORDED = (*OPENED, e.OutcomeRecorded("farmer", LEASE))


def test_outcome_that_one_side_wrote_down_waits_for_the_other() -> None:
    assert decided(OPENED, BO, c.RecordOutcome(LEASE), policy=ALOUD) == (RECORDED[-1],)
    assert decide(table(*OPENED, policy=ALOUD), BO, c.RecordOutcome(LEASE), NOW).not_after == END


def test_outcome_that_both_wrote_down_alike_is_the_deal() -> None:
    assert decided(RECORDED, CY, c.RecordOutcome(dict(reversed(LEASE.items()))), policy=ALOUD) == (
        e.OutcomeRecorded("neighbour", LEASE),
        e.DealMade("main", 0, LEASE),
        e.TableClosed("deal"),
    )


def test_outcomes_that_differ_stand_side_by_side() -> None:
    other = LEASE | {"rent": 9000}
    assert decided(RECORDED, CY, c.RecordOutcome(other), policy=ALOUD) == (
        e.OutcomeRecorded("neighbour", other),
    )
    given = (*RECORDED, e.OutcomeRecorded("neighbour", other))
    assert table(*given).bargain.records == {"farmer": LEASE, "neighbour": other}
    mended = decided(given, BO, c.RecordOutcome(other), policy=ALOUD)
    assert mended[1] == e.DealMade("main", 0, other)


def test_no_deal_needs_both() -> None:
    assert decided(RECORDED, CY, c.RecordOutcome(None), policy=ALOUD) == (
        e.OutcomeRecorded("neighbour", None),
    )
    given = (*RECORDED, e.OutcomeRecorded("neighbour", None))
    assert decided(given, BO, c.RecordOutcome(None), policy=ALOUD) == (
        e.OutcomeRecorded("farmer", None),
        e.TableClosed("no_deal"),
    )


def test_outcome_among_three_needs_all_three() -> None:
    three = with_a_third_party()
    record = c.RecordOutcome(LEASE)
    assert decided(RECORDED, CY, record, case=three, policy=ALOUD) == (e.OutcomeRecorded("neighbour", LEASE),)


def test_outcome_that_is_not_whole_or_new_is_refused() -> None:
    assert refused(OPENED, BO, c.RecordOutcome({"form": "sale"}), policy=ALOUD) == "invalid_offer"
    assert refused(RECORDED, BO, c.RecordOutcome(LEASE), policy=ALOUD) == "no_change"
    assert refused((*OPENED, e.OutcomeRecorded("farmer", None)), BO, c.RecordOutcome(None), policy=ALOUD) == (
        "no_change"
    )


def test_nothing_else_binds_at_a_table_that_talks_face_to_face() -> None:
    for command in (c.MakeOffer((SALE,)), c.WalkAway()):
        assert refused(OPENED, BO, command, policy=ALOUD) == "face_to_face"
    assert refused(ON_THE_TABLE, BO, c.RecordOutcome(LEASE)) == "on_screen"


def test_practice_partner_does_not_play_face_to_face() -> None:
    seated = (e.SeatTaken(BO_SEAT, "farmer", "partner"), e.TableOpened(END))
    assert partners.next_turn(table(*seated), ROOM) is not None
    assert partners.next_turn(table(*seated, policy=ALOUD), ROOM) is None

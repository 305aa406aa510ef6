"""Sides of several people: what one wants to do waits for another, where the session says so."""

from __future__ import annotations

import pytest
from msgspec import structs

from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import decide
from negotiations.rules.decide.teams import TAPPED
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import Policy, RoomState, evolve
from tests.negotiations.rules.given import (
    ACCEPT,
    BO,
    BO_SEAT,
    CY,
    EVE_SEAT,
    LEASE,
    NOW,
    OPENED,
    SALE,
    offered,
    several,
    table,
)
from tests.negotiations.rules.mill import carried

EVE = c.Actor(EVE_SEAT, "seat", "farmer")
TEAM = (*OPENED, e.SeatTaken(EVE_SEAT, "farmer", "person"))
TAPS = Policy(taps=True)


def state_of(*events: e.Event, policy: Policy = TAPS) -> RoomState:
    return structs.replace(table(*events), policy=policy)


def done(
    state: RoomState, who: c.Actor, command: c.Command
) -> tuple[RoomState, list[tuple[str, e.Audience]]]:
    """The table after the command, and what it led to."""
    drafts = decide(state, who, command, NOW).drafts
    for draft in drafts:
        line = e.Logged(state.seq + 1, draft.event, who.id, draft.audience, NOW)
        stored = structs.replace(line, event=e.event_from(line.event.type, e.payload_of(line.event)))
        state = evolve(state, stored)
    return state, [(draft.event.type, draft.audience) for draft in drafts]


def refused(state: RoomState, who: c.Actor, command: c.Command) -> str:
    with pytest.raises(RuleBroken) as broken:
        decide(state, who, command, NOW)
    return broken.value.code


def test_offer_of_one_waits_for_the_other_and_is_then_made() -> None:
    state, told = done(state_of(*TEAM), BO, c.MakeOffer((LEASE,), "Good morning"))
    assert told == [("tap.asked", ("farmer",))]
    assert state.offers == ()
    assert refused(state, BO, c.Tap(1)) == "own_deed"
    assert refused(state, CY, c.Tap(1)) == "nothing_to_tap"
    assert refused(state, EVE, c.Tap(2)) == "nothing_to_tap"
    state, told = done(state, EVE, c.Tap(1))
    assert told == [("tap.given", ("farmer",)), ("offer.made", None), ("message.said", None)]
    assert state.offers[0].packages == (LEASE,)
    assert state.teams.waiting == {}


def test_wish_is_kept_as_the_log_gives_it_back() -> None:
    (asked,) = decide(state_of(*TEAM), BO, c.MakeOffer((LEASE,)), NOW).drafts
    assert e.event_from(asked.event.type, e.payload_of(asked.event)) == asked.event


def test_acceptance_and_leaving_wait_too() -> None:
    state, told = done(state_of(*TEAM, offered(1, "neighbour")), BO, structs.replace(ACCEPT))
    assert told == [("tap.asked", ("farmer",))]
    state, told = done(state, EVE, c.Tap(1))
    assert [kind for kind, _ in told] == ["tap.given", "offer.accepted", "deal.made", "table.closed"]
    _, told = done(state_of(*TEAM), EVE, c.WalkAway("Too cheap"))
    assert told == [("tap.asked", ("farmer",))]


def test_outcome_of_a_talk_face_to_face_waits_too() -> None:
    aloud = Policy(taps=True, mode="aloud")
    written = (*TEAM, e.OutcomeRecorded("neighbour", LEASE))
    for package, follows in ((LEASE, ["deal.made", "table.closed"]), (SALE, []), (None, [])):
        state, told = done(state_of(*written, policy=aloud), BO, c.RecordOutcome(package))
        assert told == [("tap.asked", ("farmer",))]
        _, told = done(state, EVE, c.Tap(1))
        assert [kind for kind, _ in told] == ["tap.given", "outcome.recorded", *follows]


def test_tap_covers_what_binds_a_side_and_nothing_else() -> None:
    binding = {"MakeOffer", "AcceptOffer", "RecordOutcome", "WalkAway", "Sign", "SendBack", "SignText"}
    assert set(TAPPED) == binding


@pytest.mark.parametrize(
    "command", [c.DeclineOffer(2), c.MarkClosest(2, 0), c.WithdrawOffer(1), c.PinTerm("rent", 8000)]
)
def test_what_binds_nobody_is_done_by_one_alone(command: c.Command) -> None:
    made = (offered(), several(LEASE, SALE, number=2, party="neighbour"))
    _, told = done(state_of(*TEAM, *made), BO, command)
    assert [audience for _, audience in told] == [None]


def test_yes_is_taken_back_by_one_alone() -> None:
    table = carried(Policy(taps=True))
    table.sit("fire")
    assert table.do(table.by["fire"], c.TakeBack(1))[0] == e.VoteTakenBack(1, "fire")


def test_deed_is_dropped_by_either_and_replaced_by_a_newer_one() -> None:
    asked, _ = done(state_of(*TEAM), BO, c.MakeOffer((LEASE,)))
    for who in (BO, EVE):
        state, told = done(asked, who, c.DropDeed(1))
        assert told == [("tap.dropped", ("farmer",))]
        assert refused(state, EVE, c.Tap(1)) == "nothing_to_tap"
    newer, _ = done(asked, EVE, c.MakeOffer((SALE,)))
    assert refused(newer, BO, c.Tap(1)) == "nothing_to_tap"
    state, _ = done(newer, BO, c.Tap(2))
    assert state.offers[0].packages == (SALE,)


def test_what_is_refused_is_refused_at_once_and_what_became_wrong_at_the_tap() -> None:
    assert refused(state_of(*TEAM), BO, c.MakeOffer(())) == "invalid_offer"
    state, _ = done(state_of(*TEAM, offered(1, "neighbour")), BO, ACCEPT)
    state, _ = done(state, CY, c.WithdrawOffer(1))
    assert refused(state, EVE, c.Tap(1)) == "stale_offer"


def test_who_is_alone_or_in_a_session_without_taps_acts_at_once() -> None:
    for state in (state_of(*OPENED), state_of(*TEAM, policy=Policy())):
        assert done(state, BO, c.MakeOffer((LEASE,)))[1] == [("offer.made", None)]
    with_partner = (*OPENED, e.SeatTaken(EVE_SEAT, "farmer", "partner"))
    assert done(state_of(*with_partner), BO, c.MakeOffer((LEASE,)))[1] == [("offer.made", None)]
    assert done(state_of(*TEAM), CY, c.MakeOffer((LEASE,)))[1] == [("offer.made", None)]


def test_deed_of_who_left_can_be_confirmed_by_who_stays() -> None:
    asked, _ = done(state_of(*TEAM), BO, c.MakeOffer((LEASE,)))
    state = evolve(asked, e.Logged(asked.seq + 1, e.SeatLeft(BO_SEAT, "farmer"), c.HOUSE, None, NOW))
    assert [kind for kind, _ in done(state, EVE, c.Tap(1))[1]] == ["tap.given", "offer.made"]


def test_who_stays_alone_confirms_the_own_deed_and_acts_at_once() -> None:
    asked, _ = done(state_of(*TEAM), BO, c.MakeOffer((LEASE,)))
    assert refused(asked, BO, c.Tap(1)) == "own_deed"
    alone = evolve(asked, e.Logged(asked.seq + 1, e.SeatLeft(EVE_SEAT, "farmer"), c.HOUSE, None, NOW))
    assert [kind for kind, _ in done(alone, BO, c.Tap(1))[1]] == ["tap.given", "offer.made"]
    assert [kind for kind, _ in done(alone, BO, c.MakeOffer((SALE,)))[1]] == ["offer.made"]


@pytest.mark.parametrize("command", [c.Tap(1), c.DropDeed(1)], ids=["tap", "drop"])
def test_nothing_is_confirmed_when_the_table_is_not_open(command: c.Command) -> None:
    asked, _ = done(state_of(*TEAM), BO, c.MakeOffer((LEASE,)))
    paused = evolve(asked, e.Logged(asked.seq + 1, e.TablePaused("Drill", NOW), c.HOUSE, None, NOW))
    assert refused(paused, EVE, command) == "paused"

"""Every refusal a table knows can be reached, and each phase refuses what it must."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec import structs

from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import MAX_EVENTS, MAX_OFFERS, decide, decision_on, require_open
from negotiations.rules.decide.base import party_of
from negotiations.rules.refusals import WORDS, RuleBroken
from negotiations.rules.room import Policy, digest_of
from tests.negotiations.rules import bay, bell, mill, store
from tests.negotiations.rules.given import (
    ACCEPT,
    ADA,
    AGREED,
    BO,
    BO_SEAT,
    CLOCK,
    CLOSED,
    CY,
    DEE,
    END,
    LATE,
    LEASE,
    NOW,
    ON_THE_TABLE,
    OPENED,
    PAUSED,
    SALE,
    SEATED,
    decided,
    offered,
    refused,
    table,
)

SAY = c.Say("Hello")
COMMANDS = c.Asked.__subclasses__()
OPEN_LEASE = {name: value for name, value in LEASE.items() if name != "cabins"}
PARTIAL = (*OPENED, e.OfferMade(1, "farmer", (OPEN_LEASE,), digest_of((OPEN_LEASE,)), (), (("cabins",),)))
SHORT = (*OPENED, structs.replace(offered(), expires_at=NOW + timedelta(seconds=60)))
#: Those that hang on what the session decided.
BY_POLICY: dict[str, tuple[Policy, tuple[e.Event, ...], c.Actor, c.Command]] = {
    "not_your_turn": (Policy(offers="turns"), ON_THE_TABLE, BO, c.MakeOffer((SALE,))),
    "no_offers_left": (Policy(offer_limit=1), ON_THE_TABLE, BO, c.MakeOffer((SALE,))),
    "face_to_face": (Policy(mode="aloud"), OPENED, BO, c.MakeOffer((LEASE,))),
}
FULL = structs.replace(table(*OPENED), seq=MAX_EVENTS)

#: code -> the table, who asks, what, and when.
REACHED: dict[str, tuple[tuple[e.Event, ...], c.Actor, c.Command, Any]] = {
    "not_started": (SEATED, BO, SAY, NOW),
    "paused": (PAUSED, BO, SAY, NOW),
    "room_closed": (CLOSED, BO, SAY, NOW),
    "late": (OPENED, BO, SAY, END),
    "already_agreed": (AGREED, BO, SAY, NOW),
    "own_offer": (ON_THE_TABLE, BO, ACCEPT, NOW),
    "stale_offer": (OPENED, CY, ACCEPT, NOW),
    "invalid_offer": (OPENED, BO, c.MakeOffer(()), NOW),
    "empty_message": (OPENED, BO, c.Say(" "), NOW),
    "message_too_long": (OPENED, BO, c.Say("x" * 2001), NOW),
    "bad_text": (OPENED, BO, c.Say("\x00"), NOW),
    "seat_taken": (SEATED, CLOCK, c.TakeSeat(BO_SEAT, "farmer", "person"), NOW),
    "not_seated": (OPENED, DEE, SAY, NOW),
    "forbidden": (OPENED, ADA, SAY, NOW),
    "no_change": (OPENED, CLOCK, c.Tick(), NOW),
    "too_many_packages": (OPENED, BO, c.MakeOffer((LEASE, SALE) * 3), NOW),
    "same_package": (OPENED, BO, c.MakeOffer((LEASE, LEASE)), NOW),
    "offer_lapsed": (SHORT, CY, ACCEPT, NOW + timedelta(seconds=60)),
    "still_open": (PARTIAL, CY, c.AcceptOffer(1, 0, digest_of((OPEN_LEASE,))), NOW),
    "no_added_terms": (OPENED, BO, c.MakeOffer((LEASE,), "", ("A gate",)), NOW),
    "too_many_terms": (OPENED, BO, c.MakeOffer((LEASE,), "", ("A gate",) * 11), NOW),
    "on_screen": (OPENED, BO, c.RecordOutcome(LEASE), NOW),
    "invalid_term": (OPENED, BO, c.PinTerm("rent", 8001), NOW),
    "one_package": (ON_THE_TABLE, CY, c.MarkClosest(1, 0), NOW),
    "no_channel": (OPENED, BO, c.Say("Hm", "team"), NOW),
}
ACTS: list[c.Command] = [
    SAY,
    c.MakeOffer((LEASE,)),
    ACCEPT,
    c.DeclineOffer(1),
    c.MarkClosest(1, 0),
    c.PinTerm("rent", 8000),
    c.UnpinTerm("rent"),
    c.RecordOutcome(LEASE),
    c.WithdrawOffer(1),
    c.WalkAway(),
]


@pytest.mark.parametrize("code", REACHED)
def test_refusal_when_reached_says_its_code_and_words(code: str) -> None:
    given, actor, command, now = REACHED[code]
    with pytest.raises(RuleBroken) as broken:
        decide(table(*given), actor, command, now)
    assert (broken.value.code, broken.value.words) == (code, WORDS[code])
    assert str(broken.value) == f"{code}: {WORDS[code]}"


#: Those of parties and tables that the farm does not have, with the test that reaches them.
ELSEWHERE = {
    *("limit_reached", "no_vote", "observing", "one_proposal"),
    *("own_deed", "nothing_to_tap"),
    *("agents_part", "principals_part", "too_early", "to_be_signed", "settled", "nothing_to_sign", "signed"),
}


@pytest.mark.parametrize("code", BY_POLICY)
def test_refusal_of_a_policy_when_reached_says_its_code(code: str) -> None:
    policy, given, actor, command = BY_POLICY[code]
    assert refused(given, actor, command, policy=policy) == code
    assert decided(given, actor, command)


def test_refusals_are_all_tested() -> None:
    elsewhere = {*bay.REACHED, *bell.REACHED, *mill.REACHED, *store.REACHED}
    assert {*REACHED, *BY_POLICY} | elsewhere | ELSEWHERE == set(WORDS)


def test_refusals_are_calm_sentences() -> None:
    assert all(words.endswith(".") and "!" not in words for words in WORDS.values())


@pytest.mark.parametrize("command", ACTS, ids=lambda act: type(act).__name__)
@pytest.mark.parametrize(
    ("given", "now", "code"),
    [
        (SEATED, NOW, "not_started"),
        (PAUSED, NOW, "paused"),
        (CLOSED, NOW, "room_closed"),
        (AGREED, NOW, "already_agreed"),
        (ON_THE_TABLE, END, "late"),
        (ON_THE_TABLE, LATE, "late"),
    ],
    ids=["before", "paused", "closed", "agreed", "at the deadline", "after it"],
)
def test_no_act_is_possible_when_the_table_is_not_open(
    given: tuple[e.Event, ...], now: Any, code: str, command: c.Command
) -> None:
    assert refused(given, CY, command, now) == code


def test_act_a_moment_before_the_deadline_is_possible() -> None:
    assert decided(OPENED, BO, SAY, END - timedelta(microseconds=1)) == (e.MessageSaid("farmer", "Hello"),)


@pytest.mark.parametrize("actor", [ADA, CLOCK], ids=["instructor", "house"])
@pytest.mark.parametrize("command", [*ACTS, c.AskHelp()], ids=lambda act: type(act).__name__)
def test_staff_cannot_negotiate(actor: c.Actor, command: c.Command) -> None:
    assert refused(ON_THE_TABLE, actor, command) == "forbidden"


def test_every_command_is_for_a_seat_or_for_staff() -> None:
    assert all(kind.by and kind.by <= c.SEATS | c.STAFF for kind in COMMANDS)
    assert {kind for kind in COMMANDS if kind.by == c.SEATS | c.STAFF} == {c.CallPoll, c.CloseHelp}


def test_stranger_and_seat_without_a_party_have_no_seat() -> None:
    assert refused(OPENED, DEE, SAY) == "not_seated"
    assert refused(OPENED, c.Actor(BO_SEAT, "seat"), SAY) == "not_seated"


@pytest.mark.parametrize("command", [SAY, c.WalkAway(), c.AskHelp()], ids=lambda act: type(act).__name__)
def test_full_table_takes_nothing_from_its_seats(command: c.Command) -> None:
    with pytest.raises(RuleBroken, match="limit_reached"):
        decide(FULL, BO, command, NOW)


def test_full_table_can_still_be_closed() -> None:
    assert decide(FULL, ADA, c.CloseTable(), NOW).drafts == (e.Draft(e.TableClosed("closed")),)
    assert decide(FULL, CLOCK, c.Tick(), LATE).drafts == (e.Draft(e.TableClosed("out_of_time")),)


def test_table_with_one_line_left_takes_one_more() -> None:
    almost = structs.replace(FULL, seq=MAX_EVENTS - 1)
    assert decide(almost, BO, SAY, NOW).drafts == (e.Draft(e.MessageSaid("farmer", "Hello")),)


def test_offers_have_a_limit_of_their_own() -> None:
    state = table(*ON_THE_TABLE)
    many = structs.replace(state, offers=state.offers * MAX_OFFERS)
    with pytest.raises(RuleBroken, match="limit_reached"):
        decide(many, CY, c.MakeOffer((LEASE,)), NOW)
    assert decide(many, CY, SAY, NOW).drafts == (e.Draft(e.MessageSaid("neighbour", "Hello")),)


def test_table_without_a_deadline_is_not_open() -> None:
    with pytest.raises(RuleBroken, match="late"):
        require_open(structs.replace(table(*OPENED), closes_at=None), NOW)


def test_extend_without_a_deadline_changes_nothing() -> None:
    with pytest.raises(RuleBroken, match="no_change"):
        decide(structs.replace(table(*OPENED), closes_at=None), ADA, c.ExtendTable(60), NOW)


def test_party_of_who_plays_none_is_refused() -> None:
    with pytest.raises(RuleBroken, match="forbidden"):
        party_of(ADA)


def test_command_without_a_decision_is_a_fault() -> None:
    with pytest.raises(TypeError, match="no decision on object"):
        decision_on(object(), table(), ADA, NOW)

"""Every refusal a table knows can be reached, and each phase refuses what it must."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec import structs

from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import MAX_EVENTS, MAX_OFFERS, decide, decision_on, require_open
from negotiations.rules.decide.base import party_of
from negotiations.rules.refusals import WORDS, RuleBroken
from negotiations.rules.room import Policy, digest_of
from tests.negotiations.rules.given import (
    ACCEPT,
    ADA,
    BO,
    CLOCK,
    CY,
    END,
    LATE,
    LEASE,
    NOW,
    ON_THE_TABLE,
    OPENED,
    SALE,
    decided,
    offered,
    table,
)

SAY = c.Say("Hello")
COMMANDS = c.Asked.__subclasses__()
OPEN_LEASE = {name: value for name, value in LEASE.items() if name != "cabins"}
PARTIAL = (*OPENED, e.OfferMade(1, "farmer", (OPEN_LEASE,), digest_of((OPEN_LEASE,)), (), (("cabins",),)))
SHORT = (*OPENED, structs.replace(offered(), expires_at=NOW))
MORE = c.MakeOffer((SALE,))
#: Those that hang on what the session decided, or on the offer itself: the table, who asks, and what.
REACHED: dict[str, tuple[Policy, tuple[e.Event, ...], c.Actor, c.Command]] = {
    "not_your_turn": (Policy(offers="turns"), ON_THE_TABLE, BO, MORE),
    "no_offers_left": (Policy(offer_limit=1), ON_THE_TABLE, BO, MORE),
    "offer_lapsed": (Policy(), SHORT, CY, ACCEPT),
    "still_open": (Policy(), PARTIAL, CY, c.AcceptOffer(1, 0, digest_of((OPEN_LEASE,)))),
}
FULL = structs.replace(table(*OPENED), seq=MAX_EVENTS)


@pytest.mark.parametrize("code", REACHED)
def test_refusal_when_reached_says_its_code_and_words(code: str) -> None:
    policy, given, actor, command = REACHED[code]
    with pytest.raises(RuleBroken) as broken:
        decide(table(*given, policy=policy), actor, command, NOW)
    assert (broken.value.code, broken.value.said()) == (code, WORDS[code])
    assert str(broken.value) == f"{code}: {WORDS[code]}"


@pytest.mark.parametrize("code", ["not_your_turn", "no_offers_left"])
def test_refusal_of_a_policy_is_one_of_this_policy_alone(code: str) -> None:
    _, given, actor, command = REACHED[code]
    assert decided(given, actor, command)


def test_refusals_are_calm_sentences() -> None:
    assert all(words.endswith(".") and "!" not in words for words in WORDS.values())


def test_act_a_moment_before_the_deadline_is_possible() -> None:
    assert decided(OPENED, BO, SAY, END - timedelta(microseconds=1)) == (e.MessageSaid("farmer", "Hello"),)


def test_every_command_is_for_a_seat_or_for_staff() -> None:
    assert all(kind.by and kind.by <= c.SEATS | c.STAFF for kind in COMMANDS)
    assert {kind for kind in COMMANDS if kind.by == c.SEATS | c.STAFF} == {c.CallPoll, c.CloseHelp}


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

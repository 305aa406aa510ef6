"""Messages, walking away and calling the instructor."""

from __future__ import annotations

import pytest

from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import MAX_TEXT, decide
from tests.negotiations.rules.given import (
    ADA,
    BO,
    CLOSED,
    CY,
    END,
    NOW,
    OPENED,
    PAUSED,
    SEATED,
    decided,
    refused,
    table,
)

ASKED = (*OPENED, e.HelpAsked("farmer"))


@pytest.mark.parametrize(
    "text", ["Good morning", "  spaces stay  ", "x" * MAX_TEXT, "שלום", "\u202egnirts", "👩‍🌾\n\t"]
)
def test_say_keeps_the_text_as_it_was_written(text: str) -> None:
    assert decided(OPENED, BO, c.Say(text)) == (e.MessageSaid("farmer", text),)


def test_say_must_be_written_before_the_deadline() -> None:
    assert decide(table(*OPENED), BO, c.Say("Hello"), NOW).not_after == END


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_say_nothing_is_refused(text: str) -> None:
    assert refused(OPENED, BO, c.Say(text)) == "empty_message"


def test_say_too_much_is_refused() -> None:
    assert refused(OPENED, BO, c.Say("x" * (MAX_TEXT + 1))) == "message_too_long"


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800", "\udfff"])
def test_say_what_cannot_be_stored_is_refused(text: str) -> None:
    assert refused(OPENED, BO, c.Say(text)) == "bad_text"


def test_walk_away_ends_the_table() -> None:
    assert decided(OPENED, BO, c.WalkAway()) == (e.WalkedAway("farmer"), e.TableClosed("walked_away"))


def test_walk_away_with_blanks_for_a_reason_gives_none() -> None:
    assert decided(OPENED, BO, c.WalkAway("  ")) == (e.WalkedAway("farmer"), e.TableClosed("walked_away"))


def test_walk_away_with_a_reason_tells_it_to_nobody_at_the_table() -> None:
    decision = decide(table(*OPENED), BO, c.WalkAway("Too cheap"), NOW)
    assert [(draft.event.type, draft.audience) for draft in decision.drafts] == [
        ("party.walked_away", None),
        ("reason.given", ("farmer",)),
        ("table.closed", None),
    ]
    assert decision.not_after == END


def test_walk_away_with_a_reason_that_cannot_be_stored_is_refused() -> None:
    assert refused(OPENED, BO, c.WalkAway("a\x00b")) == "bad_text"


@pytest.mark.parametrize("given", [SEATED, OPENED, PAUSED], ids=["waiting", "open", "paused"])
def test_help_can_be_called_until_the_end(given: tuple[e.Event, ...]) -> None:
    decision = decide(table(*given), BO, c.AskHelp(), NOW)
    assert decision.drafts == (e.Draft(e.HelpAsked("farmer"), audience=("farmer",)),)
    state = table(*given)
    assert decision.not_after == (state.closes_at if state.phase == "open" else None)


def test_help_after_the_deadline_is_late() -> None:
    assert refused(OPENED, BO, c.AskHelp(), END) == "late"
    assert refused(ASKED, BO, c.CloseHelp(), END) == "late"


def test_hand_after_the_end_is_down_already() -> None:
    assert refused((*ASKED, e.TableClosed("closed")), ADA, c.CloseHelp("farmer")) == "room_closed"


def test_help_after_the_end_is_refused() -> None:
    assert refused(CLOSED, BO, c.AskHelp()) == "room_closed"


def test_help_when_the_hand_is_up_is_refused() -> None:
    assert refused(ASKED, BO, c.AskHelp()) == "no_change"


def test_hand_is_lowered_by_its_party() -> None:
    decision = decide(table(*ASKED), BO, c.CloseHelp(), NOW)
    assert decision.drafts == (e.Draft(e.HelpClosed("farmer"), audience=("farmer",)),)


def test_hand_is_lowered_by_the_instructor() -> None:
    assert decided(ASKED, ADA, c.CloseHelp("farmer")) == (e.HelpClosed("farmer"),)


def test_hand_of_the_other_side_cannot_be_lowered() -> None:
    assert refused(ASKED, CY, c.CloseHelp("farmer")) == "no_change"


def test_hand_that_is_down_cannot_be_lowered() -> None:
    assert refused(OPENED, BO, c.CloseHelp()) == "no_change"


def test_instructor_must_say_whose_hand() -> None:
    assert refused(ASKED, ADA, c.CloseHelp()) == "no_change"

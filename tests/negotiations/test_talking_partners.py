"""Where growers meet in pairs first, a practice partner answers who speaks to it, apart, and begins with nobody."""

from __future__ import annotations

from uuid import UUID

import pytest

from bargaining.partners import speech
from negotiations.partners import next_turn
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide.phases import talking
from tests.negotiations.rules.playing import Play, whole

FIRST = (speech.WITH_YOU, speech.WITH_MORE, speech.NOT_WITH_YOU)


def met(number: int = 1) -> tuple[Play, c.Actor]:
    """The orchard is a person; it meets the dairy first."""
    play = Play(whole("cold-store"), room=UUID(int=number))
    [orchard] = play.sit("orchard")
    play.sit("dairy", "fishery", kind="partner")
    play.open(27)
    assert talking(play.state) == ("orchard", "dairy")
    return play, orchard


def whispered(play: Play) -> list[e.MessageWhispered]:
    return [event for event in play.happened(e.MessageWhispered) if isinstance(event, e.MessageWhispered)]


def fits(text: str, template: str) -> bool:
    before, _, after = template.partition("{names}")
    return text.startswith(before) and text.endswith(after)


def test_partner_waits_until_it_is_spoken_to() -> None:
    play, _ = met()
    assert next_turn(play.state, play.room) is None


@pytest.mark.parametrize("number", range(1, 8))
def test_partner_answers_each_word_once_and_apart(number: int) -> None:
    play, orchard = met(number)
    for said in (1, 2):
        play.do(orchard, c.Say("What do you need?", "orchard+dairy"))
        assert play.go_on()
        assert len(whispered(play)) == 2 * said
        assert next_turn(play.state, play.room) is None
    first, second = whispered(play)[1::2]
    assert (first.channel, first.party) == ("orchard+dairy", "dairy")
    assert any(fits(first.text, template) for template in FIRST)
    assert second.text in speech.HEARD
    assert not [event for event in play.seen_by("fishery") if isinstance(event, e.MessageWhispered)]


def test_partners_among_themselves_are_silent() -> None:
    play, _ = met()
    while talking(play.state) != ("dairy", "fishery"):
        play.tick()
    assert next_turn(play.state, play.room) is None


def test_partner_offers_when_all_are_together_again() -> None:
    play, orchard = met()
    play.do(orchard, c.Say("Hello", "orchard+dairy"))
    while talking(play.state) is not None:
        play.go_on()
    while not play.happened(e.OfferMade):
        assert play.go_on()

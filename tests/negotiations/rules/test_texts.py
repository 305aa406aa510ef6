"""The Memorial Bell: a text that three write and two sign."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from bargaining.case import Case
from debriefs.rules.figures import room_figures
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.room import Policy
from tests.negotiations.rules.bay import BAY
from tests.negotiations.rules.bell import (
    BELL,
    FIRST,
    FIRST_WHOLE,
    SECOND,
    SIDES,
    at_the_bell,
    sign,
    written,
)
from tests.negotiations.rules.given import ADA
from tests.negotiations.rules.machines import ODD, WHO, PlayMachine, tried
from tests.negotiations.rules.playing import Play


def test_mediator_writes_a_version_with_all_headings() -> None:
    play, _ = written()
    (proposed,) = play.happened(e.TextProposed)
    assert isinstance(proposed, e.TextProposed)
    assert (proposed.version, proposed.party, dict(proposed.text)) == (1, "mediator", FIRST_WHOLE)


def test_text_is_agreed_when_both_sides_have_signed_the_same_version() -> None:
    play, sides = written()
    assert play.do(sides["residents"], sign(play)) == (e.TextSigned(1, "residents"),)
    assert play.do(sides["ringers"], sign(play)) == (
        e.TextSigned(1, "ringers"),
        e.TextAgreed(1, FIRST_WHOLE),
        e.TableClosed("deal"),
    )
    assert play.state.texts.agreed == FIRST_WHOLE
    assert play.refused(sides["ringers"], c.ProposeText(SECOND)) == "already_agreed"


def test_new_version_makes_signatures_void() -> None:
    play, sides = written()
    old = sign(play)
    play.do(sides["ringers"], old)
    play.do(sides["residents"], c.ProposeText(SECOND))
    assert play.state.texts.signed == ()
    assert play.refused(sides["ringers"], old) == "stale_text"
    play.do(sides["residents"], sign(play))
    assert play.state.phase == "open"
    play.do(sides["ringers"], sign(play))
    assert play.state.outcome == "deal"


def test_writing_is_not_signing() -> None:
    play, sides = at_the_bell()
    play.do(sides["ringers"], c.ProposeText(FIRST))
    play.do(sides["residents"], sign(play))
    assert play.state.phase == "open"


def test_words_that_come_back_are_a_version_of_their_own() -> None:
    play, sides = written()
    play.do(sides["residents"], c.ProposeText(SECOND))
    play.do(sides["ringers"], c.ProposeText(FIRST))
    one, _, three = play.state.texts.versions
    assert one.text == three.text
    assert one.digest != three.digest


def test_mediator_never_signs_and_never_ends_it() -> None:
    play, sides = written()
    assert play.refused(sides["mediator"], sign(play)) == "no_vote"
    assert play.refused(sides["mediator"], c.WalkAway()) == "no_vote"


def test_text_signed_before_there_is_one_is_refused() -> None:
    play, sides = at_the_bell()
    assert play.refused(sides["ringers"], c.SignText(0, "")) == "stale_text"


OF_PACKAGES: tuple[c.Command, ...] = (
    c.MakeOffer(({},)),
    c.AcceptOffer(1, 0, ""),
    c.DeclineOffer(1),
    c.MarkClosest(1, 0),
    c.WithdrawOffer(1),
    c.PinTerm("ringing", "Never"),
    c.UnpinTerm("ringing"),
    c.RecordOutcome(None),
)


@pytest.mark.parametrize("mode", ["online", "aloud"])
@pytest.mark.parametrize("case", [BELL, BAY], ids=["text", "rounds"])
@pytest.mark.parametrize("command", OF_PACKAGES, ids=lambda command: type(command).__name__)
def test_packages_are_for_tables_that_settle_them(case: Case, mode: Any, command: c.Command) -> None:
    play = Play(case, Policy(mode=mode))
    (someone,) = play.sit(case.party_ids[0])
    play.open()
    assert play.refused(someone, command) == "wrong_table"


def test_texts_and_moves_are_for_their_own_tables() -> None:
    play, sides = at_the_bell()
    assert play.refused(sides["ringers"], c.Choose(1, "wide")) == "wrong_table"
    bay = Play(BAY)
    (north,) = bay.sit("north")
    bay.open()
    assert bay.refused(north, c.ProposeText({"text": "We fish"})) == "wrong_table"
    assert bay.refused(north, c.SignText(1, "x")) == "wrong_table"


def test_words_that_cannot_be_stored_are_refused() -> None:
    play, sides = at_the_bell()
    assert play.refused(sides["ringers"], c.ProposeText({"ringing": "a\x00b"})) == "bad_text"


def test_text_is_written_only_while_the_table_is_open() -> None:
    play, sides = written()
    play.do(ADA, c.PauseTable())
    assert play.refused(sides["ringers"], c.ProposeText(SECOND)) == "paused"
    assert play.refused(sides["ringers"], sign(play)) == "paused"
    play.do(ADA, c.ResumeTable())
    play.wait(66 * 60)
    assert play.refused(sides["ringers"], sign(play)) == "late"


def test_table_parts_without_a_text() -> None:
    play, sides = written()
    play.do(sides["residents"], c.WalkAway("Nobody listened"))
    assert play.state.outcome == "walked_away"
    assert play.state.texts.agreed is None


def test_figures_hold_the_signed_text_under_its_headings() -> None:
    play, sides = written()
    for party in ("ringers", "residents"):
        play.do(sides[party], sign(play))
    found = room_figures(BELL, play.log)
    assert found.has_deal
    assert found.text == {name: words for name, words in FIRST.items() if words}


class BellMachine(PlayMachine):
    """Two of each community and a mediator write and sign at random."""

    @initialize(taps=st.booleans())
    def sit_at_the_bell(self, taps: bool) -> None:
        self.begin(Play(BELL, Policy(taps=taps)), *SIDES, *SIDES[:2], minutes=65)
        self.act(self.people[2], c.ProposeText(FIRST))

    @rule(who=WHO, words=st.sampled_from([FIRST, SECOND, {}, {"ringing": "Never"}]), odd=ODD)
    def write(self, who: int, words: dict[str, str], odd: str) -> None:
        self.act(self.someone(who), c.ProposeText(words), odd)

    @rule(who=WHO, back=st.sampled_from([0, 0, 0, 1]), odd=ODD)
    def sign(self, who: int, back: int, odd: str) -> None:
        versions = self.play.state.texts.versions
        if len(versions) > back:
            version = versions[-1 - back]
            self.act(self.someone(who), c.SignText(version.number, version.digest), odd)

    @rule(who=WHO, odd=ODD)
    def sign_all(self, who: int, odd: str) -> None:
        for place in range(len(self.people)):
            self.sign(who + place, 0, odd)

    @invariant()
    def deal_is_signed_by_exactly_the_signers_and_is_the_last_version(self) -> None:
        texts = self.play.state.texts
        assert (texts.agreed is not None) == (self.play.state.outcome == "deal")
        assert set(texts.signed) <= set(BELL.signers)
        assert len(set(texts.signed)) == len(texts.signed)
        if texts.agreed is not None:
            assert texts.latest is not None
            assert texts.agreed == texts.latest.text
            assert set(texts.signed) == set(BELL.signers)

    @invariant()
    def everybody_reads_the_same(self) -> None:
        kinds = (e.TextProposed, e.TextSigned, e.TextAgreed)
        read = [[event for event in self.play.seen_by(side) if isinstance(event, kinds)] for side in SIDES]
        assert read[0] == read[1] == read[2]


class TestBell(BellMachine.TestCase):  # type: ignore[name-defined, misc]
    settings = tried(40, 30)

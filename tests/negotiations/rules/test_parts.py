"""The parts that close the bargaining: while a table settles up it answers what is there, and while it is asked it
rests. Each part begins on time, even before a process has written so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from msgspec import structs

from bargaining.case import Case, Phase
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import decide, next_due
from negotiations.rules.decide.parts import bargaining_share
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import Policy
from tests.negotiations.rules import bell
from tests.negotiations.rules.given import (
    ADA,
    BEGIN,
    BO,
    BO_SEAT,
    CASE,
    CLOCK,
    CY,
    CY_SEAT,
    DEE,
    DEE_SEAT,
    LEASE,
    SALE,
)
from tests.negotiations.rules.store import MINUTE, Play

PHASES = (Phase("talks", 30), Phase("settle_up", 10), Phase("ask", 5))
FARM = {"farmer": BO_SEAT, "neighbour": CY_SEAT}
A_MOMENT = timedelta(milliseconds=1)


def farm(policy: Policy | None = None, case: Case = CASE, seated: Mapping[str, UUID] = FARM) -> Play:
    play = Play(replace(case, phases=PHASES), policy, seated)
    play.open(45 * 60)
    return play


def settling(policy: Policy | None = None) -> Play:
    """Bo has offered, and the time for offers is over."""
    play = farm(policy)
    play.ask(BO, c.MakeOffer((LEASE,)))
    play.tick_at(BEGIN + 30 * MINUTE)
    return play


def asked() -> Play:
    play = settling()
    play.tick_at(BEGIN + 40 * MINUTE)
    return play


def refusal(play: Play, actor: c.Actor, command: c.Command) -> str:
    with pytest.raises(RuleBroken) as broken:
        play.ask(actor, command)
    return broken.value.code


def yes(play: Play) -> c.AcceptOffer:
    return c.AcceptOffer(1, 0, play.state.offers[0].digest)


def test_table_that_settles_up_answers_what_is_there() -> None:
    for command in (c.Say("Well?"), c.DeclineOffer(1), c.PinTerm("cabins", "two"), c.WalkAway()):
        assert settling().ask(CY, command)
    assert settling().ask(BO, c.WithdrawOffer(1))
    play = settling()
    play.ask(CY, yes(play))
    assert play.state.outcome == "deal"


def test_nothing_new_comes_while_a_table_settles_up() -> None:
    play = settling()
    for actor in (BO, CY):
        assert refusal(play, actor, c.MakeOffer((SALE,))) == "settling_up"
    assert refusal(play, CY, c.MakeOffer((SALE,), proposal=True)) == "settling_up"


def test_outcome_of_a_talk_is_still_written_down_while_a_table_settles_up() -> None:
    play = settling_aloud()
    play.ask(BO, c.RecordOutcome(LEASE))
    play.ask(CY, c.RecordOutcome(LEASE))
    assert play.state.outcome == "deal"


def settling_aloud() -> Play:
    play = farm(Policy(mode="aloud"))
    play.tick_at(BEGIN + 30 * MINUTE)
    return play


def test_text_is_signed_but_not_changed_while_a_table_settles_up() -> None:
    play = farm(case=bell.BELL, seated={"ringers": BO_SEAT, "residents": CY_SEAT})
    ringers, residents = structs.replace(BO, party="ringers"), structs.replace(CY, party="residents")
    play.ask(ringers, c.ProposeText(bell.FIRST))
    play.tick_at(BEGIN + 30 * MINUTE)
    assert refusal(play, residents, c.ProposeText(bell.SECOND)) == "settling_up"
    assert play.ask(residents, c.SignText(1, play.state.texts.versions[0].digest))


def test_teammates_tap_does_not_bring_an_offer_after_its_time() -> None:
    play = farm(Policy(taps=True))
    play.add(CLOCK, (e.Draft(e.SeatTaken(DEE_SEAT, "farmer", "person")),))
    play.ask(BO, c.MakeOffer((LEASE,)))
    play.tick_at(BEGIN + 30 * MINUTE)
    assert refusal(play, DEE, c.Tap(1)) == "settling_up"


SILENT: list[tuple[c.Actor, c.Command]] = [
    (CY, c.Say("Wait")),
    (CY, c.DeclineOffer(1)),
    (CY, c.MakeOffer((SALE,))),
    (CY, c.PinTerm("cabins", "two")),
    (CY, c.WalkAway()),
    (CY, c.Tap(1)),
    (BO, c.WithdrawOffer(1)),
]


@pytest.mark.parametrize(("actor", "command"), SILENT, ids=lambda given: type(given).__name__)
def test_nothing_is_done_while_people_are_asked(actor: c.Actor, command: c.Command) -> None:
    assert refusal(asked(), actor, command) == "asking"


def test_yes_comes_too_late_while_people_are_asked() -> None:
    play = asked()
    assert refusal(play, CY, yes(play)) == "asking"


def test_instructor_is_called_and_rules_the_table_while_people_are_asked() -> None:
    play = asked()
    play.ask(CY, c.AskHelp())
    play.ask(CY, c.CloseHelp())
    play.ask(ADA, c.PauseTable())
    assert refusal(play, CY, c.Say("Hm")) == "paused"
    play.ask(ADA, c.ResumeTable())
    play.ask(ADA, c.ExtendTable(60))
    assert play.ask(ADA, c.CloseTable())


@pytest.mark.parametrize("ending", ["hard", "grace", "finish"])
def test_questions_are_the_end_whatever_the_session_says_of_it(ending: str) -> None:
    play = settling(Policy(ending=ending))  # type: ignore[arg-type]
    play.tick_at(BEGIN + 40 * MINUTE)
    (draft,) = play.tick_at(BEGIN + 45 * MINUTE)
    assert draft.event == e.TableClosed("out_of_time")


def test_part_begins_on_time_before_anybody_has_written_so() -> None:
    play = farm()
    play.ask(BO, c.MakeOffer((LEASE,)))
    play.now = BEGIN + 30 * MINUTE
    assert play.state.course.phase == "talks"
    assert refusal(play, CY, c.MakeOffer((SALE,))) == "settling_up"
    play.ask(CLOCK, c.Tick())
    play.now = BEGIN + 40 * MINUTE
    assert play.state.course.phase == "settle_up"
    assert refusal(play, CY, yes(play)) == "asking"


def test_deed_has_to_be_written_before_the_next_part() -> None:
    play = farm()
    play.now = BEGIN + 30 * MINUTE - A_MOMENT
    assert decide(play.state, BO, c.MakeOffer((LEASE,)), play.now).not_after == BEGIN + 30 * MINUTE
    play.tick_at(BEGIN + 30 * MINUTE)
    play.tick_at(BEGIN + 40 * MINUTE)
    assert decide(play.state, BO, c.AskHelp(), play.now).not_after == play.state.closes_at


def test_pause_holds_the_part_back() -> None:
    play = farm()
    play.now = BEGIN + 29 * MINUTE
    play.ask(ADA, c.PauseTable())
    play.now = BEGIN + 35 * MINUTE
    play.ask(ADA, c.ResumeTable())
    assert play.ask(BO, c.MakeOffer((LEASE,)))
    due = next_due(play.state)
    assert due is not None
    assert due.at == BEGIN + 36 * MINUTE


def test_time_for_offers_is_what_is_left_of_the_closing_parts() -> None:
    assert bargaining_share(replace(CASE, phases=PHASES)) == 30 / 45
    assert bargaining_share(CASE) == 1.0

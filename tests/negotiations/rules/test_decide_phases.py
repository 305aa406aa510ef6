"""The parts of the time: which come, how long they are, who may talk in them, and what follows the last minute."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bargaining.case import Phase
from bargaining.casefile import load_folder
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import next_due
from negotiations.rules.decide.parts import legs
from negotiations.rules.decide.phases import FINISH, GRACE, talking
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import Policy
from negotiations.rules.summary import summarise
from tests.negotiations.rules import store
from tests.negotiations.rules.given import ADA, BEGIN, BO, BO_SEAT, CASE, CLOCK, CY, CY_SEAT, LEASE, LIBRARY
from tests.negotiations.rules.store import DAIRY, FISHERY, MINUTE, ORCHARD, Play

FARM = {"farmer": BO_SEAT, "neighbour": CY_SEAT}


def refusal(play: Play, actor: c.Actor, command: c.Command) -> str:
    with pytest.raises(RuleBroken) as broken:
        play.ask(actor, command)
    return broken.value.code


def farm(ending: Any = "hard") -> Play:
    play = Play(CASE, Policy(ending=ending), FARM)
    play.open(600)
    return play


@pytest.mark.parametrize("code", store.REACHED)
def test_refusal_is_reached(code: str) -> None:
    given, actor, command = store.REACHED[code]
    play = Play()
    play.state = store.table_of(*given)
    assert refusal(play, actor, command) == code


def test_table_without_parts_has_one_clock_alone() -> None:
    assert legs(CASE) == ()
    drafts = Play(CASE, seated=FARM).open(600)
    assert [type(draft.event) for draft in drafts] == [e.TableOpened]


def test_steps_of_the_lesson_are_phases_where_the_case_has_none() -> None:
    bell = load_folder(LIBRARY / "memorial-bell").case.seen_by(None)
    assert [phase.id for phase in bell.table_phases] == ["joint_session", "caucuses", "closing_session"]
    assert bell.table_minutes == 65
    assert [phase.id for phase in CASE.table_phases] == ["negotiate"]


def test_pairs_meet_one_after_the_other_and_then_all() -> None:
    play = Play()
    play.open()
    groups = []
    for minute in (4, 8, 12):
        groups.append(talking(play.state))
        play.tick_at(BEGIN + minute * MINUTE)
    assert groups == [("orchard", "dairy"), ("orchard", "fishery"), ("dairy", "fishery")]
    assert talking(play.state) is None
    began = [(event.phase, event.place, event.ends_at - BEGIN) for event in play.events(e.PhaseBegan)]
    assert began == [
        ("private_pairs", 0, 4 * MINUTE),
        ("private_pairs", 1, 8 * MINUTE),
        ("private_pairs", 2, 12 * MINUTE),
        ("open", 0, 27 * MINUTE),
    ]
    assert summarise(play.state).course == "open"


def test_authors_minutes_are_scaled_to_the_sessions() -> None:
    play = Play()
    play.open(54 * 60)
    assert play.events(e.PhaseBegan)[0].ends_at == BEGIN + 8 * MINUTE


@pytest.mark.parametrize(
    ("phase", "minutes"),
    [
        (Phase("pairs", 12, rotate=(("a", "b"), ("b", "c")), minutes_each=4), [4, 8]),
        (Phase("pairs", 12, rotate=(("a", "b"), ("b", "c"))), [6, 6]),
        (Phase("pairs", 6, rotate=(("a", "b"), ("b", "c")), minutes_each=60), [3, 3]),
    ],
    ids=["the last has what is left", "evenly", "never longer than the phase"],
)
def test_groups_share_their_phase(phase: Phase, minutes: list[float]) -> None:
    found = legs(replace(store.STORE, phases=(phase,)))
    assert [leg.minutes for leg in found] == minutes


def test_only_the_pair_may_talk_and_only_the_pair_hears_it() -> None:
    play = Play()
    play.open()
    (draft,) = play.ask(ORCHARD, c.Say("Just the two of us"))
    assert draft.audience == ("orchard", "dairy")
    assert draft.event == e.MessageWhispered("orchard+dairy", "orchard", "Just the two of us")
    assert play.ask(DAIRY, c.Say("Yes", "dairy+orchard"))[0].audience == ("orchard", "dairy")
    assert refusal(play, FISHERY, c.Say("And me?")) == "others_talk"
    assert refusal(play, FISHERY, c.Say("And me?", "orchard+fishery")) == "others_talk"
    assert refusal(play, ORCHARD, c.Say("Psst", "orchard+fishery")) == "no_channel"
    play.tick_at(BEGIN + 4 * MINUTE)
    assert play.ask(FISHERY, c.Say("Now"))[0].audience == ("orchard", "fishery")
    assert refusal(play, DAIRY, c.Say("And I?")) == "others_talk"


def test_next_phase_comes_when_the_instructor_says_so_and_the_end_stays() -> None:
    play = Play()
    play.open()
    play.now = BEGIN + MINUTE
    play.ask(ADA, c.NextPhase())
    assert play.events(e.PhaseBegan)[-1].place == 1
    assert play.state.course.ends_at == BEGIN + 5 * MINUTE
    for _ in range(2):
        play.ask(ADA, c.NextPhase())
    assert (play.state.course.phase, play.state.course.ends_at) == ("open", play.state.closes_at)
    assert refusal(play, ADA, c.NextPhase()) == "no_change"
    assert refusal(play, ORCHARD, c.NextPhase()) == "forbidden"


def test_next_phase_needs_a_running_clock_and_phases() -> None:
    play = Play()
    assert refusal(play, ADA, c.NextPhase()) == "not_started"
    play.open()
    play.ask(ADA, c.PauseTable())
    assert refusal(play, ADA, c.NextPhase()) == "paused"
    assert refusal(farm(), ADA, c.NextPhase()) == "no_change"


def test_pause_freezes_the_phase() -> None:
    play = Play()
    play.open()
    play.now = BEGIN + MINUTE
    play.ask(ADA, c.PauseTable("Fire drill"))
    assert next_due(play.state) is None
    play.now = BEGIN + 6 * MINUTE
    play.ask(ADA, c.ResumeTable())
    due = next_due(play.state)
    assert due is not None
    assert due.at == BEGIN + 9 * MINUTE
    assert play.state.course.held == 5 * MINUTE


def test_more_time_is_the_running_phases() -> None:
    play = Play()
    play.open()
    play.ask(ADA, c.ExtendTable(120))
    play.tick_at(BEGIN + 6 * MINUTE)
    assert play.state.course.place == 1
    assert play.state.course.ends_at == BEGIN + 10 * MINUTE


def test_phase_that_ends_with_the_table_is_left_to_the_deadline() -> None:
    play = Play()
    play.open()
    for minute in (4, 8, 12):
        play.tick_at(BEGIN + minute * MINUTE)
    (draft,) = play.tick_at(store.END)
    assert draft.event == e.TableClosed("out_of_time")


def test_hard_end_is_the_end() -> None:
    play = farm()
    assert play.tick_at(BEGIN + 10 * MINUTE)[0].event == e.TableClosed("out_of_time")


def test_grace_leaves_a_minute_for_answers_alone() -> None:
    play = farm("grace")
    play.ask(BO, c.MakeOffer((LEASE,)))
    end = BEGIN + 10 * MINUTE
    assert play.tick_at(end)[0].event == e.OvertimeBegan(end + GRACE)
    assert refusal(play, CY, c.MakeOffer((LEASE,))) == "overtime"
    play.ask(CY, c.Say("Wait"))
    play.ask(CY, c.AcceptOffer(1, 0, play.state.offers[0].digest))
    assert play.state.outcome == "deal"


def test_grace_ends_after_its_minute_and_comes_once() -> None:
    play = farm("grace")
    end = BEGIN + 10 * MINUTE
    play.tick_at(end)
    assert play.tick_at(end + GRACE)[0].event == e.TableClosed("out_of_time")


def test_open_offer_may_be_finished_and_the_answer_ends_it() -> None:
    play = farm("finish")
    play.ask(BO, c.MakeOffer((LEASE,)))
    end = BEGIN + 10 * MINUTE
    assert play.tick_at(end)[0].event == e.OvertimeBegan(end + FINISH)
    play.now = end + timedelta(seconds=20)
    play.ask(CY, c.DeclineOffer(1))
    assert play.ask(CLOCK, c.Tick())[0].event == e.TableClosed("out_of_time")


def test_nothing_to_finish_is_the_end() -> None:
    play = farm("finish")
    play.ask(BO, c.MakeOffer((LEASE,)))
    play.ask(CY, c.DeclineOffer(1))
    assert play.tick_at(BEGIN + 10 * MINUTE)[0].event == e.TableClosed("out_of_time")


def test_more_time_after_the_end_brings_everything_back() -> None:
    play = farm("grace")
    play.tick_at(BEGIN + 10 * MINUTE)
    play.ask(ADA, c.ExtendTable(300))
    play.ask(BO, c.MakeOffer((LEASE,)))
    assert play.state.closes_at == BEGIN + 16 * MINUTE


def test_last_deed_of_a_party_is_known() -> None:
    play = farm()
    play.now = BEGIN + 3 * MINUTE
    play.ask(BO, c.Say("Hello"))
    assert summarise(play.state).acted_at == {"farmer": BEGIN + 3 * MINUTE}

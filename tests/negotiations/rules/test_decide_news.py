"""News: when it comes, who hears it, and what it changes in what everybody knows."""

from __future__ import annotations

import msgspec
import pytest
from msgspec import structs

from bargaining.casefile import load_folder
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import next_due
from negotiations.rules.planning import news_that_changed, planned_news
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import Policy
from negotiations.rules.summary import summarise
from tests.negotiations.rules import bay
from tests.negotiations.rules.given import ADA, BEGIN, LIBRARY
from tests.negotiations.rules.store import DAIRY, MINUTE, PLAN, Play


def refusal(play: Play, command: c.Command) -> str:
    with pytest.raises(RuleBroken) as broken:
        play.ask(ADA, command)
    return broken.value.code


def opened() -> Play:
    play = Play()
    play.open(news=PLAN)
    return play


def test_plan_is_for_instructors_alone() -> None:
    drafts = Play().open(news=PLAN)
    planned = next(draft for draft in drafts if isinstance(draft.event, e.NewsPlanned))
    assert planned.audience == ()
    assert [draft.event.type for draft in drafts] == ["table.opened", "news.planned", "phase.began"]


def test_news_comes_at_its_minute_to_everybody() -> None:
    play = opened()
    play.tick_at(BEGIN + 4 * MINUTE)
    (draft,) = play.tick_at(BEGIN + 5 * MINUTE)
    assert draft == e.Draft(e.NewsReleased("storm", "A storm comes", everybody=True), None)


def test_news_comes_with_its_phase_to_those_it_is_for() -> None:
    play = opened()
    for _ in range(3):
        play.ask(ADA, c.NextPhase())
    due = next_due(play.state)
    assert due is not None
    assert due.at == play.state.course.since
    (draft,) = play.tick_at(play.now)
    assert draft == e.Draft(e.NewsReleased("rival", "A rival builds"), ("orchard",))


def test_news_of_a_phase_that_was_skipped_comes_too() -> None:
    play = Play()
    play.open(news=(e.PlannedNews("early", ("orchard",), "Early", phase="private_pairs"),))
    for _ in range(3):
        play.ask(ADA, c.NextPhase())
    assert play.tick_at(play.now)[0].event == e.NewsReleased("early", "Early")


def test_news_comes_by_hand_once_and_nothing_else_can() -> None:
    play = opened()
    (draft,) = play.ask(ADA, c.ReleaseNews("letter"))
    assert draft.audience == ("dairy", "fishery")
    assert refusal(play, c.ReleaseNews("letter")) == "no_change"
    assert refusal(play, c.ReleaseNews("rumour")) == "no_change"
    with pytest.raises(RuleBroken, match="forbidden"):
        play.ask(DAIRY, c.ReleaseNews("storm"))


def test_news_that_was_told_early_is_not_told_again() -> None:
    play = opened()
    play.ask(ADA, c.ReleaseNews("storm"))
    play.tick_at(BEGIN + 4 * MINUTE)
    due = next_due(play.state)
    assert due is not None
    assert due.at == BEGIN + 8 * MINUTE


def test_news_needs_a_table_that_runs() -> None:
    play = Play()
    assert refusal(play, c.ReleaseNews("storm")) == "not_started"
    play.open(news=PLAN)
    play.now = BEGIN + 27 * MINUTE
    assert refusal(play, c.ReleaseNews("storm")) == "late"
    play.ask(ADA, c.CloseTable())
    assert refusal(play, c.ReleaseNews("storm")) == "room_closed"


def test_pause_holds_news_back() -> None:
    play = opened()
    play.ask(ADA, c.PauseTable())
    play.now = BEGIN + 10 * MINUTE
    play.ask(ADA, c.ReleaseNews("letter"))
    play.ask(ADA, c.ResumeTable())
    assert play.state.news.due["storm"] == BEGIN + 15 * MINUTE


def test_news_after_the_end_does_not_come() -> None:
    play = Play()
    play.open(60, (e.PlannedNews("late", ("orchard",), "Late", seconds=90),))
    for _ in range(3):
        play.ask(ADA, c.NextPhase())
    assert play.tick_at(BEGIN + MINUTE)[0].event == e.TableClosed("out_of_time")


def test_summary_tells_what_was_told_and_what_is_left() -> None:
    play = opened()
    play.ask(ADA, c.ReleaseNews("rival"))
    found = summarise(play.state)
    assert (found.told, found.untold, found.changed) == (["rival"], ["storm", "letter"], ["rival"])
    assert news_that_changed(play.log) == ("rival",)


def test_optional_news_is_planned_when_the_session_asked_for_it() -> None:
    halyard = load_folder(LIBRARY / "halyard-offer").case
    assert planned_news(halyard, Policy(), 2700) == ()
    (news,) = planned_news(halyard, Policy(news=("raise_confirmed",)), 1350)
    assert (news.seconds, news.to, news.changes) == (600, ("candidate",), True)
    assert news.public == {}
    (bell,) = planned_news(load_folder(LIBRARY / "memorial-bell").case, Policy(news=("newspaper",)), 3600)
    assert (bell.phase, bell.seconds, bell.changes) == ("closing_session", None, False)


def test_what_everybody_may_know_of_a_change_is_in_force_at_the_table() -> None:
    whole = load_folder(LIBRARY / "quillhaven").case
    plan = planned_news(whole, Policy(news=("new_projection",)), 6000)
    assert {path: msgspec.json.decode(value) for path, value in plan[0].public.items()} == {
        "agreement.requires": {"risk": {"min": 68}, "cost": {"max": 64}}
    }
    play = Play(whole.seen_by(None), seated={})
    play.open(6000, plan)
    before = play.state.case
    play.tick_at(BEGIN + 60 * MINUTE)
    assert play.state.case.agreement.requires != before.agreement.requires
    assert play.state.case.is_public_only
    assert play.state.case.parties == before.parties


def test_news_comes_before_its_round() -> None:
    play, crews = bay.at_sea()
    fog = e.PlannedNews("fog", ("north",), "Fog", round=2)
    play.state = structs.replace(play.state, news=structs.replace(play.state.news, plan=(fog,)))
    due = next_due(play.state)
    assert due is not None
    assert due.at == play.state.rounds.ends_at
    bay.season(play, crews)
    due = next_due(play.state)
    assert due is not None
    assert due.drafts == (e.Draft(e.NewsReleased("fog", "Fog"), ("north",)),)
    assert due.at == play.state.rounds.began_at

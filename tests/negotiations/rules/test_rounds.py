"""Four Crews, One Bay: sealed moves, one reveal for all, talk where the case has it, and a clock of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from bargaining.case import Case
from bargaining.partners import RoundsView
from negotiations import partners
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.room import Policy, replay
from negotiations.rules.summary import summarise
from tests.negotiations.rules.bay import BAY, COUNTS, CREWS, at_sea, season, with_rounds
from tests.negotiations.rules.given import ADA, BEGIN, CLOCK
from tests.negotiations.rules.playing import Play


def test_opening_the_table_begins_the_first_season() -> None:
    play, _ = at_sea()
    began = play.log[-1].event
    assert began == e.RoundBegan(1, BEGIN + timedelta(seconds=120), "")
    assert play.log[-2].event == e.TableOpened(BEGIN + timedelta(minutes=40))


def test_move_is_seen_by_its_crew_alone_and_that_it_was_made_by_all() -> None:
    play, crews = at_sea()
    play.do(crews["north"], c.Choose(1, "wide"))
    assert play.seen_by("north")[-2:] == [e.MoveSealed(1, "north", "wide"), e.CrewReady(1, "north")]
    assert play.seen_by("east")[-1] == e.CrewReady(1, "north")
    assert not [event for event in play.seen_by("east") if isinstance(event, e.MoveSealed)]


def test_last_choice_shows_all_at_one_instant_and_begins_the_next_season() -> None:
    play, crews = at_sea()
    play.wait(30)
    events = season(play, crews, "south")
    moves = {"north": "narrow", "east": "narrow", "south": "wide", "west": "narrow"}
    landed = {"north": 3.0, "east": 3.0, "south": 9.0, "west": 3.0}
    counts = {"narrow": 3, "wide": 1}
    assert events[2:] == (
        e.RoundRevealed(1, counts, (), "narrow", moves, landed),
        e.RoundBegan(2, play.now + timedelta(seconds=120), ""),
    )
    assert len({line.at for line in play.log[-4:]}) == 1
    for party in CREWS:
        assert events[2] in play.seen_by(party)


def test_counts_only_tells_each_crew_its_own_landing_and_no_name() -> None:
    play, crews = at_sea(COUNTS)
    season(play, crews, "south", "west")
    shown = play.happened(e.RoundRevealed)
    assert shown == [e.RoundRevealed(1, {"narrow": 2, "wide": 2}, (), "narrow", None, None)]
    assert e.CrewLanded(1, "south", "wide", 6.0) in play.seen_by("south")
    told = [event for event in play.seen_by("north") if isinstance(event, e.CrewLanded | e.MoveSealed)]
    assert told == [e.MoveSealed(1, "north", "narrow"), e.CrewLanded(1, "north", "narrow", 1.0)]
    assert play.state.rounds.totals == {"north": 1.0, "east": 1.0, "south": 6.0, "west": 6.0}


def test_crew_that_lets_the_time_run_out_gets_the_default_and_is_marked() -> None:
    play, crews = at_sea()
    for party in ("north", "east", "south"):
        play.do(crews[party], c.Choose(1, "wide"))
    shown, began = play.tick()
    assert play.now == BEGIN + timedelta(seconds=120)
    assert isinstance(shown, e.RoundRevealed)
    assert (shown.absent, shown.default, shown.moves and shown.moves["west"]) == (
        ("west",),
        "narrow",
        "narrow",
    )
    assert isinstance(began, e.RoundBegan)


def test_case_says_what_the_absent_do() -> None:
    play, _ = at_sea(with_rounds(absent_move="wide"))
    shown = play.tick()[0]
    assert isinstance(shown, e.RoundRevealed)
    assert (shown.absent, shown.counts) == (CREWS, {"wide": 4})


def test_nobody_waits_for_a_crew_that_nobody_plays() -> None:
    play = Play(BAY)
    north, east = play.sit("north", "east")
    play.open()
    play.do(north, c.Choose(1, "narrow"))
    shown = play.do(east, c.Choose(1, "narrow"))[2]
    assert isinstance(shown, e.RoundRevealed)
    assert shown.absent == ("south", "west")


def test_choice_in_the_wrong_moment_is_refused() -> None:
    play, crews = at_sea()
    north = crews["north"]
    assert play.refused(north, c.Choose(2, "wide")) == "wrong_round"
    assert play.refused(north, c.Choose(0, "wide")) == "wrong_round"
    assert play.refused(north, c.Choose(1, "huge")) == "unknown_move"
    play.do(north, c.Choose(1, "wide"))
    assert play.refused(north, c.Choose(1, "narrow")) == "chosen_already"
    play.wait(120)
    assert play.refused(crews["east"], c.Choose(1, "narrow")) == "wrong_round"
    play.tick()
    assert play.refused(north, c.Choose(1, "narrow")) == "wrong_round"
    play.do(ADA, c.PauseTable())
    assert play.refused(north, c.Choose(2, "narrow")) == "paused"


def test_season_knows_no_packages_and_nobody_leaves_the_bay_for_all() -> None:
    play, crews = at_sea()
    assert play.refused(crews["north"], c.MakeOffer(({},))) == "wrong_table"
    assert play.refused(crews["north"], c.WalkAway()) == "wrong_table"


def test_who_does_not_fish_does_not_choose() -> None:
    warden = replace(BAY.party("west"), kind="observer", scored=False)
    case = replace(BAY, parties=(*BAY.parties[:3], warden))
    play = Play(case)
    actors = play.sit(*CREWS)
    play.open()
    assert play.refused(actors[3], c.Choose(1, "wide")) == "observing"


def test_crews_talk_only_before_the_seasons_that_have_a_talk() -> None:
    play, crews = at_sea()
    question = c.Say("Shall we?")
    for number in range(1, 9):
        assert play.state.rounds.number == number
        if number in (4, 7, 8):
            assert play.do(crews["east"], question) == (e.MessageSaid("east", "Shall we?"),)
        else:
            assert play.refused(crews["east"], question) == "talk_closed"
        season(play, crews)


def test_crew_of_several_talks_among_itself_at_any_time() -> None:
    play, crews = at_sea()
    play.sit("north")
    said = play.do(crews["north"], c.Say("Narrow again?", "team"))[0]
    assert said in play.seen_by("north")
    assert said not in play.seen_by("east")
    assert play.refused(crews["north"], c.Say("Just us two", "north+east")) == "talk_closed"


def test_talk_ends_with_its_season() -> None:
    play, crews = at_sea()
    for _ in range(3):
        season(play, crews)
    assert play.state.rounds.talk == "all"
    assert play.state.rounds.ends_at == play.now + timedelta(seconds=480)
    play.wait(480)
    assert play.refused(crews["north"], c.Say("One word more")) == "talk_closed"


def test_one_person_speaks_for_each_crew_before_season_seven() -> None:
    play, crews = at_sea()
    mate = play.sit("north")[0]
    for _ in range(6):
        season(play, crews)
    assert play.state.rounds.talk == "representatives"
    play.do(mate, c.Say("I speak for North Quay"))
    assert play.refused(crews["north"], c.Say("And I")) == "not_representative"
    play.do(crews["east"], c.Say("Welcome"))
    play.do(mate, c.Say("Thank you"))
    play.do(CLOCK, c.LeaveSeat(mate.id))
    play.do(crews["north"], c.Say("She had to go; I speak now"))


def test_who_talks_apart_speaks_for_the_crew_too() -> None:
    play, crews = at_sea()
    mate = play.sit("north")[0]
    for _ in range(6):
        season(play, crews)
    play.do(mate, c.Say("Among ourselves first", "team"))
    play.do(crews["north"], c.Say("Between us two", "north+east"))
    assert play.refused(mate, c.Say("I would say it otherwise", "north+south")) == "not_representative"


def test_any_of_a_crew_chooses_for_it_once() -> None:
    play, crews = at_sea()
    mate = play.sit("north")[0]
    play.do(mate, c.Choose(1, "wide"))
    assert play.refused(crews["north"], c.Choose(1, "narrow")) == "chosen_already"


def test_pause_gives_the_season_its_whole_time_again() -> None:
    play, crews = at_sea()
    play.wait(100)
    play.do(ADA, c.PauseTable("Fire drill"))
    play.wait(600)
    play.do(ADA, c.ResumeTable())
    assert play.state.rounds.ends_at == play.now + timedelta(seconds=20)
    play.do(ADA, c.ExtendTable(60))
    assert play.state.rounds.ends_at == play.now + timedelta(seconds=80)
    play.wait(79)
    play.do(crews["north"], c.Choose(1, "narrow"))


@pytest.mark.parametrize("minutes", [5, 17, 34, 60])
def test_eight_seasons_fit_into_any_time(minutes: int) -> None:
    play, _ = at_sea(minutes=minutes)
    began = []
    while play.state.phase == "open":
        began.append(play.now)
        play.tick()
    assert (play.state.outcome, len(began)) == ("played_out", 8)
    whole_time = timedelta(minutes=min(minutes, 34))
    assert abs(play.now - BEGIN - whole_time) < timedelta(seconds=1)
    lengths = [after - before for before, after in zip(began, [*began[1:], play.now], strict=True)]
    assert abs(lengths[3] - 4 * lengths[0]) < timedelta(seconds=1)


def test_game_with_an_open_end_ends_as_its_chance_has_it() -> None:
    ends = set()
    for second in range(40):
        play, crews = at_sea(with_rounds(continues=0.5))
        play.wait(second)
        while play.state.phase == "open":
            season(play, crews)
        assert play.state.outcome == "played_out"
        ends.add(len(play.state.rounds.played))
    assert len(ends) > 2
    never, crews = at_sea(with_rounds(continues=0.0))
    season(never, crews)
    assert (never.state.phase, len(never.state.rounds.played)) == ("ended", 1)


def test_instructor_ends_the_game_and_nothing_sealed_is_shown() -> None:
    play, crews = at_sea()
    play.do(crews["north"], c.Choose(1, "wide"))
    assert play.do(ADA, c.CloseTable()) == (e.TableClosed("closed"),)
    assert play.happened(e.RoundRevealed) == []


def test_summary_tells_who_is_ready_and_what_was_landed_but_no_sealed_move() -> None:
    play, crews = at_sea()
    season(play, crews, "north")
    play.do(crews["east"], c.Choose(2, "wide"))
    found = summarise(play.state)
    assert (found.round, found.ready) == (2, ["east"])
    assert found.landed == {"north": 9.0, "east": 3.0, "south": 3.0, "west": 3.0}
    assert "wide" not in repr(found)


@pytest.mark.parametrize("case", [BAY, COUNTS], ids=["named", "counts only"])
@pytest.mark.parametrize("room", range(6))
def test_practice_crews_play_eight_seasons(case: Case, room: int) -> None:
    play = Play(case, Policy(partner_pace=(2.0, 30.0)), UUID(int=room))
    play.sit(*CREWS, kind="partner")
    play.open()
    while play.go_on():
        pass
    assert play.state.outcome == "played_out"
    rounds = play.state.rounds
    assert len(rounds.played) == 8
    assert all(one.absent == () for one in rounds.played)
    said = play.happened(e.MessageSaid)
    assert len(said) == 3 * len(CREWS)
    assert play.now < BEGIN + timedelta(minutes=34)
    assert replay(case.seen_by(None), play.log, play.state.policy) == play.state


def test_practice_crews_leave_a_person_the_time_and_play_on_without_one() -> None:
    play = Play(BAY)
    (person,) = play.sit("north")
    play.sit("east", "south", "west", kind="partner")
    play.open()
    while len(play.state.rounds.sealed) < 3:
        assert play.go_on()
    assert play.now < BEGIN + timedelta(seconds=120 * 0.6)
    assert partners.due_at(play.state, play.room) == BEGIN + timedelta(seconds=120)
    play.do(person, c.Choose(1, "narrow"))
    while play.state.rounds.number == 2:
        play.go_on()
    assert play.state.rounds.played[1].absent == ("north",)


def test_practice_crew_that_is_paused_waits() -> None:
    play = Play(BAY)
    play.sit(*CREWS, kind="partner")
    play.open()
    play.do(ADA, c.PauseTable())
    assert partners.next_turn(play.state, play.room) is None
    assert not play.go_on()


def test_partner_sees_no_more_of_a_round_than_its_crew() -> None:
    play = Play(COUNTS)
    play.sit(*CREWS, kind="partner")
    play.open()
    while len(play.state.rounds.played) < 2:
        play.go_on()
    seat = next(seat for seat in play.state.seats.values() if seat.party == "east")
    view = partners.view_for(play.state, seat, BAY.seen_by("east"), play.room, play.now)
    assert isinstance(view, RoundsView)
    assert len(view.history) == 2
    assert sum(view.history[0].counts.values()) == 4

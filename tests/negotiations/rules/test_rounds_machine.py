"""Random choices, words and pauses by crews and staff at any time: whatever happens, these stay true."""

from __future__ import annotations

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bargaining.case import Case
from bargaining.mechanisms import rounds_game
from bargaining.rounds import totals
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import next_due
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import replay
from tests.negotiations.rules.bay import BAY, COUNTS, CREWS
from tests.negotiations.rules.given import ADA, CLOCK
from tests.negotiations.rules.playing import Play

DEEDS = [c.PauseTable(), c.ResumeTable(), c.ResumeTable(), c.ExtendTable(60), c.Tick()]
SELDOM = st.integers(0, 19).map(lambda n: n == 19)
PARTIES = st.sampled_from(CREWS)


def stored(line: e.Logged) -> e.Logged:
    event = e.event_from(line.event.type, e.payload_of(line.event))
    return e.Logged(line.seq, event, line.actor, line.audience, line.at)


class BayMachine(RuleBasedStateMachine):
    """One bay, named or not, with the people of each crew."""

    @initialize(case=st.sampled_from([BAY, COUNTS]), minutes=st.sampled_from([4, 40]))
    def put_to_sea(self, case: Case, minutes: int) -> None:
        self.play = Play(case)
        self.people = self.play.sit(*CREWS, "north")
        self.play.open(minutes)

    def ask(self, actor: c.Actor, command: c.Command) -> None:
        before = len(self.play.log)
        try:
            self.play.do(actor, command)
        except RuleBroken:
            assert len(self.play.log) == before

    @rule(data=st.data(), late=st.sampled_from([0, 0, 0, 0, 1, -1]), move=st.sampled_from(["narrow", "wide"]))
    def choose(self, data: st.DataObject, late: int, move: str) -> None:
        actor = data.draw(st.sampled_from(self.people))
        self.ask(actor, c.Choose(self.play.state.rounds.number + late, move))

    @rule(data=st.data(), text=st.sampled_from(["Trust us", ""]))
    def say(self, data: st.DataObject, text: str) -> None:
        self.ask(data.draw(st.sampled_from(self.people)), c.Say(text))

    @rule(actor=st.sampled_from([ADA, CLOCK]), command=st.sampled_from(DEEDS))
    def rule_the_table(self, actor: c.Actor, command: c.Command) -> None:
        self.ask(actor, command)

    @rule(party=PARTIES, now=SELDOM)
    def come_and_go(self, party: str, now: bool) -> None:
        if not now:
            return
        if len(self.people) > 3:
            self.ask(CLOCK, c.LeaveSeat(self.people.pop().id))
        elif self.play.state.phase != "ended":
            self.people += self.play.sit(party)

    @rule(seconds=st.sampled_from([0, 1, 30, 121, 500]))
    def wait(self, seconds: int) -> None:
        self.play.wait(seconds)

    @precondition(lambda self: self.play.state.phase == "open")
    @rule()
    def let_it_happen(self) -> None:
        self.play.tick()

    @invariant()
    def state_is_what_the_stored_log_says(self) -> None:
        assert replay(self.play.state.case, map(stored, self.play.log)) == self.play.state

    @invariant()
    def no_crew_sees_a_sealed_move_of_another(self) -> None:
        for party in CREWS:
            for event in self.play.seen_by(party):
                if isinstance(event, e.MoveSealed | e.CrewLanded):
                    assert event.party == party
                if isinstance(event, e.RoundRevealed) and self.play.case is COUNTS:
                    assert event.moves is None
                    assert event.landed is None

    @invariant()
    def seasons_follow_each_other_and_each_is_shown_once(self) -> None:
        kinds = (e.RoundBegan, e.RoundRevealed)
        numbers: list[Any] = [line.event for line in self.play.log if isinstance(line.event, kinds)]
        expected = [(kind, number) for number in range(1, 9) for kind in kinds]
        assert [(type(event), event.round) for event in numbers] == expected[: len(numbers)]

    @invariant()
    def each_crew_chooses_once_a_season(self) -> None:
        sealed: list[Any] = [line.event for line in self.play.log if isinstance(line.event, e.MoveSealed)]
        assert len({(event.round, event.party) for event in sealed}) == len(sealed)

    @invariant()
    def totals_are_the_sum_of_what_was_shown(self) -> None:
        rounds = self.play.state.rounds
        expected = totals(rounds_game(BAY), [one.moves for one in rounds.played])
        assert rounds.totals == (expected if rounds.played else {})

    @invariant()
    def something_is_always_due_while_the_table_is_open(self) -> None:
        state = self.play.state
        due = next_due(state)
        assert (due is not None) == (state.phase == "open")
        if due is not None and state.closes_at is not None:
            assert due.at <= state.closes_at


BayMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestBay = BayMachine.TestCase

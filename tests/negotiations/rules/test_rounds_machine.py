"""Random choices, words and pauses by crews and staff at any time: whatever happens, these stay true."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from bargaining.case import Case
from bargaining.mechanisms import rounds_game
from bargaining.rounds import totals
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import next_due
from tests.negotiations.rules.bay import BAY, COUNTS, CREWS
from tests.negotiations.rules.given import CLOCK
from tests.negotiations.rules.machines import ODD, SELDOM, WHO, PlayMachine, tried
from tests.negotiations.rules.playing import Play

PARTIES = st.sampled_from(CREWS)


class BayMachine(PlayMachine):
    """One bay, named or not, with the people of each crew."""

    @initialize(case=st.sampled_from([BAY, COUNTS]), minutes=st.sampled_from([4, 40]))
    def put_to_sea(self, case: Case, minutes: int) -> None:
        self.begin(Play(case), *CREWS, "north", minutes=minutes)

    @rule(
        who=WHO,
        off=st.sampled_from([0, 0, 0, 0, 1, -1]),
        move=st.sampled_from(["narrow", "wide"]),
        odd=ODD,
    )
    def choose(self, who: int, off: int, move: str, odd: str) -> None:
        self.act(self.someone(who), c.Choose(self.play.state.rounds.number + off, move), odd)

    @rule(who=WHO, text=st.sampled_from(["Trust us", ""]), odd=ODD)
    def say(self, who: int, text: str, odd: str) -> None:
        self.act(self.someone(who), c.Say(text), odd)

    @rule(party=PARTIES, now=SELDOM)
    def come_and_go(self, party: str, now: bool) -> None:
        if not now:
            return
        if len(self.people) > 3:
            self.ask(CLOCK, c.LeaveSeat(self.people.pop().id))
        elif self.play.state.phase != "ended":
            self.people += self.play.sit(party)

    @precondition(lambda self: self.play.state.phase == "open")
    @rule()
    def let_it_happen(self) -> None:
        self.play.tick()

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


class TestBay(BayMachine.TestCase):  # type: ignore[name-defined, misc]
    settings = tried(60)

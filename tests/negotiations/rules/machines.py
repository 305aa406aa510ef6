"""What all machines of played tables share: people who try things, staff, a clock, and what stays true of any log."""

from __future__ import annotations

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import next_due
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import RoomState
from tests.negotiations.rules import invariants
from tests.negotiations.rules.given import ADA, CLOCK
from tests.negotiations.rules.playing import Play

STAFF = st.sampled_from([ADA, CLOCK])
WHO = st.integers(0, 7)
#: What ends a table or empties a seat is tried seldom, so that most tables live long enough to be worth it.
SELDOM = st.integers(0, 11).map(lambda n: n == 11)
#: How an act is odd, if it is: at the moment when something else is due, or without the other one it needs.
ODD = st.sampled_from(["", "", "", "", "", "late", "own"])
DEEDS = [c.PauseTable(), c.ResumeTable(), c.ResumeTable(), c.ResumeTable(), c.ExtendTable(60), c.Tick()]
#: Seconds that pass, or a deed of staff; one rule for all, so that most of what is tried is bargaining.
COURSE = st.sampled_from([0, 1, 1, 20, 20, 61, *DEEDS])


def tried(examples: int, steps: int = 40) -> settings:
    return settings(max_examples=examples, stateful_step_count=steps, deadline=None)


#: What no wish changes before a teammate has confirmed it.
SETTLED = (
    "phase",
    "offers",
    "standing",
    "accepted",
    "bargain",
    "votes",
    "strands",
    "texts",
    "deal",
    "outcome",
)


def settled_in(state: RoomState) -> list[Any]:
    return [getattr(state, name) for name in SETTLED]


class PlayMachine(RuleBasedStateMachine):
    """A table with people; who begins says which, and who sits there."""

    play: Play
    people: list[c.Actor]

    def begin(self, play: Play, *parties: str, minutes: float = 45) -> None:
        self.play, self.people = play, play.sit(*parties)
        play.open(minutes)

    def ask(self, actor: c.Actor, command: c.Command) -> None:
        """What is refused changes nothing; what waits for a tap stands nowhere yet."""
        before = self.play.state
        try:
            happened = self.play.do(actor, command)
        except RuleBroken:
            assert self.play.state is before
            return
        if any(isinstance(event, e.TapAsked) for event in happened):
            assert settled_in(self.play.state) == settled_in(before)

    def act(self, actor: c.Actor, command: c.Command, odd: str = "") -> None:
        """And if it waits for a tap, a teammate gives it."""
        if odd == "late":
            self.come_to_what_is_due()
        self.ask(actor, command)
        deed = self.play.state.teams.waiting.get(actor.party or "")
        if deed and deed.by == actor.id and odd != "own":
            for mate in self.people:
                if mate.party == actor.party and mate.id != actor.id:
                    self.ask(mate, c.Tap(deed.number))

    def someone(self, who: int) -> c.Actor:
        return self.people[who % len(self.people)]

    @rule(who=WHO, command=st.sampled_from([c.Tap, c.DropDeed]), off=st.sampled_from([0, 0, 1]))
    def answer_a_teammate(self, who: int, command: Any, off: int) -> None:
        actor = self.someone(who)
        deed = self.play.state.teams.waiting.get(actor.party or "")
        self.ask(actor, command((deed.number if deed else 1) + off))

    @rule(actor=STAFF, what=COURSE)
    def go_on(self, actor: c.Actor, what: int | c.Command) -> None:
        if isinstance(what, int):
            self.play.wait(what)
        else:
            self.ask(actor, what)

    @precondition(lambda self: next_due(self.play.state))
    @rule(now=SELDOM, leaves=st.none() | WHO)
    def let_it_happen(self, now: bool, leaves: int | None) -> None:
        """What is due next, or somebody gets up."""
        if now and leaves is not None:
            self.ask(CLOCK, c.LeaveSeat(self.someone(leaves).id))
        elif now:
            self.come_to_what_is_due()
            self.ask(CLOCK, c.Tick())

    def come_to_what_is_due(self) -> None:
        """But nobody has written down yet that it has come."""
        due = next_due(self.play.state)
        if due is not None:
            self.play.now = max(self.play.now, due.at)

    @invariant()
    def log_tells_what_holds_at_any_table(self) -> None:
        log = self.play.log
        invariants.is_what_the_stored_log_says(self.play.state, log)
        invariants.there_is_one_agreement_a_slot(log)
        invariants.nothing_follows_the_end(log)
        invariants.seats_act_only_before_the_deadline(log)
        if self.play.state.policy.taps:
            invariants.sides_of_several_act_by_two(log)

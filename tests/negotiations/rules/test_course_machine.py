"""Random deeds at tables with parts of the time, news, three ways to end, and waiting that costs: these stay true."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bargaining.case import Case, Delay, Phase
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import next_due
from negotiations.rules.decide.parts import legs
from negotiations.rules.decide.phases import talking
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import Policy
from negotiations.rules.sight import Viewer, may_see
from tests.negotiations.rules import invariants
from tests.negotiations.rules.given import ADA, BO_SEAT, CASE, CLOCK, CY_SEAT, LEASE, SALE
from tests.negotiations.rules.store import PLAN, SEATS, STORE, Play

PARTED = replace(
    CASE,
    phases=(Phase("talks", 15), Phase("open", 30)),
    delay=Delay("minute", cost={}, optional=True),
)
#: Three parts, each with less that may be done in it.
CLOSING = replace(CASE, phases=(Phase("talks", 30), Phase("settle_up", 10), Phase("ask", 5)))
NEWS = (
    e.PlannedNews("storm", ("farmer", "neighbour"), "A storm comes", seconds=300),
    e.PlannedNews("rival", ("farmer",), "A rival builds", phase="open", changes=True),
    e.PlannedNews("letter", ("neighbour",), "A letter came"),
)
STAFF = st.sampled_from([ADA, CLOCK])
DEEDS = [c.PauseTable(), c.ResumeTable(), c.ResumeTable(), c.ExtendTable(60), c.NextPhase(), c.Tick()]
NOW_AND_THEN = st.integers(0, 4).map(lambda n: n == 4)


class CourseMachine(RuleBasedStateMachine):
    """A table for two with parts, or one of three who talk in pairs first."""

    @initialize(
        case=st.sampled_from([PARTED, CLOSING, STORE]),
        ending=st.sampled_from(["hard", "grace", "finish"]),
        minutes=st.sampled_from([3, 45]),
    )
    def open(self, case: Case, ending: str, minutes: int) -> None:
        policy = Policy(ending=ending, waiting_costs=True)  # type: ignore[arg-type]
        seats = SEATS if case is STORE else {"farmer": BO_SEAT, "neighbour": CY_SEAT}
        self.plan = PLAN if case is STORE else NEWS
        self.play = Play(case, policy, seats)
        self.play.open(minutes * 60, self.plan)
        self.people = [c.Actor(seat, "seat", party) for party, seat in seats.items()]

    def ask(self, actor: c.Actor, command: c.Command) -> None:
        before = len(self.play.log)
        try:
            self.play.ask(actor, command)
        except RuleBroken:
            assert len(self.play.log) == before

    @rule(who=st.integers(0, 2))
    def say(self, who: int) -> None:
        self.ask(self.people[who % len(self.people)], c.Say("Hm"))

    @rule(who=st.integers(0, 2), package=st.sampled_from([LEASE, SALE]))
    def offer(self, who: int, package: object) -> None:
        self.ask(self.people[who % len(self.people)], c.MakeOffer((package,)))  # type: ignore[arg-type]

    @precondition(lambda self: self.play.state.bargain.standing)
    @rule(data=st.data(), yes=NOW_AND_THEN)
    def answer(self, data: st.DataObject, yes: bool) -> None:
        number = data.draw(st.sampled_from(sorted(self.play.state.bargain.standing)))
        offer = self.play.state.offers[number - 1]
        for actor in self.people:
            self.ask(actor, c.AcceptOffer(number, 0, offer.digest) if yes else c.DeclineOffer(number))

    @rule(actor=STAFF, command=st.sampled_from(DEEDS))
    def rule_the_table(self, actor: c.Actor, command: c.Command) -> None:
        self.ask(actor, command)

    @rule(actor=STAFF, place=st.integers(0, 3))
    def tell(self, actor: c.Actor, place: int) -> None:
        self.ask(actor, c.ReleaseNews(self.plan[place].id if place < 3 else "rumour"))

    @rule(who=st.integers(0, 2), command=st.sampled_from([c.NextPhase(), c.ReleaseNews("letter")]))
    def reach_above(self, who: int, command: c.Command) -> None:
        before = len(self.play.log)
        self.ask(self.people[who % len(self.people)], command)
        assert len(self.play.log) == before

    @rule(seconds=st.sampled_from([0, 1, 20, 61, 400]))
    def wait(self, seconds: int) -> None:
        self.play.now += timedelta(seconds=seconds)

    @precondition(lambda self: self.play.state.closes_at is not None)
    @rule(now=NOW_AND_THEN)
    def come_to_the_end(self, now: bool) -> None:
        closes_at = self.play.state.closes_at
        if now and closes_at is not None:
            self.play.now = max(self.play.now, closes_at)
            self.let_it_happen()

    @rule()
    def let_it_happen(self) -> None:
        """Whatever is due by now happens, one thing a tick, and comes to an end."""
        for _ in range(12):
            due = next_due(self.play.state)
            if due is None or due.at > self.play.now:
                return
            self.ask(CLOCK, c.Tick())
        raise AssertionError("the clock goes round in a circle")

    @invariant()
    def state_is_what_the_log_says(self) -> None:
        state = self.play.state
        invariants.is_what_the_stored_log_says(state, self.play.log)
        invariants.nothing_follows_the_end(self.play.log)
        invariants.seats_act_only_before_the_deadline(self.play.log)

    @invariant()
    def parts_come_in_their_order_and_end_with_the_table(self) -> None:
        state = self.play.state
        order = [(leg.phase, leg.place) for leg in legs(state.case)]
        came = [(event.phase, event.place) for event in self.play.events(e.PhaseBegan)]
        assert came == order[: len(came)]
        if state.phase != "ended" and state.course.ends_at and state.closes_at:
            assert state.course.ends_at <= state.closes_at

    @invariant()
    def news_is_told_once_and_to_its_readers(self) -> None:
        told = [line for line in self.play.log if isinstance(line.event, e.NewsReleased)]
        names = [line.event.news for line in told]  # type: ignore[attr-defined]
        assert len(set(names)) == len(names)
        for line in told:
            planned = next(news for news in self.plan if news.id == line.event.news)  # type: ignore[attr-defined]
            for actor in self.people:
                assert may_see(Viewer("party", actor.party), line.audience) == (actor.party in planned.to)

    @invariant()
    def plan_is_nobodys_at_the_table(self) -> None:
        for line in self.play.log:
            if isinstance(line.event, e.NewsPlanned):
                assert not any(may_see(Viewer("party", actor.party), line.audience) for actor in self.people)

    @invariant()
    def what_was_said_in_a_group_stays_there(self) -> None:
        group: tuple[str, ...] | None = None
        found = {(leg.phase, leg.place): leg.group for leg in legs(self.play.state.case)}
        for line in self.play.log:
            if isinstance(line.event, e.PhaseBegan):
                group = found[line.event.phase, line.event.place] or None
            if isinstance(line.event, e.MessageSaid | e.MessageWhispered) and group:
                assert line.audience is not None
                assert set(line.audience) == set(group)
        assert self.play.state.phase == "ended" or talking(self.play.state) == group

    @invariant()
    def less_may_be_done_when_the_bargaining_is_over(self) -> None:
        part = ""
        people = {actor.id for actor in self.people}
        for line in self.play.log:
            part = line.event.phase if isinstance(line.event, e.PhaseBegan) else part
            assert part != "settle_up" or not isinstance(line.event, e.OfferMade)
            assert part != "ask" or line.actor not in people

    @invariant()
    def nothing_new_comes_after_the_time_is_over(self) -> None:
        over: datetime | None = None
        for line in self.play.log:
            match line.event:
                case e.OvertimeBegan():
                    over = line.at
                case e.TableExtended():
                    over = None
                case e.OfferMade():
                    assert over is None


CourseMachine.TestCase.settings = settings(max_examples=120, stateful_step_count=40, deadline=None)
TestCourse = CourseMachine.TestCase

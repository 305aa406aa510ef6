"""Random votes, splits, stances and changes of mind by everybody at any time: whatever happens, these stay true."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from bargaining.agreements import is_deal
from bargaining.case import Case, Package
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import next_due, passes
from negotiations.rules.room import Policy
from tests.negotiations.rules.machines import ODD, SELDOM, STAFF, WHO, PlayMachine, tried
from tests.negotiations.rules.mill import (
    ALL_SIX,
    FIVE,
    GRAND,
    MIDDLE,
    MILL,
    PAIR,
    RIVAL,
    STORE,
    STRONG,
    TOWN,
    WEAK,
    Table,
)

PACKAGES: dict[str, tuple[Package, ...]] = {
    MILL.id: (FIVE, ALL_SIX, MIDDLE, {}),
    TOWN.id: (STRONG, WEAK),
    STORE.id: (PAIR, RIVAL, GRAND, {"orchard": 50, "fishery": 28}, {"orchard": 92}),
}
OFFERS = st.integers(1, 6)


class VotesMachine(PlayMachine):
    """One table of several, by votes or by coalitions; two of the sides are teams."""

    @initialize(
        case=st.sampled_from([MILL, TOWN, STORE, STORE]), minutes=st.sampled_from([2, 30]), taps=st.booleans()
    )
    def sit_at_a_table_of_several(self, case: Case, minutes: int, taps: bool) -> None:
        self.play = self.table = Table(case, minutes, Policy(taps=taps))
        self.people = [*self.table.by.values(), *self.table.sit(*case.party_ids[:2])]
        self.offer(0, [0])

    @rule(who=WHO, which=st.lists(st.integers(0, 4), min_size=1, max_size=2, unique=True))
    def offer(self, who: int, which: list[int]) -> None:
        known = PACKAGES[self.table.case.id]
        self.act(self.someone(who), c.MakeOffer(tuple(known[k % len(known)] for k in which)))

    @rule(who=WHO, offer=OFFERS)
    def say_no(self, who: int, offer: int) -> None:
        self.ask(self.someone(who), c.DeclineOffer(offer))

    @precondition(lambda self: self.table.state.bargain.standing)
    @rule(data=st.data(), place=st.sampled_from([0, 0, 1]), odd=ODD)
    def say_yes(self, data: st.DataObject, place: int, odd: str) -> None:
        number = data.draw(st.sampled_from(sorted(self.table.state.bargain.standing)))
        members = data.draw(st.just(range(8)) | st.lists(WHO, min_size=1, max_size=6))
        for who in members:
            self.act(self.someone(who), self.table.accept(number, place), odd)

    @rule(who=WHO, offer=OFFERS, command=st.sampled_from([c.TakeBack, c.Sponsor, c.WithdrawOffer]))
    def change_mind(self, who: int, offer: int, command: type) -> None:
        self.ask(self.someone(who), command(offer))

    @rule(who=WHO, offer=OFFERS, place=st.integers(-1, 1), stance=st.sampled_from(["yes", "no", "unsure"]))
    def lean(self, who: int, offer: int, place: int, stance: c.Stance) -> None:
        self.ask(self.someone(who), c.TakeStance(offer, place, stance))

    @rule(who=WHO, now=SELDOM)
    def leave(self, who: int, now: bool) -> None:
        if now:
            self.act(self.someone(who), c.WalkAway())

    @rule(actor=STAFF)
    def call_a_poll(self, actor: c.Actor) -> None:
        self.ask(actor, c.CallPoll())

    @invariant()
    def what_is_carried_passes_and_what_passes_is_carried(self) -> None:
        state = self.table.state
        if state.phase not in ("open", "paused"):
            return
        carried = state.votes.carried
        if carried:
            assert passes(state, carried.offer, carried.package)
        else:
            standing = [state.offers[number - 1] for number in state.bargain.standing]
            assert not any(
                passes(state, offer.number, place)
                for offer in standing
                for place in range(len(offer.packages))
            )

    @invariant()
    def deal_is_one_that_the_rule_makes(self) -> None:
        state = self.table.state
        deals = self.table.happened(e.DealMade)
        assert len(deals) == (1 if state.outcome == "deal" else 0)
        if state.deal is not None:
            assert state.votes.count is not None
            yes = state.votes.count.yes
            if state.case.mechanism == "coalition":
                assert set(state.deal) <= set(yes)
            else:
                assert is_deal(state.case, state.deal, yes)
            assert not set(yes) & set(state.votes.count.no)
            assert not set(yes) & state.votes.left

    @invariant()
    def every_change_of_what_is_carried_is_told(self) -> None:
        kinds = (e.VoteCarried, e.VoteBroken)
        told = [line.event.type for line in self.table.log if isinstance(line.event, kinds)]
        assert told == ["vote.carried", "vote.broken"] * (len(told) // 2) + ["vote.carried"] * (len(told) % 2)

    @invariant()
    def clock_never_lets_a_last_call_outlast_the_table(self) -> None:
        state = self.table.state
        due = next_due(state)
        assert (due is not None) == (state.phase == "open")
        if due is not None and state.votes.carried is not None:
            assert due.at <= state.votes.carried.counts_at


class TestVotes(VotesMachine.TestCase):  # type: ignore[name-defined, misc]
    settings = tried(50)

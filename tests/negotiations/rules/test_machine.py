"""Random commands by everybody, at any time: whatever happens, these stay true."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import decide
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import Policy, RoomState, digest_of, evolve, replay
from negotiations.rules.sight import INSTRUCTOR, Viewer, shown
from negotiations.rules.summary import summarise
from negotiations.table import Table
from tests.negotiations.rules import invariants
from tests.negotiations.rules.given import ADA, BEGIN, BO, CASE, CLOCK, CY, DEE, LEASE, SALE

VIEWERS = (Viewer("party", "farmer"), Viewer("party", "neighbour"), INSTRUCTOR)
WAYS = (LEASE, SALE, LEASE | {"rent": 9000}, SALE | {"sale_price": 180000}, LEASE | {"rent": 1}, {})
NEGOTIATORS = st.sampled_from([BO, CY, BO, CY, DEE])
STAFF = st.sampled_from([ADA, CLOCK])
PACKAGES = st.lists(st.sampled_from(WAYS), min_size=0, max_size=5).map(tuple)
NUMBERS = st.integers(min_value=-1, max_value=9)
SECONDS = st.sampled_from([0, 1, 20, 60, 60, 1200])
#: What ends a table or empties a seat is tried seldom, so that most tables live long enough to be worth it.
SELDOM = st.integers(0, 11).map(lambda n: n == 11)
SOMETIMES = st.integers(0, 3).map(lambda n: n == 3)
TEXTS = st.sampled_from(["Good morning", "Why?", "", "a\x00b", "\ud800"])
DEEDS = [
    c.PauseTable("Fire drill"),
    c.ResumeTable(),
    c.ResumeTable(),
    c.ExtendTable(60),
    c.CloseHelp("farmer"),
    c.Tick(),
]
ROOM = UUID(int=77)
PRIVATE = ("help.asked", "help.closed", "reason.given", "message.whispered")


class TableMachine(RuleBasedStateMachine):
    """One room, its live state and one early joiner a viewer, beside what the stored log alone tells."""

    def __init__(self) -> None:
        super().__init__()
        self.now = BEGIN
        self.state = RoomState(case=CASE)
        self.log: list[e.Logged] = []
        self.live = Table(ROOM, UUID(int=78), CASE, Policy())
        self.read: dict[Viewer, list[tuple[int, dict[str, Any]]]] = {viewer: [] for viewer in VIEWERS}
        self.commands = 0

    def ask(self, actor: c.Actor, command: c.Command) -> None:
        """Decide and append as `perform` does; a refusal leaves no trace."""
        try:
            decision = decide(self.state, actor, command, self.now)
        except RuleBroken:
            return  # its words are tested elsewhere; that it left no trace, by the invariants
        assert decision.drafts
        assert decision.not_after is None or self.now < decision.not_after
        self.commands += 1
        self.append(actor, decision.drafts)

    def append(self, actor: c.Actor, drafts: tuple[e.Draft, ...]) -> None:
        for place, draft in enumerate(drafts):
            key = UUID(int=self.commands) if place == 0 else None
            line = e.Logged(
                self.state.seq + 1, draft.event, actor.id, draft.audience, self.now, key, b"digest"
            )
            self.state = evolve(self.state, line)
            self.log.append(line)
            self.live.add([line])
        for viewer in VIEWERS:
            news = self.live.after(viewer, len(self.read[viewer]), 100)
            self.read[viewer] += [(number, shown(line)) for number, line in news]

    @rule(actor=NEGOTIATORS, text=TEXTS)
    def say(self, actor: c.Actor, text: str) -> None:
        self.ask(actor, c.Say(text))

    @rule(actor=NEGOTIATORS, text=TEXTS, to=st.sampled_from(["team", "team", "farmer+neighbour", "farmer"]))
    def say_apart(self, actor: c.Actor, text: str, to: str) -> None:
        self.ask(actor, c.Say(text, to))

    @rule(actor=NEGOTIATORS, packages=PACKAGES)
    def make_offer(self, actor: c.Actor, packages: Any) -> None:
        self.ask(actor, c.MakeOffer(packages))

    @rule(actor=NEGOTIATORS, package=st.sampled_from(WAYS[:4]))
    def make_good_offer(self, actor: c.Actor, package: Any) -> None:
        self.ask(actor, c.MakeOffer((package,)))

    @rule(actor=NEGOTIATORS, offer=NUMBERS, package=st.integers(-1, 1), way=st.sampled_from(WAYS))
    def accept_anything(self, actor: c.Actor, offer: int, package: int, way: Any) -> None:
        self.ask(actor, c.AcceptOffer(offer, package, digest_of((way,))))

    @precondition(lambda self: len(self.state.offers) > 1)
    @rule(actor=NEGOTIATORS, data=st.data())
    def accept_what_was_read(self, actor: c.Actor, data: st.DataObject) -> None:
        offer = data.draw(st.sampled_from(self.state.offers))
        place = data.draw(st.integers(0, len(offer.packages) - 1))
        self.ask(actor, c.AcceptOffer(offer.number, place, offer.digest))

    @rule(sides=st.permutations([BO, CY]), package=st.sampled_from(WAYS[:4]), agree=SOMETIMES)
    def come_to_terms(self, sides: list[c.Actor], package: Any, agree: bool) -> None:
        """Left to chance alone, hardly a table of a hundred would ever agree."""
        self.ask(sides[0], c.MakeOffer((package,)))
        if agree and self.state.offers:
            offer = self.state.offers[-1]
            self.ask(sides[1], c.AcceptOffer(offer.number, 0, offer.digest))

    @rule(actor=NEGOTIATORS, offer=NUMBERS, words=TEXTS)
    def decline(self, actor: c.Actor, offer: int, words: str) -> None:
        self.ask(actor, c.DeclineOffer(offer, words))

    @rule(actor=NEGOTIATORS, offer=NUMBERS, package=st.integers(-1, 3))
    def mark_closest(self, actor: c.Actor, offer: int, package: int) -> None:
        self.ask(actor, c.MarkClosest(offer, package))

    @rule(
        actor=NEGOTIATORS,
        issue=st.sampled_from(["rent", "form", "x"]),
        value=st.sampled_from([8000, 1, "sale"]),
    )
    def pin(self, actor: c.Actor, issue: str, value: Any) -> None:
        self.ask(actor, c.PinTerm(issue, value))

    @rule(actor=NEGOTIATORS, issue=st.sampled_from(["rent", "form", "x"]))
    def unpin(self, actor: c.Actor, issue: str) -> None:
        self.ask(actor, c.UnpinTerm(issue))

    @rule(actor=NEGOTIATORS, package=st.sampled_from([LEASE, SALE, {"form": "sale"}, {}]))
    def propose(self, actor: c.Actor, package: Any) -> None:
        self.ask(actor, c.MakeOffer((package,), proposal=True))

    @precondition(lambda self: self.state.standing)
    @rule(data=st.data())
    def withdraw_what_stands(self, data: st.DataObject) -> None:
        offer = self.state.offers[data.draw(st.sampled_from(sorted(self.state.standing.values()))) - 1]
        self.ask(BO if offer.party == BO.party else CY, c.WithdrawOffer(offer.number))

    @rule(actor=NEGOTIATORS, offer=NUMBERS)
    def withdraw(self, actor: c.Actor, offer: int) -> None:
        self.ask(actor, c.WithdrawOffer(offer))

    @rule(actor=NEGOTIATORS, reason=st.sampled_from(["", "Too cheap"]), now=SELDOM)
    def walk_away(self, actor: c.Actor, reason: str, now: bool) -> None:
        if now:
            self.ask(actor, c.WalkAway(reason))

    @rule(actor=NEGOTIATORS, command=st.sampled_from([c.AskHelp(), c.CloseHelp(), c.CloseHelp("farmer")]))
    def raise_or_lower(self, actor: c.Actor, command: c.Command) -> None:
        self.ask(actor, command)

    @rule(who=NEGOTIATORS)
    def sit_down(self, who: c.Actor) -> None:
        assert who.party is not None
        self.ask(CLOCK, c.TakeSeat(who.id, who.party, "person"))

    @rule(who=NEGOTIATORS, now=SELDOM)
    def get_up(self, who: c.Actor, now: bool) -> None:
        if now:
            self.ask(CLOCK, c.LeaveSeat(who.id))

    @rule(actor=STAFF, seconds=SECONDS)
    def open_table(self, actor: c.Actor, seconds: int) -> None:
        self.ask(actor, c.OpenTable(seconds))

    @rule(actor=STAFF, command=st.sampled_from(DEEDS))
    def rule_the_table(self, actor: c.Actor, command: c.Command) -> None:
        self.ask(actor, command)

    @rule(actor=STAFF, now=SELDOM)
    def end_the_table(self, actor: c.Actor, now: bool) -> None:
        if now:
            self.ask(actor, c.CloseTable())

    @rule(
        actor=NEGOTIATORS,
        command=st.sampled_from([c.Tick(), c.CloseTable(), c.ExtendTable(600), c.LeaveSeat(CY.id)]),
    )
    def reach_above(self, actor: c.Actor, command: c.Command) -> None:
        before = len(self.log)
        self.ask(actor, command)
        assert len(self.log) == before

    @rule(seconds=SECONDS)
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @precondition(lambda self: self.state.closes_at is not None)
    @rule(now=SELDOM)
    def wait_for_the_deadline(self, now: bool) -> None:
        if now and self.state.closes_at is not None:
            self.now = max(self.now, self.state.closes_at)

    @invariant()
    def live_state_equals_a_fresh_replay(self) -> None:
        fresh = replay(CASE, map(invariants.stored, self.log))
        assert fresh == self.state == self.live.state
        assert summarise(fresh) == summarise(self.state)

    @invariant()
    def log_has_no_hole_and_time_never_goes_back(self) -> None:
        assert [line.seq for line in self.log] == list(range(1, len(self.log) + 1))
        assert all(before.at <= after.at for before, after in pairwise(self.log))

    @invariant()
    def nothing_follows_the_end_and_no_seat_acts_late(self) -> None:
        invariants.nothing_follows_the_end(self.log)
        invariants.seats_act_only_before_the_deadline(self.log)

    @invariant()
    def there_is_one_agreement_at_most(self) -> None:
        deals = [line.event for line in self.log if isinstance(line.event, e.DealMade)]
        assert len(deals) == (1 if self.state.outcome == "deal" else 0)

    @invariant()
    def accepted_offers_stood_and_were_the_other_sides(self) -> None:
        standing: dict[str, e.OfferMade] = {}
        for line in self.log:
            match line.event:
                case e.OfferMade(party=party) as offer:
                    standing[party] = offer
                case e.OfferWithdrawn(party=party):
                    del standing[party]
                case e.OfferDeclined(offer=number, party=party):
                    author = next(who for who, offer in standing.items() if offer.offer == number)
                    assert author != party
                    del standing[author]  # the only other side said no
                case e.OfferAccepted(offer=number, party=party):
                    assert [offer.party for offer in standing.values() if offer.offer == number] not in (
                        [],
                        [party],
                    )
                case e.DealMade(offer=number, package=package):
                    agreed = next(offer for offer in standing.values() if offer.offer == number)
                    assert package in agreed.packages

    @invariant()
    def late_joiner_sees_exactly_what_an_early_one_saw(self) -> None:
        late = Table(ROOM, UUID(int=78), CASE, Policy())
        late.add(map(invariants.stored, self.log))
        for viewer in VIEWERS:
            news = [(number, shown(line)) for number, line in late.after(viewer, 0, len(self.log))]
            assert news == self.read[viewer]
            assert [number for number, _ in news] == list(range(1, late.head(viewer) + 1))
        assert late.done == self.live.done
        assert len(late.done) == self.commands

    @invariant()
    def private_lines_stay_private(self) -> None:
        for viewer, other in ((VIEWERS[0], "neighbour"), (VIEWERS[1], "farmer")):
            lines = [line for _, line in self.read[viewer]]
            assert not [line for line in lines if line["type"] in PRIVATE and line["party"] == other]


class OpenTableMachine(TableMachine):
    """The same from a table that is already open, so that most steps are about offers."""

    def __init__(self) -> None:
        super().__init__()
        for who in (BO, CY):
            self.sit_down(who)
        self.ask(ADA, c.OpenTable(2700))


TableMachine.TestCase.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
OpenTableMachine.TestCase.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
TestTable = TableMachine.TestCase
TestOpenTable = OpenTableMachine.TestCase

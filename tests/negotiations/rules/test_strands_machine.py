"""Random commands by all four of Eleven Quarry Lane: whatever happens, these stay true."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bargaining.case import Package
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import decide
from negotiations.rules.reading import Reading
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import Policy, RoomState, digest_of
from negotiations.rules.room.strands import is_open, watchers
from negotiations.rules.sight import Viewer, seen
from tests.negotiations.rules import invariants
from tests.negotiations.rules.given import actor
from tests.negotiations.rules.test_decide_strands import (
    BUYER,
    CASE,
    FLAT,
    GWEN,
    OTHER,
    PERCENT,
    SALE,
    SAMUEL,
    SELLER,
    Play,
)

FOUR = (SELLER, BUYER, GWEN, SAMUEL)
PEOPLE = st.sampled_from(FOUR)
WAYS = (FLAT, {"seller_fee": "low"}, PERCENT, {"buyer_fee": "fixed"}, SALE, OTHER, SALE, {**FLAT, **SALE}, {})
STRANDS = st.sampled_from(["sale", "sale", "sale", *(link.id for link in CASE.strands), "garden"])
#: Who can come to terms with whom, about what.
TERMS = st.sampled_from(
    [(GWEN, SELLER, FLAT), (BUYER, SAMUEL, PERCENT), (GWEN, SAMUEL, SALE), (SAMUEL, GWEN, OTHER)]
)
MATE = actor(199, "seller_agent")
TO = st.sampled_from(["", "team", "seller+seller_agent", "buyer+buyer_agent", "seller_agent+buyer_agent"])


#: What those who negotiate say to each other there.
STRAND_TALK = ("seller+seller_agent", "buyer+buyer_agent", "seller_agent+buyer_agent")


class StrandMachine(RuleBasedStateMachine):
    """Half of the tables have a second person on the listing agent's side, who has to confirm."""

    def __init__(self) -> None:
        super().__init__()
        self.play = Play()
        self.play.state = RoomState(case=CASE, policy=Policy(taps=True))
        given, self.play.log = self.play.log, []
        for line in given:
            self.play.add(e.Draft(line.event, line.audience), line.actor)

    @initialize(stage=st.sampled_from([2, 1, 0, 2]), mate=st.booleans())
    def come_so_far(self, stage: int, mate: bool) -> None:
        """To nothing yet, to both fees, or to a sale that waits for signatures."""
        if stage > 0:
            self.play.agree_fees()
        if stage > 1:
            self.play.agree_sale()
        if mate:
            self.sit_down_beside_the_agent()

    def ask(self, who: c.Actor, command: c.Command) -> None:
        self.play.now += timedelta(seconds=1)
        try:
            drafts = decide(self.play.state, who, command, self.play.now).drafts
        except RuleBroken:
            return
        for draft in drafts:
            self.play.add(draft, who.id)

    @rule(who=PEOPLE, way=st.sampled_from(WAYS))
    def offer(self, who: c.Actor, way: Any) -> None:
        self.ask(who, c.MakeOffer((way,)))

    @rule(terms=TERMS)
    def come_to_terms(self, terms: tuple[c.Actor, c.Actor, Package]) -> None:
        one, other, package = terms
        self.act(one, c.MakeOffer((package,)))
        if offers := self.play.state.offers:
            self.act(other, c.AcceptOffer(offers[-1].number, 0, offers[-1].digest))

    def act(self, who: c.Actor, command: c.Command) -> None:
        """And a teammate confirms it."""
        self.ask(who, command)
        if deed := self.play.state.teams.waiting.get("seller_agent"):
            self.ask(MATE, c.Tap(deed.number))

    @precondition(lambda self: self.play.state.offers)
    @rule(who=PEOPLE, data=st.data())
    def answer(self, who: c.Actor, data: st.DataObject) -> None:
        offer = data.draw(st.sampled_from(self.play.state.offers[-3:]))
        answers = [c.AcceptOffer(offer.number, 0, offer.digest), c.DeclineOffer(offer.number)]
        self.ask(
            who, data.draw(st.sampled_from([*answers[:1] * 4, answers[1], c.WithdrawOffer(offer.number)]))
        )

    @rule(who=PEOPLE, strand=STRANDS, stale=st.sampled_from([None, None, None, SALE, OTHER]))
    def sign(self, who: c.Actor, strand: str, stale: Package | None) -> None:
        read = self.play.state.strands.of(strand).digest
        self.ask(who, c.Sign(strand, digest_of((stale,)) if stale else read))

    @rule(both=st.booleans())
    def sign_what_was_read(self, both: bool) -> None:
        for who in (SELLER, BUYER) if both else (BUYER,):
            self.sign(who, "sale", None)

    @rule(who=PEOPLE, strand=STRANDS, issues=st.sampled_from([(), ("price",), ("seller_fee",)]))
    def send_back(self, who: c.Actor, strand: str, issues: Any) -> None:
        self.ask(who, c.SendBack(strand, issues, "More"))

    @rule(who=PEOPLE, to=TO)
    def say(self, who: c.Actor, to: str) -> None:
        self.ask(who, c.Say("Hm", to))

    @rule()
    def sit_down_beside_the_agent(self) -> None:
        self.ask(c.Actor(c.HOUSE, "house"), c.TakeSeat(MATE.id, "seller_agent", "person"))

    @rule(deed=st.integers(0, 5), drop=st.booleans())
    def tap(self, deed: int, drop: bool) -> None:
        self.ask(MATE, c.DropDeed(deed) if drop else c.Tap(deed))

    @invariant()
    def live_state_equals_a_fresh_replay(self) -> None:
        invariants.is_what_the_stored_log_says(self.play.state, self.play.log)
        invariants.there_is_one_agreement_a_slot(self.play.log)
        invariants.seats_act_only_before_the_deadline(self.play.log)
        invariants.sides_of_several_act_by_two(self.play.log)

    @invariant()
    def a_sale_follows_both_fees_and_the_table_ends_with_all(self) -> None:
        by = self.play.state.strands
        settled = {link.id for link in CASE.strands if by.of(link.id).settled is not None}
        assert "sale" not in settled or settled == {"listing", "buying", "sale"}
        assert (self.play.state.outcome == "deal") == (len(settled) == 3)
        if by.of("sale").settled is not None:
            assert set(by.of("sale").signed) == {"seller", "buyer"}
        for link in CASE.strands:
            if any(line for line in self.offers_about(link.issues)):
                assert is_open(self.play.state, link) or link.id in settled

    def offers_about(self, issues: tuple[str, ...]) -> list[e.OfferMade]:
        made = [line.event for line in self.play.log if isinstance(line.event, e.OfferMade)]
        return [event for event in made if set(event.packages[0]) & set(issues)]

    @invariant()
    def nobody_is_told_of_a_strand_that_is_not_his(self) -> None:
        for party in CASE.party_ids:
            own = {issue for link in CASE.strands if party in link.insiders for issue in link.issues}
            lines = seen(Viewer("party", party), self.play.log)
            for line in lines:
                if isinstance(line.event, e.OfferMade):
                    assert set(line.event.packages[0]) <= own
                elif isinstance(line.event, e.DealMade):
                    assert set(line.event.package) <= own
                elif isinstance(line.event, e.MessageWhispered) and line.event.channel != "team":
                    assert party in line.event.channel.split("+")
                elif isinstance(line.event, e.TapAsked | e.TapGiven | e.TapDropped):
                    assert line.event.party == party
            reading = Reading(lines)
            assert reading.shared == sorted(reading.shared)
            assert [reading.number(number) for number in reading.shared] == list(
                range(1, len(reading.shared) + 1)
            )

    @invariant()
    def those_who_watch_see_every_strand_and_no_side(self) -> None:
        for watcher in watchers(CASE):
            lines = [line.event for line in seen(Viewer("party", watcher), self.play.log)]
            whole = [line.event for line in self.play.log if isinstance(line.event, e.OfferMade)]
            assert [event for event in lines if isinstance(event, e.OfferMade)] == whole
            assert not any(isinstance(event, e.TapAsked | e.TermsMarked) for event in lines)
            words = [line.event for line in self.play.log if isinstance(line.event, e.MessageWhispered)]
            assert [event for event in lines if isinstance(event, e.MessageWhispered)] == [
                event for event in words if event.channel in STRAND_TALK
            ]


StrandMachine.TestCase.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
TestStrands = StrandMachine.TestCase

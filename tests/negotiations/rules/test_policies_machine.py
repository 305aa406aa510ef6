"""Random offers and answers at a farm with teams, by whatever policy the session has: these stay true."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from bargaining.case import Package
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.room import Policy
from tests.negotiations.rules.given import LEASE, SALE, WHOLE
from tests.negotiations.rules.machines import ODD, SELDOM, WHO, PlayMachine, tried
from tests.negotiations.rules.playing import Play

WAYS = st.sampled_from([LEASE, SALE, LEASE | {"rent": 9000}, SALE | {"sale_price": 180000}])
POLICIES = st.builds(
    Policy,
    offers=st.sampled_from(["supersede", "open", "turns"]),
    offer_seconds=st.sampled_from([0, 60, 600]),
    offer_limit=st.sampled_from([0, 2, 4]),
    taps=st.booleans(),
    ending=st.sampled_from(["hard", "grace", "finish"]),
)


def standing_by(log: list[e.Logged], policy: Policy) -> set[int]:
    """The offers that the policy leaves on the table, told anew."""
    stand: dict[int, str] = {}
    for line in log:
        match line.event:
            case e.OfferMade(offer=number, party=party):
                own = [each for each, by in stand.items() if by == party]
                stand = {each: by for each, by in stand.items() if policy.offers == "open" or each not in own}
                stand[number] = party
            case e.OfferWithdrawn(offer=number) | e.OfferLapsed(offer=number) | e.OfferDeclined(offer=number):
                stand.pop(number, None)
            case e.TableClosed():
                stand = {}
    return set(stand)


class PoliciesMachine(PlayMachine):
    """Two farmers, one neighbour, and every way in which offers can follow each other."""

    @initialize(policy=POLICIES, minutes=st.sampled_from([45, 6]))
    def sit_at_the_farm(self, policy: Policy, minutes: int) -> None:
        self.begin(Play(WHOLE, policy), "farmer", "farmer", "neighbour", minutes=minutes)
        self.act(self.people[0], c.MakeOffer((LEASE,)))

    @rule(who=WHO, packages=st.lists(WAYS, min_size=1, max_size=2), odd=ODD)
    def offer(self, who: int, packages: list[Package], odd: str) -> None:
        self.act(self.someone(who), c.MakeOffer(tuple(packages)), odd)

    @precondition(lambda self: self.play.state.offers)
    @rule(who=WHO, back=st.integers(0, 2), place=st.integers(0, 1), what=st.integers(0, 4), odd=ODD)
    def answer(self, who: int, back: int, place: int, what: int, odd: str) -> None:
        """Mostly the side whose turn it is, and in time."""
        offer = self.play.state.offers[-1 - back % len(self.play.state.offers)]
        answers: list[c.Command] = [
            c.DeclineOffer(offer.number),
            c.MarkClosest(offer.number, place),
            c.WithdrawOffer(offer.number),
            c.AcceptOffer(offer.number, place, offer.digest),
            c.AcceptOffer(offer.number, 0, offer.digest),
        ]
        theirs = [actor for actor in self.people if actor.party != offer.party]
        anybody = odd == "own" or what == 2
        self.act(self.someone(who) if anybody else theirs[who % len(theirs)], answers[what], odd)

    @rule(who=WHO, now=SELDOM)
    def leave(self, who: int, now: bool) -> None:
        if now:
            self.act(self.someone(who), c.WalkAway())

    @invariant()
    def what_stands_is_what_the_policy_leaves(self) -> None:
        state = self.play.state
        assert state.bargain.standing == standing_by(self.play.log, state.policy)
        assert set(state.bargain.expires) <= state.bargain.standing

    @invariant()
    def nobody_makes_more_offers_than_allowed(self) -> None:
        limit = self.play.state.policy.offer_limit
        made = Counter(event.party for event in self.play.happened(e.OfferMade))  # type: ignore[attr-defined]
        assert not limit or max(made.values(), default=0) <= limit

    @invariant()
    def turns_change_unless_an_offer_was_answered_or_ran_out(self) -> None:
        if self.play.state.policy.offers != "turns":
            return
        last, is_over = "", False
        for line in self.play.log:
            match line.event:
                case e.OfferMade(party=party):
                    assert party != last or is_over
                    last, is_over = party, False
                case e.OfferDeclined(offer=number) | e.OfferLapsed(offer=number):
                    is_over = is_over or number == self.made_before(line)

    def made_before(self, line: e.Logged) -> int:
        made = [each.event for each in self.play.log[: line.seq] if isinstance(each.event, e.OfferMade)]
        return made[-1].offer

    @invariant()
    def nobody_answers_an_offer_that_ran_out_and_none_runs_out_early(self) -> None:
        expires: dict[int, datetime] = {}
        closes_at = None
        for line in self.play.log:
            match line.event:
                case e.OfferMade(offer=number, expires_at=datetime() as at):
                    expires[number] = at
                case e.OfferAccepted(offer=number) | e.OfferDeclined(offer=number) if number in expires:
                    assert line.at < expires[number]
                case e.OfferPreferred(offer=number) if number in expires:
                    assert line.at < expires[number]
                case e.OfferLapsed(offer=number):
                    assert line.at >= expires[number]
                case e.TableResumed(closes_at=at) if closes_at:
                    expires = {each: until + (at - closes_at) for each, until in expires.items()}
            closes_at = getattr(line.event, "closes_at", closes_at)


class TestPolicies(PoliciesMachine.TestCase):  # type: ignore[name-defined, misc]
    settings = tried(50)


@pytest.mark.slow
class TestPoliciesForLong(PoliciesMachine.TestCase):  # type: ignore[name-defined, misc]
    settings = tried(600, 60)

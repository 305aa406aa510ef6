"""Linked negotiations: who negotiates what, who signs, who learns of it, and when the table ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from msgspec import structs

from bargaining.case import Package
from bargaining.casefile import load_folder
from bargaining.strands import for_the_rules
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import decide
from negotiations.rules.reading import Reading
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import Policy, RoomState, digest_of, evolve
from negotiations.rules.room.strands import Marked, is_open, known_to, movers
from negotiations.rules.sight import Viewer, seen
from negotiations.rules.summary import summarise
from tests.negotiations.rules.given import LIBRARY, NOW, actor, seated

WHOLE = load_folder(Path(LIBRARY) / "eleven-quarry-lane").case
CASE = for_the_rules(WHOLE.seen_by(None), [WHOLE.seen_by(party) for party in WHOLE.party_ids])
SELLER, BUYER = actor(101, "seller"), actor(102, "buyer")
GWEN, SAMUEL = actor(103, "seller_agent"), actor(104, "buyer_agent")
FLAT: Package = {"seller_fee": "flat"}
PERCENT: Package = {"buyer_fee": "percent"}
SALE: Package = {"price": 435, "closing": "d60", "roof": "credit", "workshop": "stay"}
OTHER: Package = SALE | {"price": 425}
OWN = ("seller", "seller_agent", "observer")
THEIRS = ("buyer", "buyer_agent", "observer")
ALL_FOUR = ("seller", "buyer", "seller_agent", "buyer_agent", "observer")


class Play:
    """A table that is played command by command, a second apart."""

    def __init__(self) -> None:
        self.state = RoomState(case=CASE)
        self.log: list[e.Logged] = []
        self.now = NOW
        for event in seated(CASE):
            self.add(e.Draft(event), UUID(int=9))

    def add(self, draft: e.Draft, by: UUID) -> None:
        line = e.Logged(self.state.seq + 1, draft.event, by, draft.audience, self.now)
        self.state = evolve(self.state, line)
        self.log.append(line)

    def do(self, who: c.Actor, command: c.Command) -> list[tuple[str, e.Audience]]:
        """What it led to: each line's type and who sees it."""
        self.now += timedelta(seconds=1)
        drafts = decide(self.state, who, command, self.now).drafts
        for draft in drafts:
            self.add(draft, who.id)
        return [(draft.event.type, draft.audience) for draft in drafts]

    def refused(self, who: c.Actor, command: c.Command) -> str:
        with pytest.raises(RuleBroken) as broken:
            decide(self.state, who, command, self.now)
        return broken.value.code

    def yes(self, who: c.Actor) -> list[tuple[str, e.Audience]]:
        """Accepts the newest offer."""
        offer = self.state.offers[-1]
        return self.do(who, c.AcceptOffer(offer.number, 0, offer.digest))

    def agree_fees(self) -> None:
        for one, other, package in ((GWEN, SELLER, FLAT), (BUYER, SAMUEL, PERCENT)):
            self.do(one, c.MakeOffer((package,)))
            self.yes(other)

    def agree_sale(self, package: Package = SALE) -> str:
        self.do(GWEN, c.MakeOffer((package,)))
        self.yes(SAMUEL)
        return self.state.strands.of("sale").digest


@pytest.fixture
def play() -> Play:
    return Play()


@pytest.fixture
def selling(play: Play) -> Play:
    """Both fees are agreed, and so is the sale: it waits for the signatures."""
    play.agree_fees()
    play.agree_sale()
    return play


def test_fee_is_between_the_two_and_settled_by_their_yes(play: Play) -> None:
    assert play.do(GWEN, c.MakeOffer((FLAT,), "Good morning")) == [
        ("offer.made", OWN),
        ("message.whispered", OWN),
    ]
    assert play.yes(SELLER) == [("offer.accepted", OWN), ("deal.made", OWN)]
    assert play.state.phase == "open"
    assert play.state.deal is None
    assert play.state.strands.of("listing").settled == FLAT
    assert known_to(play.state, "seller") == known_to(play.state, "seller_agent") == FLAT
    assert known_to(play.state, "buyer") == {}


def test_sale_waits_for_both_fees(play: Play) -> None:
    sale = c.MakeOffer((SALE,))
    assert play.refused(GWEN, sale) == "too_early"
    play.do(SELLER, c.MakeOffer((FLAT,)))
    play.yes(GWEN)
    assert play.refused(GWEN, sale) == "too_early"
    play.do(BUYER, c.MakeOffer((PERCENT,)))
    assert play.yes(SAMUEL)[1:] == [("deal.made", THEIRS), ("strand.opened", ALL_FOUR)]
    assert play.do(GWEN, sale) == [("offer.made", ALL_FOUR)]


def test_agents_agree_and_principals_sign(selling: Play) -> None:
    strand = selling.state.strands.of("sale")
    assert (strand.agreed, strand.signed) == (SALE, {})
    sign = c.Sign("sale", digest_of((SALE,)))
    assert selling.do(SELLER, sign) == [("terms.signed", ALL_FOUR)]
    assert selling.do(BUYER, sign) == [
        ("terms.signed", ALL_FOUR),
        ("deal.made", ALL_FOUR),
        ("table.closed", None),
    ]
    assert selling.state.outcome == "deal"
    assert selling.state.deal == {**FLAT, **PERCENT, **SALE}
    assert summarise(selling.state).deal == selling.state.deal
    times = selling.state.strands.of("sale").signed
    assert times["seller"] < times["buyer"]


def test_principal_sends_back_and_says_why_to_the_own_agent_alone(selling: Play) -> None:
    back = c.SendBack("sale", ("price",), "Not below 440")
    assert selling.do(SELLER, back) == [
        ("terms.sent_back", ALL_FOUR),
        ("terms.marked", ("seller", "seller_agent")),
    ]
    strand = selling.state.strands.of("sale")
    assert strand.agreed is None
    assert strand.sent_back == (Marked("seller", SALE, ("price",), 3),)
    assert selling.state.bargain.standing == frozenset()
    digest = selling.agree_sale(OTHER)
    assert digest != digest_of((SALE,))
    assert selling.refused(BUYER, c.Sign("sale", digest_of((SALE,)))) == "stale_offer"
    assert selling.do(BUYER, c.SendBack("sale")) == [("terms.sent_back", ALL_FOUR)]


def test_signature_is_void_when_another_sends_back(selling: Play) -> None:
    selling.do(SELLER, c.Sign("sale", digest_of((SALE,))))
    selling.do(BUYER, c.SendBack("sale"))
    selling.agree_sale()
    assert selling.state.strands.of("sale").signed == {}
    assert selling.refused(SELLER, c.SendBack("sale", ("seller_fee",))) == "invalid_offer"
    assert selling.refused(SELLER, c.SendBack("sale", (), "a\x00b")) == "bad_text"


SIGN = c.Sign("sale", digest_of((SALE,)))


def test_principals_right_is_not_the_agents_and_agents_not_the_principals(selling: Play) -> None:
    assert selling.refused(GWEN, SIGN) == "principals_part"
    assert selling.refused(SAMUEL, c.SendBack("sale")) == "principals_part"
    selling.do(SELLER, SIGN)
    assert selling.refused(SELLER, SIGN) == "signed"
    assert selling.refused(SELLER, c.SendBack("sale")) == "signed"
    assert selling.refused(SELLER, c.MakeOffer((SALE,))) == "agents_part"
    offer = selling.state.offers[-1]
    assert selling.refused(BUYER, c.AcceptOffer(offer.number, 0, offer.digest)) == "agents_part"
    assert selling.refused(GWEN, c.MakeOffer((OTHER,))) == "to_be_signed"
    assert selling.refused(GWEN, c.WithdrawOffer(offer.number)) == "to_be_signed"


def test_what_is_settled_stays(play: Play) -> None:
    play.agree_fees()
    assert play.refused(SELLER, c.MakeOffer((FLAT,))) == "settled"
    assert play.refused(SELLER, c.Sign("listing", digest_of((FLAT,)))) == "settled"
    assert play.refused(SELLER, SIGN) == "nothing_to_sign"
    assert not is_open(play.state, CASE.strands[0])


def test_nobody_touches_what_is_none_of_his_business(play: Play) -> None:
    play.do(GWEN, c.MakeOffer((FLAT,)))
    offer = play.state.offers[-1]
    for who in (BUYER, SAMUEL):
        assert play.refused(who, c.MakeOffer((FLAT,))) == "invalid_offer"
        assert play.refused(who, c.AcceptOffer(1, 0, offer.digest)) == "stale_offer"
        assert play.refused(who, c.DeclineOffer(1)) == "stale_offer"
        assert play.refused(who, c.Sign("listing", offer.digest)) == "nothing_to_sign"
    assert play.refused(GWEN, c.MakeOffer(({**FLAT, **SALE},))) == "invalid_offer"
    assert play.refused(GWEN, c.MakeOffer((FLAT, {"price": 1}))) == "invalid_offer"
    assert play.refused(GWEN, c.MakeOffer(({},))) == "invalid_offer"
    assert play.refused(GWEN, c.Sign("garden", "")) == "nothing_to_sign"


def test_decline_of_the_one_other_takes_the_offer_off(play: Play) -> None:
    play.do(GWEN, c.MakeOffer((FLAT,)))
    assert play.do(SELLER, c.DeclineOffer(1, "Too dear")) == [("offer.declined", OWN)]
    assert play.state.bargain.standing == frozenset()


def test_offers_of_one_party_in_two_strands_stand_side_by_side() -> None:
    """Where nothing has to come first, an agent may talk about fee and sale at once."""
    play = Play()
    loose = replace(CASE, strands=(*CASE.strands[:2], replace(CASE.strands[2], after=())))
    play.state = structs.replace(play.state, case=loose)
    play.do(GWEN, c.MakeOffer((FLAT,)))
    play.do(GWEN, c.MakeOffer((SALE,)))
    assert play.state.bargain.standing == {1, 2}
    play.do(GWEN, c.MakeOffer((OTHER,)))
    assert play.state.bargain.standing == {1, 3}


def test_offers_have_the_viewers_own_numbers(play: Play) -> None:
    """What others negotiate leaves no hole."""
    play.do(GWEN, c.MakeOffer((FLAT,)))
    play.do(BUYER, c.MakeOffer((PERCENT,)))
    play.do(SELLER, c.MakeOffer(({"seller_fee": "low"},)))
    readings = {party: Reading(seen(Viewer("party", party), play.log)) for party in ("seller", "buyer")}
    assert [readings["seller"].number(n) for n in (1, 2, 3)] == [1, 0, 2]
    assert [readings["buyer"].number(n) for n in (1, 2, 3)] == [0, 1, 0]
    assert readings["seller"].meant(c.WithdrawOffer(2)) == c.WithdrawOffer(3)
    assert readings["buyer"].meant(c.WithdrawOffer(2)) == c.WithdrawOffer(0)
    assert readings["buyer"].meant(c.WithdrawOffer(-1)) == c.WithdrawOffer(0)
    assert readings["buyer"].meant(c.Say("Hm")) == c.Say("Hm")


def test_settled_terms_are_known_to_what_comes_after(selling: Play) -> None:
    agent = Reading(seen(Viewer("party", "seller_agent"), selling.log))
    assert agent.known_before(selling.state.seq) == FLAT
    assert agent.known_before(3) == {}


def test_whose_move_it_is_goes_strand_by_strand(play: Play) -> None:
    assert list(movers(play.state).values()) == [("seller", "seller_agent"), ("buyer", "buyer_agent")]
    play.do(GWEN, c.MakeOffer((FLAT,)))
    assert list(movers(play.state).values()) == [("buyer", "buyer_agent"), ("seller",)]
    play.do(BUYER, c.Say("Hm", "buyer+buyer_agent"))
    assert list(movers(play.state).values()) == [("seller",), ("buyer_agent",)]
    play.yes(SELLER)
    play.do(BUYER, c.MakeOffer((PERCENT,)))
    play.yes(SAMUEL)
    assert list(movers(play.state).values()) == [("seller_agent", "buyer_agent")]
    play.agree_sale()
    assert list(movers(play.state).values()) == [("seller", "buyer")]
    play.do(BUYER, SIGN)
    assert list(movers(play.state).values()) == [("seller",)]


def test_one_who_leaves_ends_it_for_all(selling: Play) -> None:
    assert selling.do(GWEN, c.WalkAway()) == [("party.walked_away", None), ("table.closed", None)]
    assert selling.state.deal is None


def test_board_compares_offers_about_the_same_terms(play: Play) -> None:
    play.do(GWEN, c.MakeOffer((FLAT,)))
    play.do(BUYER, c.MakeOffer((PERCENT,)))
    assert (summarise(play.state).apart, summarise(play.state).terms) == (None, 1)
    play.do(SAMUEL, c.MakeOffer(({"buyer_fee": "fixed"},)))
    assert (summarise(play.state).apart, summarise(play.state).terms) == (1, 1)


def test_pins_stay_among_those_who_negotiate_the_term(play: Play) -> None:
    assert play.do(GWEN, c.PinTerm("seller_fee", "flat")) == [("term.pinned", OWN)]
    assert play.refused(BUYER, c.PinTerm("seller_fee", "flat")) == "invalid_term"
    assert play.refused(SELLER, c.PinTerm("price", 430)) == "agents_part"
    assert play.refused(GWEN, c.PinTerm("price", 430)) == "too_early"
    assert play.do(GWEN, c.UnpinTerm("seller_fee")) == [("term.unpinned", OWN)]


def test_agents_and_principals_sign_here_however_they_talk(play: Play) -> None:
    play.state = structs.replace(play.state, policy=Policy(mode="aloud"))
    assert play.refused(SELLER, c.RecordOutcome({**FLAT, **SALE})) == "on_screen"
    assert play.do(GWEN, c.MakeOffer((FLAT,)))

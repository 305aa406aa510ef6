"""Neither lines nor refusals tell of a negotiation that goes on elsewhere: who looks on from outside cannot tell."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from msgspec import structs

from negotiations import wire
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.reading import Reading
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import Policy, digest_of
from negotiations.rules.sight import Viewer, seen
from tests.negotiations.rules.test_decide_strands import (
    BUYER,
    FLAT,
    GWEN,
    PERCENT,
    SALE,
    SAMUEL,
    SELLER,
    Play,
)

SECOND = c.Actor(UUID(int=105), "seat", "seller_agent")
PACKAGES = ({}, FLAT, PERCENT, {**FLAT, **PERCENT}, {"castle": "yes"}, SALE)
DIGESTS = tuple(digest_of((package,)) for package in (FLAT, PERCENT))
CHANNELS = ("", "team", "buyer+buyer_agent", "seller+seller_agent", "seller+buyer", "castle")
STRANDS = ("listing", "buying", "sale", "castle")
ASKED: tuple[c.Command, ...] = (
    *(c.MakeOffer((package,)) for package in PACKAGES),
    *(c.MakeOffer((package,), proposal=True) for package in PACKAGES),
    c.MakeOffer((FLAT, PERCENT)),
    *(c.AcceptOffer(number, 0, digest) for number in range(4) for digest in DIGESTS),
    *(
        kind(number)
        for number in range(4)
        for kind in (c.DeclineOffer, c.WithdrawOffer, c.TakeBack, c.Sponsor)
    ),
    *(c.MarkClosest(number, 0) for number in range(4)),
    *(c.Sign(strand, digest) for strand in STRANDS for digest in DIGESTS),
    *(c.SendBack(strand, issues) for strand in STRANDS for issues in ((), ("buyer_fee",), ("castle",))),
    *(c.Say("Well?", channel) for channel in CHANNELS),
    *(c.PinTerm(issue, "flat") for issue in ("seller_fee", "buyer_fee", "castle")),
    *(c.RecordOutcome(package) for package in PACKAGES),
    *(kind(number) for number in (1, 2) for kind in (c.Tap, c.DropDeed)),
    c.WalkAway(),
    c.AskHelp(),
    c.CloseHelp("buyer"),
)


def nothing(play: Play) -> None:
    """The buyer and his agent have not met."""


def offer(play: Play) -> None:
    play.do(BUYER, c.MakeOffer((PERCENT,), "Good morning"))


def refusal(play: Play) -> None:
    offer(play)
    play.do(SAMUEL, c.DeclineOffer(play.state.offers[-1].number))


def deal(play: Play) -> None:
    offer(play)
    play.yes(SAMUEL)


ELSEWHERE = (nothing, offer, refusal, deal)


def table(policy: Policy, elsewhere: Any) -> Play:
    """The seller has offered a fee, and then something happened between the two others, or nothing."""
    play = Play()
    play.state = structs.replace(play.state, policy=policy)
    play.add(e.Draft(e.SeatTaken(SECOND.id, "seller_agent", "person")), UUID(int=9))
    play.do(SELLER, c.MakeOffer((FLAT,)))
    elsewhere(play)
    return play


def answer(policy: Policy, elsewhere: Any, who: c.Actor, command: c.Command) -> Any:
    """What this person is told at such a table: the refusal, or every line that is seen then."""
    play = table(policy, elsewhere)
    viewer = Viewer("party", who.party)
    try:
        play.do(who, Reading(seen(viewer, play.log)).meant(command))
    except RuleBroken as broken:
        return broken.code, broken.said()
    visible = seen(viewer, play.log)
    reading = Reading(visible)
    lines = [wire.line(n, line, None, reading) | {"at": None} for n, line in enumerate(visible, start=1)]
    # That the last fee is agreed is what the opening of the sale tells everybody; it stands at the end.
    return [line for line in lines if line["type"] != "strand.opened"]


@pytest.mark.parametrize("who", [SELLER, GWEN], ids=["seller", "seller's agent"])
@pytest.mark.parametrize(
    "policy",
    [Policy(), Policy(offers="turns"), Policy(offers="open"), Policy(taps=True)],
    ids=["free", "turns", "open", "taps"],
)
def test_answers_are_the_same_whatever_happened_elsewhere(policy: Policy, who: c.Actor) -> None:
    for command in ASKED:
        quiet = answer(policy, nothing, who, command)
        for elsewhere in ELSEWHERE[1:]:
            assert answer(policy, elsewhere, who, command) == quiet, (command, elsewhere.__name__)


def test_deed_that_waits_for_a_tap_names_the_offer_as_its_side_does() -> None:
    """Else the number would say how many offers there were elsewhere."""
    policy = Policy(taps=True)
    play = table(policy, offer)
    play.do(SELLER, c.MakeOffer(({"seller_fee": "tiered"},)))
    newest = play.state.offers[-1]
    assert newest.number == 3
    play.do(GWEN, c.AcceptOffer(newest.number, 0, newest.digest))
    visible = seen(Viewer("party", "seller_agent"), play.log)
    last = wire.line(len(visible), visible[-1], None, Reading(visible))
    assert (last["type"], last["fields"]["offer"]) == ("tap.asked", 2)

"""One table of each kind in the middle of its work, with everybody who can sit at it and an act of each kind to try.

Each act would be allowed to somebody at the right moment, wherever its table knows such acts at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from uuid import UUID

from bargaining.case import Case, Party
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import phases
from negotiations.rules.room import Policy, RoomState
from tests.negotiations.rules.bay import BAY, season
from tests.negotiations.rules.bell import BELL, FIRST, SECOND, sign
from tests.negotiations.rules.given import ADA, CLOCK, LEASE, SALE, WHOLE
from tests.negotiations.rules.mill import GRAND, PAIR, STORE, STRONG, TOWN, WEAK
from tests.negotiations.rules.playing import Play, whole

FARM = replace(WHOLE, parties=(*WHOLE.parties, Party("helper", "Helper", "mediator")))
QUARRY = whole("eleven-quarry-lane")
TERMS = {"price": 435, "closing": "d60", "roof": "credit", "workshop": "stay"}
NOBODY = UUID(int=4040)

Asks = Mapping[type[c.Command], c.Command]
#: What is asked where the table has nothing better to try.
ANYWHERE: tuple[c.Command, ...] = (
    c.OpenTable(2400),
    c.PauseTable("Fire drill"),
    c.ResumeTable(),
    c.ExtendTable(60),
    c.CloseTable(),
    c.Tick(),
    c.ReleaseNews("letter"),
    c.NextPhase(),
    c.TakeSeat(NOBODY, "observer", "observer"),
    c.Say("Good morning"),
    c.AskHelp(),
    c.CloseHelp("observer"),
    c.MakeOffer((LEASE,)),
    c.AcceptOffer(1, 0, ""),
    c.DeclineOffer(1),
    c.MarkClosest(1, 0),
    c.WithdrawOffer(1),
    c.PinTerm("rent", 8000),
    c.UnpinTerm("rent"),
    c.RecordOutcome(LEASE),
    c.WalkAway(),
    c.Choose(1, "wide"),
    c.Sign("sale", ""),
    c.SendBack("sale"),
    c.Tap(1),
    c.DropDeed(1),
    c.ProposeText({"text": "We agree."}),
    c.SignText(1, ""),
    c.TakeBack(1),
    c.Sponsor(1),
    c.TakeStance(1, 0, "yes"),
    c.CallPoll(),
)


@dataclass(frozen=True)
class Scene:
    """`before` is the table when everybody sat but it was not open yet, `play` as it is now."""

    play: Play
    before: RoomState
    people: Mapping[str, c.Actor]
    asks: Asks


def seated(case: Case, policy: Policy | None = None, minutes: int = 60, **people: str) -> Scene:
    """An open table with these people on the sides of their parties. One has left, one who observes has raised a
    hand, and a letter waits to be told."""
    play = Play(case, policy)
    by = dict(zip(people, play.sit(*people.values()), strict=True))
    (by["guest"],) = play.sit("observer", kind="observer")
    (by["retired"],) = play.sit(case.party_ids[0])
    play.do(by["guest"], c.AskHelp())
    play.do(CLOCK, c.LeaveSeat(by["retired"].id))
    before = play.state
    play.do(ADA, c.OpenTable(minutes * 60, (e.PlannedNews("letter", case.party_ids[:1], "A letter came"),)))
    return Scene(play, before, by, asking(c.LeaveSeat(by["guest"].id)))


def asking(*better: c.Command) -> Asks:
    return {type(command): command for command in (*ANYWHERE, *better)}


def with_asks(scene: Scene, *better: c.Command) -> Scene:
    return replace(scene, asks={**scene.asks, **{type(command): command for command in better}})


def accepting(play: Play, number: int = 1) -> c.AcceptOffer:
    return c.AcceptOffer(number, 0, play.state.offers[number - 1].digest)


def farm() -> Scene:
    """Two packages of the farmers stand, a term is pinned by both sides, and Bo wants to leave if Eve agrees."""
    scene = seated(FARM, Policy(taps=True), bo="farmer", eve="farmer", cy="neighbour", helper="helper")
    play, by = scene.play, scene.people
    play.do(by["bo"], c.MakeOffer((LEASE, SALE)))
    play.do(by["eve"], c.Tap(1))
    for who in ("bo", "cy"):
        play.do(by[who], c.PinTerm("rent", 9000))
    play.do(by["bo"], c.WalkAway())
    return with_asks(scene, accepting(play), c.Tap(2), c.DropDeed(2))


def aloud() -> Scene:
    """Face to face; nothing is written down yet."""
    return seated(FARM, Policy(mode="aloud"), bo="farmer", cy="neighbour", helper="helper")


def quarry() -> Scene:
    return seated(QUARRY, seller="seller", buyer="buyer", gwen="seller_agent", samuel="buyer_agent")


def linked() -> Scene:
    """The listing agent has asked for one of two fees. The sale comes after both fees."""
    scene = quarry()
    play, by = scene.play, scene.people
    low = {"seller_fee": "low"}
    play.do(by["gwen"], c.MakeOffer(({"seller_fee": "flat"}, low)))
    for who in ("seller", "gwen"):
        play.do(by[who], c.PinTerm("seller_fee", "flat"))
    asks = (c.MakeOffer((low,)), c.PinTerm("seller_fee", "low"), c.UnpinTerm("seller_fee"))
    return with_asks(scene, *asks, accepting(play), c.Say("Hm", "seller+seller_agent"))


def signing() -> Scene:
    """The fees are settled, the agents have agreed on the sale, and the seller has signed it."""
    scene = quarry()
    play, by = scene.play, scene.people
    steps = (("gwen", "seller", {"seller_fee": "flat"}), ("buyer", "samuel", {"buyer_fee": "percent"}))
    for number, (one, other, package) in enumerate((*steps, ("gwen", "samuel", TERMS)), 1):
        play.do(by[one], c.MakeOffer((package,)))
        play.do(by[other], accepting(play, number))
    sign_it = c.Sign("sale", play.state.strands.of("sale").digest)
    play.do(by["seller"], sign_it)
    asks = (c.MakeOffer((TERMS,)), c.PinTerm("price", 430), c.DeclineOffer(3), c.WithdrawOffer(3))
    asks = (*asks, c.MarkClosest(3, 0))
    return with_asks(scene, sign_it, *asks, accepting(play, 3), c.Say("Hm", "seller_agent+buyer_agent"))


def votes() -> Scene:
    """The manager has proposed a plan that is strong enough; the homeowners said yes, and the fishers are gone."""
    voters = {"manager": "manager", "homeowners": "homeowners", "business": "business", "gone": "fishers"}
    scene = seated(TOWN, **voters, facilitator="facilitator")
    play, by = scene.play, scene.people
    play.do(by["manager"], c.MakeOffer((STRONG, WEAK)))
    play.do(by["homeowners"], accepting(play))
    play.do(by["gone"], c.WalkAway())
    pins = (c.PinTerm("road", "keep"), c.UnpinTerm("road"))
    play.do(by["manager"], pins[0])
    return with_asks(scene, c.MakeOffer((STRONG,)), accepting(play), *pins)


def split() -> Scene:
    """After the talks in pairs the orchard offers the dairy a split without the fishery."""
    scene = seated(STORE, orchard="orchard", dairy="dairy", fishery="fishery")
    play, by = scene.play, scene.people
    while phases.talking(play.state):
        play.do(ADA, c.NextPhase())
    play.do(by["orchard"], c.MakeOffer((PAIR,)))
    return with_asks(scene, c.MakeOffer((GRAND,)), accepting(play))


def crews() -> Scene:
    """Before the seventh season one of each crew talks; North's mate has, and East has chosen already."""
    scene = seated(BAY, north="north", mate="north", east="east", south="south", west="west")
    play, by = scene.play, scene.people
    for _ in range(6):
        season(play, {party: by[party] for party in BAY.party_ids})
    play.do(by["mate"], c.Say("I speak for us"))
    play.do(by["east"], c.Choose(7, "narrow"))
    return with_asks(scene, c.Choose(7, "wide"))


def bell() -> Scene:
    """The mediator has written a text that the ringers have signed."""
    scene = seated(BELL, ringers="ringers", residents="residents", mediator="mediator")
    play, by = scene.play, scene.people
    play.do(by["mediator"], c.ProposeText(FIRST))
    play.do(by["ringers"], sign(play))
    return with_asks(scene, c.ProposeText(SECOND), sign(play))


SCENES: dict[str, Callable[[], Scene]] = {
    made.__name__: cache(made) for made in (farm, aloud, linked, signing, votes, split, crews, bell)
}

"""Who may say what to whom, and what each kind of party may do at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bargaining.case import Case, Channel, Party
from bargaining.case.people import KINDS
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import decide
from negotiations.rules.decide.rights import RIGHTS
from negotiations.rules.room.channels import Channels, channel_of, may_caucus
from negotiations.rules.summary import summarise
from tests.negotiations.rules import store
from tests.negotiations.rules.given import (
    ACCEPT,
    BO,
    CASE,
    CLOCK,
    CY,
    END,
    EVE_SEAT,
    LEASE,
    NOW,
    ON_THE_TABLE,
    OPENED,
    SALE,
    actor,
    case_named,
    decided,
    refused,
    seated,
    table,
)

TWO_FARMERS = (*OPENED, e.SeatTaken(EVE_SEAT, "farmer", "person"))
MILL = case_named("dunmore-mill")
BELL = case_named("memorial-bell")
HOUSE_SALE = case_named("eleven-quarry-lane")
#: Six who negotiate, and the first and second of them.
SIX = seated(MILL)
ONE, TWO, THREE = MILL.party_ids[:3]
FIRST = actor(101, ONE)
#: The farm with a mediator and somebody who observes.
HELPED = replace(
    CASE,
    parties=(*CASE.parties, Party("helper", "Helper", "mediator"), Party("guest", "Guest", "observer")),
)
HELPER, GUEST = actor(103, "helper"), actor(104, "guest")
FULL_TABLE = seated(HELPED)
FARMER, NEIGHBOUR = actor(101, "farmer"), actor(102, "neighbour")


def audience(
    given: tuple[e.Event, ...], who: c.Actor, to: str, case: Case = CASE
) -> tuple[str, tuple[str, ...] | None]:
    """The channel and the audience that the rules give a message."""
    (draft,) = decide(table(*given, case=case), who, c.Say("Hm", to), NOW).drafts
    event = draft.event
    assert isinstance(event, e.MessageSaid | e.MessageWhispered)
    return (event.channel if isinstance(event, e.MessageWhispered) else "", draft.audience)


def test_what_a_side_says_to_itself_is_for_it_alone() -> None:
    assert audience(TWO_FARMERS, BO, "team") == ("team", ("farmer",))
    assert audience(TWO_FARMERS, BO, "") == ("", None)


def test_who_is_alone_on_a_side_has_nobody_to_talk_to() -> None:
    assert refused(OPENED, BO, c.Say("Hm", "team")) == "no_channel"
    left = (*TWO_FARMERS, e.SeatLeft(EVE_SEAT, "farmer"))
    assert refused(left, BO, c.Say("Hm", "team")) == "no_channel"
    assert refused(TWO_FARMERS, CY, c.Say("Hm", "team")) == "no_channel"


def test_two_parties_have_no_caucus_but_the_table() -> None:
    assert refused(OPENED, BO, c.Say("Hm", "farmer+neighbour")) == "no_channel"


def test_among_many_any_may_talk_apart_under_one_name() -> None:
    assert audience(SIX, FIRST, f"{TWO}+{ONE}", MILL) == (f"{ONE}+{TWO}", (ONE, TWO))
    assert audience(SIX, FIRST, f"{THREE}+{ONE}+{TWO}", MILL) == (f"{ONE}+{TWO}+{THREE}", (ONE, TWO, THREE))


@pytest.mark.parametrize(
    "to", [f"{TWO}+{THREE}", ONE, "nobody", f"{ONE}+nobody", "+", "team+", "+".join(MILL.party_ids)]
)
def test_words_to_who_is_not_there_or_without_oneself_are_refused(to: str) -> None:
    assert refused(SIX, FIRST, c.Say("Hm", to), case=MILL) == "no_channel"


def test_caucuses_are_those_that_the_case_lists() -> None:
    mediator, ringers = actor(103, "mediator"), actor(101, "ringers")
    given = seated(BELL)
    assert audience(given, mediator, "mediator+ringers", BELL) == (
        "ringers+mediator",
        ("ringers", "mediator"),
    )
    assert audience(given, ringers, "", BELL) == ("", None)
    assert refused(given, ringers, c.Say("Hm", "ringers+residents"), case=BELL) == "no_channel"
    assert may_caucus(BELL, ("ringers", "mediator"), "caucuses")
    assert not may_caucus(BELL, ("ringers", "mediator"), "joint_session")


def test_linked_negotiations_have_no_table_for_all() -> None:
    seller, agent = actor(101, "seller"), actor(103, "seller_agent")
    given = seated(HOUSE_SALE)
    assert refused(given, seller, c.Say("Hello"), case=HOUSE_SALE) == "no_channel"
    assert audience(given, seller, "seller+seller_agent", HOUSE_SALE)[0] == "seller+seller_agent"
    assert audience(given, agent, "seller_agent+buyer_agent", HOUSE_SALE)[0] == "seller_agent+buyer_agent"
    assert refused(given, seller, c.Say("Hm", "seller+buyer"), case=HOUSE_SALE) == "no_channel"


SALE_TALK = "seller_agent+buyer_agent"


def test_who_watches_hears_what_all_who_negotiate_a_strand_hear() -> None:
    given = seated(HOUSE_SALE)
    for who, to in ((actor(101, "seller"), "seller+seller_agent"), (actor(103, "seller_agent"), SALE_TALK)):
        assert audience(given, who, to, HOUSE_SALE)[1] == (*to.split("+"), "observer")


def test_who_watches_hears_no_team_no_caucus_and_no_pair() -> None:
    """A channel of a case with strands is a caucus too where it is none of a strand, or of some in it alone."""
    agent = actor(103, "seller_agent")
    aside = Channel(members=("seller_agent", "buyer_agent"))
    others = tuple(channel for channel in HOUSE_SALE.channels if set(channel.members) != set(aside.members))
    house = replace(HOUSE_SALE, channels=(*others, aside))
    three = tuple(
        replace(link, parties=(*link.parties, "buyer")) if link.id == "sale" else link
        for link in HOUSE_SALE.strands
    )
    for case in (house, replace(HOUSE_SALE, strands=three)):
        assert audience(seated(case), agent, SALE_TALK, case)[1] == ("seller_agent", "buyer_agent")
    two_agents = (*seated(HOUSE_SALE), e.SeatTaken(EVE_SEAT, "seller_agent", "person"))
    assert audience(two_agents, agent, "team", HOUSE_SALE)[1] == ("seller_agent",)
    assert audience(SIX, FIRST, f"{ONE}+{TWO}", MILL)[1] == (ONE, TWO)
    pairs = store.table_of(*store.PAIRS)
    (draft,) = decide(pairs, store.ORCHARD, c.Say("Just us"), store.BEGIN).drafts
    assert draft.audience == ("orchard", "dairy")


def test_mediator_talks_and_proposes_one_thing() -> None:
    assert audience(FULL_TABLE, HELPER, "farmer+helper", HELPED) == ("farmer+helper", ("farmer", "helper"))
    (made,) = decided(FULL_TABLE, HELPER, c.MakeOffer((LEASE,)), case=HELPED)
    assert isinstance(made, e.OfferMade)
    assert refused(FULL_TABLE, HELPER, c.MakeOffer((LEASE, SALE)), case=HELPED) == "one_proposal"
    given = (*FULL_TABLE, made)
    assert decided(given, HELPER, c.WithdrawOffer(1), case=HELPED) == (e.OfferWithdrawn(1, "helper"),)


@pytest.mark.parametrize("command", [ACCEPT, c.WalkAway()], ids=lambda command: type(command).__name__)
def test_mediator_neither_agrees_nor_leaves_for_them(command: c.Command) -> None:
    given = (*FULL_TABLE, *ON_THE_TABLE[-1:])
    assert refused(given, HELPER, command, case=HELPED) == "no_vote"
    assert refused(given, GUEST, command, case=HELPED) == "observing"


def test_deal_needs_those_who_sign_and_nobody_else() -> None:
    given = (*FULL_TABLE, *ON_THE_TABLE[-1:])
    agreed = decided(given, NEIGHBOUR, ACCEPT, case=HELPED)
    assert [event.type for event in agreed] == ["offer.accepted", "deal.made", "table.closed"]


@pytest.mark.parametrize(
    "command",
    [c.Say("Hm"), c.Say("Hm", "farmer+guest"), c.MakeOffer((LEASE,)), c.WithdrawOffer(1)],
    ids=lambda command: type(command).__name__,
)
def test_observer_is_silent(command: c.Command) -> None:
    assert refused(FULL_TABLE, GUEST, command, case=HELPED) == "observing"


def test_observer_may_call_the_instructor() -> None:
    assert decided(FULL_TABLE, GUEST, c.AskHelp(), case=HELPED) == (e.HelpAsked("guest"),)


def test_nobody_talks_apart_with_an_observer() -> None:
    assert refused(FULL_TABLE, FARMER, c.Say("Hm", "farmer+guest"), case=HELPED) == "no_channel"


def test_every_command_of_a_seat_needs_a_right_and_every_kind_of_party_has_its_own() -> None:
    assert set(RIGHTS) == set(KINDS)
    assert {kind.needs for kind in c.Asked.__subclasses__()} <= set(RIGHTS["negotiator"])


def test_what_was_said_apart_counts_for_the_board_and_for_who_heard_it() -> None:
    said = Channels().after("team", "farmer").after("a+b", "a").after("a+b", "a").after("a+c", "c")
    assert (said.messages, said.said_by("a"), said.said_by("farmer")) == (4, 2, 1)
    assert [said.heard_by(party) for party in ("a", "b", "c", "farmer")] == [1, 2, 0, 0]
    state = table(*TWO_FARMERS, e.MessageWhispered("team", "farmer", "Hm"), e.MessageSaid("farmer", "Hello"))
    summary = summarise(state)
    assert (summary.messages, summary.said_by, summary.last_by) == (2, {"farmer": 2}, "farmer")


def test_channel_has_the_name_of_the_case() -> None:
    assert channel_of(MILL, (THREE, ONE)) == f"{ONE}+{THREE}"


def test_observer_takes_a_seat_of_its_own_at_any_table() -> None:
    seat = c.TakeSeat(EVE_SEAT, "observer", "observer")
    assert decided(OPENED, CLOCK, seat) == (e.SeatTaken(EVE_SEAT, "observer", "observer"),)
    watched = (*OPENED, e.SeatTaken(EVE_SEAT, "observer", "observer"))
    watching = c.Actor(EVE_SEAT, "seat", "observer")
    for command in (c.Say("Hm"), c.MakeOffer((LEASE,)), ACCEPT, c.WalkAway(), c.Tap(1)):
        assert refused(watched, watching, command) == "observing"
    assert not table(*watched).is_team("farmer")


def test_observer_is_no_party_and_a_party_no_observer() -> None:
    assert refused(OPENED, CLOCK, c.TakeSeat(EVE_SEAT, "farmer", "observer")) == "forbidden"
    assert decided(FULL_TABLE, CLOCK, c.TakeSeat(EVE_SEAT, "guest", "observer"), case=HELPED)


@pytest.mark.parametrize(("phase", "apart"), [("opening", False), ("caucuses", True), ("plenary", False)])
def test_nobody_talks_apart_where_the_case_wants_all_together(phase: str, apart: bool) -> None:
    given = (*SIX, e.PhaseBegan(phase, 0, END))
    assert decided(given, FIRST, c.Say("Hm"), case=MILL) == (e.MessageSaid(ONE, "Hm"),)
    if apart:
        assert audience(given, FIRST, f"{ONE}+{TWO}", MILL)[0] == channel_of(MILL, (ONE, TWO))
    else:
        assert refused(given, FIRST, c.Say("Hm", f"{ONE}+{TWO}"), case=MILL) == "no_channel"

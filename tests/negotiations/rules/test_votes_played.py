"""Practice partners play tables of several to their end by the rules alone: the clock jumps from one due moment to
the next."""

from __future__ import annotations

from uuid import UUID

import pytest

from bargaining.agreements import is_deal
from bargaining.case import Case
from bargaining.scoring import alternative_value, points
from bargaining.splits import share_of
from negotiations import partners
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.room import Policy
from negotiations.turns import awaited, polled
from tests.negotiations.rules.given import ADA
from tests.negotiations.rules.mill import MILL, PAIR, STORE, STRONG, TOWN, VALLEY, Table, carried
from tests.negotiations.rules.playing import Play


def played(case: Case, number: int, minutes: float, policy: Policy | None = None) -> Play:
    play = Play(case, policy, UUID(int=number))
    play.sit(*(party.id for party in case.parties if party.scored), kind="partner")
    play.open(minutes)
    while play.go_on():
        pass
    return play


@pytest.mark.parametrize(
    ("case", "number", "minutes"),
    [(VALLEY, 1, 40), (MILL, 4, 60), (TOWN, 1, 60)],
    ids=["valley", "mill", "town"],
)
def test_partners_agree_and_nobody_signs_what_is_worse_than_nothing(
    case: Case, number: int, minutes: float
) -> None:
    play = played(case, number, minutes)
    assert play.state.outcome == "deal"
    assert play.state.deal is not None
    assert play.state.votes.count is not None
    assert is_deal(case, play.state.deal, play.state.votes.count.yes)
    for party in play.state.votes.count.yes:
        assert points(case, party, play.state.deal) > alternative_value(case, party)
    for party in play.state.votes.count.no:
        assert points(case, party, play.state.deal) <= alternative_value(case, party)


@pytest.mark.parametrize(
    "policy",
    [Policy(offers="open"), Policy(offers="turns"), Policy(offer_limit=2), Policy(offer_seconds=60)],
    ids=["open", "turns", "limit", "lapse"],
)
def test_growers_share_whatever_the_session_says_of_offers(policy: Policy) -> None:
    """None of their moves is refused, and nobody is in a split that is worse than going on alone."""
    play = played(STORE, 3, 27, policy)
    assert play.state.outcome == "deal"
    assert play.state.deal is not None
    for party in play.state.deal:
        assert share_of(STORE, party, play.state.deal) > alternative_value(STORE, party)


def test_somebody_dissents_at_the_mill() -> None:
    counts = [played(MILL, number, 60).state.votes.count for number in (4, 6)]
    assert any(count is not None and len(count.no) == 1 for count in counts)


def test_partners_answer_the_polls_of_the_case() -> None:
    play = played(MILL, 4, 60)
    assert play.happened(e.PollCalled)
    stances = play.happened(e.StanceTaken)
    assert len({event.party for event in stances if isinstance(event, e.StanceTaken)}) > 3


def test_growers_leave_one_out_and_not_always_the_same() -> None:
    left_out = set()
    for number in range(1, 9):
        play = played(STORE, number, 27)
        assert play.state.outcome == "deal"
        assert play.state.deal is not None
        left_out.add(frozenset(STORE.party_ids).difference(play.state.deal))
        assert all(
            share_of(STORE, party, play.state.deal) > alternative_value(STORE, party)
            for party in play.state.deal
        )
    assert len(left_out) > 1


def test_somebody_breaks_a_coalition_for_more() -> None:
    assert any(played(STORE, number, 27).happened(e.VoteBroken) for number in range(1, 5))


def with_partners(case: Case, person: str) -> tuple[Play, c.Actor]:
    play = Play(case)
    (actor,) = play.sit(person)
    play.sit(*(party.id for party in case.parties if party.scored and party.id != person), kind="partner")
    play.open()
    return play, actor


def test_poll_waits_for_partners_and_not_for_people() -> None:
    play, manager = with_partners(TOWN, "manager")
    play.do(manager, c.MakeOffer((STRONG,)))
    play.do(ADA, c.CallPoll())
    assert awaited(play.state) == set(TOWN.scored_ids) - {"manager"}
    for _ in range(6):
        assert play.go_on()
    assert len(play.happened(e.StanceTaken)) == 6
    assert polled(play.state, "trust") is None
    assert "manager" not in awaited(play.state)


def test_only_the_undecided_are_heard_in_a_last_call() -> None:
    table = carried()
    assert awaited(table.state) == {"expert"}


def test_growers_who_are_asked_to_leave_are_heard_in_a_last_call() -> None:
    table = Table(STORE)
    table.offer("orchard", PAIR)
    table.yes("dairy")
    assert awaited(table.state) == {"fishery"}
    table.offer("fishery", {"dairy": 44, "fishery": 16})
    assert awaited(table.state) == {"dairy", "fishery"}


def test_partner_in_a_last_call_says_no_to_what_is_worse_than_nothing() -> None:
    play = Play(MILL)
    people = dict(zip(MILL.party_ids, play.sit(*MILL.party_ids[:-1]), strict=False))
    play.sit("expert", kind="partner")
    play.open()
    bad = {
        "penalty": "p3",
        "dust": "b2",
        "oversight": "c2",
        "fund": "d9",
        "emergency": "e3",
        "disclosure": "f1",
    }
    play.do(people["company"], c.MakeOffer((bad,)))
    for party in ("agency", "union", "fire", "families"):
        play.do(people[party], c.AcceptOffer(1, 0, play.state.offers[0].digest))
    assert play.state.votes.carried is not None
    turn = partners.next_turn(play.state, play.room)
    assert turn is not None
    assert turn.seat.party == "expert"
    play.go_on()
    assert play.state.outcome == "deal"
    assert play.state.votes.count is not None
    assert play.state.votes.count.no == ("expert",)

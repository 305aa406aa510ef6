"""What waiting costs is written down with the deal, and only where the session counts it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from msgspec import structs

from bargaining.case import Case, Delay
from debriefs.rules.figures import own_figures, room_figures
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide.waiting import units_at
from negotiations.rules.room import Policy
from tests.negotiations.rules import test_decide_strands as strands
from tests.negotiations.rules.given import ADA, BEGIN, BO, BO_SEAT, CY, CY_SEAT, LEASE, WHOLE
from tests.negotiations.rules.store import MINUTE, Play

DEAR = Delay("minute", free=1, cost={"farmer": 2.0, "neighbour": 1.0}, optional=True)
COUNTED = Policy(waiting_costs=True)


def farm(delay: Delay | None, policy: Policy) -> tuple[Case, Play]:
    case = replace(WHOLE, delay=delay)
    play = Play(case.seen_by(None), policy, {"farmer": BO_SEAT, "neighbour": CY_SEAT})
    play.open(2700)
    return case, play


def agree(play: Play) -> list[str]:
    play.ask(BO, c.MakeOffer((LEASE,)))
    accept = c.AcceptOffer(1, 0, play.state.offers[0].digest)
    return [draft.event.type for draft in play.ask(CY, accept)]


def test_deal_after_four_minutes_cost_three_of_them() -> None:
    case, play = farm(DEAR, COUNTED)
    play.now = BEGIN + 4 * MINUTE
    assert agree(play) == ["offer.accepted", "waiting.counted", "deal.made", "table.closed"]
    assert play.events(e.WaitingCounted) == [e.WaitingCounted(3)]
    figures = room_figures(case, play.log)
    free = room_figures(case, [line for line in play.log if not isinstance(line.event, e.WaitingCounted)])
    assert figures.points["farmer"] == free.points["farmer"] - 6
    assert figures.surplus["neighbour"] == free.surplus["neighbour"] - 3
    assert figures.created == free.created
    assert own_figures(case, "farmer", figures).points == figures.points["farmer"]


@pytest.mark.parametrize(
    ("delay", "policy"),
    [(None, COUNTED), (DEAR, Policy()), (replace(DEAR, free=9), COUNTED)],
    ids=["the case has none", "the session left it out", "within the free time"],
)
def test_deal_costs_nothing_where_waiting_does_not(delay: Delay | None, policy: Policy) -> None:
    _, play = farm(delay, policy)
    play.now = BEGIN + 4 * MINUTE
    assert agree(play) == ["offer.accepted", "deal.made", "table.closed"]


def test_waiting_that_is_no_option_always_counts() -> None:
    _, play = farm(replace(DEAR, optional=False), Policy())
    assert units_at(play.state, BEGIN + 10 * MINUTE) == 9


def test_nobody_waits_while_the_table_is_paused_or_not_open() -> None:
    _, play = farm(DEAR, COUNTED)
    play.now = BEGIN + 3 * MINUTE
    play.ask(ADA, c.PauseTable())
    assert units_at(play.state, BEGIN + 30 * MINUTE) == 2
    play.now = BEGIN + 30 * MINUTE
    play.ask(ADA, c.ResumeTable())
    assert units_at(play.state, BEGIN + 31 * MINUTE) == 3
    assert units_at(structs.replace(play.state, opened_at=None), BEGIN + 31 * MINUTE) == 0


def linked_table() -> strands.Play:
    play = strands.Play()
    dear = Delay("minute", free=0, cost=dict.fromkeys(strands.CASE.party_ids, 1.0))
    play.state = structs.replace(play.state, case=replace(play.state.case, delay=dear))
    play.now += 5 * MINUTE
    return play


def counted(play: strands.Play) -> list[tuple[e.Event, e.Audience]]:
    return [(line.event, line.audience) for line in play.log if isinstance(line.event, e.WaitingCounted)]


def test_what_one_of_linked_negotiations_waited_is_for_those_who_see_it_settled() -> None:
    play = linked_table()
    play.agree_fees()
    assert counted(play) == [
        (e.WaitingCounted(5), strands.OWN),
        (e.WaitingCounted(5), strands.THEIRS),
    ]


def test_end_of_linked_negotiations_tells_everybody_what_was_waited() -> None:
    play = linked_table()
    play.agree_fees()
    digest = play.agree_sale()
    play.now += 4 * MINUTE
    for principal in (strands.SELLER, strands.BUYER):
        play.do(principal, c.Sign("sale", digest))
    assert play.state.outcome == "deal"
    assert counted(play)[2:] == [(e.WaitingCounted(9), None)]

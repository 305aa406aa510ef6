"""More than two: who is for a proposal, when it is carried, what breaks it, when it counts, and who dissents."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import decide, next_due
from negotiations.rules.room import Carried, Policy, evolve
from tests.negotiations.rules.given import ADA, BEGIN, BO, CLOCK, CY, ON_THE_TABLE, refused
from tests.negotiations.rules.mill import (
    ALL_SIX,
    FIVE,
    MIDDLE,
    MILL,
    STRONG,
    TOWN,
    VALLEY,
    WEAK,
    Table,
    carried,
    landmark,
)

MINUTE = timedelta(minutes=1)
BEST = landmark(VALLEY, "best_value")


def types(events: tuple[e.Event, ...]) -> list[str]:
    return [event.type for event in events]


def test_last_of_all_ends_a_table_where_everybody_must_agree() -> None:
    table = Table(VALLEY)
    table.offer("school", BEST)
    assert types(table.yes("developer")) == ["offer.accepted"]
    ended = table.yes("residents")
    assert types(ended) == ["offer.accepted", "vote.counted", "deal.made", "table.closed"]
    assert ended[2] == e.DealMade("main", 1, BEST, approvals=3)
    assert table.state.deal == BEST


def test_enough_votes_are_carried_and_wait_for_the_last_call() -> None:
    table = carried()
    assert table.state.votes.carried == Carried(1, 0, BEGIN + MINUTE)
    assert table.state.phase == "open"
    assert table.tick()[0] == e.VoteCounted(
        1, 0, ("company", "agency", "union", "fire", "families"), (), ("expert",)
    )
    assert table.now == BEGIN + MINUTE
    assert table.state.outcome == "deal"
    assert table.happened(e.DealMade) == [e.DealMade("main", 1, FIVE, approvals=5)]


def test_last_call_ends_at_once_when_everybody_has_said_yes_or_no() -> None:
    table = carried()
    ended = table.no("expert")
    assert types(ended) == ["offer.declined", "vote.counted", "deal.made", "table.closed"]
    assert table.state.votes.count is not None
    assert table.state.votes.count.no == ("expert",)


def test_votes_without_a_veto_party_are_not_enough() -> None:
    table = Table(MILL)
    table.offer("company", FIVE)
    table.yes("union", "fire", "families", "expert")
    assert table.state.votes.carried is None
    assert types(table.no("agency")) == ["offer.declined"]


@pytest.mark.parametrize("change", [c.TakeBack(1), c.DeclineOffer(1)])
def test_change_of_mind_breaks_what_was_carried(change: c.Command) -> None:
    table = carried()
    assert types(table.do(table.by["fire"], change))[-1] == "vote.broken"
    assert table.state.votes.carried is None
    assert types(table.yes("fire")) == ["offer.accepted", "vote.carried"] or isinstance(
        change, c.DeclineOffer
    )


def test_withdrawing_or_replacing_it_breaks_it_too() -> None:
    for command in (c.WithdrawOffer(1), c.MakeOffer((MIDDLE,))):
        table = carried()
        assert types(table.do(table.by["company"], command))[-1] == "vote.broken"


def test_another_with_enough_votes_takes_the_place_of_the_broken_one() -> None:
    table = carried()
    table.offer("expert", ALL_SIX)
    table.yes("company", "agency", "union", "families", offer=2)
    assert table.state.votes.carried is not None
    assert table.state.votes.carried.offer == 1  # the first one stays as long as it has its votes
    events = table.do(table.by["fire"], c.TakeBack(1))
    assert types(events) == ["vote.taken_back", "vote.broken", "vote.carried"]
    assert table.state.votes.carried.offer == 2


def test_last_call_never_outlasts_the_table() -> None:
    table = Table(TOWN, minutes=0.5)
    table.offer("manager", STRONG)
    table.yes("homeowners", "business", "fishers", "trust", "tenants")
    assert table.state.votes.carried is not None
    assert table.state.votes.carried.counts_at == table.state.closes_at
    table.tick()
    assert table.state.outcome == "deal"


def test_nothing_is_said_any_more_once_the_last_call_is_over() -> None:
    table = carried()
    table.wait(60)
    assert table.refused(table.by["fire"], c.TakeBack(1)) == "late"
    assert table.refused(ADA, c.PauseTable()) == "late"
    assert table.refused(ADA, c.ExtendTable(60)) == "late"


def test_pause_stops_the_last_call() -> None:
    table = carried()
    table.wait(20)
    table.do(ADA, c.PauseTable("Fire drill"))
    table.wait(600)
    assert next_due(table.state) is None
    table.do(ADA, c.ResumeTable())
    assert table.state.votes.carried is not None
    assert table.state.votes.carried.counts_at == table.now + timedelta(seconds=40)


def test_instructor_who_ends_the_table_lets_count_what_is_carried() -> None:
    table = carried()
    table.do(ADA, c.CloseTable())
    assert table.state.outcome == "deal"
    nothing = Table(MILL)
    nothing.do(ADA, c.CloseTable())
    assert nothing.state.outcome == "closed"


def test_length_of_the_last_call_is_the_sessions() -> None:
    table = Table(MILL, policy=Policy(last_call=300))
    table.offer("company", FIVE)
    table.yes("agency", "union", "fire", "families")
    assert table.state.votes.carried is not None
    assert table.state.votes.carried.counts_at == BEGIN + 5 * MINUTE


def test_plan_that_misses_what_it_must_never_counts() -> None:
    table = Table(TOWN)
    table.offer("homeowners", WEAK)
    table.yes("manager", "business", "fishers", "trust", "tenants", "inland")
    assert table.state.votes.carried is None
    table.offer("manager", STRONG)
    table.yes("homeowners", "business", "fishers", "trust", "tenants", offer=2)
    assert table.state.votes.carried is not None


def test_facilitator_proposes_and_has_no_vote() -> None:
    table = Table(TOWN)
    table.offer("facilitator", STRONG)
    table.yes("manager", "homeowners", "business", "fishers", "trust")
    assert table.state.votes.carried is None
    table.yes("tenants")
    assert table.state.votes.carried is not None
    for command in (
        table.accept(),
        c.DeclineOffer(1),
        c.Sponsor(1),
        c.TakeStance(1, 0, "yes"),
        c.TakeBack(1),
    ):
        assert table.refused(table.by["facilitator"], command) == "no_vote"


def test_who_leaves_a_table_that_needs_it_ends_it() -> None:
    table = carried()
    assert types(table.do(table.by["agency"], c.WalkAway())) == ["party.walked_away", "table.closed"]
    assert table.state.outcome == "walked_away"


def test_others_go_on_without_who_can_be_missed() -> None:
    table = Table(MILL)
    table.offer("expert", ALL_SIX)
    assert types(table.do(table.by["expert"], c.WalkAway("Enough"))) == ["party.walked_away", "reason.given"]
    assert table.state.standing_offer(1) is None
    table.offer("company", FIVE)
    assert types(table.yes("agency", "union", "fire", "families", offer=2))[-1] == "table.closed"
    assert table.state.votes.count is not None
    assert table.state.votes.count.silent == ("expert",)


def test_leaving_takes_the_own_yes_along() -> None:
    table = carried()
    events = table.do(table.by["fire"], c.WalkAway())
    assert "vote.broken" in types(events)
    assert table.state.phase == "open"
    # Five are left and all of them must agree now.
    assert types(table.yes("expert"))[-1] == "table.closed"


def test_table_of_two_knows_no_votes() -> None:
    for command in (c.TakeBack(1), c.Sponsor(1), c.TakeStance(1, 0, "yes")):
        assert refused(ON_THE_TABLE, CY, command) == "wrong_table"
        assert refused(ON_THE_TABLE, BO, command) == "wrong_table"
    assert refused(ON_THE_TABLE, ADA, c.CallPoll()) == "wrong_table"


def test_taking_back_needs_something_said() -> None:
    table = Table(MILL)
    table.offer("company", FIVE)
    assert table.refused(table.by["fire"], c.TakeBack(1)) == "no_change"
    assert table.refused(table.by["company"], c.TakeBack(1)) == "no_change"
    assert table.refused(table.by["fire"], c.TakeBack(2)) == "stale_offer"
    table.no("fire")
    table.do(table.by["fire"], c.TakeBack(1))
    assert table.state.bargain.declined == {1: frozenset()}


def test_sponsors_put_their_names_once_and_take_them_back() -> None:
    table = Table(MILL)
    table.offer("company", FIVE)
    table.do(table.by["fire"], c.Sponsor(1))
    assert table.state.votes.sponsors == {1: ("fire",)}
    assert table.refused(table.by["fire"], c.Sponsor(1)) == "no_change"
    assert table.refused(table.by["company"], c.Sponsor(1)) == "no_change"
    table.do(table.by["fire"], c.TakeBack(1))
    assert table.state.votes.sponsors == {1: ()}
    assert table.state.votes.carried is None


def test_stances_bind_nobody_and_may_change() -> None:
    table = Table(MILL)
    table.offer("company", FIVE)
    for party in ("agency", "union", "fire", "families", "expert"):
        table.do(table.by[party], c.TakeStance(1, 0, "yes"))
    assert table.state.votes.carried is None
    fire = table.by["fire"]
    assert table.refused(fire, c.TakeStance(1, 0, "yes")) == "no_change"
    assert table.refused(fire, c.TakeStance(1, 1, "yes")) == "stale_offer"
    assert table.refused(table.by["company"], c.TakeStance(1, 0, "yes")) == "own_offer"
    table.do(fire, c.TakeStance(1, 0, "no"))
    assert table.state.votes.stances[1]["fire"] == (0, "no")


def test_polls_are_called_by_staff_and_facilitator_one_at_a_time() -> None:
    table = Table(TOWN)
    assert table.refused(table.by["manager"], c.CallPoll()) == "forbidden"
    table.do(table.by["facilitator"], c.CallPoll())
    assert table.refused(ADA, c.CallPoll()) == "no_change"
    table.wait(90)
    assert table.do(ADA, c.CallPoll()) == (e.PollCalled(2, table.now + 1.5 * MINUTE),)


def test_poll_asks_anew_who_has_answered_before() -> None:
    table = Table(TOWN)
    table.offer("manager", STRONG)
    trust = table.by["trust"]
    table.do(trust, c.TakeStance(1, 0, "yes"))
    table.do(ADA, c.CallPoll())
    table.do(trust, c.TakeStance(1, 0, "yes"))
    assert table.state.votes.answered == {"trust"}
    assert table.refused(trust, c.TakeStance(1, 0, "yes")) == "no_change"


def test_straw_polls_of_the_case_are_called_by_the_clock() -> None:
    table = Table(MILL, minutes=90)
    assert until(table, "poll.called") == (e.PollCalled(1, BEGIN + 61.5 * MINUTE, 1),)
    assert table.now == BEGIN + 60 * MINUTE
    assert until(table, "poll.called") == (e.PollCalled(2, BEGIN + 81.5 * MINUTE, 2),)
    assert types(until(table, "table.closed")) == ["table.closed"]
    short = Table(MILL, minutes=9)
    until(short, "poll.called")
    assert short.now == BEGIN + 6 * MINUTE


def until(table: Table, kind: str) -> tuple[e.Event, ...]:
    """What the clock brings, up to the first of this kind."""
    while True:
        events = table.tick()
        if kind in types(events):
            return events


def test_news_that_asks_for_more_breaks_what_was_carried() -> None:
    table = Table(TOWN)
    table.offer("manager", {**STRONG, "marsh": "m40"})
    table.yes("homeowners", "business", "fishers", "trust", "tenants")
    assert table.state.votes.carried is not None
    more = {"agreement.requires": {"risk": {"min": 68}, "cost": {"max": 64}}}
    public = {path: msgspec.json.encode(value).decode() for path, value in more.items()}
    planned = e.PlannedNews("new_projection", "Plans need 68.", TOWN.party_ids, changes=True, public=public)
    state = evolve(
        table.state, e.Logged(table.state.seq + 1, e.NewsPlanned((planned,)), c.HOUSE, (), table.now)
    )
    drafts = decide(state, ADA, c.ReleaseNews("new_projection"), table.now).drafts
    assert [draft.event.type for draft in drafts] == ["news.released", "vote.broken"]


def test_clock_has_nothing_to_count_while_nothing_is_carried() -> None:
    table = Table(MILL)
    assert table.refused(CLOCK, c.Tick()) == "no_change"

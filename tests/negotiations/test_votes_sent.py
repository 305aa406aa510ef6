"""What is sent of votes and splits: the same lines to everybody, and to each what it is worth to itself alone."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from bargaining.case import Case
from bargaining.gauges import levels
from bargaining.scoring import points
from negotiations import wire
from negotiations.answers import score
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.sight import INSTRUCTOR, Viewer, seen
from negotiations.worth import worth_to, worth_to_all
from tests.negotiations.rules.given import ADA
from tests.negotiations.rules.mill import (
    ALL_SIX,
    FIVE,
    MILL,
    PAIR,
    SHOWN,
    STORE,
    STRONG,
    TOWN,
    Table,
    carried,
)


def sent(table: Table, viewer: str) -> list[dict[str, Any]]:
    """All lines as a party reads them, or an instructor."""
    case = table.case
    worth = worth_to_all(case) if viewer == "ada" else worth_to(case.seen_by(viewer), viewer)
    eyes = INSTRUCTOR if viewer == "ada" else Viewer("party", viewer)
    public = partial(levels, case.seen_by(None))
    return [wire.line(n, each, worth, None, public) for n, each in enumerate(seen(eyes, table.log), start=1)]


def without_worth(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in line.items() if name != "worth"} for line in lines]


def voted() -> Table:
    """Everything that votes can bring, to the deal."""
    table = carried()
    table.do(table.by["fire"], c.TakeBack(1))
    table.do(table.by["expert"], c.Sponsor(1))
    table.do(ADA, c.CallPoll())
    table.do(table.by["expert"], c.TakeStance(1, 0, "unsure"))
    table.yes("fire")
    table.no("expert")
    return table


def test_votes_are_the_same_to_everybody_at_the_table() -> None:
    table = voted()
    types = {line["type"] for line in sent(table, "company")}
    assert {event.type for event, _ in SHOWN} <= types
    everybody = [without_worth(sent(table, viewer)) for viewer in (*MILL.party_ids, "ada")]
    assert all(lines == everybody[0] for lines in everybody)


@pytest.mark.parametrize("party", MILL.party_ids)
def test_worth_is_the_own_one_and_no_other(party: str) -> None:
    offer = next(line for line in sent(voted(), party) if line["type"] == "offer.made")
    assert offer["worth"] == [points(MILL, party, FIVE)]


def test_points_for_all_six_come_with_the_sixth_vote() -> None:
    table = Table(MILL)
    table.offer("company", ALL_SIX)
    table.yes("agency", "union", "fire", "families", "expert")
    lines = {party: {line["type"]: line for line in sent(table, party)} for party in MILL.party_ids}
    gained = {
        party: lines[party]["deal.made"]["worth"] - lines[party]["offer.made"]["worth"][0]
        for party in MILL.party_ids
    }
    assert gained == {"company": 8, "agency": 4, "union": 0, "fire": 0, "families": 0, "expert": 0}


def test_five_votes_bring_no_such_points() -> None:
    lines = {line["type"]: line for line in sent(voted(), "company")}
    assert lines["deal.made"]["worth"] == lines["offer.made"]["worth"][0]
    assert lines["deal.made"]["approvals"] == 5


def test_share_or_own_alternative_is_what_a_split_is_worth() -> None:
    table = Table(STORE)
    table.offer("orchard", PAIR)
    table.yes("dairy")
    table.no("fishery")
    lines = [{line["type"]: line for line in sent(table, viewer)} for viewer in (*STORE.party_ids, "ada")]
    everybody = {"orchard": 52, "dairy": 40, "fishery": 4}
    assert [each["offer.made"]["worth"] for each in lines] == [[52], [40], [4], [everybody]]
    assert [each["deal.made"]["worth"] for each in lines] == [52, 40, 4, everybody]


def test_plan_is_sent_with_its_risk_and_cost() -> None:
    table = Table(TOWN)
    table.offer("facilitator", STRONG)
    for viewer in ("manager", "facilitator", "ada"):
        (offer,) = (line for line in sent(table, viewer) if line["type"] == "offer.made")
        assert offer["levels"] == [{"risk": 70, "cost": 62}]


def ask(case: Case, party: str, package: Any) -> dict[str, Any]:
    return score(case.seen_by(party), party, wire.Score(uuid4(), package))


def test_draft_of_a_plan_is_answered_with_its_gauges() -> None:
    answer = ask(TOWN, "trust", {"shore": "dunes"})
    assert (answer["points"], answer["levels"]) == (22, {"risk": 22, "cost": 24})


def test_draft_of_a_split_is_answered_with_the_own_share() -> None:
    assert ask(STORE, "dairy", PAIR)["points"] == 40
    assert ask(STORE, "fishery", PAIR)["points"] == 4
    assert ask(STORE, "dairy", {"orchard": 90, "dairy": 1})["code"] == "invalid_offer"


def test_every_event_of_votes_is_for_the_whole_table() -> None:
    assert all(line.audience is None for line in voted().log)
    assert not [line for line in voted().log if isinstance(line.event, e.ReasonGiven)]

"""The five simulations for two, each played to its proper end in two browsers: a phone and a laptop."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from negotiations import actions
from tests.browser.hands import accept, card, choose, ended, go, press, send_offer
from tests.browser.support import own_door, take_seat
from tests.factories import edition_of
from tests.negotiations.tables import TableUp

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.serving import RunningServer

__all__ = ["own_door"]
pytestmark = pytest.mark.browser
Pair = tuple[TableUp, "Page", "Page"]

PARTIES = {
    "mountain-view-farm": ("farmer", "neighbour"),
    "second-hand-kiln": ("seller", "buyer"),
    "halyard-offer": ("candidate", "company"),
    "rye-and-rivet": ("bakery", "grocer"),
    "harbour-unit-nine": ("brewery", "cooperative"),
}
FARM = {
    "form": "Lease for 10 years with first right to buy",
    "rent": "8,500",
    "acres": "40 acres",
    "sugarbush": "Aldous family keeps all taps",
    "cabins": "Six",
    "handover": "1 November",
    "trail_bonus": "30,000",
}
JOB = {
    "salary": "84,000",
    "travel": "40 days",
    "nc_length": "6 months",
    "nc_scope": "Three named rivals",
    "remote": "Three",
    "start": "In 8 weeks",
    "group": "Sensing",
    "side_work": "Listed projects stay hers",
}
BREAD = {
    "price": "2.4",
    "bonus": "20",
    "credit": "10",
    "delivery": "By 07:00",
    "exclusive": "In the county",
    "label": "Both names",
    "payment": "15 days",
}


@pytest.fixture
def seated(committed_db: None, visitor: Any, running_server: RunningServer) -> Callable[[str], Pair]:
    """Two people at an open table of this simulation: the first on a laptop, the second on a phone."""

    def sit(slug: str) -> Pair:
        session = actions.create_session(edition_of(slug), 45)
        room = actions.open_room(session, 1)
        seats = [actions.seat_person(room, party, uuid4()) for party in PARTIES[slug]]
        table = TableUp(session, room, *seats)
        actions.open_tables(session, table.ada)
        widths = (1280, 360)
        pages = [
            take_seat(visitor(width=width), running_server.url, table, seat)
            for width, seat in zip(widths, seats, strict=True)
        ]
        return table, pages[0], pages[1]

    return sit


def end(pair: Pair, words: str) -> dict[str, Any]:
    """How both see the end, and how the room's row tells it."""
    table, *pages = pair
    for page in pages:
        ended(page, words)
    table.room.refresh_from_db()
    summary: dict[str, Any] = table.room.summary
    return summary


@pytest.mark.slow
def test_farm_ends_with_one_of_two_packages_and_a_bet(seated: Callable[[str], Pair]) -> None:
    pair = seated("mountain-view-farm")
    _, noreen, dev = pair
    choose(noreen, FARM)
    press(noreen, "Add package B")
    choose(noreen, {"rent": "9,000", "trail_bonus": "15,000"})
    send_offer(noreen, 1)
    card(dev, 1).get_by_text("offers 2 packages").wait_for()
    press(dev, "A is closest")
    noreen.get_by_text("Dev said that A is closest, of offer 1.").wait_for()
    accept(dev, "1 A")
    deal = end(pair, "You have a deal.")["deal"]
    assert (deal["form"], deal["rent"], deal["trail_bonus"]) == ("lease_option", 8500, 30000)


@pytest.mark.slow
def test_kiln_ends_between_two_limits(seated: Callable[[str], Pair]) -> None:
    pair = seated("second-hand-kiln")
    _, oona, marcus = pair
    choose(oona, {"price": "2,500"})
    send_offer(oona, 1)
    press(marcus, "Decline")
    oona.get_by_text("Marcus declined offer 1.").wait_for()
    choose(marcus, {"price": "1,500"})
    send_offer(marcus, 2)
    card(oona, 2).get_by_role("button", name="Counter").click()
    choose(oona, {"price": "1,900"})
    send_offer(oona, 3)
    go(marcus, "talk")
    accept(marcus, 3)
    assert end(pair, "You have a deal.")["deal"] == {"price": 1900}


@pytest.mark.slow
def test_job_ends_with_the_dependent_clause_kept(seated: Callable[[str], Pair]) -> None:
    pair = seated("halyard-offer")
    _, imani, company = pair
    choose(imani, without_clause())
    assert not imani.locator("[data-issue=nc_scope] select, [data-issue=nc_scope] input").first.is_visible()
    send_offer(imani, 1)
    card(company, 1).get_by_role("button", name="Counter").click()
    choose(company, {"nc_length": "6 months", "nc_scope": "Three named rivals"})
    send_offer(company, 2)
    accept(imani, 2)
    deal = end(pair, "You have a deal.")["deal"]
    assert (deal["nc_length"], deal["nc_scope"], deal["salary"]) == ("m6", "named", 84000)


def without_clause() -> dict[str, str]:
    return {name: words for name, words in JOB.items() if name != "nc_scope"} | {
        "nc_length": "No non-compete"
    }


@pytest.mark.slow
def test_bread_ends_with_bets_that_both_like(seated: Callable[[str], Pair]) -> None:
    pair = seated("rye-and-rivet")
    _, bakery, grocer = pair
    choose(bakery, BREAD)
    bakery.locator("#builder-score").get_by_text("if it comes out as high").wait_for()
    send_offer(bakery, 1)
    card(grocer, 1).get_by_text("depend on this: Will Coppergate sell more").wait_for()
    card(grocer, 1).get_by_text("if it comes out as low").wait_for()
    accept(grocer, 1)
    deal = end(pair, "You have a deal.")["deal"]
    assert (deal["bonus"], deal["credit"], deal["price"]) == (20, 10, 2.4)


@pytest.mark.slow
def test_harbour_ends_rightly_without_a_deal(seated: Callable[[str], Pair]) -> None:
    pair = seated("harbour-unit-nine")
    _, brewery, cooperative = pair
    choose(brewery, {"rent": "2,200"})
    send_offer(brewery, 1)
    card(cooperative, 1).get_by_text("below your alternative").wait_for()
    press(cooperative, "Decline with a word…")
    cooperative.get_by_label("What is in the way?").fill("We cannot go above 1,850")
    cooperative.get_by_role("dialog").get_by_role("button", name="Decline").click()
    brewery.get_by_text("We cannot go above 1,850").wait_for()
    press(brewery, "Walk away…")
    press(brewery, "Walk away")
    cooperative.get_by_role("heading", name="There is no deal.").locator("visible=true").first.wait_for()
    assert end(pair, "There is no deal.")["outcome"] == "walked_away"

"""What stands on the table, in real browsers: who reads along at a table of many, agents whose clients sign, a deal
that leaves somebody out, and long names on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from negotiations.queries import state_of
from negotiations.rules import commands as c
from tests.browser.hands import go, open_builder, press
from tests.browser.support import PHONE, come_in, own_door
from tests.browser.test_many import Came, Table, Visitor, came, up
from tests.browser.test_pictures import linked
from tests.negotiations.rules.mill import FIVE, PAIR
from tests.negotiations.tables import LEASE

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.serving import RunningServer

__all__ = ["came", "own_door"]
pytestmark = pytest.mark.browser
BELL = ("ringers", "residents", "mediator")


@pytest.fixture
def watched(committed_db: None, visitor: Visitor, running_server: RunningServer) -> Came:
    """Ada reads along."""

    def watch(table: Table) -> Page:
        page = visitor()
        come_in(page, running_server.url, {"instructor": str(table.ada)}, f"/watch/{table.room.pk}/", "watch")
        return page

    return watch


def heads(page: Page) -> list[str]:
    """What the columns of the comparison are called."""
    return [words.strip() for words in page.locator("#table-card thead th").all_inner_texts()]


def open_store() -> Table:
    table = up("cold-store", policy={"last_call": 600})
    for _ in range(3):
        table.rule(c.NextPhase())
    return table


def test_long_list_of_readers_fits_a_phone(came: Came) -> None:
    table = up("memorial-bell", BELL)
    while state_of(table.room.pk).course.phase != "caucuses":
        table.rule(c.NextPhase())
    page = came(table, "ringers", width=PHONE)
    go(page, "talk")
    page.locator("#to").evaluate("to => (to.options[0].text = 'People of the long street '.repeat(3))")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE
    send = page.get_by_role("button", name="Send message").bounding_box()
    assert send
    assert send["x"] + send["width"] <= PHONE


def test_only_proposal_of_many_stands_alone(came: Came, watched: Came) -> None:
    table = up("dunmore-mill")
    table.do("families", c.MakeOffer((FIVE,)))
    assert heads(watched(table)) == ["Families of the five injured workers, offer 1"]
    page = came(table, "families")
    go(page, "table")
    assert heads(page) == ["Your offer 1"]
    assert page.locator("#table-foot").get_by_role("button").count() == 0


def test_agents_and_clients_are_offered_what_they_may_do(came: Came) -> None:
    table, _ = linked()
    agent, client = came(table, "buyer_agent"), came(table, "seller")
    for page in (agent, client):
        page.locator("#table-card .between").wait_for()
        assert page.locator("#table-foot").get_by_role("button").count() == 0
    assert client.locator("#pins summary").count() == 0


def test_split_of_others_is_one_column(came: Came) -> None:
    table = open_store()
    table.do("orchard", c.MakeOffer((PAIR,)))
    table.yes("dairy")
    table.do("fishery", c.DeclineOffer(1))
    for party in ("fishery", "dairy"):
        page = came(table, party)
        go(page, "table")
        assert heads(page) == ["The deal"]
        assert page.locator("#table-card thead .mark").count() == len(PAIR)
        page.locator("#table-sentence").get_by_text("In it:").wait_for()


def test_builder_of_splits_shows_who_is_chosen(came: Came) -> None:
    table = up("cold-store")
    orchard = came(table, "orchard")
    go(orchard, "table")
    assert orchard.locator("#table-card").get_by_text("Build an offer").count() == 0
    for _ in range(3):
        table.rule(c.NextPhase())
    orchard.locator("#table-card").get_by_text("Build an offer").wait_for()
    open_builder(orchard)
    press(orchard, "Birchwater and you: $92 thousand")
    assert orchard.locator(".split-worths [aria-pressed=true]").all_inner_texts() == [
        "Birchwater and you: $92 thousand"
    ]


def test_who_leaves_is_told_who_learns_of_it(came: Came) -> None:
    table, _ = linked()
    page = came(table, "buyer_agent")
    press(page, "Walk away…")
    page.get_by_role("dialog").get_by_text("Told that you left, not why: Petra").wait_for()


def test_what_is_pressed_in_the_builder_is_one_row_on_a_phone(came: Came) -> None:
    page = came(up("mountain-view-farm", ("farmer", "neighbour")), "farmer", width=PHONE)
    go(page, "builder")
    page.get_by_label("40 acres").check(force=True)
    page.locator("#propose").wait_for()
    one, other = (page.locator(name).bounding_box() for name in ("#propose", "#review"))
    assert one
    assert other
    assert one["y"] == other["y"]


def test_passing_word_hides_no_heading_and_nothing_to_press(came: Came) -> None:
    table = up("mountain-view-farm", ("farmer", "neighbour"))
    table.do("neighbour", c.MakeOffer((LEASE,)))
    page = came(table, "farmer", width=PHONE)
    press(page, "Counter")
    toast = page.locator(".toast")
    toast.wait_for()
    over = toast.bounding_box()
    assert over
    for name in ("#builder .panel-tabs", ".builder-foot", ".room-tabs"):
        below = page.locator(name).bounding_box()
        assert below
        assert over["y"] + over["height"] <= below["y"] or below["y"] + below["height"] <= over["y"]

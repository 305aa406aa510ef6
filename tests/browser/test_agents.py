"""Four in three negotiations in real browsers: Eleven Quarry Lane, its agents and its clients."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from negotiations.rules import commands as c
from tests.browser.hands import accept, bind, ended, hears, open_builder, press, send_offer
from tests.browser.support import axe_faults, come_in, own_door, seats_of, take_seat

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.serving import RunningServer

__all__ = ["own_door"]
pytestmark = pytest.mark.browser
Visitor = Callable[..., "Page"]


def build_sale(page: Page, price: str) -> None:
    open_builder(page)
    page.get_by_role("textbox", name="Price").fill(price)
    page.keyboard.press("Tab")
    page.get_by_label("60 days").check(force=True)
    page.get_by_role("combobox", name="Roof").select_option(label="Credit of 8 at closing")
    page.get_by_role("combobox", name="Benches and tools in the workshop").select_option(
        label="Everything stays"
    )


def strand(page: Page, name: str) -> Any:
    return page.locator(f"[data-strand={name}]")


@pytest.mark.slow
def test_house_is_sold_by_agents_and_signed_by_their_clients(
    visitor: Visitor, running_server: RunningServer, committed_db: None
) -> None:
    """Eleven Quarry Lane whole: two fees, a sale that is sent back once, two signatures."""
    table, seats = seats_of("eleven-quarry-lane")
    seller, buyer, gwen, samuel = (
        take_seat(visitor(), running_server.url, table, seats[party])
        for party in ("seller", "buyer", "seller_agent", "buyer_agent")
    )
    strand(gwen, "sale").get_by_text("Begins when the agreements before it are settled").wait_for()
    for agent, fee, client in (
        (gwen, "2.5 percent of the price", seller),
        (samuel, "2.2 percent of the price", buyer),
    ):
        open_builder(agent)
        agent.locator("#builder-rows .builder-row:visible select").select_option(label=fee)
        send_offer(agent, 1)
        accept(client, 1)
    strand(buyer, "buying").get_by_text("Settled at").wait_for()
    assert strand(buyer, "listing").count() == 0

    strand(gwen, "sale").get_by_text("You negotiate this now").wait_for()
    build_sale(gwen, "430")
    send_offer(gwen, 2)
    assert buyer.get_by_role("button", name="Accept offer 2…").count() == 0
    accept(samuel, 2)
    seller.get_by_role("button", name="Send back…").click()
    seller.get_by_role("dialog").get_by_label("Price").check()
    seller.get_by_label("To your agent").fill("Not below 438, please")
    seller.get_by_role("button", name="Send back", exact=True).click()
    gwen.get_by_text("Not below 438, please").first.wait_for()
    strand(samuel, "sale").get_by_text("Sent back by Petra").wait_for()
    assert samuel.get_by_text("Not below 438").count() == 0

    build_sale(gwen, "440")
    send_offer(gwen, 3)
    accept(samuel, 3)
    for client in (seller, buyer):
        press(client, "Sign…")
        bind(client, "Sign")
    for page in (seller, buyer, gwen, samuel):
        ended(page, "You have a deal.")
        assert axe_faults(page) == []
    table.room.refresh_from_db()
    deal = table.room.summary["deal"]
    assert (deal["price"], deal["seller_fee"], deal["buyer_fee"]) == (440, "flat", "percent")


@pytest.mark.slow
def test_instructor_sees_every_agreement(
    visitor: Visitor, running_server: RunningServer, committed_db: None
) -> None:
    table, seats = seats_of("eleven-quarry-lane")
    agent = c.Actor(seats["seller_agent"].pk, "seat", "seller_agent")
    table.do(agent, c.MakeOffer(({"seller_fee": "flat"},)))
    table.do(agent, c.Say("A word between us", "seller+seller_agent"))
    page = visitor()
    come_in(page, running_server.url, table.ada_cookies, f"/watch/{table.room.pk}/", "watch")
    hears(page, "A word between us")
    for name in ("listing", "buying", "sale"):
        strand(page, name).wait_for()
    page.get_by_text("“Listing agent's fee”: Petra and Gwen").first.wait_for()
    assert axe_faults(page) == []

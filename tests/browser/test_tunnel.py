"""A phone that loses its network in the middle of what binds: it counts once if waited for, and never if given up; and
what was built is not lost before it is on the table."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from negotiations import actions, queries
from negotiations.rules import commands as c
from tests.browser.hands import ended, hears, open_builder, send_offer
from tests.browser.support import axe_faults, own_door, table, take_seat
from tests.browser.test_room import Tunnel
from tests.negotiations.tables import LEASE, TableUp, set_up

if TYPE_CHECKING:
    from tests.serving import RunningServer

__all__ = ["own_door", "table"]
pytestmark = pytest.mark.browser
Visitor = Callable[..., Any]


def test_line_that_falls_silent_is_let_go_of(
    visitor: Visitor, running_server: RunningServer, table: TableUp
) -> None:
    """However often the page has asked into the silence meanwhile."""
    page = visitor()
    page.clock.install()
    tunnel = Tunnel(page)
    take_seat(page, running_server.url, table, table.neighbour)
    tunnel.fall_silent()
    page.clock.run_for(15_000)
    page.get_by_text("Reconnecting. Your text is safe and will be sent.").wait_for()
    table.do(table.bo, c.Say("Are you there?"))
    tunnel.come_out()
    page.clock.run_for(10_000)
    hears(page, "Are you there?")


@pytest.mark.slow
def test_accept_in_a_tunnel_counts_when_waited_for_and_not_when_given_up(
    visitor: Visitor, running_server: RunningServer, table: TableUp
) -> None:
    page = visitor()
    tunnel = Tunnel(page)
    take_seat(page, running_server.url, table, table.neighbour)
    table.do(table.bo, c.MakeOffer((LEASE,)))
    for way in ("given up", "waited for"):
        page.get_by_role("button", name="Accept offer 1…").first.click()
        page.get_by_label("I have read all 7 terms.").check()
        tunnel.go_dark()
        page.get_by_role("button", name="Accept offer 1", exact=True).click()
        page.get_by_role("button", name="Accept offer 1: sending").wait_for()
        assert axe_faults(page) == []
        if way == "given up":
            page.get_by_role("button", name="Back to the table").click()
            page.get_by_text("Given up. If it had arrived already, the table shows it.").wait_for()
        tunnel.come_out()
        if way == "given up":
            table.do(table.bo, c.Say("Are you there?"))
            page.get_by_text("Are you there?").wait_for(timeout=20_000)
            assert queries.state_of(table.room.pk).deal is None
    ended(page, "You have a deal.")


@pytest.mark.slow
def test_draft_stays_until_its_offer_is_on_the_table(
    visitor: Visitor, running_server: RunningServer, committed_db: None
) -> None:
    """A teammate drops it while the line is away; what was built is still there, and is sent once more."""
    pair = set_up(policy={"taps": True})
    eve = take_seat(visitor(), running_server.url, pair, actions.seat_person(pair.room, "farmer", uuid4()))
    bo = visitor()
    tunnel = Tunnel(bo)
    take_seat(bo, running_server.url, pair, pair.farmer)
    pair.do(pair.cy, c.MakeOffer((LEASE,)))
    bo.get_by_role("button", name="Counter").first.click()
    bo.get_by_role("button", name="More: Price ($ a year)").click()
    price = bo.get_by_role("textbox", name="Price ($ a year)")
    send_offer(bo, 2)
    eve.get_by_text("Send this offer?").wait_for()
    tunnel.go_dark()
    eve.get_by_role("button", name="Drop it").click()
    eve.get_by_text("Dropped.").wait_for()
    tunnel.come_out()
    bo.get_by_text("Dropped.").wait_for()
    open_builder(bo)
    assert price.input_value() == "8,500"
    send_offer(bo, 2)
    eve.get_by_role("button", name="Confirm").click()
    bo.get_by_role("heading", name="Offer 2: You offer").wait_for()
    open_builder(bo)
    assert bo.get_by_role("combobox", name="Form of the arrangement").input_value() == ""

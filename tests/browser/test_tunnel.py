"""A phone that loses its network in the middle of what binds: it counts once if waited for, and never if given up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from negotiations import queries
from negotiations.rules import commands as c
from tests.browser.hands import ended
from tests.browser.support import own_door, table, take_seat
from tests.browser.test_room import Tunnel
from tests.negotiations.tables import LEASE, TableUp

if TYPE_CHECKING:
    from tests.serving import RunningServer

__all__ = ["own_door", "table"]
pytestmark = pytest.mark.browser
Visitor = Callable[..., Any]


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
        if way == "given up":
            page.get_by_role("button", name="Back to the table").click()
            page.get_by_text("Given up. If it had arrived already, the table shows it.").wait_for()
        tunnel.come_out()
        if way == "given up":
            table.do(table.bo, c.Say("Are you there?"))
            page.get_by_text("Are you there?").wait_for(timeout=20_000)
            assert queries.state_of(table.room.pk).deal is None
    ended(page, "You have a deal.")

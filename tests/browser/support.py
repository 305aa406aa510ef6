"""What several browser tests need: taking a seat in a browser, and asking axe for faults."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

from negotiations.models import Seat
from tests.negotiations.tables import TableUp

if TYPE_CHECKING:
    from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = 360
Sit = Callable[..., "Page"]


def come_in(page: Page, address: str, cookies: dict[str, str], path: str, ready: str) -> None:
    """Opens a page as whoever the cookies name, and waits until its script has taken over."""
    page.context.add_cookies(
        [{"name": name, "value": value, "url": address} for name, value in cookies.items()]
    )
    page.goto(f"{address}{path}")
    page.locator(f"html[data-ready={ready}]").wait_for()


def take_seat(page: Page, address: str, table: TableUp, seat: Seat) -> Page:
    come_in(page, address, table.cookies(seat), f"/rooms/{table.room.pk}/", "room")
    return page


def axe_faults(page: Page) -> list[str]:
    """Each broken rule with the first element that breaks it; empty is clean."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:200]}" for fault in found.response["violations"]]

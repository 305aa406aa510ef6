"""A table of rounds in real browsers: eight rounds of Four Crews, sealed, shown and added up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.support import LOOKS, axe_faults, come_in
from tests.negotiations.bays import Bay, put_to_sea

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.serving import RunningServer

pytestmark = pytest.mark.browser
Visitor = Callable[..., "Page"]


@pytest.fixture(autouse=True)
def own_door(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Playwright keeps a loop in this thread; the tests still read and write the database from it."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    settings.PARLEY_DOOR = "tests.negotiations.tables.CookieDoor"


def board(page: Page, server: RunningServer, bay: Bay, party: str) -> Page:
    come_in(page, server.url, bay.cookies(bay.seats[party]), f"/rooms/{bay.room.pk}/", "room")
    return page


def seal(page: Page, move: str) -> None:
    page.get_by_role("button", name=move, exact=True).click()
    page.get_by_role("button", name=f"Seal “{move}”").click()


def at_round(page: Page, number: int) -> None:
    page.get_by_role("heading", name=f"Season {number} of 8").wait_for()


def test_eight_rounds_with_practice_crews_opposite(
    visitor: Visitor, running_server: RunningServer, committed_db: None
) -> None:
    bay = put_to_sea(partners=("east", "south", "west"), policy={"partner_pace": [0.1, 0.2]})
    page = board(visitor(), running_server, bay, "north")
    for number in range(1, 9):
        at_round(page, number)
        seal(page, "narrow")
    page.get_by_role("heading", name="All seasons are over. In all you have").first.wait_for()
    assert page.locator("table.shown tbody tr").count() == 8
    bay.room.refresh_from_db()
    assert bay.room.summary["outcome"] == "played_out"
    total = bay.room.summary["landed"]["north"]
    page.get_by_text(f"In all you have {total:g} tonnes.").first.wait_for()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_a_round_is_waited_for_shown_and_talked_about(
    visitor: Visitor, running_server: RunningServer, committed_db: None, width: int, scheme: str
) -> None:
    bay = put_to_sea()
    page = board(visitor(width=width, color_scheme=scheme), running_server, bay, "north")
    at_round(page, 1)
    page.get_by_text("Talk is closed. The next talk is before season 4.").locator(
        "visible=true"
    ).first.wait_for()
    assert axe_faults(page) == []
    seal(page, "wide")
    page.get_by_text("Sealed: “wide”.").wait_for()
    page.get_by_text("is choosing").first.wait_for()
    assert axe_faults(page) == []
    for number in range(1, 4):
        for party in ("east", "south", "west"):
            bay.choose(party, number, "narrow")
        if number < 3:
            at_round(page, number + 1)
            seal(page, "narrow")
    at_round(page, 4)
    page.get_by_text("Talk is open: everybody may speak.").locator("visible=true").first.wait_for()
    if width < 1000:
        page.get_by_role("link", name="Talk").click()
    page.get_by_label("Message", exact=True).fill("All narrow?")
    page.get_by_role("button", name="Send message").click()
    page.locator(".message:not(.message-unsent) .said", has_text="All narrow?").wait_for()
    assert axe_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width

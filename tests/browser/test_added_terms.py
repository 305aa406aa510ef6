"""Terms that a table invents, by real buttons: from the builder to a deal, to both results and to the class."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from negotiations import actions
from tests.browser.hands import accept, card, ended, open_builder, press, send_offer
from tests.browser.support import PHONE, own_door
from tests.browser.test_course import ADA, Hall
from tests.browser.test_room import build_offer
from tests.debriefs.classes import work_out
from tests.negotiations.parted import roomy_edition

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.serving import RunningServer

__all__ = ["own_door"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
GATE = "The upper gate stays open in the sugar season."
CIDER = "Dev presses the windfalls, half of the cider is Noreen’s."


def test_terms_of_their_own_go_into_the_deal_and_its_debrief(
    visitor: Callable[..., Page], running_server: RunningServer, committed_db: None
) -> None:
    hall = Hall(visitor, running_server, roomy_edition(), {})
    dev, noreen = hall.page("neighbour"), hall.page("farmer", width=PHONE)
    open_builder(dev)
    build_offer(dev)
    dev.get_by_label("Terms of your own").fill(f"{GATE}\n{CIDER}")
    press(dev, "Review offer…")
    dev.get_by_role("dialog").get_by_text(CIDER).wait_for()
    press(dev, "Back to the builder")
    send_offer(dev, 1)
    for page in (dev, noreen):
        card(page, 1).get_by_text(GATE).wait_for()
    press(noreen, "Accept offer 1…")
    noreen.get_by_label("I have read all 9 terms.").wait_for()
    noreen.get_by_role("dialog").get_by_text(GATE).wait_for()
    press(noreen, "Back to the table")
    accept(noreen, 1)
    for page in (dev, noreen):
        ended(page, "You have a deal.")
        page.get_by_role("listitem").filter(has_text=CIDER).locator("visible=true").first.wait_for()
    told_in_the_debrief(hall, dev, noreen)


def told_in_the_debrief(hall: Hall, *pages: Page) -> None:
    work_out(hall.room)
    actions.open_debrief(hall.session, ADA)
    actions.release(hall.session, ADA)
    for page in pages:
        page.goto(f"{hall.server.url}/rooms/{hall.room.pk}/result/")
        page.get_by_role("listitem").filter(has_text=CIDER).wait_for()
    ada = hall.visitor()
    ada.context.add_cookies([{"name": "instructor", "value": str(ADA), "url": hall.server.url}])
    ada.goto(f"{hall.server.url}/sessions/{hall.session.pk}/debrief/")
    ada.get_by_role("heading", name="Terms that tables invented").wait_for()
    ada.get_by_role("listitem").filter(has_text=GATE).wait_for()

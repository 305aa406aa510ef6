"""Six at the mill and seven in the town, each in a browser of their own: every offer, vote, name and no is a press."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from typing import TYPE_CHECKING

import pytest

from bargaining.case import Case, Package
from negotiations.queries import state_of
from simulations.wording import say_value
from tests.browser.hands import card, choose, ended, press, say_yes, send_offer
from tests.browser.support import PHONE, own_door
from tests.browser.test_many import PARTIES, Table, came, up
from tests.negotiations.rules.mill import FIVE, MILL, STRONG, TOWN

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["came", "own_door"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
Came = Callable[..., "Page"]


def everybody(came: Came, slug: str) -> tuple[Table, dict[str, Page]]:
    """By turns on a laptop and on a phone; who speaks first has the laptop."""
    table = up(slug)
    return table, {
        party: came(table, party, width=width)
        for party, width in zip(PARTIES[slug], cycle((1280, PHONE)), strict=False)
    }


def propose(page: Page, case: Case, package: Package) -> None:
    choose(page, {issue: say_value(case.issue(issue), value) for issue, value in package.items()})
    send_offer(page, 1)


def settle_the_mill(pages: dict[str, Page]) -> None:
    """Five are for it, and the expert against it to the end."""
    propose(pages["company"], MILL, FIVE)
    for party in ("agency", "union", "fire", "families"):
        say_yes(pages[party], 1)
    expert = pages["expert"]
    expert.get_by_text("Last call: offer 1 has enough votes").wait_for()
    press(expert.locator("#last-call"), "No")
    for page in pages.values():
        ended(page, "You have a deal.")


def test_mill_is_settled_by_five_against_one_dissenter(came: Came) -> None:
    table, pages = everybody(came, "dunmore-mill")
    settle_the_mill(pages)
    for party, page in pages.items():
        against = "You" if party == "expert" else "Dr Lin Castellane"
        page.get_by_text(f"Against it: {against}.").first.wait_for(state="attached")
    assert (table.summary["deal"], table.summary["dissent"]) == (FIVE, ["expert"])


def test_town_puts_its_names_under_a_plan_and_carries_it(came: Came) -> None:
    table, pages = everybody(came, "quillhaven")
    propose(pages["manager"], TOWN, STRONG)
    for party in ("homeowners", "trust"):
        press(card(pages[party], 1), "Put my name under it")
        card(pages[party], 1).get_by_text("Names under it:").wait_for()
    for party in ("homeowners", "business", "fishers", "trust", "tenants"):
        say_yes(pages[party], 1)
    press(pages["inland"].locator("#last-call"), "No")
    for page in pages.values():
        ended(page, "You have a deal.")
    assert table.summary["deal"] == STRONG
    assert state_of(table.room.pk).votes.sponsors[1] == ("homeowners", "trust")
    assert table.summary["dissent"] == ["inland"]

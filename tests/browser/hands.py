"""What hands do at a table and what eyes wait for there. Knows no case and no database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


def press(page: Page | Locator, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).locator("visible=true").first.click()


def say(page: Page, words: str) -> None:
    page.get_by_label("Message", exact=True).fill(words)
    page.keyboard.press("Enter")


def hears(page: Page, words: str) -> None:
    page.locator(".said").get_by_text(words, exact=True).first.wait_for()


def open_builder(page: Page) -> None:
    page.get_by_role("link", name="Offer", exact=True).locator("visible=true").first.click()


def go(page: Page, panel: str) -> None:
    """As the tab of a phone or the switch of a laptop does."""
    page.evaluate("panel => location.hash = panel", f"#{panel}")


def choose(page: Page, terms: Mapping[str, str]) -> None:
    """Goes down the builder as a person does."""
    go(page, "builder")
    for issue, words in terms.items():
        row = page.locator(f"[data-issue={issue}]")
        if row.locator("select").count():
            row.locator("select").select_option(label=words)
        elif row.get_by_role("radio").count():
            row.get_by_label(words, exact=True).check(force=True)
        else:
            row.get_by_role("textbox").fill(words)
            page.keyboard.press("Tab")


def send_offer(page: Page, number: int) -> None:
    press(page, "Review offer…")
    press(page, f"Send offer {number}")
    page.get_by_role("dialog").wait_for(state="detached")


def card(page: Page, number: int) -> Locator:
    return page.locator(f"article[aria-labelledby=offer-{number}]")


def accept(page: Page, offer: int | str) -> None:
    """Of several packages one is named: `accept(page, "1 A")`."""
    press(page, f"Accept offer {offer}…")
    bind(page, f"Accept offer {offer}")


def say_yes(page: Page, number: int) -> None:
    """Where many vote."""
    press(card(page, number), f"Yes to offer {number}…")
    bind(page, f"Say yes to offer {number}")


def bind(page: Page, name: str) -> None:
    """What binds wants a tick and a second press."""
    page.get_by_role("dialog").get_by_role("checkbox").check()
    press(page.get_by_role("dialog"), name)
    page.get_by_role("dialog").wait_for(state="detached")


def ended(page: Page, words: str) -> None:
    page.get_by_role("heading", name=words).locator("visible=true").first.wait_for()

"""An agreement in words in real browsers: the Memorial Bell, written by three and signed by two."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from negotiations.rules import commands as c
from tests.browser.support import LOOKS, axe_faults, come_in, own_door
from tests.negotiations.bays import Bay, under_the_bell
from tests.negotiations.rules.bell import FIRST

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.serving import RunningServer

__all__ = ["own_door"]
pytestmark = pytest.mark.browser
Visitor = Callable[..., "Page"]
RINGING = "When and how the bell is rung"
RECOGNITION = "What each side says publicly"


def sit(page: Page, server: RunningServer, bell: Bay, party: str) -> Page:
    come_in(page, server.url, bell.cookies(bell.seats[party]), f"/rooms/{bell.room.pk}/", "room")
    return page


def sign(page: Page, number: int) -> None:
    page.get_by_role("button", name=f"Sign version {number}…").click()
    page.get_by_label("I have read the whole text.").check()
    page.get_by_role("button", name=f"Sign version {number}", exact=True).click()
    page.get_by_role("dialog").wait_for(state="detached")


@pytest.mark.slow
def test_two_sides_sign_what_the_mediator_and_they_have_written(
    visitor: Visitor, running_server: RunningServer, committed_db: None
) -> None:
    bell = under_the_bell()
    mediator, ringers, residents = (
        sit(visitor(), running_server, bell, party) for party in ("mediator", "ringers", "residents")
    )
    mediator.get_by_role("button", name="Write the first version").click()
    mediator.get_by_label(RINGING).fill("The anniversary is rung at dawn.")
    mediator.get_by_role("button", name="Put version 1 on the table").click()
    ringers.get_by_text("The anniversary is rung at dawn.").wait_for()
    assert mediator.get_by_role("button", name="Sign version 1…").count() == 0
    mediator.get_by_text("You help with the text. The others sign it.").wait_for()
    sign(ringers, 1)

    residents.get_by_role("button", name="Write a new version").click()
    residents.get_by_label(RINGING).fill("The anniversary is rung at noon, with thirty days' notice.")
    residents.get_by_label(RECOGNITION).fill("All posters are taken down.")
    residents.get_by_role("button", name="Put version 2 on the table").click()
    ringers.locator("del", has_text="dawn.").wait_for()
    ringers.locator("ins", has_text="noon, with thirty days' notice.").wait_for()
    ringers.get_by_role("button", name="As it reads").click()
    assert ringers.locator("ins").count() == 0
    sign(ringers, 2)
    sign(residents, 2)
    for page in (mediator, ringers, residents):
        page.get_by_role("heading", name="The signed text").wait_for()
        page.get_by_role("heading", name="The text is signed.").wait_for()
    bell.room.refresh_from_db()
    assert bell.room.summary["outcome"] == "deal"


@pytest.mark.slow
def test_draft_survives_a_reload_and_a_version_that_comes_meanwhile(
    visitor: Visitor, running_server: RunningServer, committed_db: None
) -> None:
    bell = under_the_bell()
    page = sit(visitor(), running_server, bell, "residents")
    page.get_by_role("button", name="Write the first version").click()
    page.get_by_label(RINGING).fill("Not before nine.")
    page.reload()
    assert page.get_by_label(RINGING).input_value() == "Not before nine."
    bell.do("mediator", c.ProposeText(FIRST))
    page.get_by_text("wrote version 1 while you were writing.").wait_for()
    assert page.get_by_label(RINGING).input_value() == "Not before nine."
    page.get_by_role("button", name="Start again from version 1").click()
    assert page.get_by_label(RINGING).input_value() == FIRST["ringing"]


@pytest.mark.slow
def test_an_open_signature_says_when_its_text_is_old(
    visitor: Visitor, running_server: RunningServer, committed_db: None
) -> None:
    bell = under_the_bell()
    bell.do("mediator", c.ProposeText(FIRST))
    page = sit(visitor(), running_server, bell, "ringers")
    page.get_by_role("button", name="Sign version 1…").click()
    bell.do("residents", c.ProposeText({"ringing": "Never."}))
    page.get_by_role("dialog").get_by_text("There is a newer version of the text.").wait_for()


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_text_table_is_clean(
    visitor: Visitor, running_server: RunningServer, committed_db: None, width: int, scheme: str
) -> None:
    bell = under_the_bell()
    bell.do("mediator", c.ProposeText(FIRST))
    bell.do("residents", c.ProposeText(FIRST | {"ringing": "The anniversary is rung with notice."}))
    page = sit(visitor(width=width, color_scheme=scheme), running_server, bell, "ringers")
    page.locator("ins").first.wait_for()
    assert axe_faults(page) == []
    page.get_by_role("button", name="Sign version 2…").click()
    assert axe_faults(page) == []
    page.get_by_role("button", name="Back to the table").click()
    page.get_by_role("button", name="Write a new version").click()
    assert axe_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_interests_are_rated_after_the_end(
    visitor: Visitor, running_server: RunningServer, committed_db: None, width: int, scheme: str
) -> None:
    bell = under_the_bell()
    page = sit(visitor(width=width, color_scheme=scheme), running_server, bell, "residents")
    bell.do("ringers", c.WalkAway())
    page.get_by_role("link", name="How far are your interests met?").click()
    page.get_by_role("group", name="Sleep in the early morning").get_by_label("2 mostly").check(force=True)
    assert axe_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved. You can change it until results are released.").wait_for()
    chosen = page.get_by_role("group", name="Sleep in the early morning").get_by_label("2 mostly")
    assert chosen.is_checked()
    if (where := os.environ.get("PARLEY_SHOTS")) is not None:
        page.screenshot(path=f"{where}/interests-{width}-{scheme}.png")


@pytest.mark.slow
def test_what_changed_tells_both_texts_whole(
    visitor: Visitor, running_server: RunningServer, committed_db: None
) -> None:
    """What stayed and what was taken out is the old text; what stayed and what was added is the new one."""
    page = sit(visitor(), running_server, under_the_bell(), "ringers")
    chance = random.Random(1911)
    words = ["the", "bell", "is", "rung", "at", "noon", "\n", "dawn,", "with", "notice."]
    texts = [" ".join(chance.choices(words, k=chance.randrange(12))) for _ in range(120)]
    pairs = [*pairwise(texts), ("", "new"), ("old", ""), ("same", "same")]
    look = "pairs => import('/static/js/room/text-diff.js').then(m => pairs.map(p => m.changesBetween(...p)))"
    for (old, new), parts in zip(pairs, page.evaluate(look, pairs), strict=True):
        kept = [part for part in parts if part["kind"] != "added"]
        came = [part for part in parts if part["kind"] != "removed"]
        assert "".join(part["text"] for part in kept) == old
        assert "".join(part["text"] for part in came) == new
        assert all(one["kind"] != two["kind"] for one, two in pairwise(parts))

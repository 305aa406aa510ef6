"""Each kind of room on a phone with text of double size, read from either side and without motion: all of it is in
sight or can be scrolled to, and nothing moves by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from negotiations import actions
from negotiations.rules import commands as c
from tests.browser.support import PHONE, come_in, own_door
from tests.browser.test_many import Table, up
from tests.browser.test_pictures import coalition, linked, seasons, text, votes
from tests.negotiations.rules.mill import STRONG, WEAK
from tests.negotiations.tables import BEST, LEASE

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.serving import RunningServer

__all__ = ["own_door"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
FARM = ("farmer", "neighbour")
#: What is left of a panel to scroll must show a few lines of that text.
LEAST_SEEN = 120


def two() -> tuple[Table, str]:
    table = up("mountain-view-farm", FARM)
    table.do("neighbour", c.Say("Shall we begin with the rent?"))
    table.do("neighbour", c.MakeOffer((LEASE,)))
    table.do("farmer", c.MakeOffer((BEST,)))
    table.do("neighbour", c.PinTerm("acres", "a40"))
    return table, "neighbour"


def several_packages() -> tuple[Table, str]:
    table = up("mountain-view-farm", FARM)
    table.do("farmer", c.MakeOffer((LEASE, BEST, LEASE | {"rent": 7000})))
    table.do("neighbour", c.MarkClosest(1, 1))
    return table, "neighbour"


def agents() -> tuple[Table, str]:
    table, _ = linked()
    return table, "buyer_agent"


def principals() -> tuple[Table, str]:
    return linked()


def team() -> tuple[Table, str]:
    table = up("mountain-view-farm", FARM, policy={"taps": True})
    actions.seat_person(table.room, "farmer", uuid4())
    table.do("neighbour", c.MakeOffer((LEASE,)))
    table.do("farmer", c.Say("Not below eight thousand", "team"))
    table.do("farmer", c.MakeOffer((BEST,)))
    return table, "farmer"


def mediator() -> tuple[Table, str]:
    table = up("quillhaven", ("facilitator", "manager", "homeowners", "trust"))
    table.do("manager", c.MakeOffer((WEAK, STRONG)))
    return table, "facilitator"


def aloud() -> tuple[Table, str]:
    table = up("mountain-view-farm", FARM, policy={"mode": "aloud"})
    table.do("neighbour", c.RecordOutcome(LEASE))
    table.do("farmer", c.RecordOutcome(BEST))
    return table, "farmer"


def observer() -> tuple[Table, str]:
    table, _ = two()
    seat = actions.seat_observer(table.room, uuid4())
    return Table(table.session, table.room, {**table.seats, "observer": seat}, table.ada), "observer"


KINDS: dict[str, Callable[[], tuple[Table, str]]] = {
    "two": two,
    "several packages": several_packages,
    "agents": agents,
    "principals": principals,
    "team": team,
    "mediator": mediator,
    "votes": votes,
    "coalition": coalition,
    "seasons": seasons,
    "text": text,
    "face to face": aloud,
    "observer": observer,
}

#: Text that leaves the window, or what it stands in, unless one can scroll to it there.
CUT_OFF = """() => {
  const within = (element) => element.parentElement ? [element, ...within(element.parentElement)] : [];
  const cuts = (box) => getComputedStyle(box).overflowX !== "visible" && box !== document.body;
  const isHidden = (box) => getComputedStyle(box).position === "absolute" && box.clientWidth <= 1;
  const isOut = (text, box) => box && (text.left < box.left - 1 || text.right > box.right + 1);
  const unseen = ".visually-hidden, .scroll-x, option, script, svg";
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement: owner, data } = walker.currentNode;
    if (!data.trim() || !owner.checkVisibility() || owner.closest(unseen)) continue;
    const boxes = within(owner);
    if (boxes.some(isHidden)) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const button = owner.closest("button, .button, .chip, .segmented > *, .badge, .room-tabs a");
    const holders = boxes.filter(cuts).map((box) => box.getBoundingClientRect());
    for (const text of range.getClientRects()) {
      const words = data.trim().slice(0, 60);
      if (isOut(text, { left: 0, right: innerWidth })) found.push(`out of the window: ${words}`);
      else if (holders.some((box) => isOut(text, box))) found.push(`cut off: ${words}`);
      else if (isOut(text, button?.getBoundingClientRect())) found.push(`out of its button: ${words}`);
    }
  }
  return [...new Set(found)];
}"""
OVERLAPPED = """() => [...document.querySelectorAll(".room-head > *, .where > *, .panel > *, .room-tabs > *")]
  .filter((part) => part.checkVisibility())
  .map((part) => [part, part.parentElement.closest(".room-head, .panel, .room-tabs")])
  .filter(([part, whole]) => part.getBoundingClientRect().bottom > whole.getBoundingClientRect().bottom + 1)
  .map(([part]) => `over its edge: ${part.className || part.localName}`)"""
SQUEEZED = """least => [...document.querySelectorAll(".panel-scroll")]
  .filter((box) => box.checkVisibility() && box.clientHeight < least)
  .map((box) => `${box.ariaLabel}: ${box.clientHeight} px`)"""
MOVING = """() => [...document.querySelectorAll("*")].filter((element) => {
  const { animationName, animationDuration, transitionDuration } = getComputedStyle(element);
  const lasts = (times) => times.split(", ").some((time) => parseFloat(time) > 0);
  return (animationName !== "none" && lasts(animationDuration)) || lasts(transitionDuration);
}).map((element) => element.className || element.localName)"""


def panels(page: Page) -> list[str]:
    links = page.locator(".room-tabs a").all()
    return [str(link.get_attribute("href")) for link in links if link.is_visible()]


def write(page: Page) -> None:
    """Wherever one writes messages, the field can be reached and is not covered."""
    page.evaluate("location.hash = '#talk'")
    for field in page.get_by_label("Message", exact=True).all():
        if field.is_visible():
            field.click()


def faults(page: Page) -> list[str]:
    """Of every panel, as the reader goes through them."""
    found = []
    for panel in panels(page):
        page.evaluate("panel => { location.hash = panel }", panel)
        page.locator(panel).wait_for()
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        said = [f"wider by {wider}"] if wider > 0 else []
        said += page.evaluate(CUT_OFF) + page.evaluate(OVERLAPPED) + page.evaluate(SQUEEZED, LEAST_SEEN)
        found += [f"{panel} {words}" for words in said]
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_room_holds_with_text_of_double_size_from_either_side_and_without_motion(
    visitor: Callable[..., Page], running_server: RunningServer, kind: str
) -> None:
    table, party = KINDS[kind]()
    page = visitor(width=PHONE, height=740, reduced_motion="reduce")
    ready = "watch" if party == "observer" else "room"
    cookies: dict[str, Any] = {"holder": str(table.seats[party].holder)}
    come_in(page, running_server.url, cookies, f"/rooms/{table.room.pk}/", ready)
    assert faults(page) == []
    for way in ("rtl", "ltr"):
        page.evaluate("way => { document.documentElement.dir = way }", way)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert faults(page) == [], way
        write(page)
    assert page.evaluate(MOVING) == []


def test_questions_hold_with_text_of_double_size(
    visitor: Callable[..., Page], running_server: RunningServer, committed_db: None
) -> None:
    table, party = several_packages()
    page = visitor(width=PHONE, height=740)
    cookies: dict[str, Any] = {"holder": str(table.seats[party].holder)}
    come_in(page, running_server.url, cookies, f"/rooms/{table.room.pk}/", "room")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    asked = [
        ("talk", "Accept offer 1 A…"),
        ("talk", "Decline with a word…"),
        ("builder", "Start from offer 1"),
        ("builder", "Review offer…"),
        ("table", "Walk away…"),
    ]
    for panel, name in asked:
        page.evaluate("panel => { location.hash = panel }", panel)
        page.locator(f"#{panel}").get_by_role("button", name=name).click()
        assert page.evaluate(CUT_OFF) == [], name
        page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()
    assert page.evaluate(CUT_OFF) == []


def test_word_that_comes_for_a_moment_does_so_without_motion(
    visitor: Callable[..., Page], running_server: RunningServer, committed_db: None
) -> None:
    table, party = two()
    page = visitor(reduced_motion="reduce")
    cookies: dict[str, Any] = {"holder": str(table.seats[party].holder)}
    come_in(page, running_server.url, cookies, f"/rooms/{table.room.pk}/", "room")
    page.get_by_role("button", name="Counter").first.click()
    page.locator(".toast").wait_for()
    assert page.evaluate(MOVING) == []

"""Who is at the table, in real browsers: teammates, observers, facilitators, people who are away, hands on keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from negotiations import actions
from negotiations.rules import commands as c
from tests.browser.hands import accept, ended, hears, say
from tests.browser.support import LOOKS, axe_faults, come_in, own_door, seats_of, table, take_seat
from tests.negotiations.tables import LEASE, TableUp, name_for, set_up

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.serving import RunningServer

__all__ = ["own_door", "table"]
pytestmark = pytest.mark.browser
Visitor = Callable[..., "Page"]


@pytest.mark.slow
def test_side_of_two_confirms_what_binds_it(
    visitor: Visitor, running_server: RunningServer, committed_db: None
) -> None:
    """With taps an offer and an acceptance wait for a teammate; the other side sees nothing of it."""
    table = set_up(policy={"taps": True})
    eve_seat = actions.seat_person(table.room, "farmer", uuid4())
    bo = take_seat(visitor(), running_server.url, table, table.farmer)
    eve = take_seat(visitor(), running_server.url, table, eve_seat)
    cy = take_seat(visitor(), running_server.url, table, table.neighbour)
    table.do(table.cy, c.MakeOffer((LEASE,)))
    accept(bo, 1)
    bo.get_by_text("You want this.").wait_for()
    bo.get_by_text("Waiting for a teammate").wait_for()
    assert bo.get_by_role("button", name="Confirm").count() == 0
    eve.get_by_text("Accept offer 1?").wait_for()
    eve.get_by_text(f"{name_for(table.farmer.holder)} wants this.").wait_for()
    assert axe_faults(eve) == []
    assert cy.get_by_text("Accept offer 1?").count() == 0
    eve.get_by_role("button", name="Drop it").click()
    bo.get_by_text("Dropped.").wait_for()
    table.room.refresh_from_db()
    assert table.room.summary["phase"] == "open"
    accept(eve, 1)
    bo.get_by_text(f"{name_for(eve_seat.holder)} wants this.").wait_for()
    bo.get_by_role("button", name="Confirm").click()
    for page in (bo, eve, cy):
        ended(page, "You have a deal.")


@pytest.mark.slow
def test_teammates_are_told_apart_by_their_own_side_alone(
    visitor: Visitor, running_server: RunningServer, table: TableUp
) -> None:
    """Whoever sits down later is named on a page that was open before; lines say who of the side wrote them."""
    bo = take_seat(visitor(), running_server.url, table, table.farmer)
    cy = take_seat(visitor(), running_server.url, table, table.neighbour)
    eve_seat = actions.seat_person(table.room, "farmer", uuid4())
    eve_name = name_for(eve_seat.holder)
    bo.get_by_text(f"{eve_name} is not here yet").locator("visible=true").wait_for()
    eve = take_seat(visitor(), running_server.url, table, eve_seat)
    bo.get_by_text(f"{eve_name} is here").locator("visible=true").wait_for()
    eve.get_by_label("To", exact=True).select_option(label="Your side only")
    say(eve, "Not below ten")
    hears(bo, "Not below ten")
    bo.locator(".message-head", has_text=eve_name).wait_for()
    eve.locator(".message-head", has_text="You").wait_for()
    assert eve_name not in cy.content()
    eve.close()
    bo.locator(".presence-away").locator("visible=true").first.wait_for()
    actions.leave_seat(eve_seat)
    bo.get_by_text(f"{eve_name} left the seat.").wait_for()
    assert axe_faults(bo) == []


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_observer_reads_along_and_keeps_notes(
    visitor: Visitor, running_server: RunningServer, table: TableUp, width: int, scheme: str
) -> None:
    seat = actions.seat_observer(table.room, uuid4())
    page = visitor(width=width, color_scheme=scheme)
    come_in(page, running_server.url, table.cookies(seat), f"/rooms/{table.room.pk}/", "watch")
    table.do(table.bo, c.Say("Good morning"))
    hears(page, "Good morning")
    table.do(table.bo, c.MakeOffer((LEASE,)))
    page.get_by_role("heading", name="Offer 1").first.wait_for()
    assert page.get_by_role("button", name="Accept").count() == 0
    assert page.get_by_label("Message", exact=True).count() == 0
    page.evaluate("location.hash = '#table'")
    page.get_by_label("Your notes").fill("She opened with a lease")
    page.reload()
    page.locator("html[data-ready=watch]").wait_for()
    assert page.get_by_label("Your notes").input_value() == "She opened with a lease"
    assert axe_faults(page) == []


@pytest.mark.parametrize("party", ["facilitator", "manager"])
def test_facilitator_helps_without_points_or_a_vote(
    visitor: Visitor, running_server: RunningServer, committed_db: None, party: str
) -> None:
    table, seats = seats_of("quillhaven")
    page = take_seat(visitor(), running_server.url, table, seats[party])
    to = page.get_by_label("To", exact=True)
    to.select_option(index=1)
    say(page, "A word apart")
    hears(page, "A word apart")
    walk = page.get_by_role("button", name="Walk away…")
    assert bool(walk.count() and walk.is_visible()) is (party == "manager")
    assert axe_faults(page) == []


@pytest.mark.slow
def test_who_is_away_for_long_can_be_waited_for_or_told_of(
    visitor: Visitor, running_server: RunningServer, table: TableUp
) -> None:
    page = visitor()
    page.clock.install()
    bo = take_seat(page, running_server.url, table, table.farmer)
    cy = take_seat(visitor(), running_server.url, table, table.neighbour)
    bo.get_by_text("Dev is here").locator("visible=true").wait_for()
    cy.close()
    bo.locator(".presence-away").locator("visible=true").wait_for()
    bo.clock.fast_forward(25_000)
    bo.get_by_text("Waiting for Dev to reconnect").locator("visible=true").wait_for()
    bo.clock.fast_forward(75_000)
    bo.get_by_role("button", name="Keep waiting").click()
    bo.get_by_role("button", name="Keep waiting").wait_for(state="hidden")
    bo.clock.fast_forward(100_000)
    bo.get_by_role("button", name="Tell the instructor").click()
    bo.get_by_text("Your instructor knows.").wait_for()
    table.room.refresh_from_db()
    assert table.room.summary["hands"] == ["farmer"]
    assert table.room.summary["phase"] == "open"


@pytest.mark.slow
def test_keyboard_does_it_all_and_lists_how(
    visitor: Visitor, running_server: RunningServer, table: TableUp
) -> None:
    bo = take_seat(visitor(), running_server.url, table, table.farmer)
    bo.keyboard.press("?")
    bo.get_by_role("heading", name="Keyboard shortcuts").wait_for()
    assert axe_faults(bo) == []
    bo.keyboard.press("Escape")
    bo.keyboard.press("Alt+m")
    bo.keyboard.type("Why? Because.")
    assert bo.get_by_label("Message", exact=True).input_value() == "Why? Because."
    bo.keyboard.press("Alt+2")
    assert bo.evaluate("location.hash") == "#table"
    bo.keyboard.press("?")
    bo.get_by_label("The single key ? opens this list").uncheck()
    bo.get_by_role("button", name="Close").click()
    bo.get_by_role("dialog").wait_for(state="detached")
    bo.keyboard.press("?")
    assert bo.get_by_role("dialog").count() == 0


@pytest.mark.slow
@pytest.mark.parametrize("who", ["instructor", "observer"])
def test_who_reads_along_is_told_the_keys_that_work_there(
    visitor: Visitor, running_server: RunningServer, table: TableUp, who: str
) -> None:
    page = visitor()
    if who == "instructor":
        come_in(page, running_server.url, table.ada_cookies, f"/watch/{table.room.pk}/", "watch")
    else:
        seat = actions.seat_observer(table.room, uuid4())
        come_in(page, running_server.url, table.cookies(seat), f"/rooms/{table.room.pk}/", "watch")
    page.keyboard.press("?")
    said = page.get_by_role("dialog").locator("dd").all_inner_texts()
    assert said == ["Go to what was said and offered", "Go to the table", "Show this list"]
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Keyboard shortcuts").click()
    assert axe_faults(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("Alt+2")
    assert page.evaluate("location.hash") == "#table"

"""Who reads what, in real browsers: sides of two, talk apart, and words that quote the sheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from negotiations import actions
from tests.browser.hands import hears, say
from tests.browser.support import LOOKS, axe_faults, own_door, seats_of, table, take_seat
from tests.negotiations.tables import TableUp

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.serving import RunningServer

__all__ = ["own_door", "table"]
pytestmark = pytest.mark.browser
Visitor = Callable[..., "Page"]


def readers(page: Page) -> str:
    return page.locator(".readers-words").inner_text()


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_side_of_two_talks_among_itself(
    visitor: Visitor, running_server: RunningServer, table: TableUp, width: int, scheme: str
) -> None:
    """The composer says who reads before anything is sent; what the side says stays with it."""
    eve_seat = actions.seat_person(table.room, "farmer", uuid4())
    bo = take_seat(visitor(width=width, color_scheme=scheme), running_server.url, table, table.farmer)
    eve = take_seat(visitor(), running_server.url, table, eve_seat)
    cy = take_seat(visitor(), running_server.url, table, table.neighbour)
    assert readers(bo) == "Read by Dev."
    say(bo, "Good morning to you all")
    bo.get_by_label("To", exact=True).select_option(label="Your side only")
    assert readers(bo) == "Only your side reads this."
    say(bo, "Let us not go below eight thousand")
    hears(eve, "Let us not go below eight thousand")
    hears(cy, "Good morning to you all")
    say(cy, "Good morning")
    hears(bo, "Good morning")
    assert cy.get_by_text("Let us not go below").count() == 0
    assert cy.get_by_label("To", exact=True).is_hidden()
    assert axe_faults(bo) == []
    bo.reload()
    bo.locator("html[data-ready=room]").wait_for()
    assert (
        readers(bo) == "Only your side reads this."
    )  # what was meant for some does not go to all after a reload


@pytest.mark.slow
def test_words_for_a_side_that_is_gone_go_to_nobody(
    visitor: Visitor, running_server: RunningServer, table: TableUp
) -> None:
    eve = actions.seat_person(table.room, "farmer", uuid4())
    bo = take_seat(visitor(), running_server.url, table, table.farmer)
    bo.get_by_label("To", exact=True).select_option(label="Your side only")
    actions.leave_seat(eve)
    bo.get_by_text("You cannot talk there any more. Choose who reads this.").wait_for()
    say(bo, "Eight is our least")
    assert bo.get_by_label("Message", exact=True).input_value() == "Eight is our least"
    bo.get_by_label("To", exact=True).select_option(label="Everybody at the table")
    say(bo, "Nine would be good")
    bo.locator(".said", has_text="Nine would be good").wait_for()
    assert bo.locator(".said", has_text="Eight is our least").count() == 0


@pytest.mark.slow
def test_some_of_six_talk_apart(visitor: Visitor, running_server: RunningServer, committed_db: None) -> None:
    table, seats = seats_of("dunmore-mill")
    actions.next_phase(table.session, table.ada)  # at first nobody talks apart there
    first, second, third, *_ = seats
    one, two, three = (
        take_seat(visitor(), running_server.url, table, seats[party]) for party in (first, second, third)
    )
    to = one.get_by_label("To", exact=True)
    to.select_option(index=1)
    say(one, "A word with you alone")
    hears(two, "A word with you alone")
    to.select_option(label="Some of them…")
    assert readers(one) == "Choose who reads this: some, not all."
    for place in (0, 1):
        one.locator(".several input").nth(place).check()
    say(one, "The three of us")
    hears(three, "The three of us")
    hears(two, "The three of us")
    assert three.get_by_text("A word with you alone").count() == 0


@pytest.mark.slow
def test_message_that_quotes_the_sheet_is_asked_about_gently(
    visitor: Visitor, running_server: RunningServer, table: TableUp
) -> None:
    bo = take_seat(visitor(), running_server.url, table, table.farmer)
    cy = take_seat(visitor(), running_server.url, table, table.neighbour)
    say(bo, "Nine thousand would do")
    hears(cy, "Nine thousand would do")
    say(bo, "Without you a hay contractor will probably rent it")
    bo.get_by_role("heading", name="Shall they know this?").wait_for()
    bo.get_by_role("button", name="Back to the message").click()
    assert "hay contractor" in bo.get_by_label("Message", exact=True).input_value()
    say(bo, "I need more than 108 from this")
    bo.get_by_label("Do not ask me again").check()
    bo.get_by_role("button", name="Send it").click()
    hears(cy, "I need more than 108 from this")
    say(bo, "My target is 165, to be open")
    hears(cy, "My target is 165, to be open")
    assert cy.locator(".said").get_by_text("hay contractor").count() == 0

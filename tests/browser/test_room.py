"""The room in real browsers: two people negotiate, lines break, tabs double, and nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from negotiations import actions
from negotiations.rules import commands as c
from tests.browser.hands import accept, ended, open_builder, say, send_offer
from tests.browser.support import (
    LIGHT,
    LOOKS,
    PHONE,
    ROOM_SCRIPT,
    ROOM_STYLES,
    Scale,
    axe_faults,
    come_in,
    own_door,
    table,
    take_seat,
)
from tests.browsing import LAN_NAME
from tests.negotiations.tables import BEST, LEASE, TableUp, set_up

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.serving import RunningServer

__all__ = ["own_door", "table"]
pytestmark = pytest.mark.browser
Visitor = Callable[..., "Page"]


@pytest.fixture
def bo(visitor: Visitor, running_server: RunningServer, table: TableUp) -> Page:
    return take_seat(visitor(), running_server.url, table, table.farmer)


@pytest.fixture
def cy(visitor: Visitor, running_server: RunningServer, table: TableUp) -> Page:
    return take_seat(visitor(), running_server.url, table, table.neighbour)


def build_offer(page: Page) -> None:
    """Every control by name, as a person goes down the list."""
    page.get_by_role("combobox", name="Form of the arrangement").select_option(label="Lease for 15 years")
    page.get_by_role("textbox", name="Price ($ a year)").fill("8,000")
    page.get_by_label("40 acres").check(force=True)
    page.get_by_role("combobox", name="Tapping the sugarbush").select_option(label="Shared taps and syrup")
    page.get_by_label("Four").check(force=True)
    page.get_by_label("1 August").check(force=True)
    page.get_by_role("button", name="More: Extra payment").click()


def test_two_browsers_reach_a_deal(bo: Page, cy: Page, table: TableUp) -> None:
    say(bo, "Good morning")
    cy.get_by_text("Good morning").wait_for()
    open_builder(cy)
    build_offer(cy)
    cy.locator("#builder-score strong").wait_for()
    send_offer(cy, 1)

    bo.get_by_role("button", name="Counter").first.click()
    bo.get_by_role("button", name="More: Price ($ a year)").click()
    bo.get_by_text("$500 a year more than their offer 1 ($8,000 a year)").wait_for()
    send_offer(bo, 2)

    cy.get_by_text("$500 a year more than your offer 1 ($8,000 a year)").wait_for()
    accept(cy, 2)
    ended(cy, "You have a deal.")
    ended(bo, "You have a deal.")
    table.room.refresh_from_db()
    assert table.room.summary["deal"]["rent"] == 8500
    assert bo.get_by_text("Your instructor has not released results yet.").is_visible()


def test_accepting_needs_the_tick(cy: Page, table: TableUp) -> None:
    table.do(table.bo, c.MakeOffer((LEASE,)))
    cy.get_by_role("button", name="Accept offer 1…").first.click()
    cy.get_by_role("button", name="Accept offer 1", exact=True).click()
    cy.get_by_text("Read the terms and tick the box first.").wait_for()
    table.room.refresh_from_db()
    assert table.room.summary["phase"] == "open"


def test_an_open_question_says_when_its_offer_is_gone(cy: Page, table: TableUp) -> None:
    table.do(table.bo, c.MakeOffer((LEASE,)))
    cy.get_by_role("button", name="Accept offer 1…").first.click()
    table.do(table.bo, c.WithdrawOffer(1))
    cy.get_by_role("dialog").get_by_text("This offer no longer stands.").wait_for()


def test_withdrawing_takes_the_offer_off_the_table(bo: Page, cy: Page, table: TableUp) -> None:
    table.do(table.bo, c.MakeOffer((LEASE,)))
    bo.get_by_role("button", name="Withdraw").click()
    cy.get_by_text("withdrawn").wait_for()
    assert cy.get_by_role("button", name="Accept offer 1…").count() == 0


def test_walking_away_takes_two_steps_and_keeps_the_reason_private(bo: Page, cy: Page) -> None:
    cy.get_by_role("button", name="Walk away…").click()
    cy.get_by_label("Why?").fill("The rent is out of reach")
    cy.get_by_role("button", name="Walk away", exact=True).click()
    ended(cy, "You left the table. There is no deal.")
    ended(bo, "Dev left the table. There is no deal.")
    assert cy.get_by_text("The rent is out of reach").count() == 1
    assert bo.get_by_text("The rent is out of reach").count() == 0


def test_dependent_issues_come_and_go_and_keep_their_value(cy: Page) -> None:
    open_builder(cy)
    form = cy.get_by_role("combobox", name="Form of the arrangement")
    form.select_option(label="Lease for 15 years")
    cy.get_by_role("button", name="More: Price ($ a year)").click()
    form.select_option(label="Outright sale")
    cy.get_by_text("Your choice, $4,000 a year, is kept.").wait_for()
    assert cy.get_by_role("textbox", name="Price ($)", exact=True).is_visible()
    form.select_option(label="Lease for 5 years")
    assert cy.get_by_role("textbox", name="Price ($ a year)").input_value() == "4,000"


def test_reload_keeps_seat_table_and_draft(cy: Page, table: TableUp) -> None:
    table.do(table.bo, c.MakeOffer((BEST,)))
    open_builder(cy)
    cy.get_by_label("50 acres").check(force=True)
    cy.get_by_role("link", name="Message").locator("visible=true").click()
    cy.get_by_label("Message", exact=True).fill("half a sentence")
    cy.reload()
    cy.get_by_role("button", name="Accept offer 1…").first.wait_for()
    assert cy.get_by_label("Message", exact=True).input_value() == "half a sentence"
    open_builder(cy)
    assert cy.get_by_label("50 acres").is_checked()


def test_a_second_tab_shows_the_same(cy: Page, table: TableUp) -> None:
    second = cy.context.new_page()
    second.goto(cy.url)
    say(cy, "from the first tab")
    second.get_by_text("from the first tab").wait_for()
    say(second, "from the second tab")
    cy.get_by_text("from the second tab").wait_for()
    assert cy.get_by_text("from the first tab").count() == 1


class Tunnel:
    """A network that can be switched off: sockets break and open no more, requests fail."""

    def __init__(self, page: Page) -> None:
        self.page, self.is_dark, self.is_silent, self.sockets = page, False, False, list[Any]()
        page.route_web_socket(re.compile("/ws/"), self.pass_on)

    def pass_on(self, socket: Any) -> None:
        if self.is_dark:
            socket.close(code=1011)
        else:
            server = socket.connect_to_server()
            socket.on_message(partial(self.carry, server))
            server.on_message(partial(self.carry, socket))
            self.sockets.append(socket)

    def carry(self, end: Any, message: Any) -> None:
        if not self.is_silent:
            end.send(message)

    def fall_silent(self) -> None:
        """Sockets stay open and carry nothing any more, as when a phone has left its cell."""
        self.is_dark = self.is_silent = True
        self.page.context.set_offline(True)

    def go_dark(self) -> None:
        self.is_dark = True
        self.page.context.set_offline(True)
        self.sockets[-1].close(code=1011)

    def come_out(self) -> None:
        self.is_dark = self.is_silent = False
        self.page.context.set_offline(False)


def test_a_lost_line_is_said_calmly_and_what_was_written_arrives_once(
    visitor: Visitor, running_server: RunningServer, bo: Page, table: TableUp
) -> None:
    cy = visitor()
    tunnel = Tunnel(cy)
    take_seat(cy, running_server.url, table, table.neighbour)
    tunnel.go_dark()
    say(cy, "written in a tunnel")
    cy.get_by_text("Reconnecting. Your text is safe and will be sent.").wait_for(timeout=20_000)
    cy.get_by_text("not sent yet").wait_for()
    table.do(table.bo, c.Say("meanwhile"))
    tunnel.come_out()
    cy.get_by_text("meanwhile").wait_for(timeout=20_000)
    bo.get_by_text("written in a tunnel").wait_for(timeout=20_000)
    cy.get_by_text("Reconnecting.").wait_for(state="hidden")
    cy.get_by_text("not sent yet").wait_for(state="detached")
    assert cy.get_by_text("written in a tunnel").count() == 1


def test_without_sockets_the_same_table_goes_over_requests(
    visitor: Visitor, running_server: RunningServer, table: TableUp
) -> None:
    page = visitor()
    page.route_web_socket(re.compile("/ws/"), lambda socket: socket.close(code=1011))
    take_seat(page, running_server.url, table, table.neighbour)
    say(page, "over a plain request")
    page.locator(".message:not(.message-unsent) .said", has_text="over a plain request").wait_for(
        timeout=20_000
    )
    table.do(table.bo, c.MakeOffer((LEASE,)))
    page.get_by_role("button", name="Accept offer 1…").first.wait_for(timeout=20_000)
    accept(page, 1)
    ended(page, "You have a deal.")


def test_paused_and_extended_are_said(cy: Page, table: TableUp) -> None:
    actions.pause(table.session, table.ada, "fire drill")
    cy.get_by_text("Paused: fire drill").wait_for()
    actions.resume(table.session, table.ada)
    cy.get_by_text("The table is open again").first.wait_for()
    actions.extend(table.session, table.ada, 5)
    cy.get_by_text("5 more minutes for this table.").wait_for()


def test_calling_the_instructor_stays_on_this_side(bo: Page, cy: Page) -> None:
    cy.get_by_role("button", name="Call the instructor").click()
    cy.get_by_text("You called the instructor. The other side does not see this.").wait_for()
    say(cy, "hello")
    bo.get_by_text("hello").wait_for()
    assert bo.get_by_text("called the instructor").count() == 0


def test_news_moves_neither_focus_nor_reading_place(cy: Page, table: TableUp) -> None:
    for number in range(25):
        table.do(table.bo, c.Say(f"line {number}"))
    cy.get_by_text("line 24").wait_for()
    scroll = cy.locator("#talk-scroll")
    scroll.evaluate("place => { place.scrollTop = 0 }")
    cy.get_by_label("Message", exact=True).focus()
    table.do(table.bo, c.MakeOffer((LEASE,)))
    cy.get_by_role("button", name="1 new below").wait_for()
    assert scroll.evaluate("place => place.scrollTop") == 0
    assert cy.evaluate("document.activeElement.id") == "message"


def test_a_deal_by_keyboard_alone(cy: Page, table: TableUp) -> None:
    table.do(table.bo, c.MakeOffer((BEST,)))
    button = cy.locator("#timeline").get_by_role("button", name="Accept offer 1…")
    button.wait_for()
    for _ in range(60):
        cy.keyboard.press("Tab")
        if button.evaluate("element => element === document.activeElement"):
            break
    cy.keyboard.press("Enter")
    assert cy.evaluate("document.activeElement.id") == "question"
    cy.keyboard.press("Tab")
    cy.keyboard.press("Space")
    cy.keyboard.press("Tab")
    cy.keyboard.press("Enter")
    ended(cy, "You have a deal.")


def test_a_phone_on_the_classrooms_network(
    visitor: Visitor, running_server: RunningServer, table: TableUp
) -> None:
    """Plain http on a name that is not localhost: no secure context, narrow, one panel at a time."""
    phone = take_seat(visitor(width=PHONE, height=740), running_server.at(LAN_NAME), table, table.neighbour)
    assert phone.evaluate("isSecureContext") is False
    table.do(table.bo, c.MakeOffer((LEASE,)))
    phone.get_by_role("link", name=re.compile("^Table")).get_by_text("1 new").wait_for(state="attached")
    phone.get_by_role("link", name=re.compile("^Builder")).click()
    phone.get_by_role("button", name="Start from offer 1").click()
    phone.get_by_role("button", name="Less: Price ($ a year)").click()
    send_offer(phone, 2)
    phone.get_by_text("You offer").wait_for()
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_phone_goes_to_the_talk_when_its_builder_is_gone(
    visitor: Visitor, running_server: RunningServer, table: TableUp
) -> None:
    """The table ends while somebody builds an offer: what is left of the page is not empty."""
    phone = take_seat(visitor(width=PHONE, height=740), running_server.url, table, table.neighbour)
    phone.get_by_role("link", name=re.compile("^Builder")).click()
    assert phone.get_by_role("link", name="Keep as draft").is_hidden()
    actions.end_tables(table.session, table.ada)
    ended(phone, "Your instructor ended the table. There is no deal.")


def test_reading_along_sees_both_sides_and_says_nothing(
    visitor: Visitor, running_server: RunningServer, table: TableUp
) -> None:
    table.do(table.bo, c.MakeOffer((LEASE,)))
    ada = visitor()
    come_in(ada, running_server.url, table.ada_cookies, f"/watch/{table.room.pk}/", "watch")
    table.do(table.cy, c.Say("Is the rent firm?"))
    ada.get_by_text("Is the rent firm?").wait_for()
    assert ada.locator(".offer-worth").inner_text().count("Noreen") == 1
    assert ada.locator("textarea, form").count() == 0
    assert axe_faults(ada) == []


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_every_state_passes_axe(
    visitor: Visitor, running_server: RunningServer, table: TableUp, scheme: str, width: int
) -> None:
    page = take_seat(visitor(width=width, color_scheme=scheme), running_server.url, table, table.neighbour)
    table.do(table.cy, c.MakeOffer((LEASE,)))
    table.do(table.bo, c.MakeOffer((BEST,)))
    page.get_by_text("$500 a year more than your offer 1").wait_for()
    assert axe_faults(page) == []
    page.get_by_role("button", name="Accept offer 2…").locator("visible=true").first.click()
    assert axe_faults(page) == []
    page.get_by_role("button", name="Back to the table").click()
    for panel in ("builder", "table", "role") if width == PHONE else ("builder",):
        page.evaluate("panel => { location.hash = panel }", panel)
        assert axe_faults(page) == []
    actions.pause(table.session, table.ada, "two minutes")
    page.get_by_text("Paused: two minutes").wait_for()
    assert axe_faults(page) == []
    actions.end_tables(table.session, table.ada)
    page.get_by_text("Your instructor ended the table.").first.wait_for(state="attached")
    assert axe_faults(page) == []


@pytest.mark.parametrize("ready", ["room", "role", "watch"])
def test_first_load_is_light(
    visitor: Visitor, running_server: RunningServer, table: TableUp, ready: str
) -> None:
    """What a phone must fetch before the page works."""
    paths = {"room": f"/rooms/{table.room.pk}/", "role": f"/rooms/{table.room.pk}/role/"}
    cookies = table.ada_cookies if ready == "watch" else table.cookies(table.neighbour)
    page = visitor()
    scale = Scale(page)
    come_in(page, running_server.url, cookies, paths.get(ready, f"/watch/{table.room.pk}/"), ready)
    weights = scale.weights()
    assert any(url.endswith(f"/{ready}.js") for url in weights)
    assert len(weights) < 10
    if ready != "room":
        assert sum(weights.values()) < LIGHT
    assert sum(size for url, size in weights.items() if url.endswith(".js")) < ROOM_SCRIPT
    assert sum(size for url, size in weights.items() if url.endswith(".css")) < ROOM_STYLES


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_role_sheet_is_read_planned_and_followed_to_the_table(
    visitor: Visitor, running_server: RunningServer, committed_db: None, width: int, scheme: str
) -> None:
    table = set_up(opened=False)
    actions.open_preparation(table.session, table.ada)
    page = visitor(width=width, color_scheme=scheme)
    come_in(page, running_server.url, table.cookies(table.neighbour), f"/rooms/{table.room.pk}/role/", "role")
    assert axe_faults(page) == []
    page.get_by_role("tab", name="Everybody reads").click()
    assert axe_faults(page) == []
    page.get_by_role("tab", name="Your plan").click()
    page.get_by_label("Target").fill("150")
    page.get_by_text("Kept for your debrief.").wait_for()
    assert axe_faults(page) == []
    page.get_by_role("button", name="I am ready").click()
    page.get_by_text("You are ready").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    actions.open_tables(table.session, table.ada)
    page.wait_for_url(re.compile(r"/rooms/[^/]+/$"), timeout=20_000)

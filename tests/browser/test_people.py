"""Who is at the table, in real browsers: sides of two, talk apart, and who reads what."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from negotiations import actions
from negotiations.models import Seat
from negotiations.rules import commands as c
from simulations.queries import public_case
from tests.browser.support import LOOKS, axe_faults, come_in, take_seat
from tests.factories import edition_of
from tests.negotiations.tables import LEASE, TableUp, set_up

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


@pytest.fixture
def table(committed_db: None) -> TableUp:
    return set_up()


def seats_of(slug: str, policy: dict[str, Any] | None = None) -> tuple[TableUp, dict[str, Seat]]:
    """An open table of any case with a person on every party."""
    session = actions.create_session(edition_of(slug), 45, policy)
    room = actions.open_room(session, 1)
    parties = public_case(session.edition_id).party_ids
    seats = {party: actions.seat_person(room, party, uuid4()) for party in parties}
    first, second, *_ = seats.values()
    table = TableUp(session, room, first, second)
    actions.open_tables(session, table.ada)
    return table, seats


def say(page: Page, words: str) -> None:
    page.get_by_label("Message", exact=True).fill(words)
    page.keyboard.press("Enter")


def hears(page: Page, words: str) -> None:
    page.locator(".said").get_by_text(words, exact=True).first.wait_for()


def readers(page: Page) -> str:
    return page.locator(".readers-words").inner_text()


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


def send_offer(page: Page, number: int) -> None:
    page.get_by_role("button", name="Review offer…").click()
    page.get_by_role("button", name=f"Send offer {number}", exact=True).click()
    page.get_by_role("dialog").wait_for(state="detached")


def open_builder(page: Page) -> None:
    page.get_by_role("link", name="Offer", exact=True).locator("visible=true").click()


def accept(page: Page, number: int) -> None:
    page.get_by_role("button", name=f"Accept offer {number}…").first.click()
    page.get_by_label(re.compile("^I have read")).check()
    page.get_by_role("button", name=f"Accept offer {number}", exact=True).click()
    page.get_by_role("dialog").wait_for(state="detached")


def build_sale(page: Page, price: str) -> None:
    open_builder(page)
    page.get_by_role("textbox", name="Price").fill(price)
    page.keyboard.press("Tab")
    page.get_by_label("60 days").check(force=True)
    page.get_by_role("combobox", name="Roof").select_option(label="Credit of 8 at closing")
    page.get_by_role("combobox", name="Benches and tools in the workshop").select_option(
        label="Everything stays"
    )


def sign(page: Page) -> None:
    page.get_by_role("button", name="Sign…").click()
    page.get_by_label("I have read all 4 terms.").check()
    page.get_by_role("button", name="Sign", exact=True).click()
    page.get_by_role("dialog").wait_for(state="detached")


def strand(page: Page, name: str) -> Any:
    return page.locator(f"[data-strand={name}]")


@pytest.mark.slow
def test_house_is_sold_by_agents_and_signed_by_their_clients(
    visitor: Visitor, running_server: RunningServer, committed_db: None
) -> None:
    """Eleven Quarry Lane whole: two fees, a sale that is sent back once, two signatures."""
    table, seats = seats_of("eleven-quarry-lane")
    seller, buyer, gwen, samuel = (
        take_seat(visitor(), running_server.url, table, seats[party])
        for party in ("seller", "buyer", "seller_agent", "buyer_agent")
    )
    strand(gwen, "sale").get_by_text("Begins when the agreements before it are settled").wait_for()
    for agent, fee, client in (
        (gwen, "2.5 percent of the price", seller),
        (samuel, "2.2 percent of the price", buyer),
    ):
        open_builder(agent)
        agent.locator("#builder-rows .builder-row:visible select").select_option(label=fee)
        send_offer(agent, 1)
        accept(client, 1)
    strand(buyer, "buying").get_by_text("Settled at").wait_for()
    assert strand(buyer, "listing").count() == 0

    strand(gwen, "sale").get_by_text("You negotiate this now").wait_for()
    build_sale(gwen, "430")
    send_offer(gwen, 2)
    assert buyer.get_by_role("button", name="Accept offer 2…").count() == 0
    accept(samuel, 2)
    seller.get_by_role("button", name="Send back…").click()
    seller.get_by_role("dialog").get_by_label("Price").check()
    seller.get_by_label("To your agent").fill("Not below 438, please")
    seller.get_by_role("button", name="Send back", exact=True).click()
    gwen.get_by_text("Not below 438, please").first.wait_for()
    strand(samuel, "sale").get_by_text("Sent back by Petra").wait_for()
    assert samuel.get_by_text("Not below 438").count() == 0

    build_sale(gwen, "440")
    send_offer(gwen, 3)
    accept(samuel, 3)
    for client in (seller, buyer):
        sign(client)
    for page in (seller, buyer, gwen, samuel):
        page.get_by_role("heading", name="You have a deal.").first.wait_for()
        assert axe_faults(page) == []
    table.room.refresh_from_db()
    deal = table.room.summary["deal"]
    assert (deal["price"], deal["seller_fee"], deal["buyer_fee"]) == (440, "flat", "percent")


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
    bo.get_by_role("button", name="Accept offer 1…").first.click()
    bo.get_by_label("I have read all 7 terms.").check()
    bo.get_by_role("button", name="Accept offer 1", exact=True).click()
    bo.get_by_role("dialog").wait_for(state="detached")
    bo.get_by_role("button", name="Confirm").click()
    bo.locator("#toast").get_by_text("Somebody else on your side has to confirm this.").wait_for()
    eve.get_by_text("One of you wants to accept offer 1").wait_for()
    assert axe_faults(eve) == []
    assert cy.get_by_text("One of you wants").count() == 0
    eve.get_by_role("button", name="Drop it").click()
    bo.get_by_text("Dropped.").wait_for()
    table.room.refresh_from_db()
    assert table.room.summary["phase"] == "open"
    eve.get_by_role("button", name="Accept offer 1…").first.click()
    eve.get_by_label("I have read all 7 terms.").check()
    eve.get_by_role("button", name="Accept offer 1", exact=True).click()
    bo.get_by_role("button", name="Confirm").click()
    for page in (bo, eve, cy):
        page.get_by_role("heading", name="You have a deal.").first.wait_for()


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


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    found: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return found


@pytest.mark.slow
@pytest.mark.parametrize("way", ["right to left", "text of double size"])
def test_room_of_four_holds(
    visitor: Visitor, running_server: RunningServer, committed_db: None, way: str
) -> None:
    """On a phone, with the strands, a private channel and the sheet: nothing is cut off or out of reach."""
    table, seats = seats_of("eleven-quarry-lane")
    page = take_seat(visitor(width=360, reduced_motion="reduce"), running_server.url, table, seats["seller"])
    if way == "right to left":
        page.evaluate("document.documentElement.dir = 'rtl'")
    else:
        page.evaluate("document.documentElement.style.fontSize = '200%'")
    say(page, "Good morning")
    hears(page, "Good morning")
    for panel in ("talk", "table", "role"):
        page.evaluate(f"location.hash = '#{panel}'")
        page.locator(f"#{panel}").wait_for()
        assert overflow(page) <= 0, panel
    page.evaluate("location.hash = '#talk'")
    box = page.get_by_label("Message", exact=True).bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 800
    assert page.evaluate("document.getAnimations().length") == 0


@pytest.mark.slow
def test_instructor_sees_every_agreement(
    visitor: Visitor, running_server: RunningServer, committed_db: None
) -> None:
    table, seats = seats_of("eleven-quarry-lane")
    agent = c.Actor(seats["seller_agent"].pk, "seat", "seller_agent")
    table.do(agent, c.MakeOffer(({"seller_fee": "flat"},)))
    table.do(agent, c.Say("A word between us", "seller+seller_agent"))
    page = visitor()
    come_in(page, running_server.url, table.ada_cookies, f"/watch/{table.room.pk}/", "watch")
    hears(page, "A word between us")
    for name in ("listing", "buying", "sale"):
        strand(page, name).wait_for()
    page.get_by_text("Only Petra and Gwen").first.wait_for()
    assert axe_faults(page) == []

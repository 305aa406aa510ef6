"""News, phases and the end of the time in real browsers: what changes on the page, and for whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from negotiations import actions
from negotiations.models import Room, Seat
from negotiations.notices import remember_read
from negotiations.rules import commands as c
from simulations.models import Edition
from simulations.queries import public_case
from tests.browser.support import come_in, own_door
from tests.factories import edition_of
from tests.negotiations.parted import closing_edition, edition
from tests.negotiations.tables import LEASE

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.serving import RunningServer

__all__ = ["own_door"]
pytestmark = pytest.mark.browser
Visitor = Callable[..., "Page"]
ADA = uuid4()
NEWS = "raise_confirmed"
TEXT = "adds a research day each week"


class Hall:
    """A room of any case with a person on every side, and browsers for those who are asked for."""

    def __init__(
        self,
        visitor: Visitor,
        server: RunningServer,
        edition: Edition,
        policy: Mapping[str, Any],
        minutes: int = 45,
        seconds: int = 0,
    ) -> None:
        self.visitor, self.server = visitor, server
        self.session = actions.create_session(edition, minutes, policy)
        self.room: Room = actions.open_room(self.session, 1)
        self.case = public_case(self.session.edition_id)
        self.seats: dict[str, Seat] = {
            party: actions.seat_person(self.room, party, uuid4()) for party in self.case.party_ids
        }
        if seconds:
            actions.open_table(self.room, ADA, seconds)
        else:
            actions.open_tables(self.session, ADA)

    def page(self, party: str, clock: bool = False, **options: Any) -> Page:
        page: Page = self.visitor(**options)
        if clock:
            page.clock.install()
        cookies = {"holder": str(self.seats[party].holder)}
        come_in(page, self.server.url, cookies, f"/rooms/{self.room.pk}/", "room")
        return page

    def do(self, party: str, command: c.Command) -> None:
        actor = c.Actor(self.seats[party].pk, "seat", party)
        actions.perform_now(self.room.pk, actor, command, uuid4())


def hall(
    visitor: Visitor,
    server: RunningServer,
    slug: str = "halyard-offer",
    policy: Mapping[str, Any] | None = None,
) -> Hall:
    return Hall(visitor, server, edition_of(slug), policy or {"news": [NEWS]})


def first_package(found: Hall) -> dict[str, Any]:
    return {issue.id: issue.values()[0] for issue in found.case.issues if issue.when is None}


def test_news_changes_the_sheet_of_its_reader_while_the_page_stays(
    visitor: Visitor, running_server: RunningServer, committed_db: None
) -> None:
    found = hall(visitor, running_server)
    other = next(party for party in found.seats if party != "candidate")
    mine, theirs = found.page("candidate"), found.page(other)
    mine.get_by_label("Message", exact=True).fill("I am still writing")
    actions.release_news(found.session, ADA, NEWS)
    mine.locator("#timeline").get_by_text(TEXT).wait_for()
    mine.locator("#panel-mine").get_by_text("128").first.wait_for()
    assert mine.get_by_label("Message", exact=True).input_value() == "I am still writing"
    found.do("candidate", c.Say("Well"))
    theirs.get_by_text("Well", exact=True).wait_for()
    assert theirs.get_by_text("News").count() == 0


@pytest.mark.slow
def test_worth_of_what_was_offered_follows_the_news(
    visitor: Visitor, running_server: RunningServer, committed_db: None
) -> None:
    """The scale's alternative is the new one, on a page that was open before."""
    found = hall(visitor, running_server)
    other = next(party for party in found.seats if party != "candidate")
    found.do(other, c.MakeOffer((first_package(found),)))
    page = found.page("candidate")
    page.get_by_role("img", name="alternative 112").first.wait_for()
    actions.release_news(found.session, ADA, NEWS)
    page.get_by_role("img", name="alternative 128").first.wait_for()


@pytest.mark.slow
def test_pairs_talk_by_turns_and_the_page_says_whose_it_is(
    visitor: Visitor, running_server: RunningServer, committed_db: None
) -> None:
    found = hall(visitor, running_server, "cold-store")
    orchard, fishery = found.page("orchard"), found.page("fishery")
    orchard.get_by_text("Private pairs").first.wait_for()
    orchard.get_by_text("hear each other now").wait_for()
    fishery.get_by_text("talk among themselves now").wait_for()
    assert fishery.locator("#say").is_hidden()
    orchard.get_by_label("Message", exact=True).fill("Just us")
    orchard.keyboard.press("Enter")
    orchard.locator("#timeline").get_by_text("Just us").first.wait_for()
    actions.next_phase(found.session, ADA)
    fishery.get_by_text("hear each other now").wait_for()
    assert fishery.get_by_text("Just us").count() == 0
    assert fishery.locator("#say").is_visible()


@pytest.mark.slow
def test_line_says_what_is_new_since_one_was_there(
    visitor: Visitor, running_server: RunningServer, committed_db: None
) -> None:
    found = Hall(visitor, running_server, edition_of(), {}, minutes=7 * 24 * 60)
    found.do("farmer", c.Say("Before"))
    remember_read({found.seats["neighbour"].pk: 4})
    page = found.page("neighbour")
    assert page.get_by_text("New since you were here").count() == 0
    assert page.get_by_text("about 7 days").is_visible()
    page.close()
    found.do("farmer", c.Say("Meanwhile"))
    page = found.page("neighbour")
    page.get_by_text("New since you were here").wait_for()
    words = page.locator("#timeline > li").all_inner_texts()
    place = next(k for k, text in enumerate(words) if text == "New since you were here")
    assert "Before" in words[place - 1]
    assert "Meanwhile" in words[place + 1]


@pytest.mark.slow
def test_open_offer_may_be_accepted_when_the_time_is_up(
    visitor: Visitor, running_server: RunningServer, committed_db: None
) -> None:
    """The table ends a few seconds after it opened, but somebody still waits for an answer."""
    found = Hall(visitor, running_server, edition_of(), {"ending": "finish"}, seconds=5)
    found.do("neighbour", c.MakeOffer((LEASE,)))
    page = found.page("farmer")
    page.locator("#line-notice").get_by_text("What is on the table can still be answered").wait_for()
    page.get_by_role("button", name="Accept offer 1…").first.click()
    page.get_by_label("I have read all 7 terms.").check()
    page.get_by_role("button", name="Accept offer 1", exact=True).click()
    page.get_by_role("heading", name="You have a deal.").first.wait_for()


@pytest.mark.slow
def test_table_settles_up_and_then_its_people_are_asked(
    visitor: Visitor, running_server: RunningServer, committed_db: None
) -> None:
    found = Hall(visitor, running_server, closing_edition(), {})
    found.do("neighbour", c.MakeOffer((LEASE,)))
    page = found.page("farmer")
    actions.next_phase(found.session, ADA)
    page.locator("#line-notice").get_by_text("what is on the table can still be answered").wait_for()
    expect(page.locator("[data-course]")).to_contain_text("Settle up")
    expect(page.locator("#review")).to_have_attribute("aria-disabled", "true")
    expect(page.get_by_role("button", name="Counter")).to_have_count(0)
    expect(page.get_by_role("button", name="Accept offer 1…").first).to_be_visible()
    actions.next_phase(found.session, ADA)
    page.locator("#line-notice").get_by_text("The talk is over").wait_for()
    expect(page.get_by_role("button", name="Accept offer 1…")).to_have_count(0)
    expect(page.locator("#say")).to_be_hidden()
    expect(page.locator("#walk")).to_be_hidden()
    expect(page.locator("#timeline")).to_contain_text("Answer alone.")
    page.get_by_text("Outcome feelings").click()
    expect(page.locator("#timeline .questions > li").first).to_be_visible()
    actions.pause(found.session, ADA)
    page.locator("#line-notice").get_by_text("paused the table").wait_for()
    actions.resume(found.session, ADA)
    page.locator("#line-notice").get_by_text("The talk is over").wait_for()
    expect(page.locator("#say")).to_be_hidden()
    page.get_by_role("button", name="Call the instructor").click()
    page.get_by_role("button", name="Take it back").wait_for()


@pytest.mark.slow
def test_what_waiting_costs_is_said_and_counted(
    visitor: Visitor, running_server: RunningServer, committed_db: None
) -> None:
    """Three minutes pass in the browser: each costs the farmer two points, on every figure of the page."""
    found = Hall(visitor, running_server, edition(), {"waiting_costs": True})
    found.do("neighbour", c.MakeOffer((LEASE,)))
    page = found.page("farmer", clock=True)
    page.get_by_text("Each minute of waiting costs you 2.").first.wait_for()
    worth = page.locator("#timeline .has-offer strong", has_text="115")
    worth.wait_for()
    page.clock.fast_forward(180_000)
    page.get_by_text("3 so far: 6 less").wait_for()
    page.locator("#timeline .has-offer strong", has_text="109").wait_for()


@pytest.mark.slow
@pytest.mark.parametrize("ready", ["room", "watch"])
def test_page_that_could_not_follow_the_news_says_so_and_asks_again(
    visitor: Visitor, running_server: RunningServer, committed_db: None, ready: str
) -> None:
    found = hall(visitor, running_server)
    page = found.page("candidate") if ready == "room" else visitor()
    if ready == "watch":
        come_in(page, running_server.url, {"instructor": str(ADA)}, f"/watch/{found.room.pk}/", "watch")
    page.route(page.url, lambda route: route.fulfill(status=500))
    actions.release_news(found.session, ADA, NEWS)
    page.locator("#timeline").get_by_text(TEXT).wait_for()
    page.get_by_text("What has changed is not on this page yet.").wait_for()
    found.do("candidate", c.Say("Well"))
    page.get_by_text("Well", exact=True).wait_for()
    page.unroute(page.url)
    page.locator("#stakes, #panel-mine").get_by_text("128").first.wait_for()
    assert page.locator("#stale").is_hidden()

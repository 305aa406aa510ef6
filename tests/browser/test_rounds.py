"""A table of rounds in real browsers: eight seasons of Four Crews, sealed, shown and added up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from negotiations import actions
from tests.browser.support import LOOKS, PHONE, axe_faults, come_in, own_door
from tests.negotiations.bays import Bay, put_to_sea, two_boards

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.serving import RunningServer

__all__ = ["own_door"]
pytestmark = pytest.mark.browser
Visitor = Callable[..., "Page"]


def board(page: Page, server: RunningServer, bay: Bay, party: str) -> Page:
    come_in(page, server.url, bay.cookies(bay.seats[party]), f"/rooms/{bay.room.pk}/", "room")
    return page


def seal(page: Page, move: str) -> None:
    page.get_by_role("button", name=move, exact=True).click()
    page.get_by_role("button", name=f"Seal “{move}”").click()


def at_season(page: Page, number: int) -> None:
    page.get_by_role("heading", name=f"Season {number} of 8").wait_for()


@pytest.mark.slow
def test_eight_seasons_with_practice_crews_opposite_and_a_crew_that_is_absent_once(
    visitor: Visitor, running_server: RunningServer, committed_db: None
) -> None:
    """Short seasons, so that the first can run out on the absent crew."""
    bay = put_to_sea(minutes=4, partners=("east", "south"), policy={"partner_pace": [0.1, 0.2]})
    page = board(visitor(), running_server, bay, "north")
    at_season(page, 1)
    seal(page, "narrow")
    page.locator("table.shown").get_by_text("absent").wait_for()
    for number in range(2, 9):
        at_season(page, number)
        bay.choose("west", number, "narrow")
        seal(page, "narrow")
    page.get_by_role("heading", name="All seasons are over. In all you have").first.wait_for()
    assert page.locator("table.shown tbody tr").count() == 8
    page.get_by_text("Absent: did not choose in time and got “narrow” (West Quay crew).").wait_for()
    bay.room.refresh_from_db()
    assert bay.room.summary["outcome"] == "played_out"
    total = bay.room.summary["landed"]["north"]
    page.get_by_text(f"In all you have {total:g} tonnes.").first.wait_for()
    assert axe_faults(page) == []


@pytest.mark.slow
def test_anonymous_room_shows_how_many_and_not_who(
    visitor: Visitor, running_server: RunningServer, committed_db: None
) -> None:
    bay = put_to_sea(condition="anonymous")
    page = board(visitor(width=PHONE), running_server, bay, "north")
    seal(page, "narrow")
    for party, move in (("east", "wide"), ("south", "narrow"), ("west", "narrow")):
        bay.choose(party, 1, move)
    at_season(page, 2)
    row = page.locator("table.shown tbody tr").first
    assert row.get_by_text("3 narrow and 1 wide").is_visible()
    assert row.get_by_text("3", exact=True).is_visible()
    assert page.locator("table.shown").get_by_text("East Quay crew").count() == 0
    assert axe_faults(page) == []


@pytest.mark.slow
def test_crew_of_two_talks_among_itself_while_the_talk_is_closed(
    visitor: Visitor, running_server: RunningServer, committed_db: None
) -> None:
    bay = put_to_sea()
    mate = actions.seat_person(bay.room, "north", uuid4())
    page = board(visitor(), running_server, bay, "north")
    page.get_by_label("Message", exact=True).fill("Narrow again?")
    page.get_by_text("Only your side reads this.").wait_for()
    page.get_by_role("button", name="Send message").click()
    second = visitor()
    come_in(second, running_server.url, bay.cookies(mate), f"/rooms/{bay.room.pk}/", "room")
    second.locator(".said", has_text="Narrow again?").wait_for()
    seal(second, "wide")
    page.get_by_text("Sealed: “wide”.").wait_for()
    east = board(visitor(), running_server, bay, "east")
    east.get_by_text("has chosen").wait_for()
    assert east.get_by_text("Narrow again?").count() == 0
    assert east.get_by_label("Message", exact=True).is_hidden()


@pytest.mark.slow
def test_instructor_reads_along_and_sees_what_is_sealed(
    visitor: Visitor, running_server: RunningServer, committed_db: None
) -> None:
    bay = put_to_sea()
    bay.choose("east", 1, "wide")
    page = visitor(width=PHONE)
    come_in(page, running_server.url, bay.ada_cookies, f"/watch/{bay.room.pk}/", "watch")
    page.get_by_text("has chosen: wide").wait_for()
    assert axe_faults(page) == []


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_a_season_is_waited_for_shown_and_talked_about(
    visitor: Visitor, running_server: RunningServer, committed_db: None, width: int, scheme: str
) -> None:
    bay = put_to_sea()
    page = board(visitor(width=width, color_scheme=scheme), running_server, bay, "north")
    at_season(page, 1)
    page.get_by_text("Talk with the others is closed. The next talk is before season 4.").locator(
        "visible=true"
    ).first.wait_for()
    assert axe_faults(page) == []
    seal(page, "wide")
    page.get_by_text("Sealed: “wide”.").wait_for()
    page.get_by_text("is choosing").first.wait_for()
    page.get_by_text("have chosen", exact=True).wait_for()
    assert axe_faults(page) == []
    for number in range(1, 4):
        for party in ("east", "south", "west"):
            bay.choose(party, number, "narrow")
        if number < 3:
            at_season(page, number + 1)
            seal(page, "narrow")
    at_season(page, 4)
    page.get_by_text("Talk is open: everybody may speak.").locator("visible=true").first.wait_for()
    if width < 1000:
        page.get_by_role("link", name="Talk").click()
    page.get_by_label("Message", exact=True).fill("All narrow?")
    page.get_by_role("button", name="Send message").click()
    page.locator(".message:not(.message-unsent) .said", has_text="All narrow?").wait_for()
    assert axe_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.slow
@pytest.mark.parametrize(
    ("party", "rows"),
    [
        (
            "north",
            [
                ["you: 5, East Quay crew: 4", "you: 0, East Quay crew: 9"],
                ["you: 8, East Quay crew: 1", "you: 2, East Quay crew: 3"],
            ],
        ),
        (
            "east",
            [
                ["you: 4, North Quay crew: 5", "you: 1, North Quay crew: 8"],
                ["you: 9, North Quay crew: 0", "you: 3, North Quay crew: 2"],
            ],
        ),
    ],
)
def test_each_of_two_reads_what_every_pair_of_moves_pays(
    visitor: Visitor, running_server: RunningServer, committed_db: None, party: str, rows: list[list[str]]
) -> None:
    """In the season that counts three times, three times as much."""
    bay = two_boards()
    page = board(visitor(width=PHONE), running_server, bay, party)
    at_season(page, 1)
    table = page.locator(".pays table")
    assert [" ".join(words.split()) for words in table.locator("thead th").all_text_contents()] == [
        f"{'East' if party == 'north' else 'North'} Quay crew: “{move}”" for move in ("narrow", "wide")
    ]
    assert table.locator("tbody th").all_text_contents() == ["you: “narrow”", "you: “wide”"]
    assert cells(page) == rows
    for number in (1, 2, 3):
        for name in ("north", "east"):
            bay.choose(name, number, "narrow")
        at_season(page, number + 1)
    assert cells(page)[0][0] == rows[0][0].replace("5", "15").replace("4", "12")
    assert axe_faults(page) == []


def cells(page: Page) -> list[list[str]]:
    """Each cell as it is read aloud."""
    found = page.locator(".pays tbody tr").all()
    return [
        [" ".join(words.split()).replace(" ,", ",") for words in row.locator("td").all_text_contents()]
        for row in found
    ]

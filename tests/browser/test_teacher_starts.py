"""Each kind of table from its beginning as a teacher makes it: chosen in a form, joined by code, paired, opened and
played."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, repeat
from typing import TYPE_CHECKING

import pytest

from classrooms.models import Person
from negotiations.models import Room, Seat
from tests.browser.hands import accept, choose, ended, go, press, say_yes, send_offer
from tests.browser.support import PHONE
from tests.browser.test_hour import Visitor, confirm, join, lesson, teach
from tests.browser.test_many_plays import settle_the_mill
from tests.factories import Lesson, edition_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["lesson", "teach"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(autouse=True)
def async_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


class Start:
    """A session that Ada makes in her browser for people who join in theirs; she pairs them and opens the table."""

    def __init__(self, ada: Page, visitor: Visitor, slug: str) -> None:
        self.ada, self.visitor, self.title = ada, visitor, edition_of(slug).title
        ada.goto("/")
        ada.get_by_role("link", name="New session").first.click()
        before = ada.locator("#session-rules > .field").element_handle()
        ada.get_by_label("Simulation").select_option(label=self.title)
        before.wait_for_element_state("hidden")  # its own questions have come

    def with_rule(self, name: str) -> None:
        self.ada.get_by_text("Rules of the table").click()
        self.ada.get_by_label(name).check(force=True)

    def opened(self, people: int) -> dict[str, Page]:
        """Everybody's page at the table, by party; who comes first has a laptop."""
        self.ada.get_by_role("button", name="Open the session").click()
        code = self.ada.locator(".joining .join-code").inner_text().replace(" ", "")[-6:]
        pages = list(self.joined(code, people))
        self.ada.get_by_role("heading", name=f"{people} people are here").wait_for()
        self.ada.get_by_role("button", name=f"Next: Pair {people} people").click()
        self.ada.get_by_role("button", name="Next: Prepare").click()
        for page in pages:
            page.wait_for_url(re.compile("/rooms/.*/role/"))
        confirm(self.ada, "Next: Open the tables…", "Open the tables")
        self.ada.get_by_role("button", name="Pause all").wait_for()
        return self.by_party(code, pages)

    def joined(self, code: str, people: int) -> Iterator[Page]:
        for number, width in zip(range(people), chain([1280], repeat(PHONE)), strict=False):
            page = self.visitor(width=width)
            join(page, code, f"Person {number}")
            yield page

    def by_party(self, code: str, pages: Sequence[Page]) -> dict[str, Page]:
        for page in pages:
            page.goto(f"/seat/{code}/")
            page.locator("html[data-ready=room]").wait_for()
        self.room = Room.objects.get(session__sitting__code=code)
        seats = {seat.holder: seat.party for seat in Seat.objects.filter(room=self.room)}
        people = {person.name: seats[person.pk] for person in Person.objects.filter(pk__in=seats)}
        return {people[f"Person {number}"]: page for number, page in enumerate(pages)}


def test_two_meet_under_the_one_condition_that_was_chosen(
    teach: Visitor, visitor: Visitor, lesson: Lesson
) -> None:
    start = Start(teach(lesson.ada), visitor, "second-hand-kiln")
    start.with_rule("A second dealer has offered the seller 1950 dollars")
    pages = start.opened(2)
    seller, buyer = pages["seller"], pages["buyer"]
    assert start.room.condition == "strong_seller"
    seller.get_by_text("1950 dollars cash").first.wait_for(state="attached")
    choose(seller, {"price": "2,200"})
    send_offer(seller, 1)
    accept(buyer, 1)
    for page in (seller, buyer):
        ended(page, "You have a deal.")
    start.ada.locator("#group-done #tile-1").get_by_text("$2,200").wait_for()


def test_six_vote_by_the_rule_that_was_ticked(teach: Visitor, visitor: Visitor, lesson: Lesson) -> None:
    start = Start(teach(lesson.ada), visitor, "dunmore-mill")
    start.with_rule("all stay open")
    pages = start.opened(6)
    assert start.room.session.policy["offers"] == "open"
    settle_the_mill(pages)
    start.ada.locator("#group-done #tile-1").wait_for()


def test_two_of_three_agree_once_the_teacher_lets_all_talk(
    teach: Visitor, visitor: Visitor, lesson: Lesson
) -> None:
    start = Start(teach(lesson.ada), visitor, "cold-store")
    start.with_rule("A grant lifts the three-way total to 130")
    pages = start.opened(3)
    assert start.room.condition == "roomy"
    for _ in range(3):
        with start.ada.expect_response("**/do/next-part/"):
            confirm(start.ada, "Next part…", "Go on")
    go(pages["orchard"], "builder")
    press(pages["orchard"], "Birchwater and you: $92 thousand")
    send_offer(pages["orchard"], 1)
    say_yes(pages["dairy"], 1)
    press(pages["fishery"].locator("#last-call"), "Let it be")
    ended(pages["fishery"], "The others agreed. You are left out.")
    for party in ("orchard", "dairy"):
        ended(pages[party], "You have a deal.")
    start.ada.locator("#group-done #tile-1").wait_for()

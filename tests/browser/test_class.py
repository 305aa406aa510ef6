"""Tried as a class would: two phones and a laptop at a table of six, served by two web processes, and one of the
phones without its network for a whole minute, in the middle of a yes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from classrooms import actions
from classrooms.models import Attendance, Sitting
from negotiations import actions as table
from negotiations.models import Room, Seat
from negotiations.rules import commands as c
from tests.browser.hands import card, ended, hears, press, say, say_yes
from tests.browser.network import BOTH, Network, Way, network_to
from tests.browser.test_hour import join
from tests.factories import edition_of, make_user
from tests.faults.houses import House, run_houses
from tests.negotiations.rules.mill import FIVE

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.redis, pytest.mark.slow]
Visitor = Callable[..., Any]
Pages = tuple["Page", "Page", "Page"]
PHONES: dict[str, dict[str, Any]] = {
    "small": {"width": 360, "height": 740, "device_scale_factor": 3, "is_mobile": True, "has_touch": True},
    "large": {"width": 412, "height": 839, "device_scale_factor": 2.6, "is_mobile": True, "has_touch": True},
}
MINUTE = "began => performance.now() - began > 60_000"
#: A browser says itself that its line was cut.
CUT = ("WebSocket connection to",)
STAND = "4 for it, 5 needed"
WORDS = "Fay, are you there?"


class Lesson:
    """Six at the mill. Those without a browser act by themselves."""

    def __init__(self) -> None:
        self.ada = make_user()
        classroom = actions.make_classroom("Section B", self.ada)
        policy = {"last_call": 600}
        self.sitting: Sitting = actions.make_session(classroom, edition_of("dunmore-mill"), 45, policy=policy)
        self.room: Room = table.open_room(self.sitting.session, 1)

    def seat(self, names: Mapping[str, str]) -> None:
        """By party the name under which somebody has joined; without one somebody joins now."""
        for party, name in names.items():
            joined = Attendance.objects.filter(sitting=self.sitting, person__name=name).first()
            person = joined.person if joined else actions.join(self.sitting, party).person
            table.seat_person(self.room, party, person.pk)
        table.open_tables(self.sitting.session, self.ada.pk)

    def do(self, party: str, command: c.Command) -> None:
        seat = Seat.objects.get(room=self.room, party=party)
        table.perform_now(self.room.pk, c.Actor(seat.pk, "seat", party), command, uuid4())

    def yes(self, party: str) -> None:
        made = self.room.events.get(type="offer.made")
        self.do(party, c.AcceptOffer(1, 0, made.payload["digest"]))


def lose_the_network_in_a_yes(phone: Page, network: Network, ways: frozenset[Way]) -> None:
    press(card(phone, 1), "Yes to offer 1…")
    phone.get_by_role("dialog").get_by_role("checkbox").check()
    network.goes_dark(ways)
    press(phone.get_by_role("dialog"), "Say yes to offer 1")
    phone.get_by_role("button", name="Say yes to offer 1: sending").wait_for()


def everything_told(page: Page) -> list[dict[str, Any]]:
    """What this browser is told of the table, but for what it is worth to its party."""
    frame = page.evaluate("fetch('events/').then((answer) => answer.json())")
    own = ("worth", "beside", "levels")
    return [{name: value for name, value in event.items() if name not in own} for event in frame["events"]]


@pytest.fixture
def houses(committed_db: None, redis_url: str, tmp_path: Path) -> Iterator[list[House]]:
    with run_houses(tmp_path, redis_url, DJANGO_SETTINGS_MODULE="config.settings") as running:
        yield running


@pytest.fixture
def network(houses: list[House]) -> Iterator[Network]:
    with network_to(houses[0].port) as found:
        yield found


@pytest.fixture
def lesson(committed_db: None) -> Lesson:
    return Lesson()


@pytest.fixture
def pages(network: Network, houses: list[House], lesson: Lesson, visitor: Visitor) -> Pages:
    """The phone in whose network there is a gap, another, and a laptop; they have joined and come to the table."""
    phone = visitor(**PHONES["small"], base_url=network.url, expects=CUT)
    other = visitor(**PHONES["large"], base_url=houses[1].origin)
    laptop = visitor(base_url=houses[0].origin)
    found = {"Fay": phone, "Flo": other, "Uli": laptop}
    for name, page in found.items():
        join(page, lesson.sitting.code, name)
    lesson.seat({"fire": "Fay", "families": "Flo", "union": "Uli", "company": "", "agency": "", "expert": ""})
    for page in found.values():
        # The lobby leads there by itself.
        page.wait_for_url(re.compile(r"/rooms/[^/]*/$"))
        page.locator("html[data-ready=room]").wait_for()
    return phone, other, laptop


@pytest.mark.parametrize("lost", [BOTH, frozenset({"down"})], ids=["the request", "the answer"])
def test_phone_without_a_network_for_a_minute_misses_nothing(
    pages: Pages, network: Network, lesson: Lesson, lost: frozenset[Way]
) -> None:
    phone, other, laptop = pages
    lesson.do("company", c.MakeOffer((FIVE,)))
    say_yes(laptop, 1)
    lesson.yes("agency")
    card(phone, 1).get_by_text("3 for it, 5 needed").wait_for()

    lose_the_network_in_a_yes(phone, network, lost)
    began = phone.evaluate("performance.now()")
    if lost != BOTH:
        card(laptop, 1).get_by_text(STAND).wait_for()
        network.goes_dark()
    phone.get_by_text("Reconnecting. Your text is safe and will be sent.").wait_for()
    say(laptop, WORDS)
    card(other, 1).get_by_role("button", name="Unsure", exact=True).click()
    phone.wait_for_function(MINUTE, arg=began, timeout=90_000)
    assert phone.get_by_text(WORDS).count() == 0
    network.comes_back()

    phone.get_by_role("dialog").wait_for(state="detached")
    all_see_the_same(pages)
    assert lesson.room.events.filter(type="offer.accepted", payload__party="fire").count() == 1
    assert not Seat.objects.filter(room=lesson.room).exclude(left_at=None).exists()
    say_yes(other, 1)
    lesson.do("expert", c.DeclineOffer(1))
    for page in pages:
        ended(page, "You have a deal.")


def all_see_the_same(pages: Pages) -> None:
    for page in pages:
        hears(page, WORDS)
        card(page, 1).get_by_text(STAND).wait_for()
        if page is not pages[1]:
            card(page, 1).get_by_text("Families of the five injured workers is unsure").wait_for()
    one, *others = [everything_told(page) for page in pages]
    assert others == [one, one]

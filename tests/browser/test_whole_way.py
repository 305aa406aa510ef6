"""The whole way, as in a class: join, read, plan, negotiate, a real worker, the debrief, the released result.

Pictures of the docs are taken on the way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from bargaining.case import Value
from classrooms import actions as classes
from config.worker import embedded_worker
from negotiations import actions, queries
from negotiations.models import Room, Seat
from negotiations.rules import commands as c
from negotiations.rules.commands import Actor
from tests.browser.hands import accept, open_builder, say, send_offer
from tests.browser.support import PHONE, Picture, axe_faults, picture
from tests.browser.test_hour import confirm, join, teach
from tests.factories import Lesson, make_lesson
from tests.negotiations.tables import BEST, LEASE

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.serving import RunningServer

__all__ = ["picture", "teach"]
pytestmark = pytest.mark.browser
SALE = {key: value for key, value in LEASE.items() if key != "rent"} | {"form": "sale", "sale_price": 190_000}
TALL = 1240
CLASS = ("Hana", "Piet", "Sofia", "Karl", "Ben", "Noor", "Ida", "Samir", "Grace", "Leo")
#: How the rooms without a browser end: each farmer's offers, the last of which is taken; None walks away.
PLAYS: tuple[tuple[Mapping[str, Value], ...] | None, ...] = (
    (LEASE | {"rent": 12000}, LEASE),
    (BEST | {"rent": 12000, "cabins": "none"}, BEST | {"rent": 10000, "cabins": "four"}),
    (SALE,),
    None,
    (LEASE | {"rent": 9500}, LEASE | {"rent": 8500, "cabins": "four", "sugarbush": "farmer"}),
)


@pytest.fixture(autouse=True)
def async_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def seats_of(room: Room) -> dict[str, Actor]:
    return {seat.party: Actor(seat.pk, "seat", seat.party) for seat in Seat.objects.filter(room=room)}


def begin(room: Room) -> None:
    """Both sides name a first package."""
    seats = seats_of(room)
    actions.perform_now(room.pk, seats["neighbour"], c.MakeOffer((LEASE | {"rent": 6000},)), uuid4())
    first = LEASE | {"rent": 10000, "cabins": "none"}
    actions.perform_now(room.pk, seats["farmer"], c.MakeOffer((first,)), uuid4())


def play(room: Room, offers: tuple[Mapping[str, Value], ...] | None) -> None:
    farmer, neighbour = seats_of(room)["farmer"], seats_of(room)["neighbour"]
    if offers is None:
        actions.perform_now(room.pk, farmer, c.WalkAway(), uuid4())
        return
    for offer in offers:
        actions.perform_now(room.pk, farmer, c.MakeOffer((offer,)), uuid4())
    last = queries.state_of(room.pk).offers[-1]
    actions.perform_now(room.pk, neighbour, c.AcceptOffer(last.number, 0, last.digest), uuid4())


@pytest.mark.slow
def test_the_whole_way(
    visitor: Callable[..., Page],
    teach: Callable[..., Page],
    running_server: RunningServer,
    picture: Picture,
) -> None:
    lesson = make_lesson()
    with embedded_worker():
        walk_through(lesson, visitor, teach, picture)


def walk_through(
    lesson: Lesson, visitor: Callable[..., Page], teach: Callable[..., Page], picture: Picture
) -> None:
    ada = teach(lesson.ada, reduced_motion="reduce")
    bo = visitor(height=860, reduced_motion="reduce")
    cy = visitor(width=PHONE, height=740, reduced_motion="reduce")
    join(bo, lesson.sitting.code, "Bo")
    join(cy, lesson.sitting.code, "Cy")
    prepare(lesson, ada, bo, cy, picture)
    negotiate(lesson, ada, bo, cy, picture)
    look_back(lesson, ada, bo, picture)


def prepare(lesson: Lesson, ada: Page, bo: Page, cy: Page, picture: Picture) -> None:
    ada.goto(lesson.address())
    ada.get_by_role("button", name="Next: Pair 2 people").click()
    ada.locator("#tile-1").wait_for()
    for name in CLASS:
        lesson.join(name)
    classes.pair(lesson.sitting, lesson.ada.pk)
    ada.goto(lesson.address())
    ada.get_by_role("button", name="Next: Prepare").click()
    for page in (bo, cy):
        page.wait_for_url(re.compile("/rooms/.*/role/"))
    picture(bo, "role")


def negotiate(lesson: Lesson, ada: Page, bo: Page, cy: Page, picture: Picture) -> None:
    confirm(ada, "Next: Open the tables…", "Open the tables")
    ada.get_by_role("button", name="Pause all").wait_for()
    for page in (bo, cy):
        page.goto(f"/seat/{lesson.sitting.code}/")
        page.wait_for_url(re.compile(r"/rooms/[^/]*/$"))
        page.locator("html[data-ready=room]").wait_for()
    say(cy, "What matters most to you about the meadow?")
    say(bo, "That it goes to somebody who looks after it. And you?")
    open_builder(bo)
    fill_best(bo)
    send_offer(bo, 1)
    cy.get_by_role("button", name="Counter").first.wait_for()
    picture(cy, "room-phone")
    cy.get_by_role("button", name="Counter").first.click()
    cy.get_by_role("button", name="Less: Price ($ a year)").click()
    send_offer(cy, 2)
    bo.get_by_role("button", name="Accept offer 2…").first.wait_for()
    picture(bo, "room")
    accept(bo, 2)
    for page in (bo, cy):
        page.get_by_role("heading", name="You have a deal.").first.wait_for()
    rooms = list(Room.objects.filter(session=lesson.session, ended_at=None).order_by("number"))
    for room in rooms[1:]:
        begin(room)
    actions.perform_now(rooms[0].pk, seats_of(rooms[0])["farmer"], c.AskHelp(), uuid4())
    ada.locator("#toast").wait_for(state="hidden")
    ada.locator("#group-needs").wait_for()
    picture(ada, "board", TALL)
    for room, offers in zip(rooms, PLAYS, strict=True):
        play(room, offers)
    ada.locator(f"#group-done #tile-{len(PLAYS) + 1}").wait_for()


def fill_best(page: Page) -> None:
    """The best package of the farm, by the names of its controls."""
    page.get_by_role("combobox", name="Form of the arrangement").select_option(
        label="Lease for 10 years with first right to buy"
    )
    page.get_by_role("textbox", name="Price ($ a year)").fill("9,000")
    page.get_by_label("40 acres").check(force=True)
    page.get_by_role("combobox", name="Tapping the sugarbush").select_option(
        label="Aldous family keeps all taps"
    )
    page.get_by_label("Six").check(force=True)
    page.get_by_label("1 November").check(force=True)
    page.get_by_role("textbox", name="Extra payment").fill("30,000")


def look_back(lesson: Lesson, ada: Page, bo: Page, picture: Picture) -> None:
    """The worker has made the figures by itself; the deal of Bo and Cy stands on the frontier."""
    confirm(ada, "Next: Debrief…", "Open the debrief")
    ada.goto(lesson.address("debrief"))
    room = Room.objects.get(session=lesson.session, number=1)
    row = ada.locator("tr", has=ada.locator("th", has_text=re.compile(f"^{room.number}$"))).last
    row.get_by_text("100 %", exact=True).wait_for()
    ada.locator("figure svg").first.wait_for()
    picture(ada, "debrief", TALL)
    ada.goto(lesson.address())
    confirm(ada, "Next: Release results…", "Release results")
    ada.get_by_role("link", name="Open the debrief").wait_for()
    bo.goto(f"/seat/{lesson.sitting.code}/")
    bo.wait_for_url(re.compile("/rooms/.*/result/"))
    assert axe_faults(bo) == []
    picture(bo, "result", TALL)

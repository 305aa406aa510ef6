"""The whole hour in browsers: an instructor and two students, from the first sign-in to the released results."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from classrooms import actions
from negotiations import actions as table
from negotiations.models import Room
from negotiations.rules import commands as c
from tests.browser.support import LIGHT, LOOKS, PHONE, Scale, axe_faults
from tests.classrooms.test_board import actor, opened
from tests.factories import PASSWORD, Lesson, edition_of, make_lesson, make_user

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.serving import RunningServer

pytestmark = pytest.mark.browser
Visitor = Callable[..., Any]


@pytest.fixture
def lesson(running_server: RunningServer) -> Lesson:
    return make_lesson()


@pytest.fixture
def teach(visitor: Visitor) -> Visitor:
    """A browser in which somebody has signed in."""

    def arrive(user: Any, **options: Any) -> Page:
        page: Page = visitor(**options)
        page.goto("/sign-in/")
        page.get_by_label("E-mail").fill(user.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("heading", level=1).wait_for()
        page.wait_for_url("**/")
        return page

    return arrive


def join(page: Page, code: str, name: str) -> None:
    page.goto("/j/")
    page.get_by_label("Code").fill(code.lower())
    page.get_by_label("Your name").fill(name)
    page.get_by_role("button", name="Join").click()
    page.get_by_role("heading", name="You are in").wait_for()


def open_board(page: Page, lesson: Lesson) -> None:
    page.goto(lesson.address())
    page.locator("html[data-ready=board]").wait_for()


def confirm(page: Page, verb: str, yes: str) -> None:
    page.get_by_role("button", name=verb).click()
    page.get_by_role("dialog").get_by_role("button", name=yes).click()


@pytest.mark.slow
def test_the_whole_hour(visitor: Visitor, teach: Visitor, running_server: RunningServer) -> None:
    edition_of()
    ada = teach(make_user())
    ada.get_by_role("link", name="Make a classroom").click()
    ada.get_by_label("Name").fill("Negotiation, section B")
    ada.get_by_role("button", name="Make the classroom").click()
    ada.get_by_role("link", name="Library").click()
    ada.get_by_role("link", name=re.compile("Use in class.*Mountain View Farm")).click()
    ada.get_by_role("button", name="Open the session").click()
    code = ada.locator(".joining .join-code").inner_text().replace(" ", "")[-6:]

    bo, cy = visitor(width=PHONE), visitor(width=PHONE)
    join(bo, code, "Bo")
    join(cy, code, "Cy")
    ada.get_by_role("heading", name="2 people are here").wait_for()

    ada.get_by_role("button", name="Next: Pair 2 people").click()
    ada.get_by_role("button", name="Next: Prepare").click()
    for student in (bo, cy):
        student.wait_for_url(re.compile("/rooms/.*/role/"))
    confirm(ada, "Next: Open the tables…", "Open the tables")
    ada.get_by_role("button", name="Pause all").wait_for()
    for student in (bo, cy):
        student.goto(f"/seat/{code}/")
        student.wait_for_url(re.compile(r"/rooms/[^/]*/$"))

    confirm(ada, "Next: Debrief…", "Open the debrief")
    ada.locator("#tile-1", has_text="Ended by you").wait_for()
    confirm(ada, "Next: Release results…", "Release results")
    ada.get_by_role("link", name="Open the debrief").wait_for()
    bo.goto(f"/seat/{code}/")
    bo.wait_for_url(re.compile("/rooms/.*/result/"))


def test_board_moves_by_itself_and_keeps_focus(teach: Visitor, lesson: Lesson) -> None:
    opened(lesson, 4)
    ada = teach(lesson.ada)
    open_board(ada, lesson)
    ada.locator("#watch-1").focus()
    table.perform_now(lesson.room().pk, actor(lesson), c.AskHelp(), actor(lesson).id)
    ada.locator("#group-needs #tile-1", has_text="Asks for help").wait_for()
    assert ada.evaluate("document.activeElement.id") == "watch-1"
    ada.get_by_role("button", name="Lower the hand").click()
    ada.locator("#toast", has_text="The hand in room 1 is lowered.").wait_for()
    ada.locator("#group-well #tile-1").wait_for()


@pytest.mark.slow
def test_open_menu_stays_open_while_the_board_moves(teach: Visitor, lesson: Lesson) -> None:
    opened(lesson, 4)
    ada = teach(lesson.ada)
    open_board(ada, lesson)
    ada.locator("#menu-1").click()
    table.perform_now(lesson.room().pk, actor(lesson), c.Say("Good morning"), actor(lesson).id)
    table.perform_now(lesson.room().pk, actor(lesson), c.AskHelp(), lesson.ada.pk)
    ada.locator("#group-needs #tile-1").wait_for()
    assert ada.locator("#more-1").get_attribute("open") is not None
    confirm(ada, "Pause…", "Pause room 1")
    ada.locator("#toast", has_text="Room 1 is paused.").wait_for()
    ada.keyboard.press("Escape")
    assert Room.objects.get(pk=lesson.room().pk).summary["phase"] == "paused"


def test_what_cannot_be_undone_is_asked_first(teach: Visitor, lesson: Lesson) -> None:
    opened(lesson)
    ada = teach(lesson.ada)
    open_board(ada, lesson)
    ada.get_by_role("button", name="End all…").click()
    dialog = ada.get_by_role("dialog")
    assert "This cannot be undone." in dialog.inner_text()
    dialog.get_by_role("button", name="Back to the board").click()
    assert lesson.room().ended_at is None
    confirm(ada, "End all…", "End all tables")
    ada.locator("#group-done #tile-1").wait_for()
    assert lesson.room().ended_at is not None


def test_pause_is_read_with_its_reason(visitor: Visitor, teach: Visitor, lesson: Lesson) -> None:
    bo = visitor(width=PHONE)
    join(bo, lesson.sitting.code, "Bo")
    opened(lesson, 1)
    bo.goto(f"/seat/{lesson.sitting.code}/")
    ada = teach(lesson.ada)
    open_board(ada, lesson)
    ada.get_by_role("button", name="Pause all…").click()
    ada.get_by_label("Reason, if you like").fill("A word to all of you")
    ada.keyboard.press("Enter")
    ada.locator("#toast", has_text="All tables are paused.").wait_for()
    bo.get_by_text("Paused: A word to all of you").first.wait_for()
    ada.get_by_role("button", name="Resume").first.click()
    ada.locator("#menu-1").click()
    confirm(ada, "Pause…", "Pause room 1")
    bo.get_by_text("Paused", exact=True).first.wait_for()


def test_board_works_by_keyboard_alone(teach: Visitor, lesson: Lesson) -> None:
    opened(lesson)
    ada = teach(lesson.ada)
    open_board(ada, lesson)
    ada.locator("#menu-1").focus()
    ada.keyboard.press("Enter")
    ada.keyboard.press("Tab")
    assert ada.evaluate("document.activeElement.id") == "pause-1"
    ada.keyboard.press("Escape")
    assert ada.evaluate("document.activeElement.id") == "menu-1"
    ada.locator("#show-code").focus()
    ada.keyboard.press("Enter")
    assert ada.get_by_role("dialog").is_visible()
    ada.keyboard.press("Escape")
    assert ada.evaluate("document.activeElement.id") == "show-code"


def test_lost_device_comes_back_with_six_words(visitor: Visitor, lesson: Lesson) -> None:
    phone, laptop = visitor(width=PHONE), visitor()
    join(phone, lesson.sitting.code, "Bo")
    words = phone.locator(".six-words").inner_text()
    laptop.goto(f"/j/{lesson.sitting.code}/")
    laptop.get_by_role("link", name="I was here before, on another device").click()
    laptop.get_by_label("Your six words").fill(words)
    laptop.get_by_role("button", name="Bring my seat here").click()
    laptop.get_by_text("You are here as Bo").wait_for()
    assert lesson.sitting.attendances.count() == 1


def test_pages_work_without_a_script(visitor: Visitor, lesson: Lesson) -> None:
    bo = visitor(java_script_enabled=False)
    join(bo, lesson.sitting.code, "Bo")
    actions.pair(lesson.sitting, lesson.ada.pk)
    table.open_preparation(lesson.session, lesson.ada.pk)
    bo.reload()
    bo.wait_for_url(re.compile("/rooms/.*/role/"))


def test_first_loads_are_light(visitor: Visitor, teach: Visitor, lesson: Lesson) -> None:
    """Joining, the lobby and the board, each as on a first visit: nothing is kept from the page before."""
    bo, ada = visitor(), teach(lesson.ada)
    code = lesson.sitting.code
    assert first_load(bo, f"/j/{code}/") < LIGHT
    join(bo, code, "Bo")
    assert first_load(bo, f"/seat/{code}/") < LIGHT
    assert first_load(ada, lesson.address()) < LIGHT


def first_load(page: Page, address: str) -> int:
    scale = Scale(page)
    scale.line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.goto(address)
    return sum(scale.weights().values())


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_pages_pass_axe(visitor: Visitor, teach: Visitor, lesson: Lesson, width: int, scheme: str) -> None:
    """And nothing is wider than the window."""
    options: dict[str, Any] = {"width": width, "color_scheme": scheme, "reduced_motion": "reduce"}
    faults: dict[str, list[str]] = {}

    def check(page: Page, name: str) -> None:
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} scrolls sideways"
        faults[name] = axe_faults(page)

    guest = visitor(**options)
    for address in (
        "/",
        "/j/",
        "/j/ZZZZZZ/",
        f"/j/{lesson.sitting.code}/",
        f"/j/{lesson.sitting.code}/back/",
    ):
        guest.goto(address)
        check(guest, address)
    join(guest, lesson.sitting.code, "Bo")
    check(guest, "lobby")
    guest.goto(f"/j/{lesson.sitting.code}/")
    check(guest, "known")

    ada = teach(lesson.ada, **options)
    open_board(ada, lesson)
    check(ada, "board before pairing")
    opened(lesson, 5)
    lesson.join("Late Lou")
    table.perform_now(lesson.room().pk, actor(lesson), c.AskHelp(), lesson.ada.pk)
    open_board(ada, lesson)
    check(ada, "board")
    ada.locator("#menu-2").click()
    check(ada, "menu")
    ada.get_by_role("button", name="End all…").click()
    check(ada, "question")
    addresses = (
        "/",
        "/classrooms/",
        "/classrooms/new/",
        f"/classrooms/{lesson.classroom.pk}/",
        "/sessions/new/",
    )
    for address in (*addresses, "/library/", "/library/mountain-view-farm/"):
        ada.goto(address)
        check(ada, address)
    assert {name: found for name, found in faults.items() if found} == {}

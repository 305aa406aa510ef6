"""The shelf in a browser: filters without a reload, a case brought with its faults and mended, and no fault for axe."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from simulations.rules.archive import pack
from tests.browser.support import LOOKS, PHONE, axe_faults
from tests.browser.test_hour import teach
from tests.factories import edition_of, make_user
from tests.simulations.folders import FOLDER, spoilt

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.serving import RunningServer

__all__ = ["teach"]
pytestmark = pytest.mark.browser
Teach = Callable[..., Any]


@pytest.fixture
def async_allowed(monkeypatch: pytest.MonkeyPatch, running_server: RunningServer) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    edition_of()


def fits(page: Page, width: int) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth") <= width)


def packed(folder: Path, files: dict[str, str]) -> Path:
    path = folder / "stall.zip"
    path.write_bytes(pack("stall", files))
    return path


def bring(page: Page, file: Path) -> None:
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Put it on my shelf").click()


@pytest.mark.slow
def test_filters_change_the_shelf_in_place(teach: Teach, async_allowed: None) -> None:
    """Other tests may have put simulations of their own on the shelf."""
    ada: Page = teach(make_user())
    ada.get_by_role("link", name="Library", exact=True).click()
    ada.wait_for_url("**/library/")  # with its scripts, which answer the choices in place
    ada.evaluate("window.stays = true")
    ada.get_by_label("Parties").select_option("3")
    ada.get_by_text(re.compile(r"\b3 of \d+ simulations")).wait_for()
    ada.wait_for_url("**parties=3**")
    ada.get_by_label("What is settled").select_option("coalition")
    ada.get_by_role("status").get_by_text(re.compile(r"\b1 of \d+ simulations")).wait_for()
    assert ada.get_by_label("Parties").locator("option").all_inner_texts() == ["any number", "three (1)"]
    ada.get_by_label("What should they learn?").fill("juggling")
    ada.get_by_text("Nothing on the shelf fits all of this.").wait_for()
    assert ada.evaluate("document.activeElement.id") == "q"
    assert ada.evaluate("window.stays") is True
    ada.locator("#shelf").get_by_role("link", name="Show the whole shelf").click()
    ada.get_by_text(re.compile(r"\b(\d+) of \1 simulations")).wait_for()


def test_filters_work_without_a_script(teach: Teach, async_allowed: None) -> None:
    ada: Page = teach(make_user(), java_script_enabled=False)
    ada.goto("/library/")
    ada.get_by_label("Parties").select_option("4")
    ada.get_by_role("button", name="Search").click()
    assert ada.get_by_role("heading", level=3).all_inner_texts() == [
        "Four Crews, One Bay",
        "Eleven Quarry Lane",
    ]


@pytest.mark.slow
def test_case_is_brought_mended_and_changed(teach: Teach, async_allowed: None, tmp_path: Path) -> None:
    ada: Page = teach(make_user(), width=PHONE)
    ada.goto("/library/")
    ada.get_by_role("link", name="Bring your own case").click()
    ada.get_by_label("Note on the licence").fill("Written for section B")
    bring(ada, packed(tmp_path, spoilt("value: 20", "value: twenty")))
    ada.get_by_role("heading", name="1 thing to mend").wait_for()
    assert axe_faults(ada) == []
    assert fits(ada, PHONE)
    assert ada.get_by_label("Note on the licence").input_value() == "Written for section B"
    bring(ada, packed(tmp_path, FOLDER))
    ada.get_by_role("heading", name="The Market Stall", level=1).wait_for()
    ada.get_by_role("link", name="Change texts and numbers").click()
    lead_to_the_line(ada)
    ada.get_by_role("link", name="What changed").click()
    ada.get_by_text("Days for the baker").wait_for()
    assert axe_faults(ada) == []


def lead_to_the_line(ada: Page) -> None:
    """A fault leads to its line, which is chosen; mended, the text is saved."""
    text = ada.get_by_label("simulation.yaml")
    good = text.input_value()
    text.fill(good.replace("max: 6", "max: six"))
    ada.get_by_role("button", name="Save as a new edition").click()
    ada.locator("html[data-ready=faults]").wait_for()
    ada.get_by_role("link", name=re.compile("simulation.yaml, line 20")).click()
    chosen = text.evaluate("text => text.value.slice(text.selectionStart, text.selectionEnd)")
    assert chosen.strip() == "max: six"
    text.fill(good.replace("max: 6", "max: 5"))
    ada.get_by_role("button", name="Save as a new edition").click()
    ada.get_by_text("Edition 2 is on your shelf.").wait_for()


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_pages_have_no_faults(teach: Teach, async_allowed: None, width: int, scheme: str) -> None:
    ada: Page = teach(make_user(), width=width, color_scheme=scheme)
    ada.goto("/library/second-hand-kiln/")
    ada.get_by_role("button", name="Copy to my shelf").click()
    own = "/shelf/my-second-hand-kiln"
    for address in (
        "/library/", "/library/?parties=3&level=introductory", "/library/mountain-view-farm/", "/library/quillhaven/",
        "/library/eleven-quarry-lane/as/seller_agent/", "/library/four-crews/as/north/", "/shelf/",
        f"{own}/", f"{own}/write/", f"{own}/rights/", "/sessions/new/",
    ):  # fmt: skip
        ada.goto(address)
        for folded in ada.locator("details").all():
            folded.evaluate("details => { details.open = true; }")
        assert axe_faults(ada) == [], address
        assert fits(ada, width), address


def test_role_is_chosen_by_keyboard(teach: Teach, async_allowed: None) -> None:
    ada: Page = teach(make_user())
    ada.goto("/library/mountain-view-farm/")
    ada.get_by_role("link", name="Neighbour").focus()
    ada.keyboard.press("Enter")
    ada.get_by_role("heading", name="Dev Okafor-Lind", level=1).wait_for()
    ada.get_by_role("button", name="Print").wait_for()

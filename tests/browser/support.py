"""What several browser tests need: tables to come to, taking a seat in a browser, and asking axe for faults."""

from __future__ import annotations

import base64
import gzip
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe

from negotiations import actions
from negotiations.models import Seat
from simulations.queries import public_case
from tests.factories import edition_of
from tests.negotiations.tables import TableUp, set_up

if TYPE_CHECKING:
    from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = 360
#: Both widths and both schemes; in a hurry one of the four.
LOOKS = [
    (PHONE, "dark"),
    pytest.param(1280, "light", marks=pytest.mark.slow),
    pytest.param(PHONE, "light", marks=pytest.mark.slow),
    pytest.param(1280, "dark", marks=pytest.mark.slow),
]
LIGHT = 60_000  # bytes of a first load, all headers among them
ROOM_SCRIPT, ROOM_STYLES = 45_000, 20_000  # the room is the heaviest page; so much each, as they travel
Sit = Callable[..., "Page"]
Picture = Callable[..., None]
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
LEAST_PICTURE = 5_000  # bytes; an empty page has fewer


@pytest.fixture(autouse=True)
def own_door(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the modules that import it. Playwright keeps a loop in this thread; tests still use the database from it."""
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


def come_in(page: Page, address: str, cookies: dict[str, str], path: str, ready: str) -> None:
    """Opens a page as whoever the cookies name, and waits until its script has taken over."""
    page.context.add_cookies(
        [{"name": name, "value": value, "url": address} for name, value in cookies.items()]
    )
    page.goto(f"{address}{path}")
    page.locator(f"html[data-ready={ready}]").wait_for()


def take_seat(page: Page, address: str, table: TableUp, seat: Seat) -> Page:
    come_in(page, address, table.cookies(seat), f"/rooms/{table.room.pk}/", "room")
    return page


@pytest.fixture
def picture(tmp_path: Path) -> Picture:
    """Takes a picture for the docs. PARLEY_PICTURES=1 writes it to docs/pictures; else it is only taken, so that
    the way to it cannot rot."""
    folder = PICTURES if os.environ.get("PARLEY_PICTURES") else tmp_path

    def take(page: Page, name: str, tall: int = 0) -> None:
        page.wait_for_load_state("networkidle")
        shot = webp(page, tall)
        assert len(shot) > LEAST_PICTURE
        (folder / f"{name}.webp").write_bytes(shot)

    return take


def webp(page: Page, tall: int) -> bytes:
    """A third of the bytes of a PNG: of the window, or of a longer page so much from its top. The page stands still
    if it was opened with reduced motion."""
    asked: dict[str, Any] = {"format": "webp", "quality": 70}
    if tall:
        width, height = page.evaluate("[innerWidth, document.documentElement.scrollHeight]")
        clip = {"x": 0, "y": 0, "width": width, "height": min(tall, height), "scale": 1}
        asked |= {"captureBeyondViewport": True, "clip": clip}
    found = page.context.new_cdp_session(page).send("Page.captureScreenshot", asked)
    return base64.b64decode(found["data"])


def axe_faults(page: Page) -> list[str]:
    """Each broken rule with the first element that breaks it; empty is clean."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:200]}" for fault in found.response["violations"]]


class Scale:
    """Weighs what a page fetches, as the browser itself counts it: bodies as they travelled, and their headers.

    Static files are served as they were written while testing. In public they travel compressed, and so they count.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.line = page.context.new_cdp_session(page)
        self.answers: dict[str, dict[str, Any]] = {}
        self.whole: dict[str, float] = {}
        self.line.on(
            "Network.responseReceived", lambda e: self.answers.update({e["requestId"]: e["response"]})
        )
        self.line.on(
            "Network.loadingFinished", lambda e: self.whole.update({e["requestId"]: e["encodedDataLength"]})
        )
        self.line.send("Network.enable")

    def weights(self) -> dict[str, int]:
        """By address, once nothing more is under way. The browser may still speak while it is asked for bodies."""
        self.page.wait_for_load_state("networkidle")
        arrived = [(request, self.answers[request]) for request in self.whole if request in self.answers]
        return {answer["url"]: self._weight(request, answer) for request, answer in arrived}

    def _weight(self, request: str, answer: dict[str, Any]) -> int:
        names = {name.lower() for name in answer["headers"]}
        if "/static/" not in answer["url"] or "content-encoding" in names:
            return int(self.whole[request])
        # Asked for again: what the browser kept of it may be gone when the page has moved on.
        body = self.page.request.get(answer["url"]).body()
        return int(answer["encodedDataLength"]) + min(len(body), len(gzip.compress(body)))

"""Nothing of one side's sheet reaches the other: marks that are searched in every byte, and two runs that
differ in the farmer's sheet alone and must look the same to the neighbour.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bargaining.case import Case
from bargaining.scoring import points
from debriefs.actions import run_pending
from negotiations import actions
from negotiations.models import Seat
from simulations.queries import public_case
from tests.negotiations.canaries import (
    OF_THE_INSTRUCTOR,
    digits_of,
    farmers_marks,
    found_in,
    load,
    publish_marked,
)
from tests.negotiations.tables import BEST, LEASE, TableUp
from tests.negotiations.tabs import cookie_header, run, sit
from tests.serving import RunningServer

TOKEN = "a" * 32
PLAN = {"target": "98765432.11", "limit": "87654321.12", "guess": "sugarbush"}
REASON = "Because of the curlew"
QUESTION = "Is the bittern worth it?"
SALE = {name: value for name, value in BEST.items() if name != "rent"} | {
    "form": "sale",
    "sale_price": 200000,
}
#: What the farmer planned and told the instructor: it is in no sheet, but as private.
PLANNED = {"98765432", "98,765,432", "87654321", "87,654,321", REASON}


class Browser:
    """Everything that one person receives, byte for byte as far as HTTP and sockets carry it."""

    def __init__(self, server: RunningServer, table: TableUp, seat: Seat) -> None:
        self.server, self.table = server, table
        self.headers = cookie_header(table.cookies(seat) | {"csrftoken": TOKEN}) | {"X-CSRFToken": TOKEN}
        self.received: list[str] = []

    async def fetch(self, method: str, path: str, **options: Any) -> str:
        address = self.server.url + path.format(self.table.room.pk)
        async with (
            aiohttp.ClientSession(headers=self.headers) as browser,
            browser.request(method, address, allow_redirects=False, **options) as answer,
        ):
            body = await answer.text()
            head = [f"{name}: {value}" for name, value in answer.headers.items()]
        self.received.append("\n".join([f"{method} {path} {answer.status}", *head, "", body]))
        return body

    async def get(self, *paths: str) -> None:
        for path in paths:
            await self.fetch("GET", path)

    async def post(self, kind: str, **fields: Any) -> dict[str, Any]:
        frame = {"t": kind, "id": str(uuid4()), **fields}
        answer: dict[str, Any] = json.loads(await self.fetch("POST", "/rooms/{}/commands/", json=frame))
        return answer


PAGES = (
    "/rooms/{}/role/",
    "/rooms/{}/",
    "/rooms/{}/events/",
    "/rooms/{}/events/?after=2",
    "/rooms/{}/result/",
)
OTHERS = ("/watch/{}/", "/watch/{}/events/", "/rooms/{}/commands/", "/rooms/{}/events/?after=x")


async def prepare(bo: Browser, cy: Browser) -> None:
    for browser in (bo, cy):
        await browser.get("/rooms/{}/role/", "/rooms/{}/")
        await browser.fetch(
            "POST", "/rooms/{}/plan/", data=PLAN if browser is bo else {"target": "", "limit": ""}
        )
        await browser.fetch("POST", "/rooms/{}/role/")
    await run(actions.open_preparation, bo.table.session, bo.table.ada)
    await run(actions.open_tables, bo.table.session, bo.table.ada)


async def negotiate(bo: Browser, cy: Browser) -> None:
    """Cy sits at a socket, Bo acts by HTTP; both do right and wrong things."""
    async with sit(cy.server, cy.table, "neighbour") as tab:
        await bo.post("help")
        for package in (LEASE, SALE, BEST):
            await bo.post("score", package=package)
            await bo.post("offer", packages=[package])
            offer = await tab.until("offer.made")
            await tab.ask("score", package=package)
        for fields in ({"offer": 1}, {"offer": 3, "digest": "old"}, {"offer": 9}):
            await tab.ask("accept", **{"package": 0, "digest": offer["digest"], **fields})
        await tab.ask("offer", packages=[LEASE | {"form": "castle"}])
        await tab.ask("offer", packages=[BEST | {"cabins": "six", "rent": 9000}])
        await tab.until("offer.made")
        await tab.ask("say", text=QUESTION)
        await tab.until("message.said")
        await tab.ask("withdraw", offer=1)
        await tab.ask("shout", text="x")
        await tab.resumed()
    cy.received += [json.dumps(frame) for frame in tab.frames]
    await cy.post("score", package=BEST)
    await cy.post("say", text="")
    await cy.get(*PAGES, *OTHERS)


async def end(bo: Browser, cy: Browser, deal: bool) -> None:
    async with sit(cy.server, cy.table, "neighbour") as tab:
        if deal:
            stands = json.loads(await bo.fetch("GET", "/rooms/{}/events/"))["events"]
            theirs = next(event for event in reversed(stands) if event["type"] == "offer.made")
            await bo.post("accept", offer=theirs["offer"], package=0, digest=theirs["digest"])
        else:
            await bo.post("walk", reason=REASON)
        await tab.until("table.closed")
        await tab.resumed()
    cy.received += [json.dumps(frame) for frame in tab.frames]
    await cy.post("say", text="Too late")
    await bo.get(*PAGES)
    await cy.get(*PAGES, *OTHERS)


def set_up_marked(folder: Path, change: int) -> tuple[TableUp, Case]:
    edition, case = publish_marked(folder, change)
    session = actions.create_session(edition, 45)
    room = actions.open_room(session, 1)
    seats = [actions.seat_person(room, party, uuid4()) for party in ("farmer", "neighbour")]
    return TableUp(session, room, *seats), case


async def play(server: RunningServer, folder: Path, change: int, deal: bool) -> tuple[Browser, Browser, Case]:
    table, case = await run(set_up_marked, folder, change)
    bo, cy = Browser(server, table, table.farmer), Browser(server, table, table.neighbour)
    await prepare(bo, cy)
    await negotiate(bo, cy)
    await end(bo, cy, deal)
    return bo, cy, case


@pytest.mark.parametrize("deal", [True, False], ids=["deal", "walked away"])
async def test_no_byte_of_the_farmers_sheet_reaches_the_neighbour(
    running_server: RunningServer, tmp_path: Path, deal: bool
) -> None:
    bo, cy, case = await play(running_server, tmp_path / "farm", 0, deal)
    sheet = farmers_marks(case)
    worths = digits_of(points(case, "farmer", package) for package in (LEASE, SALE, BEST))
    # First that they exist: the farmer's own pages and frames are full of them.
    in_other_words = digits_of(
        [case.party("farmer").base, *case.uncertainty("trail").beliefs["farmer"].values()]
    )
    assert sheet - set(found_in(bo.received, sheet)) == in_other_words
    assert set(found_in(bo.received, worths)) == worths
    assert found_in(bo.received, PLANNED)
    assert found_in(cy.received, [QUESTION])

    assert found_in(cy.received, sheet | worths | PLANNED) == {}
    for browser in (bo, cy):
        assert found_in(browser.received, OF_THE_INSTRUCTOR) == {}

    await run(run_pending, bo.table.session.pk)
    await run(actions.open_debrief, bo.table.session, bo.table.ada)
    await run(actions.release, bo.table.session, bo.table.ada)
    for browser in (bo, cy):
        await browser.get("/rooms/{}/result/", "/rooms/{}/")
    assert found_in(cy.received, sheet | worths | PLANNED) == {}


async def test_the_neighbour_keeps_his_own_points(running_server: RunningServer, tmp_path: Path) -> None:
    """Else the search above would also pass on empty pages."""
    _, cy, case = await play(running_server, tmp_path / "farm", 0, True)
    received = "\n".join(cy.received)
    assert "Rent a flat field across the valley" in received
    for package in (LEASE, SALE, BEST):
        assert f'"worth": [{points(case, "neighbour", package)}]' in received


MASKS = [
    (r"\d{4}-\d\d-\d\dT[\d:.]+Z", "TIME"),
    (r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID"),
    (r"(?i)^(date|expires|set-cookie|content-length): .*$", "HEADER"),  # a length follows from its body
    (r'(name="csrfmiddlewaretoken" value|name="csrf-token" content)="\w+"', "TOKEN"),
    (r'"X-CSRFToken": ?"\w+"', "TOKEN"),
    (r"(127\.0\.0\.1:)\d+", "HOST"),
    (r"\b\d\d:\d\d\b", "CLOCK"),
    (r"\bPerson [0-9a-f]{4}\b", "NAME"),  # which this door makes of a random id
    (r'("neighbour": ?)(true|false)', "PRESENT"),
]


def masked(received: list[str]) -> list[str]:
    """What was received, without times, random ids and tokens. Frames of a socket may come in any order."""
    found = []
    for text in received:
        for pattern, name in MASKS:
            text = re.sub(pattern, name, text, flags=re.MULTILINE)
        found.append(text)
    return sorted(found)


@pytest.mark.parametrize("deal", [True, False], ids=["deal", "walked away"])
async def test_neighbour_receives_the_same_bytes_whoever_the_farmer_is(
    running_server: RunningServer, tmp_path: Path, deal: bool
) -> None:
    one = await play(running_server, tmp_path / "one", 0, deal)
    two = await play(running_server, tmp_path / "two", 13, deal)
    assert one[2].party("farmer") != two[2].party("farmer")
    assert masked(one[0].received) != masked(two[0].received)
    for first, second in zip(masked(one[1].received), masked(two[1].received), strict=True):
        assert first == second


def test_twin_farmers_differ_in_private_matters_alone(tmp_path: Path) -> None:
    one, two = (load(tmp_path / str(change), change).case for change in (0, 13))
    assert one != two
    assert one.seen_by(None) == two.seen_by(None)
    assert one.seen_by("neighbour") == two.seen_by("neighbour")
    assert one.seen_by("farmer") != two.seen_by("farmer")


@pytest.mark.parametrize("name", ["room", "role", "events"])
def test_participants_request_never_reads_the_row_of_secrets(table: TableUp, name: str) -> None:
    """The edition's row holds the whole case; a participant's page takes its title and terms from elsewhere."""
    public_case.forget()
    client = Client()
    client.cookies["holder"] = str(table.neighbour.holder)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/rooms/{table.room.pk}/{'' if name == 'room' else name + '/'}").status_code == 200
    statements = [query["sql"] for query in asked]
    assert statements
    assert not any('"source"' in statement for statement in statements)

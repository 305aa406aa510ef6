"""What is said apart reaches exactly those who may hear it: by page, by polling and by socket, live and later."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

from negotiations import actions
from negotiations.models import Seat
from negotiations.rules import commands as c
from tests.factories import edition_of
from tests.negotiations.tables import LEASE, TableUp, set_up
from tests.negotiations.tabs import open_socket, run, sit, watch
from tests.negotiations.test_secrets import Browser
from tests.serving import RunningServer

INTERNAL = "The bittern is worth nothing to us"
APART = "The curlew goes to whoever helps me"
PUBLIC = "Good morning to all of you"
PAGES = (
    "/rooms/{}/",
    "/rooms/{}/role/",
    "/rooms/{}/events/",
    "/rooms/{}/events/?after=3",
    "/rooms/{}/result/",
)


async def everything_of(server: RunningServer, table: TableUp, seat: Seat) -> str:
    """All that the holder of this seat can fetch now, pages and socket."""
    browser = Browser(server, table, seat)
    await browser.get(*PAGES, "/watch/{}/", "/watch/{}/events/")
    async with open_socket(server, f"/ws/rooms/{table.room.pk}/", table.cookies(seat)) as tab:
        await tab.resumed()
    return "\n".join([*browser.received, *(json.dumps(frame) for frame in tab.frames)])


async def test_team_line_reaches_the_own_side_alone(running_server: RunningServer, table: TableUp) -> None:
    eve = await run(actions.seat_person, table.room, "farmer", uuid4())
    async with sit(running_server, table, "neighbour") as cy, watch(running_server, table) as ada:
        async with sit(running_server, table, "farmer") as bo:
            assert (await bo.ask("say", text=INTERNAL, to="team"))["t"] == "ack"
            assert (await bo.ask("say", text=PUBLIC))["t"] == "ack"
        await cy.until("message.said")
        assert (await ada.until("message.whispered"))["text"] == INTERNAL
        assert (await cy.ask("say", text="Hm", to="team"))["code"] == "no_channel"
    live = json.dumps(cy.frames)
    assert PUBLIC in live
    assert INTERNAL not in live
    own = await everything_of(running_server, table, eve)
    assert INTERNAL in own
    assert PUBLIC in own
    theirs = await everything_of(running_server, table, table.neighbour)
    assert PUBLIC in theirs
    assert INTERNAL not in theirs
    numbers = [event["n"] for event in cy.events]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def table_of_six() -> tuple[TableUp, dict[str, Seat], Any]:
    session = actions.create_session(edition_of("dunmore-mill"), 45)
    room = actions.open_room(session, 1)
    parties = [party.id for party in session_parties(session)]
    seats = {party: actions.seat_person(room, party, uuid4()) for party in parties}
    first, second, *_ = seats.values()
    table = TableUp(session, room, first, second)
    actions.open_tables(session, table.ada)
    actions.next_phase(session, table.ada)  # at first nobody talks apart there
    return table, seats, parties


def session_parties(session: Any) -> Any:
    from simulations.queries import public_case

    return public_case(session.edition_id).parties


async def test_caucus_reaches_its_members_alone(running_server: RunningServer, committed_db: None) -> None:
    table, seats, parties = await run(table_of_six)
    one, two, *others = parties
    who = c.Actor(seats[one].pk, "seat", one)
    await run(table.do, who, c.Say(APART, f"{two}+{one}"))
    await run(table.do, who, c.Say(PUBLIC))
    for party in parties:
        received = await everything_of(running_server, table, seats[party])
        assert PUBLIC in received
        assert (APART in received) == (party in (one, two))
    assert len(others) == 4


async def test_who_comes_to_the_seat_later_reads_what_the_side_said(
    running_server: RunningServer, table: TableUp
) -> None:
    """The newcomer sees the sheet and the log as that seat may; the leaver sees nothing any more."""
    await run(actions.seat_person, table.room, "farmer", uuid4())
    await run(table.do, table.bo, c.Say(INTERNAL, "team"))
    await run(actions.leave_seat, table.farmer)
    newcomer = await run(actions.seat_person, table.room, "farmer", uuid4())
    assert INTERNAL in await everything_of(running_server, table, newcomer)
    gone = Browser(running_server, table, table.farmer)
    await gone.get(*PAGES)
    assert all(" 404\n" in answer for answer in gone.received)


async def test_observer_sees_what_the_table_sees_and_no_sheet(
    running_server: RunningServer, table: TableUp
) -> None:
    await run(actions.seat_person, table.room, "farmer", uuid4())
    observer = await run(actions.seat_observer, table.room, uuid4())
    await run(table.do, table.bo, c.Say(INTERNAL, "team"))
    await run(table.do, table.bo, c.Say(PUBLIC))
    await run(table.do, table.bo, c.MakeOffer((LEASE,)))
    browser = Browser(running_server, table, observer)
    await browser.get(
        "/rooms/{}/", "/rooms/{}/role/", "/rooms/{}/plan/", "/rooms/{}/events/", "/rooms/{}/result/"
    )
    for frame in ({"text": "Hm"},):
        assert (await browser.post("say", **frame))["code"] == "observing"
    assert (await browser.post("score", package=LEASE))["code"] == "forbidden"
    async with open_socket(running_server, f"/ws/rooms/{table.room.pk}/", table.cookies(observer)) as tab:
        await tab.send({"t": "resume", "after": 0})
        offer = await tab.until("offer.made")
        assert (await tab.ask("score", package=LEASE))["code"] == "forbidden"
        assert (await tab.ask("walk"))["code"] == "observing"
    received = "\n".join([*browser.received, *(json.dumps(frame) for frame in tab.frames)])
    assert PUBLIC in received
    assert INTERNAL not in received
    assert "worth" not in offer
    assert '"points"' not in received
    for secret in ("Rent a flat field across the valley", "A hay contractor will probably rent"):
        assert secret not in received


async def test_observer_reads_both_sheets_when_the_session_says_so(
    running_server: RunningServer, committed_db: None
) -> None:
    table = await run(set_up, 45, True, {"observers": "sheets"})
    observer = await run(actions.seat_observer, table.room, uuid4())
    browser = Browser(running_server, table, observer)
    await browser.get("/rooms/{}/")
    received = "\n".join(browser.received)
    assert "A hay contractor will probably rent" in received
    assert "Rent a flat field across the valley" in received

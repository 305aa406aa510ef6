"""Who of a side it was: told to the own side by either way of reading, and to nobody else."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from negotiations import actions
from negotiations.models import Seat
from negotiations.rules import commands as c
from tests.negotiations.tables import LEASE, TableUp, name_for, set_up
from tests.negotiations.tabs import open_socket, run, sit
from tests.negotiations.test_http import browser, news
from tests.serving import RunningServer


@pytest.fixture
def team(committed_db: None) -> tuple[TableUp, Seat]:
    """Bo and Eve sell together, with taps; Cy buys."""
    table = set_up(policy={"taps": True})
    eve = actions.seat_person(table.room, "farmer", uuid4())
    table.do(table.bo, c.Say("Not below ten", "team"))
    table.do(c.Actor(eve.pk, "seat", "farmer"), c.Say("Agreed", "team"))
    table.do(c.Actor(eve.pk, "seat", "farmer"), c.MakeOffer((LEASE,)))
    table.do(table.bo, c.Tap(1))
    return table, eve


def page_data(client: Client, table: TableUp) -> dict[str, Any]:
    page = client.get(f"/rooms/{table.room.pk}/").content.decode()
    start = page.index(">", page.index('id="room-data"')) + 1
    found: dict[str, Any] = json.loads(page[start : page.index("</script>", start)])
    return found


def by_whom(events: list[dict[str, Any]]) -> dict[str, int]:
    return {event.get("text", event["type"]): event["by"] for event in events if "by" in event}


TOLD = {"Agreed": 2, "tap.asked": 2, "seat.taken": 2}


async def test_own_side_is_told_alike_by_socket_and_by_asking(
    running_server: RunningServer, team: tuple[TableUp, Seat]
) -> None:
    table, eve = team
    async with sit(running_server, table, "farmer") as bo:
        came = await bo.resumed()
        asked = await run(lambda: news(browser(table.cookies(eve)), table))
        assert by_whom(came) == by_whom(asked["events"]) == TOLD
    page = await run(lambda: page_data(browser(table.cookies(eve)), table))
    assert by_whom(page["events"]) == TOLD
    assert page["mates"] == {
        "me": 2,
        "names": {"1": name_for(table.farmer.holder), "2": name_for(eve.holder)},
    }


async def test_other_side_and_instructor_are_told_nothing_of_it(
    running_server: RunningServer, team: tuple[TableUp, Seat]
) -> None:
    table, eve = team
    async with sit(running_server, table, "neighbour") as cy:
        assert by_whom(await cy.resumed()) == {}
        assert all("mates" not in frame for frame in cy.frames)
    for cookies, name in ((table.cookies(table.neighbour), "events"), (table.ada_cookies, "watch-events")):
        asked = await run(lambda who=cookies, way=name: news(browser(who), table, name=way))
        assert by_whom(asked["events"]) == {}
        assert "mates" not in asked
    page = await run(lambda: page_data(browser(table.cookies(table.neighbour)), table))
    assert page["mates"] is None
    assert name_for(eve.holder) not in json.dumps(page)


async def test_own_side_sees_who_of_it_is_here_by_either_way(
    running_server: RunningServer, team: tuple[TableUp, Seat]
) -> None:
    table, eve = team
    path = f"/ws/rooms/{table.room.pk}/"
    async with sit(running_server, table, "farmer") as bo:
        assert (await bo.receive())["mates"] == {"1": True, "2": False}
        async with open_socket(running_server, path, table.cookies(eve)) as mate:
            assert (await mate.receive())["mates"] == {"1": True, "2": True}
    await run(lambda: Seat.objects.filter(pk=eve.pk).update(seen_at=timezone.now()))
    asked = await run(lambda: news(browser(table.cookies(table.farmer)), table, 99))
    assert asked["mates"]["2"] is True

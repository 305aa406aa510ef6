"""No byte of a sealed move reaches another crew before all are shown: two runs that differ in one crew's move
alone look the same to every other crew, over pages, requests and sockets.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import pytest

from negotiations.keepers import exchange_presence
from tests.negotiations.bays import CREWS, Bay, put_to_sea
from tests.negotiations.tabs import Tab, open_socket, run
from tests.negotiations.test_secrets import Browser, masked
from tests.serving import RunningServer

PAGES = (
    "/rooms/{}/",
    "/rooms/{}/role/",
    "/rooms/{}/events/",
    "/rooms/{}/events/?after=2",
    "/rooms/{}/result/",
)


@asynccontextmanager
async def on_board(server: RunningServer, bay: Bay, party: str) -> AsyncIterator[Tab]:
    """At a socket, and known to be there also where one polls: the keeper of presence may pass by sooner or later."""
    seat = bay.seats[party]
    async with open_socket(server, f"/ws/rooms/{bay.room.pk}/", bay.cookies(seat)) as tab:
        await run(exchange_presence, [seat.pk], [])
        yield tab


async def before_the_reveal(server: RunningServer, move: str) -> tuple[Bay, dict[str, Browser]]:
    """North seals its move while the others look at everything they can, and try what they may not."""
    bay = await run(put_to_sea)
    browsers = {party: Browser(server, bay, bay.seats[party]) for party in CREWS}  # type: ignore[arg-type]
    async with on_board(server, bay, "east") as east, on_board(server, bay, "north") as north:
        await north.ask("choose", round=1, move=move)
        await north.until("move.sealed")
        await east.until("crew.ready")
        await east.ask("choose", round=1, move="narrow")
        for frame in ({"round": 1, "move": move * 2}, {"round": 2, "move": "wide"}):
            await east.ask("choose", **frame)
        await east.ask("say", text="What did you load?")
        for party in ("east", "south", "west"):
            await browsers[party].get(*PAGES, "/watch/{}/", "/watch/{}/events/")
            read = [head.splitlines()[0] for head in browsers[party].received]
            assert [line[-3:] for line in read] == ["200"] * 5 + ["404"] * 2
        await north.resumed()
        await east.resumed()
    browsers["east"].received += [json.dumps(frame) for frame in east.frames]
    browsers["north"].received += [json.dumps(frame) for frame in north.frames]
    return bay, browsers


async def test_no_byte_of_a_sealed_move_reaches_another_crew(running_server: RunningServer) -> None:
    narrow, wide = [await before_the_reveal(running_server, move) for move in ("narrow", "wide")]
    assert masked(narrow[1]["north"].received) != masked(wide[1]["north"].received)
    for party in ("east", "south", "west"):
        assert narrow[1][party].received
        for one, other in zip(
            masked(narrow[1][party].received), masked(wide[1][party].received), strict=True
        ):
            assert one == other


async def anonymous_season(server: RunningServer, wide: str) -> dict[str, Browser]:
    """One crew of two used the wide net, in a room that shows only how many did."""
    bay = await run(partial(put_to_sea, condition="anonymous"))
    browsers = {party: Browser(server, bay, bay.seats[party]) for party in CREWS}  # type: ignore[arg-type]
    async with on_board(server, bay, "south") as south:
        for party in CREWS:
            await run(bay.choose, party, 1, "wide" if party == wide else "narrow")
        shown = await south.until("round.revealed")
        await south.resumed()
    assert (shown["moves"], shown["landed"], shown["counts"]) == (None, None, {"narrow": 3, "wide": 1})
    browsers["south"].received += [json.dumps(frame) for frame in south.frames]
    for party in CREWS:
        await browsers[party].get(*PAGES)
    return browsers


async def test_where_counts_are_shown_nobody_learns_which_crew_it_was(running_server: RunningServer) -> None:
    north, east = [await anonymous_season(running_server, wide) for wide in ("north", "east")]
    assert masked(north["north"].received) != masked(east["north"].received)
    for party in ("south", "west"):
        for one, other in zip(masked(north[party].received), masked(east[party].received), strict=True):
            assert one == other


async def test_all_crews_read_the_reveal_when_it_is_due(running_server: RunningServer) -> None:
    bay, browsers = await before_the_reveal(running_server, "wide")
    async with on_board(running_server, bay, "east") as east:
        await run(bay.choose, "south", 1, "narrow")
        await run(bay.choose, "west", 1, "narrow")
        shown = await east.until("round.revealed")
    assert shown["moves"] == {"north": "wide", "east": "narrow", "south": "narrow", "west": "narrow"}
    await browsers["west"].get("/rooms/{}/events/")
    assert '"north": "wide"' in browsers["west"].received[-1].replace('":"', '": "')


@pytest.mark.parametrize("party", ["east", "west"])
def test_board_summary_holds_no_sealed_move(committed_db: None, party: str) -> None:
    bay = put_to_sea()
    bay.choose(party, 1, "wide")
    bay.room.refresh_from_db()
    assert bay.room.summary["ready"] == [party]
    assert "wide" not in json.dumps(bay.room.summary)

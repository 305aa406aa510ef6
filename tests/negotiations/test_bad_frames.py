"""What a hostile or broken client sends over a socket: a typed answer or a typed goodbye, and nothing is stored."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from uuid import uuid4

import aiohttp
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from negotiations import queries
from negotiations.consumers import BAD_FRAMES
from negotiations.rules import commands as c
from negotiations.wire import MAX_FRAME
from tests.negotiations.tables import BEST, LEASE, TableUp, set_up
from tests.negotiations.tabs import Tab, cookie_header, run, sit
from tests.negotiations.test_wire import BAD
from tests.serving import RunningServer

#: Those that reach the reader: a socket's text is UTF-8 and not too big, or the socket is closed before.
TEXTS = [(why, text, code) for why, text, code, _ in BAD if isinstance(text, str) and len(text) <= MAX_FRAME]


async def lines(table: TableUp) -> int:
    return len(await run(queries.log_of, table.room.pk))


async def test_bad_frames_get_a_typed_answer_and_the_socket_lives(
    running_server: RunningServer, table: TableUp
) -> None:
    for start in range(0, len(TEXTS), BAD_FRAMES):
        async with sit(running_server, table, "farmer") as bo:
            for why, text, code in TEXTS[start : start + BAD_FRAMES]:
                await bo.send(text)
                answer = await bo.answer()
                assert (answer["t"], answer["code"], answer["retry"]) == ("err", code, False), why
            assert await lines(table) == 3 + start // BAD_FRAMES
            assert (await bo.ask("say", text="Still here"))["t"] == "ack"


async def test_socket_that_sends_nothing_but_bad_frames_is_closed(
    running_server: RunningServer, table: TableUp
) -> None:
    async with sit(running_server, table, "farmer") as bo:
        for _ in range(BAD_FRAMES + 1):
            await bo.send("{bad")
        assert await bo.closed() == 1008
    assert [frame["code"] for frame in bo.frames if frame["t"] == "err"] == ["bad_json"] * BAD_FRAMES


WRONG_PACKAGES = [
    LEASE | {"form": "lease99"},
    LEASE | {"mortgage": 1},
    LEASE | {"sale_price": 200000},
    LEASE | {"rent": 10**17},
    LEASE | {"rent": -500},
    LEASE | {"rent": 8000.0},
    LEASE | {"rent": "8000"},
    LEASE | {"trail_bonus": False},
    {},
]


@pytest.mark.parametrize("package", WRONG_PACKAGES)
async def test_offer_that_is_no_package_is_refused_in_words(
    running_server: RunningServer, table: TableUp, package: dict[str, object]
) -> None:
    async with sit(running_server, table, "farmer") as bo, sit(running_server, table, "neighbour") as cy:
        refused = await bo.ask("offer", packages=[package])
        await bo.ask("say", text="Next")
        assert (await cy.until("message.said"))["n"] == 4
    assert (refused["code"], refused["retry"]) == ("invalid_offer", False)
    assert refused["words"]


@pytest.mark.parametrize("text", ["a\x00b", " "])
async def test_message_that_cannot_be_stored_is_refused(
    running_server: RunningServer, table: TableUp, text: str
) -> None:
    async with sit(running_server, table, "farmer") as bo:
        assert (await bo.ask("say", text=text))["code"] in ("bad_text", "empty_message")
    assert await lines(table) == 3


async def test_stale_and_own_and_foreign_offers_are_refused(
    running_server: RunningServer, table: TableUp
) -> None:
    other = await run(set_up)
    await run(other.do, other.bo, c.MakeOffer((BEST,)))
    foreign = (await run(queries.state_of, other.room.pk)).offers[0]
    async with sit(running_server, table, "farmer") as bo, sit(running_server, table, "neighbour") as cy:
        unknown = await cy.ask("accept", offer=foreign.number, package=0, digest=foreign.digest)
        await bo.ask("offer", packages=[LEASE])
        offer = await cy.until("offer.made")
        named = {"offer": 1, "package": 0, "digest": offer["digest"]}
        refused = [
            await bo.ask("accept", **named),
            await cy.ask("accept", **named | {"digest": foreign.digest}),
            await cy.ask("accept", **named | {"offer": 2}),
            await cy.ask("accept", **named | {"package": 1}),
            await cy.ask("withdraw", offer=1),
        ]
        await bo.ask("withdraw", offer=1)
        refused.append(await cy.ask("accept", **named))
    stale = "stale_offer"
    assert unknown["code"] == stale
    assert [answer["code"] for answer in refused] == ["own_offer", stale, stale, stale, "forbidden", stale]


async def test_frame_that_names_another_room_is_refused(
    running_server: RunningServer, table: TableUp
) -> None:
    other = await run(set_up)
    async with sit(running_server, table, "farmer") as bo:
        refused = await bo.ask("say", text="Hello", room=str(other.room.pk))
    assert refused["code"] == "bad_request"
    assert [await lines(table), await lines(other)] == [3, 3]


async def test_binary_frame_closes_the_socket(running_server: RunningServer, table: TableUp) -> None:
    async with sit(running_server, table, "farmer") as bo:
        await bo.socket.send_bytes(json.dumps({"t": "say", "id": str(uuid4()), "text": "x"}).encode())
        assert await bo.closed() == 1003
    assert await lines(table) == 3


async def test_text_that_is_not_utf8_closes_the_socket(running_server: RunningServer, table: TableUp) -> None:
    async with sit(running_server, table, "farmer") as bo:
        await bo.socket.send_frame(b'{"t":"ping\xff"}', aiohttp.WSMsgType.TEXT)
        assert await bo.closed() == 1007


async def test_frame_that_is_too_big_closes_the_socket(running_server: RunningServer, table: TableUp) -> None:
    async with sit(running_server, table, "farmer") as bo:
        await bo.send(json.dumps({"t": "say", "id": str(uuid4()), "text": "x" * 17_000}))
        assert await bo.closed() == 1009
    assert await lines(table) == 3


async def test_frame_that_is_too_big_in_pieces_closes_the_socket(
    running_server: RunningServer, table: TableUp
) -> None:
    headers = cookie_header(table.cookies(table.farmer))
    url = f"{running_server.socket_url}/ws/rooms/{table.room.pk}/"
    async with connect(url, origin=running_server.url, additional_headers=headers) as socket:  # type: ignore[arg-type]

        async def pieces() -> AsyncIterator[str]:
            for _ in range(17):
                yield "x" * 1000
            await socket.wait_closed()  # the frame never ends, so that nothing crosses the goodbye

        with suppress(ConnectionClosed):
            await socket.send(pieces())
    assert socket.close_code == 1009
    assert await lines(table) == 3


async def flood(tab: Tab, frame: dict[str, object]) -> None:
    """Sends without end, as fast as the server takes it; reads nothing."""
    with suppress(ConnectionError):
        while not tab.socket.closed:
            await tab.send(frame)
            await asyncio.sleep(0)


@pytest.mark.parametrize("frame", [{"t": "ping"}, {"t": "resume", "after": 0}], ids=["ping", "resume"])
async def test_flood_is_slowed_then_closed_while_another_room_is_served(
    running_server: RunningServer, table: TableUp, frame: dict[str, object]
) -> None:
    other = await run(set_up)
    async with sit(running_server, table, "farmer") as bo, sit(running_server, other, "farmer") as dee:
        flooding = asyncio.create_task(flood(bo, frame))
        closing = asyncio.create_task(bo.closed())
        answers = 0
        while not closing.done():
            assert (await dee.ask("score", package={"form": "lease15", "rent": 8000}))["points"] == 70
            answers += 1
            await asyncio.wait([closing], timeout=0.05)
        assert closing.result() == 1008
        flooding.cancel()
        assert answers > 1
        assert (await dee.ask("say", text="Unmoved"))["t"] == "ack"
    pongs = sum(sent["t"] == "pong" for sent in bo.frames)
    assert pongs < 1000

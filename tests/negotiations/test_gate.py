"""Who may open a socket, read and act over HTTP; a stranger learns not even whether the room exists."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import aiohttp
import pytest
from django.http import HttpResponse
from django.test import Client

from negotiations import actions
from tests.negotiations.tables import TableUp, set_up
from tests.negotiations.tabs import open_socket, run, sit
from tests.serving import RunningServer

ROOM_PATHS = ("/rooms/{}/", "/rooms/{}/role/", "/rooms/{}/events/", "/watch/{}/", "/watch/{}/events/")


async def refused(
    server: RunningServer, path: str, cookies: dict[str, str], **options: object
) -> tuple[int, str]:
    """The handshake's status and what it says; the test fails if it is let in."""
    with pytest.raises(aiohttp.WSServerHandshakeError) as no:
        async with open_socket(server, path, cookies, **options):
            pass
    return no.value.status, no.value.message


async def test_stranger_is_refused_as_if_the_room_were_not_there(
    running_server: RunningServer, table: TableUp
) -> None:
    dee = {"holder": str(uuid4())}
    for cookies in ({}, dee, table.ada_cookies):
        there = await refused(running_server, f"/ws/rooms/{table.room.pk}/", cookies)
        absent = await refused(running_server, f"/ws/rooms/{uuid4()}/", cookies)
        assert there == absent
        assert there[0] == 403


async def test_person_of_another_room_is_refused(running_server: RunningServer, table: TableUp) -> None:
    other = await run(set_up)
    cookies = other.cookies(other.farmer)
    assert (await refused(running_server, f"/ws/rooms/{table.room.pk}/", cookies))[0] == 403
    async with open_socket(running_server, f"/ws/rooms/{other.room.pk}/", cookies) as tab:
        assert (await tab.receive())["t"] == "pong"


async def test_person_of_another_room_of_the_same_session_is_refused(
    running_server: RunningServer, table: TableUp
) -> None:
    second = await run(actions.open_room, table.session, 2)
    seat = await run(actions.seat_person, second, "farmer", uuid4())
    assert (await refused(running_server, f"/ws/rooms/{table.room.pk}/", table.cookies(seat)))[0] == 403


async def test_student_may_not_read_along(running_server: RunningServer, table: TableUp) -> None:
    cookies = table.cookies(table.farmer)
    assert (await refused(running_server, f"/ws/watch/{table.room.pk}/", cookies))[0] == 403


async def test_person_who_left_is_refused(running_server: RunningServer, table: TableUp) -> None:
    await run(actions.leave_seat, table.farmer)
    cookies = table.cookies(table.farmer)
    assert (await refused(running_server, f"/ws/rooms/{table.room.pk}/", cookies))[0] == 403


ORIGINS = (
    None,
    "null",
    "http://evil.example",
    "https://127.0.0.1",
    "http://127.0.0.1",
    "http://127.0.0.1:1",
    "http://sub.127.0.0.1:{port}",
    "http://127.0.0.1.evil.example:{port}",
    "http://127.0.0.1:{port}@evil.example",
    "ws://127.0.0.1:{port}",
    "file://",
)


@pytest.mark.parametrize("origin", ORIGINS)
async def test_page_of_a_foreign_origin_is_refused(
    running_server: RunningServer, table: TableUp, origin: str | None
) -> None:
    foreign = origin and origin.format(port=running_server.port)
    path = f"/ws/rooms/{table.room.pk}/"
    assert (await refused(running_server, path, table.cookies(table.farmer), origin=foreign))[0] == 403


async def test_own_origin_under_another_of_our_names_is_let_in(
    running_server: RunningServer, table: TableUp
) -> None:
    host = f"classroom.test:{running_server.port}"
    options = {"origin": f"http://{host}", "headers": {"Host": host}}
    async with open_socket(
        running_server, f"/ws/rooms/{table.room.pk}/", table.cookies(table.farmer), **options
    ) as tab:
        assert (await tab.receive())["t"] == "pong"


@pytest.mark.parametrize("path", ["/ws/rooms/1/", "/ws/rooms/", "/ws/", "/ws/rooms/{}"])
async def test_socket_address_that_is_none_is_refused(
    running_server: RunningServer, table: TableUp, path: str
) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError):
        async with open_socket(running_server, path.format(table.room.pk), table.cookies(table.farmer)):
            pass


async def test_compression_is_never_agreed_on(running_server: RunningServer, table: TableUp) -> None:
    cookies = table.cookies(table.farmer)
    async with open_socket(running_server, f"/ws/rooms/{table.room.pk}/", cookies, compress=15) as tab:
        assert tab.socket.compress == 0


async def test_two_people_may_play_one_party(running_server: RunningServer, table: TableUp) -> None:
    second = await run(actions.seat_person, table.room, "farmer", uuid4())
    async with (
        sit(running_server, table, "farmer") as bo,
        open_socket(running_server, f"/ws/rooms/{table.room.pk}/", table.cookies(second)) as eve,
    ):
        await bo.ask("help")
        assert (await eve.until("help.asked"))["party"] == "farmer"


def browser(cookies: dict[str, str]) -> Client:
    client = Client()
    client.cookies.load(cookies)
    return client


def plain(answer: HttpResponse, room: UUID) -> tuple[int, bytes, dict[str, str]]:
    """An answer without what differs from one asking to the next."""
    body = re.sub(rb'(csrfmiddlewaretoken" value|token" content)="[^"]*"', b"", answer.content)
    return answer.status_code, body.replace(str(room).encode(), b"ROOM"), dict(answer.headers)


@pytest.mark.parametrize("path", ROOM_PATHS)
def test_stranger_gets_the_404_of_a_room_that_does_not_exist(table: TableUp, path: str) -> None:
    absent = uuid4()
    for cookies in ({}, {"holder": str(uuid4())}, {"instructor": str(uuid4())} if "/rooms/" in path else {}):
        client = browser(cookies)
        there = plain(client.get(path.format(table.room.pk)), table.room.pk)
        assert there == plain(client.get(path.format(absent)), absent)
        assert there[0] == 404


@pytest.mark.parametrize("name", ["commands", "plan", "role"])
def test_stranger_can_post_nothing(table: TableUp, name: str) -> None:
    other = set_up()
    client = browser(other.cookies(other.farmer))
    answer = client.post(f"/rooms/{table.room.pk}/{name}/", {}, content_type="application/json")
    assert answer.status_code == 404


def test_student_cannot_read_along_over_http(table: TableUp) -> None:
    client = browser(table.cookies(table.farmer))
    assert client.get(f"/watch/{table.room.pk}/events/").status_code == 404
    assert client.get(f"/watch/{table.room.pk}/").status_code == 404


def test_person_who_left_gets_404(table: TableUp) -> None:
    client = browser(table.cookies(table.farmer))
    assert client.get(f"/rooms/{table.room.pk}/events/").status_code == 200
    actions.leave_seat(table.farmer)
    assert client.get(f"/rooms/{table.room.pk}/events/").status_code == 404


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete", "options"])
def test_commands_are_posted_and_nothing_else(table: TableUp, method: str) -> None:
    client = browser(table.cookies(table.farmer))
    assert getattr(client, method)(f"/rooms/{table.room.pk}/commands/").status_code == 405


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["/rooms/{}/events/", "/watch/{}/events/", "/rooms/{}/", "/watch/{}/"])
def test_reading_is_got_and_nothing_else(table: TableUp, method: str, path: str) -> None:
    client = browser(table.cookies(table.farmer) | table.ada_cookies)
    assert getattr(client, method)(path.format(table.room.pk)).status_code == 405

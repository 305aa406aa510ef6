"""The house answers machines, sets its policies and lets no foreign page open a socket."""

from __future__ import annotations

import gzip
from typing import Any

import aiohttp
import pytest
from django.conf import settings
from django.http import HttpResponse
from django.template import engines
from django.test import Client, RequestFactory

from config.asgi import is_own_origin, rehearse_joining
from config.middleware import CompressPages
from config.pages import Pages, read_pages, rehearse
from config.server import configuration
from tests.serving import RunningServer


def test_health_needs_no_database(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.django_db
def test_pages_are_read_before_anybody_comes() -> None:
    loader = engines["django"].engine.template_loaders[0]
    loader.reset()
    read_pages()
    read = set(loader.get_template_cache)
    assert {"base.html", "classrooms/join.html", "negotiations/room.html"} <= read
    assert len(read) == len(list((settings.BASE_DIR / "templates").rglob("*.html")))


@pytest.mark.parametrize("hosts", [["*"], [".example.edu"], ["localhost"]])
async def test_a_page_is_rehearsed_behind_any_name_and_proxy(
    hosts: list[str], settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = hosts, True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    await rehearse(Pages(), "/j/")
    assert not caplog.records


async def test_a_rehearsal_that_fails_is_told(caplog: pytest.LogCaptureFixture) -> None:
    await rehearse(Pages(), "/nowhere/")
    assert "/nowhere/ was answered with 404" in caplog.text


async def test_house_of_tables_alone_opens_without_the_page_to_rehearse(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.ROOT_URLCONF = "negotiations.urls"
    await rehearse_joining()
    assert not caplog.records


def test_ready_when_postgres_answers(client: Client) -> None:
    assert client.get("/readyz").status_code == 200


def test_every_answer_carries_the_policies(client: Client) -> None:
    headers = client.get("/healthz").headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert policy.endswith("connect-src 'self' ws://testserver")
    assert "unsafe" not in policy
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    ("origin", "host", "own"),
    [
        ("http://localhost:8000", "localhost:8000", True),
        ("http://LOCALHOST:8000", "localhost:8000", True),
        ("http://localhost", "localhost:80", True),
        ("https://localhost", "localhost", True),
        ("http://localhost:8001", "localhost:8000", False),
        ("http://127.0.0.1:8000", "localhost:8000", False),
        ("http://foreign.example", "foreign.example", False),
        ("http://localhost.foreign.example", "localhost", False),
        ("null", "localhost", False),
        ("", "localhost", False),
        ("file://localhost", "localhost", False),
    ],
)
def test_origin_is_own_only_when_host_and_port_are(origin: str, host: str, own: bool) -> None:
    assert is_own_origin([(b"host", host.encode()), (b"origin", origin.encode())]) is own


def test_origin_missing_is_refused() -> None:
    assert not is_own_origin([(b"host", b"localhost")])


async def test_foreign_socket_is_refused_with_403(running_server: RunningServer) -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refusal:
            await session.ws_connect(running_server.socket_url + "/ws/", origin="http://foreign.example")
    assert refusal.value.status == 403


@pytest.mark.parametrize("path", ["/ws/", "/ws/rooms/7/", "/anywhere/"])
async def test_socket_to_nowhere_is_refused_as_to_a_room_of_others(
    running_server: RunningServer, path: str
) -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refusal:
            await session.ws_connect(running_server.socket_url + path, origin=running_server.url)
    assert refusal.value.status == 403


@pytest.mark.parametrize(("proxy", "believed"), [("", "127.0.0.1"), ("*", "198.51.100.7")])
async def test_visitors_address_is_believed_only_from_a_named_proxy(
    settings: Any, proxy: str, believed: str
) -> None:
    settings.PROXY = proxy
    config = configuration()
    seen: list[Any] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["client"][0])

    config.app = application
    config.load()
    scope = {"type": "http", "client": ("127.0.0.1", 1), "headers": [(b"x-forwarded-for", b"198.51.100.7")]}
    await config.loaded_app(scope, None, None)  # type: ignore[arg-type]
    assert seen == [believed]


@pytest.mark.django_db
def test_pages_travel_compressed_without_a_proxy(client: Client) -> None:
    answer = client.get("/", headers={"Accept-Encoding": "gzip, br"})
    assert answer["Content-Encoding"] == "gzip"
    assert b"<!doctype html>" in gzip.decompress(answer.content)


@pytest.mark.parametrize(("kind", "length"), [("application/json", 5000), ("text/html", 999)])
def test_frames_and_small_answers_travel_as_they_are(kind: str, length: int, rf: RequestFactory) -> None:
    answer = CompressPages(lambda request: HttpResponse("x" * length, content_type=kind))(
        rf.get("/", headers={"Accept-Encoding": "gzip"})
    )
    assert len(answer.content) == length
    assert "Content-Encoding" not in answer


@pytest.mark.django_db
def test_first_page_answers_whoever_only_looks(client: Client) -> None:
    assert client.head("/").status_code == 200


async def test_running_server_answers_over_http(running_server: RunningServer) -> None:
    async with aiohttp.ClientSession() as session, session.get(running_server.url + "/readyz") as answer:
        assert (answer.status, await answer.text()) == (200, "ok\n")

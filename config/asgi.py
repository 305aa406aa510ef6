"""The house as ASGI: pages to Django, sockets to the live table, and no socket from a foreign page."""

from __future__ import annotations

import gc
import logging
import os
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import WebsocketDenier
from django.conf import settings
from django.http.request import split_domain_port, validate_host
from django.urls import NoReverseMatch, re_path, reverse

logger = logging.getLogger("parley.live")
DENIED: Any = WebsocketDenier.as_asgi()
DEFAULT_PORTS = {"http": "80", "https": "443"}

django.setup()  # only now may modules of the apps be imported

from config.files import Files  # noqa: E402
from config.pages import Pages, read_pages, rehearse  # noqa: E402
from negotiations import live  # noqa: E402
from negotiations.routing import websocket_urlpatterns  # noqa: E402


class SameOriginOnly:
    """Refuses a socket whose page did not come from this very host and port (cookies alone prove too little)."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if is_own_origin(scope["headers"]):
            await self.inner(scope, receive, send)
        else:
            await DENIED(scope, receive, send)


def is_own_origin(headers: list[tuple[bytes, bytes]]) -> bool:
    found = {name: value.decode("latin-1") for name, value in headers if name in {b"origin", b"host"}}
    origin, host = urlsplit(found.get(b"origin", "")), found.get(b"host", "")
    if origin.scheme not in DEFAULT_PORTS or not validate_host(
        split_domain_port(host)[0], settings.ALLOWED_HOSTS
    ):
        return False
    return _with_port(origin.netloc, origin.scheme) == _with_port(host, origin.scheme)


def _with_port(host: str, scheme: str) -> tuple[str, str]:
    name, port = split_domain_port(host)
    return name, port or DEFAULT_PORTS[scheme]


async def begin() -> None:
    """Time is kept from the first moment, visitors or not. A database that is away is asked again by the first."""
    try:
        await live.hub()
    except Exception:
        logger.warning("The database does not answer yet.", exc_info=True)


async def rehearse_joining() -> None:
    """The page to which a class comes first. A house of tables alone does not have it, and opens as well."""
    with suppress(NoReverseMatch):
        await rehearse(pages, reverse("join"))


def spare_the_collector() -> None:
    """What is loaded by now stays for good: a collection that walks over it again and again stops every table."""
    if not settings.WORKSHOP:
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20, 20)


async def live_and_let_go(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """The server's loop becomes the owner of the live table before the first visitor, and closes it after the last."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            live.adopt()
            await begin()
            read_pages()
            await rehearse_joining()
            spare_the_collector()
        else:
            await live.shut()
        await send({"type": message["type"] + ".complete"})
        if message["type"] == "lifespan.shutdown":
            return


pages = Pages()
visible: Any = pages
if not settings.WORKSHOP:
    visible = Files(pages, settings.STATIC_ROOT, settings.STATIC_URL, settings.WHITENOISE_MAX_AGE)
application = ProtocolTypeRouter(
    {
        "http": visible,
        "websocket": SameOriginOnly(URLRouter([*websocket_urlpatterns, re_path("", DENIED)])),
        "lifespan": live_and_let_go,
    }
)

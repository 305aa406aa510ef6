"""The house as ASGI: pages to Django, sockets to the live table, and no socket from a foreign page."""

from __future__ import annotations

import importlib.util
import os
from typing import Any
from urllib.parse import urlsplit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import WebsocketDenier
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http.request import split_domain_port, validate_host

DEFAULT_PORTS = {"http": "80", "https": "443"}

pages = get_asgi_application()  # loads the apps: nothing of theirs may be imported before this line


class SameOriginOnly:
    """Refuses a socket whose page did not come from this very host and port (cookies alone prove too little)."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if is_own_origin(scope["headers"]):
            await self.inner(scope, receive, send)
        else:
            await WebsocketDenier.as_asgi()(scope, receive, send)


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


def socket_routes() -> list[Any]:
    if importlib.util.find_spec("negotiations.routing") is None:
        return []
    return list(importlib.import_module("negotiations.routing").websocket_urlpatterns)


application = ProtocolTypeRouter({"http": pages, "websocket": SameOriginOnly(URLRouter(socket_routes()))})

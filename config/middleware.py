"""What every answer of the house carries, both policies of its own, and how pages travel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; connect-src 'self'"
)
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()"

WORTH_COMPRESSING = ("text/html", "text/javascript", "image/svg+xml")
LEAST_BYTES = 1000

Handler = Callable[[HttpRequest], HttpResponseBase]


def protect(get_response: Handler) -> Handler:
    """Adds both policies to whatever the house answers."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        return _with_policies(request, get_response(request))

    return answer


def _with_policies(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase:
    answer.headers.setdefault("Content-Security-Policy", f"{POLICY}{_own_socket(request)}")
    answer.headers.setdefault("Permissions-Policy", PERMISSIONS)
    return answer


def _own_socket(request: HttpRequest) -> str:
    """Older Safari does not count the socket of the same host as 'self', so it is named."""
    try:
        return f" {'wss' if request.is_secure() else 'ws'}://{request.get_host()}"
    except DisallowedHost:
        return ""


class CompressPages(GZipMiddleware):
    """Pages and pictures, since a phone may reach us past any proxy. Frames stay as they are: in them one side's words
    stand beside the other's numbers, and a compressed length would tell of both."""

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        kind = response.get("Content-Type", "").partition(";")[0]
        if response.streaming or kind not in WORTH_COMPRESSING or len(response.content) < LEAST_BYTES:
            return response
        return super().process_response(request, response)

"""What every answer of the house carries: the Content-Security-Policy and the Permissions-Policy."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.http.response import HttpResponseBase

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; connect-src 'self'"
)
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()"

Answer = HttpResponseBase
Handler = Callable[[HttpRequest], Answer | Awaitable[Answer]]


class protect:
    """Adds both policies, on the sync and the async side alike, so that neither pays for a change of thread."""

    sync_capable = async_capable = True

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.is_async = iscoroutinefunction(get_response)
        if self.is_async:
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Answer | Awaitable[Answer]:
        if self.is_async:
            return self._later(request)
        answer = self.get_response(request)
        assert isinstance(answer, HttpResponseBase)
        return _with_policies(request, answer)

    async def _later(self, request: HttpRequest) -> Answer:
        answer = self.get_response(request)
        assert isinstance(answer, Awaitable)
        return _with_policies(request, await answer)


def _with_policies(request: HttpRequest, answer: Answer) -> Answer:
    answer.headers.setdefault("Content-Security-Policy", f"{POLICY}{_own_socket(request)}")
    answer.headers.setdefault("Permissions-Policy", PERMISSIONS)
    return answer


def _own_socket(request: HttpRequest) -> str:
    """Older Safari does not count the socket of the same host as 'self', so it is named."""
    try:
        return f" {'wss' if request.is_secure() else 'ws'}://{request.get_host()}"
    except DisallowedHost:
        return ""

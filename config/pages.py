"""Django's pages behind ASGI: each request runs whole on one of a few threads that stay.

Django's own handler hops between threads for every middleware, which costs more than most of our pages; and it
would start as many requests at once as arrive, to wait for database connections. All our views are synchronous.
"""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.signals import request_started
from django.http.response import HttpResponseBase
from django.template.loader import get_template
from django.urls import get_resolver, set_script_prefix

logger = logging.getLogger("parley.pages")
#: Fewer than the database connections a process keeps, so that nobody waits for one.
AT_ONCE = 10
MOST_BODY = 6 * 1024 * 1024


def read_pages() -> None:
    """Addresses and templates, before anybody comes: a class comes at one moment, and every thread would read them
    for itself. A template with a fault is told now, not to its first reader."""
    get_resolver().reverse_dict  # noqa: B018 - reading it is what fills it
    folder = settings.BASE_DIR / "templates"
    for path in folder.rglob("*.html"):
        get_template(str(path.relative_to(folder)))


async def rehearse(answer: Any, path: str) -> None:
    """A page for nobody: what Django loads only for its first answer is there before a class comes at one moment."""
    host = next((name.lstrip(".") for name in settings.ALLOWED_HOSTS if name != "*"), "localhost")
    # As a proxy would ask, where one is set; elsewhere its word counts for nothing.
    headers = [(b"host", host.encode()), (b"x-forwarded-proto", b"https")]
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": headers}

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(message: dict[str, Any]) -> None:
        if message.get("status", 200) != 200:
            logger.warning("The rehearsal of %s was answered with %s.", path, message["status"])

    await answer(scope, receive, send)


class TooBig(Exception):
    """The body of a request is larger than anything a page of ours takes."""


class Answer(NamedTuple):
    status: int
    headers: list[tuple[bytes, bytes]]
    content: bytes


class Pages(ASGIHandler):
    """Reads the request on the loop, answers it on a thread, sends it on the loop: a slow phone holds no thread."""

    def __init__(self) -> None:
        super().__init__()
        self.threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="pages")

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            body = await self.read_body(Limited(receive))
        except RequestAborted:
            return
        except TooBig:
            await tell(send, Answer(413, [(b"content-type", b"text/plain")], b"This is too big.\n"))
            return
        respond = partial(copy_context().run, self.respond, scope, body)
        await tell(send, await asyncio.get_running_loop().run_in_executor(self.threads, respond))

    def respond(self, scope: Any, body: Any) -> Answer:
        set_script_prefix(get_script_prefix(scope))
        request_started.send(sender=type(self), scope=scope)
        request, refused = self.create_request(scope, body)
        response: Any = refused if request is None else self.get_response(request)
        response._handler_class = type(self)
        try:
            return Answer(response.status_code, headers_of(response), b"".join(response))
        finally:
            response.close()  # also tells Django that the request is over, which gives the connection back
            body.close()


class Limited:
    """Receives a request's body up to what any page takes."""

    def __init__(self, receive: Any) -> None:
        self.receive, self.left = receive, MOST_BODY

    async def __call__(self) -> Any:
        message = await self.receive()
        self.left -= len(message.get("body", b""))
        if self.left < 0:
            raise TooBig
        return message


def headers_of(response: HttpResponseBase) -> list[tuple[bytes, bytes]]:
    headers = [(name.encode("ascii"), value.encode("latin-1")) for name, value in response.items()]
    cookies = [cookie.output(header="").encode("ascii").strip() for cookie in response.cookies.values()]
    return [*headers, *((b"Set-Cookie", cookie) for cookie in cookies)]


async def tell(send: Any, answer: Answer) -> None:
    await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    await send({"type": "http.response.body", "body": answer.content})

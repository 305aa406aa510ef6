"""Collected files straight from the loop, past Django: a class that opens its pages at once asks for hundreds.

What a file's headers are and which encoding a browser gets is WhiteNoise's business; this is its ASGI face.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from whitenoise import WhiteNoise

HASHED = r"^.+\.[0-9a-f]{12}\..+$"
ASKED = {b"if-none-match", b"if-modified-since", b"accept-encoding", b"range"}


def add_headers(headers: Headers, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    if path.endswith((".svg", ".html")):  # only what may be opened as a page needs a policy
        headers["Content-Security-Policy"] = "default-src 'none'"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"


class Files:
    """Answers GET and HEAD of collected files; everything else goes on to `pages`."""

    def __init__(self, pages: Any, root: Path, prefix: str, max_age: int) -> None:
        self.pages, self.prefix = pages, prefix
        self.found = WhiteNoise(
            None,
            root=str(root) if root.is_dir() else None,
            prefix=prefix,
            max_age=max_age,
            immutable_file_test=HASHED,
            allow_all_origins=False,
            add_headers_function=add_headers,
        ).files

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        file = self.found.get(scope["path"]) if scope["path"].startswith(self.prefix) else None
        if file is None or scope["method"] not in {"GET", "HEAD"}:
            await self.pages(scope, receive, send)
            return
        answer = file.get_response(scope["method"], environ_of(scope["headers"]))
        content = b""
        if answer.file is not None:
            with answer.file:
                content = answer.file.read()
        headers = [(name.lower().encode(), value.encode("latin-1")) for name, value in answer.headers]
        await send({"type": "http.response.start", "status": int(answer.status), "headers": headers})
        await send({"type": "http.response.body", "body": content})


def environ_of(headers: list[tuple[bytes, bytes]]) -> dict[str, str]:
    """The few headers that decide which form of a file is sent, as WSGI names them."""
    return {
        "HTTP_" + name.decode().upper().replace("-", "_"): value.decode("latin-1")
        for name, value in headers
        if name in ASKED
    }

"""What every driver must be able to do, and what browsers do alike for all products."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from bench.load.plan import Load
from bench.load.player import Heard, Place, Player

TAG = re.compile(r'<(?:script|link|img)\b[^>]*?\b(?:src|href)="(/[^"]+)"')
IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["']([./][^"']+\.js)["']""")
IN_STYLE = re.compile(r"""url\(["']?([^"')]+)["']?\)|@import\s+["']([^"']+)["']""")


class Driver:
    """Joins as a browser does, then turns messages into the product's frames and back."""

    beat_seconds = 0.0  # how often the product's page sends a sign of life; 0: never

    def __init__(self, load: Load) -> None:
        self.load = load
        self.base = load.bases[0]

    async def prepare(self) -> None:
        """Before anybody joins."""

    async def join(self, player: Player) -> None:
        """Into the class, up to where a participant waits for the others."""

    async def gather(self) -> None:
        """After all have joined: what the instructor does so that the tables open."""

    async def open(self, player: Player, assets: bool) -> Place:
        """The page of the table, with its files when asked."""
        raise NotImplementedError

    def encode(self, player: Player, n: int) -> tuple[str, str]:
        """The n-th message of a player: its id and its frame."""
        raise NotImplementedError

    def decode(self, player: Player, text: str) -> Heard:
        """What a frame says to this player."""
        raise NotImplementedError

    def beat(self, player: Player) -> str:
        """The page's sign of life."""
        raise NotImplementedError

    def is_line(self, n: int) -> bool:
        return n % self.load.chat_every == self.load.chat_every - 1

    async def fetch_files(self, player: Player, page: str) -> None:
        """The files a cold browser loads with a page: those it names, and those that these name."""
        todo, done = list(TAG.findall(page)), set[str]()
        while todo:
            path = todo.pop().split("#")[0]
            if path in done:
                continue
            done.add(path)
            async with player.http.get(self.base + path) as reply:
                reply.raise_for_status()
                kind, body = reply.content_type, await reply.read()
            todo += _named_in(kind, body, path)


def _named_in(kind: str, body: bytes, path: str) -> list[str]:
    if "javascript" in kind:
        found = IMPORT.findall(body.decode(errors="replace"))
    elif kind == "text/css":
        found = [a or b for a, b in IN_STYLE.findall(body.decode(errors="replace"))]
    else:
        return []
    return [urljoin(path, name) for name in found if not name.startswith(("data:", "http", "#"))]

"""One participant of the load client, and the small words the drivers and the run share."""

from __future__ import annotations

from dataclasses import dataclass, field

import aiohttp


@dataclass
class Place:
    """Where a participant sits once the page is open: which group, which sockets."""

    group: str
    live: str
    others: tuple[str, ...] = ()
    origin: str = ""
    party: str = ""
    before: str = ""  # the party at the table whose messages are this one's to answer
    hello: tuple[str, ...] = ()  # frames a page sends as soon as its socket is open

    @property
    def headers(self) -> dict[str, str]:
        return {"Origin": self.origin} if self.origin else {}


@dataclass
class Heard:
    """What one frame told its reader."""

    partner: list[str] = field(default_factory=list)  # keys of the other side's messages
    acked: list[tuple[str, list[str]]] = field(default_factory=list)  # own message id, its keys
    refused: str = ""
    retry: str = ""  # the id of an own message that may be sent again


@dataclass
class Player:
    index: int
    http: aiohttp.ClientSession
    ticket: str = ""  # what joining gave, for opening the page
    place: Place | None = None
    live: aiohttp.ClientWebSocketResponse | None = None
    sockets: list[aiohttp.ClientWebSocketResponse] = field(default_factory=list)
    partner: Player | None = None
    begins: bool = False  # closed loop: the first of a group to speak
    sent: int = 0
    applied: int = 0


def line(chars: int) -> str:
    text = "We could meet you on the date if the price stays where it is. "
    return (text * (chars // len(text) + 1))[:chars]

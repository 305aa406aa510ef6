"""What clients did and heard, written down as it happened, so that a checker can judge it afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from time import monotonic
from typing import Any, Literal
from uuid import UUID, uuid4

Outcome = Literal["ack", "refused", "unknown"]


@dataclass(frozen=True)
class Answer:
    """`unknown` also means a typed "try again": written or not, the client cannot say."""

    outcome: Outcome
    first: int = 0
    last: int = 0
    code: str = ""
    words: str = ""


UNKNOWN = Answer("unknown")


@dataclass(frozen=True)
class Call:
    """One sending of a command, from the moment it left to the moment its fate was known or given up."""

    room: UUID
    actor: UUID
    party: str
    frame: dict[str, Any]
    way: str
    sent_at: float
    answered_at: float
    answer: Answer

    @property
    def key(self) -> UUID:
        return UUID(self.frame["id"])


@dataclass(frozen=True)
class Heard:
    """One event as it came to a client, before the client decided whether to apply it."""

    client: int
    room: UUID
    party: str
    connection: int
    at: float
    event: dict[str, Any]


@dataclass(frozen=True)
class Stream:
    """What one client has applied in the end."""

    client: int
    room: UUID
    party: str
    numbers: tuple[int, ...]


@dataclass
class History:
    """All clients of one test. Its clock is this process's own."""

    calls: list[Call] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    streams: list[Stream] = field(default_factory=list)

    @staticmethod
    def now() -> float:
        return monotonic()

    def lines(self) -> Iterator[str]:
        """As JSON, one line a record: what to look at when a check fails."""
        for kind, records in (("call", self.calls), ("heard", self.heard), ("stream", self.streams)):
            for record in records:
                yield json.dumps({"kind": kind, **asdict(record)}, default=str)


def frame(kind: str, **fields: Any) -> dict[str, Any]:
    """A command frame under a key of its own."""
    return {"t": kind, "id": str(uuid4()), **fields}

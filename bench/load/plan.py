"""What one run of the load client is asked to do, as it travels from the runner to the client."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bench.machine import Meters


@dataclass(frozen=True)
class Load:
    """One run. `ways` holds what only the product's driver understands."""

    product: str
    bases: tuple[str, ...]
    players: int
    group: int = 2  # people at a table; each answers the one before
    mode: str = "rate"  # rate: paced; closed: one message in flight a pair; cold: open the pages, no messages
    interval: float = 2.0
    duration: float = 20.0
    warmup: float = 4.0
    drain: float = 15.0
    chat_every: int = 4
    chars: int = 120
    join_at_once: int = 20
    timeout: float = 120.0
    deflate: bool = True
    seed: int = 1
    meters: Meters = field(default_factory=Meters)
    ways: dict[str, Any] = field(default_factory=dict)

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), indent=1))

    @classmethod
    def from_file(cls, path: Path) -> Load:
        found = json.loads(path.read_text())
        meters = Meters(**{name: tuple(pids) for name, pids in found.pop("meters").items()})
        return cls(**(found | {"bases": tuple(found["bases"]), "meters": meters}))

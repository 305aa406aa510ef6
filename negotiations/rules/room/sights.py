"""How much of the log each party has seen: practice partners go by that, so that nothing they do, nor when, tells
what others keep to themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from negotiations.rules.events.base import Audience


class Seen(Struct, frozen=True):
    """How many lines, and when the last of them came."""

    lines: int = 0
    at: datetime | None = None


class Sights(Struct, frozen=True):
    """The lines for everybody, and for each party those that only some see."""

    everybody: Seen = Seen()
    apart: Mapping[str, Seen] = {}

    def after(self, audience: Audience, at: datetime) -> Sights:
        """With one line more."""
        if audience is None:
            return Sights(Seen(self.everybody.lines + 1, at), self.apart)
        more = {party: Seen(self.apart.get(party, Seen()).lines + 1, at) for party in audience}
        return Sights(self.everybody, {**self.apart, **more})

    def of(self, party: str) -> Seen:
        both = (self.everybody, self.apart.get(party, Seen()))
        moments = [seen.at for seen in both if seen.at]
        return Seen(sum(seen.lines for seen in both), max(moments, default=None))

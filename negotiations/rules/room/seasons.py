"""The rounds of a table as values: the one that runs, and those that are over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct, structs

from negotiations.rules.events.rounds import Talk


class Played(Struct, frozen=True):
    """A round that is over. `moves` are all of them, also where the table was shown no more than counts."""

    moves: Mapping[str, str]
    landed: Mapping[str, float]
    absent: tuple[str, ...] = ()


class Rounds(Struct, frozen=True):
    """`number` is the round that runs, 0 before the first. `sealed` are the moves chosen in it, `speakers` who has
    talked for each party before it."""

    number: int = 0
    began_at: datetime | None = None
    ends_at: datetime | None = None
    talk: Talk = ""
    sealed: Mapping[str, str] = {}
    speakers: Mapping[str, UUID] = {}
    played: tuple[Played, ...] = ()

    def spoken(self, party: str, seat: UUID) -> Rounds:
        if not self.talk or party in self.speakers:
            return self
        return structs.replace(self, speakers={**self.speakers, party: seat})

    def moved(self, by: timedelta) -> Rounds:
        """After a pause: the round has its whole time, as if the clock had not stood still."""
        if self.began_at is None or self.ends_at is None:
            return self
        return structs.replace(self, began_at=self.began_at + by, ends_at=self.ends_at + by)

    def longer(self, by: timedelta) -> Rounds:
        return self if self.ends_at is None else structs.replace(self, ends_at=self.ends_at + by)

    @property
    def totals(self) -> dict[str, float]:
        """What each party has landed so far."""
        found: dict[str, float] = {}
        for one in self.played:
            for party, points in one.landed.items():
                found[party] = round(found.get(party, 0.0) + points, 9)
        return found

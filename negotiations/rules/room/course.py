"""How the time at a table goes, and what was told there: the parts of a room's state that follow the clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec import Struct, structs

from negotiations.rules.events.news import PlannedNews

#: A table that is open for so long is not sat at but visited.
LONG_SECONDS = 12 * 3600


class Course(Struct, frozen=True):
    """`phase` and `place` are the part of the time that runs since `since`, until `ends_at`. `length` is how many
    seconds the table was opened for, `held` how long it was paused, `waited` the units of waiting that a deal cost.
    `acted_at` tells when a party last did anything.
    """

    phase: str = ""
    place: int = 0
    since: datetime | None = None
    ends_at: datetime | None = None
    length: float = 0.0
    held: timedelta = timedelta()
    overtime: bool = False
    waited: int = 0
    acted_at: Mapping[str, datetime] = {}

    def moved(self, by: timedelta) -> Course:
        """After a pause everything is later by as much."""
        since, ends_at = (at and at + by for at in (self.since, self.ends_at))
        return structs.replace(self, since=since, ends_at=ends_at, held=self.held + by)

    def longer(self, by: timedelta) -> Course:
        """More time is this phase's. What comes after it is as long as before."""
        return structs.replace(self, ends_at=self.ends_at and self.ends_at + by, overtime=False)


class News(Struct, frozen=True):
    """What was planned, when what comes by the clock is due, and what was told, in its order."""

    plan: tuple[PlannedNews, ...] = ()
    due: Mapping[str, datetime] = {}
    told: tuple[str, ...] = ()

    @property
    def left(self) -> tuple[PlannedNews, ...]:
        return tuple(news for news in self.plan if news.id not in self.told)

    @property
    def changed(self) -> tuple[str, ...]:
        """What was told and changed the case."""
        changing = {news.id for news in self.plan if news.changes}
        return tuple(news for news in self.told if news in changing)

    def planned(self, name: str) -> PlannedNews | None:
        return next((news for news in self.plan if news.id == name), None)

    def moved(self, by: timedelta) -> News:
        return structs.replace(self, due={name: at + by for name, at in self.due.items()})

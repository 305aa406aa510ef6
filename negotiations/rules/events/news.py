"""News that reaches some parties during the negotiation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from msgspec import Struct

from negotiations.rules.events.base import Event


class PlannedNews(Struct, frozen=True, omit_defaults=True):
    """One piece of news as it was planned when the table opened. It comes after so many seconds, with a phase or
    before a round; if none of these is given, when the instructor says so.

    `changes`: it changes what some are worth. `public` is what everybody may know of that, as JSON by dotted path.
    """

    id: str
    to: tuple[str, ...]
    text: str
    seconds: int | None = None
    phase: str = ""
    round: int = 0
    changes: bool = False
    public: Mapping[str, str] = {}


class NewsPlanned(Event, frozen=True):
    """For instructors: what will, or may, be told at this table."""

    type: ClassVar[str] = "news.planned"
    plan: tuple[PlannedNews, ...]


class NewsReleased(Event, frozen=True):
    """Told to those who see this, or to `everybody` at the table. From now on the case is the one after it."""

    type: ClassVar[str] = "news.released"
    news: str
    text: str
    everybody: bool = False

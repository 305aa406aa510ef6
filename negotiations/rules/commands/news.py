"""News that reaches some parties during the negotiation."""

from __future__ import annotations

from typing import ClassVar

from negotiations.rules.commands.actors import STAFF, Asked


class ReleaseNews(Asked, frozen=True):
    """Tells planned news now: what waits for a word, or what was meant for later."""

    by: ClassVar = STAFF
    news: str

"""What is planned for a table when it opens. It is given the whole case, so only staff may ask for it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from bargaining.case import Case, Release
from bargaining.casefile import public_changes
from negotiations.rules import events as e
from negotiations.rules.room import Policy


def planned_news(case: Case, policy: Policy, seconds: int) -> tuple[e.PlannedNews, ...]:
    """The news of the case at a table that is open for so long. Optional news only if the session asked for it."""
    return tuple(
        planned(case, release, seconds)
        for release in case.releases
        if not release.optional or release.id in (policy.news or ())
    )


def news_that_changed(log: Iterable[e.Logged]) -> tuple[str, ...]:
    """What was told in this log and changed the case, in its order."""
    events = [logged.event for logged in log]
    plans = [event.plan for event in events if isinstance(event, e.NewsPlanned)]
    changing = {news.id for plan in plans for news in plan if news.changes}
    told = [event.news for event in events if isinstance(event, e.NewsReleased)]
    return tuple(name for name in told if name in changing)


def planned(case: Case, release: Release, seconds: int) -> e.PlannedNews:
    minute, phase, before = (release.at.get(name) for name in ("minute", "phase", "round"))
    # The author's minutes are shares of the time the author meant the table to have.
    scale = seconds / (case.table_minutes * 60) if case.table_minutes else 1.0
    public = public_changes(case, release.id) if release.changes else {}
    return e.PlannedNews(
        id=release.id,
        to=release.to,
        text=release.text,
        seconds=None if minute is None else round(int(minute) * 60 * scale),
        phase=str(phase or ""),
        round=int(before or 0),
        changes=bool(release.changes),
        public={path: msgspec.json.encode(value).decode() for path, value in public.items()},
    )

"""What the board says of the parts of the time at the tables and of the news to tell there, in words.

It reads rooms' summaries and, for an instructor, the whole case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bargaining.case import Case
from classrooms.queries import RoomOnBoard
from negotiations.actions import summary_of
from negotiations.rules.decide.parts import legs
from negotiations.rules.summary import Summary
from simulations.queries import whole_case
from simulations.wording import full_name, say_list, say_phase

EXTRA_TIMES = (100, 125, 150, 200)


class NewsLeft(NamedTuple):
    """News that some running table has not heard yet."""

    id: str
    text: str
    readers: str


class Course(NamedTuple):
    """Which part of the time runs at most tables, whether another may follow, and the news to tell."""

    part: str
    has_next: bool
    news: list[NewsLeft]


def course_of(edition: UUID, case: Case, rooms: Iterable[RoomOnBoard]) -> Course | None:
    """None where tables have neither parts nor news, so that nothing is read for them."""
    found = [summary for entry in rooms if (summary := summary_of(entry.room))]
    running = [summary for summary in found if summary.phase in ("open", "paused")]
    untold = {news for summary in running for news in summary.untold}
    if not untold and not any(summary.course for summary in running):
        return None
    part = part_at(running)
    last = case.table_phases[-1].id if legs(case) else ""
    news = news_left(whole_case(edition), untold) if untold else []
    return Course(say_phase(part) if part else "", part not in ("", last), news)


def part_at(running: Iterable[Summary]) -> str:
    counted = Counter(summary.course for summary in running if summary.course)
    return counted.most_common(1)[0][0] if counted else ""


def news_left(case: Case, untold: set[str]) -> list[NewsLeft]:
    return [
        NewsLeft(
            release.id,
            release.text,
            _("everybody")
            if set(release.to) >= set(case.party_ids)
            else say_list([full_name(case.party(party)) for party in release.to], pgettext("list", "and")),
        )
        for release in case.releases
        if release.id in untold
    ]

"""What happens at a table by itself: the deadline, and whatever else an area of the rules watches for.

Several things can be due. `Tick` does the earliest, and the next tick the next one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from negotiations.rules import events as e
from negotiations.rules.room import RoomState


class Due(Struct, frozen=True):
    """What happens, and when. Where a new clock starts with it, `happens` makes the drafts of the moment at which
    somebody noticed; a table that slept meanwhile loses no time of what comes next."""

    at: datetime
    drafts: tuple[e.Draft, ...] = ()
    happens: Callable[[datetime], tuple[e.Draft, ...]] | None = None

    def drafts_at(self, now: datetime) -> tuple[e.Draft, ...]:
        return self.happens(now) if self.happens else self.drafts


NextMoment = Callable[[RoomState], Due | None]
#: One function an area, in the order in which things that are due at one moment happen.
WATCHES: list[NextMoment] = []


def watch(next_moment: NextMoment) -> NextMoment:
    WATCHES.append(next_moment)
    return next_moment


def next_due(state: RoomState) -> Due | None:
    """What happens next if nobody does anything. While a table waits or is paused nothing does."""
    if state.phase != "open":
        return None
    found = [due for next_moment in WATCHES if (due := next_moment(state))]
    return min(found, key=lambda due: due.at, default=None)

"""The time that a class still has, as the board says it. It reads tiles, no rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from classrooms.screens import Tile
from classrooms.spans import roughly


@dataclass(frozen=True)
class Clock:
    """The time that the class still has: words, and how much of the ring is left."""

    words: str
    ring: str
    is_short: bool = False
    is_paused: bool = False


RING = 59.7
COARSE = timedelta(minutes=5)


def clock_of(tiles: Iterable[Tile], minutes: int, now: datetime) -> Clock | None:
    """The room that closes last is the class's clock; a pause of all stops it."""
    running = [tile for tile in tiles if tile.is_running]
    if not running:
        return None
    closing = [tile.room.closes_at for tile in running if tile.phase == "open" and tile.room.closes_at]
    if not closing:
        return Clock(_("paused"), f"0 {RING}", is_paused=True)
    left = max(max(closing) - now, timedelta(0))
    share = min(1.0, left / timedelta(minutes=minutes))
    ring = f"{share * RING:.1f} {RING}"
    if left > COARSE:
        return Clock(_("about %(time)s") % {"time": roughly(left.total_seconds() / 60)}, ring)
    seconds = int(left.total_seconds())
    return Clock(_("%(time)s left") % {"time": f"{seconds // 60}:{seconds % 60:02d}"}, ring, is_short=True)

"""Who sits where."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from negotiations.rules.commands.actors import STAFF, Asked, SeatKind


class TakeSeat(Asked, frozen=True):
    by: ClassVar = STAFF
    seat: UUID
    party: str
    kind: SeatKind


class LeaveSeat(Asked, frozen=True):
    by: ClassVar = STAFF
    seat: UUID

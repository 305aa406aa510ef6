"""Who sits where."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from negotiations.rules.commands.actors import STAFF, Asked, SeatKind


class TakeSeat(Asked, frozen=True):
    """`instead` are the seats that are left by it."""

    by: ClassVar = STAFF
    seat: UUID
    party: str
    kind: SeatKind
    instead: tuple[UUID, ...] = ()


class LeaveSeat(Asked, frozen=True):
    by: ClassVar = STAFF
    seat: UUID

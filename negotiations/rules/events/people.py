"""Who sits where."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from negotiations.rules.commands.actors import SeatKind
from negotiations.rules.events.base import Event


class SeatTaken(Event, frozen=True):
    type: ClassVar[str] = "seat.taken"
    seat: UUID
    party: str
    kind: SeatKind


class SeatLeft(Event, frozen=True):
    type: ClassVar[str] = "seat.left"
    seat: UUID
    party: str

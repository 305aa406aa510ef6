"""What every event is, and how a line of the log is made of it."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from msgspec import Struct

Audience = tuple[str, ...] | None


class Event(Struct, frozen=True, forbid_unknown_fields=True):
    """Base of all events; `type` is its name in the log."""

    type: ClassVar[str]


class Draft(Struct, frozen=True):
    """An event that is not written yet. `audience` names the parties that may see it; None means all."""

    event: Event
    audience: Audience = None


class Logged(Struct, frozen=True, gc=False):
    """An event as it stands in the log. Only a command's first event carries its id and digest."""

    seq: int
    event: Event
    actor: UUID
    audience: Audience
    at: datetime
    command_id: UUID | None = None
    digest: bytes | None = None

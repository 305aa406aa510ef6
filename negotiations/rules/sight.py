"""The only door for what a viewer may see: which events, under which numbers, with which fields.

A viewer is a party (all its seats see the same) or an instructor. Which parts of the case a party may
see is `Case.seen_by`, stored one row a party, so that a participant's request never loads another's.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import msgspec
from msgspec import Struct

from negotiations.rules import events as e


class Viewer(Struct, frozen=True):
    """Through whose eyes: `party` is None for an instructor, who sees the whole log."""

    kind: Literal["party", "instructor"]
    party: str | None = None


INSTRUCTOR = Viewer("instructor")


def may_see(viewer: Viewer, audience: e.Audience) -> bool:
    return viewer.kind == "instructor" or audience is None or viewer.party in audience


def seen(viewer: Viewer, log: Iterable[e.Logged]) -> list[e.Logged]:
    """What this viewer sees of the log; an event's own number is its place in this list, from 1.

    An audience is fixed when the event is written, so these numbers never change and a private line
    on the other side leaves no hole.
    """
    return [logged for logged in log if may_see(viewer, logged.audience)]


def shown(logged: e.Logged) -> dict[str, Any]:
    """An event as a viewer who may see it reads it. The room's `seq`, the actor and keys stay inside.

    Allow-list by construction: the fields of an event are what its whole audience may know.
    """
    fields: dict[str, Any] = msgspec.to_builtins(logged.event)
    fields.pop("seat", None)
    # The log's own time, also for an event that carries a time in its payload: times never go back.
    return {**fields, "type": logged.event.type, "at": logged.at}

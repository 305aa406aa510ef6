"""The only door for what a viewer may see: which events, under which numbers, with which fields.

A viewer is a party (all its seats see the same) or an instructor. Which parts of the case a party may
see is `Case.seen_by`, stored one row a party, so that a participant's request never loads another's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, Literal
from uuid import UUID

import msgspec
from msgspec import Struct

from negotiations.rules import events as e


class Viewer(Struct, frozen=True):
    """Through whose eyes: `party` is None for an instructor, who sees the whole log."""

    kind: Literal["party", "instructor"]
    party: str | None = None


INSTRUCTOR = Viewer("instructor")


class Mates:
    """Who of a side did what: its seats numbered as they were taken. A number is for the own side alone; to all others
    a party speaks with one voice. Grows with the lines of a log."""

    def __init__(self, log: Iterable[e.Logged] = ()) -> None:
        self._seats: dict[UUID, tuple[str, int]] = {}
        self._left: set[UUID] = set()
        for logged in log:
            self.take(logged)

    def take(self, logged: e.Logged) -> None:
        match logged.event:
            case e.SeatTaken(seat=seat, party=party, kind=kind) if kind != "observer":
                self._seats[seat] = (party, 1 + sum(party == other for other, _ in self._seats.values()))
            case e.SeatLeft(seat=seat):
                self._left.add(seat)

    def side(self, viewer: Viewer) -> dict[UUID, int]:
        """All who ever sat on the viewer's own side."""
        return {seat: number for seat, (party, number) in self._seats.items() if party == viewer.party}

    def here(self, viewer: Viewer, seats: Collection[UUID]) -> dict[int, bool]:
        """Of those who sit on the own side now, whether they are among these seats."""
        return {number: seat in seats for seat, number in self.side(viewer).items() if seat not in self._left}

    def by(self, viewer: Viewer, logged: e.Logged) -> int:
        """Whose deed this is, or whose seat it is about; 0 for whatever the own side did not do."""
        party, number = self._seats.get(getattr(logged.event, "seat", logged.actor), (None, 0))
        return number if party is not None and party == viewer.party else 0


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

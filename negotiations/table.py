"""A warm room: its state at the last event this process has read, and the numbers its viewers know.

It is moved only by what the database returned, so it can always be thrown away and replayed.
"""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections.abc import Iterable
from datetime import datetime
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from bargaining.case import Case
from negotiations.pace import Pace
from negotiations.rules import events as e
from negotiations.rules.reading import Reading
from negotiations.rules.room import Policy, RoomState, evolve
from negotiations.rules.room.course import LONG_SECONDS
from negotiations.rules.room.people import presence
from negotiations.rules.sight import Mates, Viewer, may_see
from simulations.rules.variants import Variant


class Done(Struct, frozen=True):
    """What a command left in the log: its events' numbers, and its digest to tell a retry from a reuse."""

    digest: bytes
    first: int
    last: int


class Reader(Protocol):
    """A socket that reads this room after its own cursor."""

    viewer: Viewer
    seat: UUID | None
    keys: frozenset[str]
    read: int

    def wake(self) -> None: ...

    def presence_changed(self) -> None: ...

    def close(self, code: int) -> None: ...


class Table:
    """One warm room. `lock` serialises this process's writers; the database serialises all of them."""

    def __init__(self, room: UUID, edition: UUID, case: Case, policy: Policy, condition: str = "") -> None:
        self.room = room
        self.edition = edition
        self.condition = condition
        self.state = RoomState(case=case, policy=policy)
        self.log: list[e.Logged] = []
        self.done: dict[tuple[UUID, UUID], Done] = {}
        self.lock = asyncio.Lock()
        self.readers: set[Reader] = set()
        self.elsewhere: frozenset[UUID] = frozenset()
        self.mates = Mates()
        self.paces: dict[UUID, Pace] = {}
        self.rests: dict[UUID, datetime] = {}
        self._seen: dict[Viewer, list[int]] = {}
        self._readings: dict[Viewer, Reading] = {}
        self._last_key: tuple[UUID, UUID] | None = None

    @property
    def seq(self) -> int:
        return self.state.seq

    def add(self, log: Iterable[e.Logged]) -> None:
        for logged in log:
            if logged.seq != self.seq + 1:
                raise ValueError(f"event {logged.seq} cannot follow {self.seq}")
            self.state = evolve(self.state, logged)
            self.log.append(logged)
            self._mark(logged)
            self.mates.take(logged)
            for viewer, seqs in self._seen.items():
                if may_see(viewer, logged.audience):
                    seqs.append(logged.seq)
                    if viewer in self._readings:
                        self._readings[viewer].take(logged)

    def _mark(self, logged: e.Logged) -> None:
        """Only a command's first event names it; those without an id belong to the one before."""
        if logged.command_id is not None:
            self._last_key = (logged.actor, logged.command_id)
            self.done[self._last_key] = Done(logged.digest or b"", logged.seq, logged.seq)
        elif self._last_key is not None:
            first = self.done[self._last_key]
            self.done[self._last_key] = Done(first.digest, first.first, logged.seq)

    @property
    def variant(self) -> Variant:
        """What is played here now: by this a party's own sheet is found."""
        return Variant(self.condition, self.state.news.changed)

    def seen(self, viewer: Viewer) -> list[int]:
        """The seqs this viewer sees, in order: number n stands at n - 1."""
        if viewer not in self._seen:
            self._seen[viewer] = [logged.seq for logged in self.log if may_see(viewer, logged.audience)]
        return self._seen[viewer]

    def reading(self, viewer: Viewer) -> Reading | None:
        """How this viewer reads the table; only where negotiations are linked."""
        if not self.state.case.strands:
            return None
        if viewer not in self._readings:
            self._readings[viewer] = Reading(self.log[seq - 1] for seq in self.seen(viewer))
        return self._readings[viewer]

    def head(self, viewer: Viewer) -> int:
        return len(self.seen(viewer))

    def number(self, viewer: Viewer, seq: int) -> int:
        """The viewer's own number of the latest event at or before `seq` that it sees."""
        return bisect_right(self.seen(viewer), seq)

    def after(self, viewer: Viewer, number: int, limit: int) -> list[tuple[int, e.Logged]]:
        seqs = self.seen(viewer)[number : number + limit]
        return [(number + place, self.log[seq - 1]) for place, seq in enumerate(seqs, start=1)]

    def pace_of(self, actor: UUID) -> Pace:
        """Of an actor's plain requests; a socket has a pace of its own."""
        return self.paces.setdefault(actor, Pace())

    def resting(self, now: datetime) -> frozenset[UUID]:
        """The practice partners that are left alone for a moment after they could not move."""
        return frozenset(seat for seat, until in self.rests.items() if now < until)

    def seats_here(self) -> set[UUID]:
        """By a socket in this process, or by another's report."""
        return {reader.seat for reader in self.readers if reader.seat is not None} | self.elsewhere

    def here(self) -> dict[str, bool]:
        """Which parties are present, by somebody's seat or as a practice partner."""
        present = {self.state.party_of(seat) for seat in self.seats_here()}
        partners = {seat.party for seat in self.state.seats.values() if seat.kind == "partner"}
        return presence(self.state.case, present | partners)


def marks_of(tables: Iterable[Table]) -> dict[UUID, int]:
    """How far people have read at tables that stay open for days; elsewhere nobody asks."""
    long = [table for table in tables if table.state.course.length >= LONG_SECONDS]
    read = [(reader.seat, reader.read) for table in long for reader in table.readers]
    marks: dict[UUID, int] = {}
    for seat, number in read:
        if seat is not None and number > marks.get(seat, 0):
            marks[seat] = number
    return marks

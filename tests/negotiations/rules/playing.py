"""A table of any case that is played without a database: who sits where, a clock, and the log that comes of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from bargaining.case import Case
from bargaining.casefile import load_folder
from bargaining.strands import for_the_rules
from negotiations import partners
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import decide, next_due
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import Policy, RoomState, evolve
from negotiations.rules.sight import Viewer, seen
from tests.negotiations.rules.given import ADA, BEGIN, CLOCK, LIBRARY

ROOM = UUID(int=77)


def whole(name: str) -> Case:
    return load_folder(LIBRARY / name).case


def ruled(case: Case) -> Case:
    """What the rules of a room read: of linked negotiations all that any side knows."""
    public = case.seen_by(None)
    return for_the_rules(public, [case.seen_by(p) for p in case.party_ids]) if public.strands else public


class Play:
    """One room. People and practice partners sit where they are told to; `now` is the only clock."""

    def __init__(self, case: Case, policy: Policy | None = None, room: UUID = ROOM) -> None:
        self.case, self.room, self.now = case, room, BEGIN
        self.state = RoomState(case=ruled(case), policy=policy or Policy())
        self.log: list[e.Logged] = []

    def sit(self, *parties: str, kind: c.SeatKind = "person") -> list[c.Actor]:
        actors = []
        for party in parties:
            seat = UUID(int=1000 + self.state.seq)
            self.do(CLOCK, c.TakeSeat(seat, party, kind))
            actors.append(c.Actor(seat, "seat", party))
        return actors

    def open(self, minutes: float = 40) -> None:
        self.do(ADA, c.OpenTable(int(minutes * 60)))

    def do(self, actor: c.Actor, command: c.Command) -> tuple[e.Event, ...]:
        decision = decide(self.state, actor, command, self.now)
        assert decision.not_after is None or self.now < decision.not_after
        for draft in decision.drafts:
            line = e.Logged(len(self.log) + 1, draft.event, actor.id, draft.audience, self.now)
            self.state = evolve(self.state, line)
            self.log.append(line)
        return tuple(draft.event for draft in decision.drafts)

    def refused(self, actor: c.Actor, command: c.Command) -> str:
        with pytest.raises(RuleBroken) as broken:
            decide(self.state, actor, command, self.now)
        return broken.value.code

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def tick(self) -> tuple[e.Event, ...]:
        """Waits for what the rules have due next and lets it happen."""
        due = next_due(self.state)
        assert due is not None
        self.now = max(self.now, due.at)
        return self.do(CLOCK, c.Tick())

    def go_on(self) -> bool:
        """The next thing that happens by itself, a partner's move among them; False when nothing is left."""
        moment = partners.due_at(self.state, self.room)
        due = next_due(self.state)
        if moment is None or due is None:
            return False
        self.now = max(self.now, moment)
        turn = partners.next_turn(self.state, self.room)
        if self.now >= due.at or turn is None:
            self.do(CLOCK, c.Tick())
            return True
        seat = turn.seat
        own = self.case.seen_by(seat.party)
        command = partners.command_for(self.state, seat, own, self.room, self.now)
        self.do(c.Actor(seat.id, "seat", seat.party), command)
        return True

    def seen_by(self, party: str) -> list[e.Event]:
        return [line.event for line in seen(Viewer("party", party), self.log)]

    def happened(self, kind: type[e.Event]) -> list[e.Event]:
        return [line.event for line in self.log if isinstance(line.event, kind)]

    @property
    def left(self) -> timedelta:
        return (self.state.closes_at or datetime.max) - self.now

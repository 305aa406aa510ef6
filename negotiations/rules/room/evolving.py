"""How the state follows the log: one event more, or all of them anew."""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch
from typing import Any

from msgspec import structs

from bargaining.case import Case
from negotiations.rules import events as e
from negotiations.rules.room.state import Policy, RoomState


def replay(case: Case, log: Iterable[e.Logged], policy: Policy | None = None) -> RoomState:
    state = RoomState(case=case, policy=policy or Policy())
    for logged in log:
        state = evolve(state, logged)
    return state


def evolve(state: RoomState, logged: e.Logged) -> RoomState:
    """The state after one more event. Deadlines and the end come from events alone, never from a clock."""
    changes = changes_by(logged.event, state, logged)
    sights = state.sights.after(logged.audience, logged.at)
    after = structs.replace(state, seq=logged.seq, last_at=logged.at, sights=sights, **changes)
    party = after.party_of(logged.actor)
    if party is None:
        return after
    acted_at = {**after.course.acted_at, party: logged.at}
    return structs.replace(after, course=structs.replace(after.course, acted_at=acted_at))


@singledispatch
def changes_by(event: e.Event, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    raise TypeError(f"no rule for {event.type}")

"""Whether a deed waits for a teammate's tap, and what is written then instead of it."""

from __future__ import annotations

import msgspec

from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.room import RoomState


def waits_for_tap(state: RoomState, actor: c.Actor, command: c.Command) -> bool:
    """One of several people on a side does not bind it alone, where the session says so."""
    if not (state.policy.taps and command.tapped and actor.kind == "seat"):
        return False
    people = [seat for seat in state.seats.values() if seat.party == actor.party and seat.kind == "person"]
    return len(people) > 1 and any(seat.id == actor.id for seat in people)


def asking(state: RoomState, actor: c.Actor, command: c.Command) -> e.Draft:
    assert actor.party is not None
    # As the log gives them back, lists and not tuples, so that a warm table and a fresh one are alike.
    fields = msgspec.json.decode(msgspec.json.encode(command))
    number = state.teams.asked.get(actor.party, 0) + 1
    asked = e.TapAsked(number, actor.party, type(command).__name__, fields)
    return e.Draft(asked, audience=(actor.party,))

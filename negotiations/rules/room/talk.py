"""Words, and a raised hand."""

from __future__ import annotations

from typing import Any

from negotiations.rules import events as e
from negotiations.rules.room.channels import TEAM
from negotiations.rules.room.evolving import changes_by
from negotiations.rules.room.state import RoomState
from negotiations.rules.room.strands import link_of_channel, touched


@changes_by.register
def _(event: e.MessageSaid, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    said = {**state.said_by, event.party: state.said_by.get(event.party, 0) + 1}
    spoken = state.rounds.spoken(event.party, logged.actor)
    return {"messages": state.messages + 1, "said_by": said, "last_by": event.party, "rounds": spoken}


@changes_by.register
def _(event: e.MessageWhispered, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    moved = touched(state, link_of_channel(state.case, event.channel), event.party, logged.at)
    heard = {"channels": state.channels.after(event.channel, event.party), **moved}
    if event.channel == TEAM:
        return heard
    return {**heard, "rounds": state.rounds.spoken(event.party, logged.actor)}


@changes_by.register
def _(event: e.HelpAsked, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    return {"hands": state.hands | {event.party}}


@changes_by.register
def _(event: e.HelpClosed, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    return {"hands": state.hands - {event.party}}

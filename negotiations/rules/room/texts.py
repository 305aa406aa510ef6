"""An agreement in words: what a new version and a signature change."""

from __future__ import annotations

from typing import Any

from msgspec import structs

from negotiations.rules import events as e
from negotiations.rules.room.evolving import changes_by
from negotiations.rules.room.state import RoomState
from negotiations.rules.room.versions import Texts, Version


@changes_by.register
def _(event: e.TextProposed, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    version = Version(event.version, event.party, event.text, event.digest, logged.at)
    return {"texts": Texts((*state.texts.versions, version)), "last_by": event.party}


@changes_by.register
def _(event: e.TextSigned, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    signed = (*state.texts.signed, event.party)
    return {"texts": structs.replace(state.texts, signed=signed), "last_by": event.party}


@changes_by.register
def _(event: e.TextAgreed, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    return {"texts": structs.replace(state.texts, agreed=event.text)}

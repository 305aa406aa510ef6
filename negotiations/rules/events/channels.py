"""Words that not everybody at the table hears."""

from __future__ import annotations

from typing import ClassVar

from negotiations.rules.events.base import Event


class MessageWhispered(Event, frozen=True):
    """`channel` is "team" for the own side, else the parties that hear it, "a+b" in the case's order."""

    type: ClassVar[str] = "message.whispered"
    channel: str
    party: str
    text: str

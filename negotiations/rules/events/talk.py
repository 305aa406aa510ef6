"""Words, and a raised hand."""

from __future__ import annotations

from typing import ClassVar

from negotiations.rules.events.base import Event


class MessageSaid(Event, frozen=True):
    type: ClassVar[str] = "message.said"
    party: str
    text: str


class HelpAsked(Event, frozen=True):
    type: ClassVar[str] = "help.asked"
    party: str


class HelpClosed(Event, frozen=True):
    type: ClassVar[str] = "help.closed"
    party: str

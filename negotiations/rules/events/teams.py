"""Sides of several people: what one wants to do and another has to confirm. Only their own side sees it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from negotiations.rules.events.base import Event


class TapAsked(Event, frozen=True):
    """`what` is the command by its name and `fields` what it says. A new one takes the place of the one before."""

    type: ClassVar[str] = "tap.asked"
    deed: int
    party: str
    what: str
    fields: Mapping[str, Any]


class TapGiven(Event, frozen=True):
    type: ClassVar[str] = "tap.given"
    deed: int
    party: str


class TapDropped(Event, frozen=True):
    type: ClassVar[str] = "tap.dropped"
    deed: int
    party: str

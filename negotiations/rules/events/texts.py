"""An agreement in words: its versions, who signed, and the one that all signed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from negotiations.rules.events.base import Event


class TextProposed(Event, frozen=True):
    """A new version takes the place of the last one; signatures on that are void. A heading without words is left
    open."""

    type: ClassVar[str] = "text.proposed"
    version: int
    party: str
    text: Mapping[str, str]
    digest: str


class TextSigned(Event, frozen=True):
    type: ClassVar[str] = "text.signed"
    version: int
    party: str


class TextAgreed(Event, frozen=True):
    """Everybody who signs has signed this version: it binds."""

    type: ClassVar[str] = "text.agreed"
    version: int
    text: Mapping[str, str]

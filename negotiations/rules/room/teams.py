"""Sides of several people: what waits for a teammate's tap."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from msgspec import Struct


class Deed(Struct, frozen=True):
    """What a seat wants its side to do."""

    number: int
    by: UUID
    what: str
    fields: Mapping[str, Any]


class Teams(Struct, frozen=True):
    """`waiting` is one deed a party at most; `asked` counts those of each party, so that no side learns from its own
    numbers what another asked."""

    asked: Mapping[str, int] = {}
    waiting: Mapping[str, Deed] = {}

    def without(self, party: str) -> Teams:
        return Teams(self.asked, {each: deed for each, deed in self.waiting.items() if each != party})

"""The text of a table as values: its versions, and who has signed the last one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct


class Version(Struct, frozen=True):
    number: int
    party: str
    text: Mapping[str, str]
    digest: str
    at: datetime


class Texts(Struct, frozen=True):
    """`signed` are the signatures on the last version; `agreed` is the text that all signed."""

    versions: tuple[Version, ...] = ()
    signed: tuple[str, ...] = ()
    agreed: Mapping[str, str] | None = None

    @property
    def latest(self) -> Version | None:
        return self.versions[-1] if self.versions else None

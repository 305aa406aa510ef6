"""Linked negotiations: agents agree, principals sign or send back."""

from __future__ import annotations

from typing import ClassVar

from negotiations.rules.commands.actors import SEATS, Asked


class Sign(Asked, frozen=True):
    """Names the digest of the terms that were read, so that a stale screen cannot bind."""

    by: ClassVar = SEATS
    tapped: ClassVar = True

    strand: str
    digest: str


class SendBack(Asked, frozen=True, omit_defaults=True):
    """Does not sign. Which `issues` have to change, and the words, are for those who negotiate for the party."""

    by: ClassVar = SEATS
    tapped: ClassVar = True

    strand: str
    issues: tuple[str, ...] = ()
    words: str = ""

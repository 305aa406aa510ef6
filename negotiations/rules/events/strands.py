"""Linked negotiations: what was agreed, and by whom it was signed or sent back. Only insiders see it."""

from __future__ import annotations

from typing import ClassVar

from negotiations.rules.events.base import Event


class TermsAgreed(Event, frozen=True):
    """Those who negotiate this strand agree on a package; it waits for the signatures."""

    type: ClassVar[str] = "terms.agreed"
    strand: str
    offer: int
    package: int
    digest: str


class TermsSigned(Event, frozen=True):
    type: ClassVar[str] = "terms.signed"
    strand: str
    party: str


class TermsSentBack(Event, frozen=True):
    """A signer does not sign; it is negotiated again, and signatures given are void."""

    type: ClassVar[str] = "terms.sent_back"
    strand: str
    party: str


class TermsMarked(Event, frozen=True):
    """What would have to change, and words: for the party and those who negotiate for it."""

    type: ClassVar[str] = "terms.marked"
    strand: str
    party: str
    issues: tuple[str, ...]
    text: str


class StrandOpened(Event, frozen=True):
    """All that had to be settled before this one is."""

    type: ClassVar[str] = "strand.opened"
    strand: str

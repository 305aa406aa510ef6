"""What an actor may ask of a table. Commands are imperative and carry only what the actor says;
who asks and when is added by the caller."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal
from uuid import UUID

from msgspec import Struct

from bargaining.case import Value

SeatKind = Literal["person", "partner"]
ActorKind = Literal["seat", "instructor", "house"]

#: The house acts when nobody does: deadlines, seats given out by pairing.
HOUSE = UUID("00000000-0000-4000-8000-00000000ca5e")


class Actor(Struct, frozen=True):
    """Who acts: a seat (which plays a party), an instructor, or the house."""

    id: UUID
    kind: ActorKind
    party: str | None = None


class Say(Struct, frozen=True):
    text: str


class MakeOffer(Struct, frozen=True, omit_defaults=True):
    """`words` are said with the offer, in the same act, so that nobody's answer comes between the two."""

    packages: tuple[Mapping[str, Value], ...]
    words: str = ""


class AcceptOffer(Struct, frozen=True):
    """Names the offer, the package in it and the digest the actor read, so that a stale screen cannot bind."""

    offer: int
    package: int
    digest: str


class WithdrawOffer(Struct, frozen=True):
    offer: int


class WalkAway(Struct, frozen=True):
    """Leaves without a deal. The reason is for the instructor only."""

    reason: str = ""


class AskHelp(Struct, frozen=True):
    """Calls the instructor; the other side does not learn of it."""


class CloseHelp(Struct, frozen=True):
    """Lowers a raised hand: the party itself, or the instructor naming the party."""

    party: str | None = None


class TakeSeat(Struct, frozen=True):
    seat: UUID
    party: str
    kind: SeatKind


class LeaveSeat(Struct, frozen=True):
    seat: UUID


class OpenTable(Struct, frozen=True):
    seconds: int


class PauseTable(Struct, frozen=True):
    reason: str = ""


class ResumeTable(Struct, frozen=True):
    pass


class ExtendTable(Struct, frozen=True):
    seconds: int


class CloseTable(Struct, frozen=True):
    """The instructor ends the table before its time."""


class Tick(Struct, frozen=True):
    """Something is due by the clock: so far the deadline."""


Command = (
    Say
    | MakeOffer
    | AcceptOffer
    | WithdrawOffer
    | WalkAway
    | AskHelp
    | CloseHelp
    | TakeSeat
    | LeaveSeat
    | OpenTable
    | PauseTable
    | ResumeTable
    | ExtendTable
    | CloseTable
    | Tick
)

"""Who acts at a table, and who may ask for what."""

from __future__ import annotations

from typing import ClassVar, Literal
from uuid import UUID

from msgspec import Struct

SeatKind = Literal["person", "partner", "observer"]
ActorKind = Literal["seat", "instructor", "house"]
#: What a party's seats may do: speak, put something on the table, say yes or no, call the instructor.
Right = Literal["talk", "propose", "vote", "ask"]

#: The house acts when nobody does: deadlines, seats given out by pairing.
HOUSE = UUID("00000000-0000-4000-8000-00000000ca5e")
SEATS: frozenset[ActorKind] = frozenset({"seat"})
STAFF: frozenset[ActorKind] = frozenset({"instructor", "house"})


class Actor(Struct, frozen=True):
    """Who acts: a seat (which plays a party), an instructor, or the house."""

    id: UUID
    kind: ActorKind
    party: str | None = None


class Asked(Struct, frozen=True):
    """Base of all commands; `by` are the kinds of actors that may ask for it, `needs` what the party of a seat
    must be allowed. Unless a command says otherwise it is for those who have a stake and a vote. What is `tapped`
    binds a side of several people, so another of them may have to confirm it; a no, a word, and what takes back bind
    nobody."""

    by: ClassVar[frozenset[ActorKind]]
    needs: ClassVar[Right] = "vote"
    tapped: ClassVar[bool] = False

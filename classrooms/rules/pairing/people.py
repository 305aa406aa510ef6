"""What a pairing is made from and what it is: who came, which sides a table has, what is wished, who sits where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

OddRule = Literal["second", "observer", "partner", "instructor"]
Sections = Literal["any", "mix", "keep"]


@dataclass(frozen=True)
class Comer:
    """Somebody who is present, and what of the term counts: with whom they sat at a table and how often, which sides
    they played and how often, and how often they were the odd one."""

    id: UUID
    section: str = ""
    met: Mapping[UUID, int] = field(default_factory=dict)
    played: Mapping[str, int] = field(default_factory=dict)
    odd: int = 0


@dataclass(frozen=True)
class Side:
    """A party at every table: how many people play it, at least and at most, whether a practice partner can, and
    whether the table may do without it."""

    party: str
    least: int = 1
    most: int = 1
    partner: bool = True
    optional: bool = False


@dataclass(frozen=True)
class Wishes:
    """What the instructor wants: what becomes of those left over, and who should or should not meet.

    `together` and `apart` come first, then kept sections, then new partners, then mixed sections, then that everybody
    plays each side in turn. Of people who are not here nothing is wished.
    """

    odd: OddRule = "second"
    sections: Sections = "any"
    new_partners: bool = True
    sides_in_turn: bool = True
    together: frozenset[frozenset[UUID]] = frozenset()
    apart: frozenset[frozenset[UUID]] = frozenset()


@dataclass(frozen=True)
class Place:
    """A seat to be taken; nobody is a practice partner."""

    party: str
    person: UUID | None


@dataclass(frozen=True)
class Pairing:
    """The tables, and what became of those left over: who sits second, who reads along at which table, who meets
    practice partners, where the instructor plays, and who has no seat yet."""

    tables: tuple[tuple[Place, ...], ...]
    seconds: tuple[UUID, ...] = ()
    observers: tuple[tuple[UUID, int], ...] = ()
    with_partners: tuple[UUID, ...] = ()
    instructor: tuple[int, str] | None = None
    waiting: tuple[UUID, ...] = ()

"""How the time at a table goes: phases, who may talk with whom, news, the cost of waiting, variants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bargaining.values import Package

#: Parts of the time at the table that have rights of their own: what is on the table is answered, and nothing new
#: comes; people are asked, and nothing is said or done.
SETTLE_UP, ASK = "settle_up", "ask"


@dataclass(frozen=True)
class Strand:
    """A negotiation linked with others: who talks about which issues, who signs, and what comes before."""

    id: str
    parties: tuple[str, ...]
    issues: tuple[str, ...]
    signers: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    @property
    def insiders(self) -> frozenset[str]:
        """Those who know its terms."""
        return frozenset((*self.parties, *self.signers))


@dataclass(frozen=True)
class Phase:
    """A part of the time. `rotate` are groups that meet one after the other, `minutes_each`; `together`: nobody talks
    apart in it."""

    id: str
    minutes: int
    note: str = ""
    straw_polls: tuple[int, ...] = ()
    rotate: tuple[tuple[str, ...], ...] = ()
    minutes_each: int = 0
    together: bool = False


@dataclass(frozen=True)
class Channel:
    """Who may talk among themselves, in one phase or strand or always."""

    members: tuple[str, ...]
    phase: str = ""
    strand: str = ""


@dataclass(frozen=True)
class Delay:
    """What waiting costs each party: points a unit after the free ones, or a share of the surplus kept."""

    unit: str
    free: int = 0
    cost: Mapping[str, float] = field(default_factory=dict)
    discount: float | None = None
    optional: bool = False


@dataclass(frozen=True)
class Release:
    """News that reaches some parties during the negotiation and may change their case."""

    id: str
    at: Mapping[str, str | int]
    to: tuple[str, ...]
    text: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    optional: bool = False


@dataclass(frozen=True)
class ConditionVariant:
    """A variant of the case for some tables, as in an experiment: `changes` is dotted path -> new value."""

    id: str
    about: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    text: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Landmark:
    """A named package that the debrief shows."""

    id: str
    package: Package

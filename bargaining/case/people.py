"""Who sits at the table: parties, what they have without a deal, and what they want."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

# Kinds of parties that have a stake of their own; a mediator and an observer have none.
NEGOTIATING = ("negotiator", "principal", "agent")
KINDS = (*NEGOTIATING, "mediator", "observer")


@dataclass(frozen=True)
class LotteryOutcome:
    p: float
    value: float
    text: str = ""


@dataclass(frozen=True)
class Alternative:
    """What a party has without a deal: a value, or a lottery when it is uncertain itself."""

    text: str
    value: float | None = None
    lottery: tuple[LotteryOutcome, ...] = ()

    @cached_property
    def worth(self) -> float:
        """The value, or what the lottery gives on average."""
        if self.value is not None:
            return self.value
        return round(sum(outcome.p * outcome.value for outcome in self.lottery), 9)


@dataclass(frozen=True)
class Party:
    """A role in the case. An agent negotiates for its `principal`, who signs."""

    id: str
    name: str
    kind: str = "negotiator"
    scored: bool = True
    team: tuple[int, int] = (1, 1)
    base: float = 0.0
    alternative: Alternative | None = None
    target: float | None = None
    interests: tuple[str, ...] = ()
    principal: str = ""
    optional: bool = False
    interest_texts: Mapping[str, str] = field(default_factory=dict)  # those it rates itself, by their ids
    red_line: str = ""

    @property
    def role(self) -> str:
        """The short word for this party: farmer, head of school."""
        return self.id.replace("_", " ").replace("-", " ")

    @property
    def negotiates(self) -> bool:
        """Whether it has a stake and a say; mediators and observers have none."""
        return self.kind in NEGOTIATING

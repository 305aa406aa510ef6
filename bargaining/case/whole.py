"""The case itself: everything an edition says, found by name, and as one party may see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from bargaining.case.issues import SETTLED_BY_VALUE, Issue
from bargaining.case.people import Party
from bargaining.case.process import (
    ASK,
    SETTLE_UP,
    Channel,
    ConditionVariant,
    Delay,
    Landmark,
    Phase,
    Release,
    Strand,
)
from bargaining.case.rules import (
    Adjustment,
    Agreement,
    CoalitionTable,
    Derived,
    Rounds,
    SettlementElement,
    Uncertainty,
)
from bargaining.sight import EVERYTHING, PUBLIC, without_secrets

T = TypeVar("T")
#: Steps of a lesson before the table opens, or after it has closed. Among its own phases a table may have them too.
AWAY_FROM_TABLE = frozenset({"prepare", SETTLE_UP, ASK, "debrief"})


@dataclass(frozen=True)
class Case:
    """Everything an edition says in numbers and short words. `seen_as` tells whose view of it this is."""

    id: str
    version: str
    title: str
    parties: tuple[Party, ...]
    issues: tuple[Issue, ...] = ()
    licence: str = ""
    language: str = "en"
    level: str = ""
    summary: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    teaches: tuple[str, ...] = ()
    time: Mapping[str, int] = field(default_factory=dict)
    mechanism: str = "agreement"
    unit: str = "points"
    comparable: bool = False
    scoring_note: str = ""
    derived: tuple[Derived, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    uncertainties: tuple[Uncertainty, ...] = ()
    agreement: Agreement = field(default_factory=Agreement)
    coalition: CoalitionTable | None = None
    rounds: Rounds | None = None
    settlement_elements: tuple[SettlementElement, ...] = ()
    max_elements: int = 0
    strands: tuple[Strand, ...] = ()
    phases: tuple[Phase, ...] = ()
    channels: tuple[Channel, ...] = ()
    delay: Delay | None = None
    releases: tuple[Release, ...] = ()
    conditions: tuple[ConditionVariant, ...] = ()
    landmarks: tuple[Landmark, ...] = ()
    questionnaires: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    public_facts: tuple[str, ...] = ()
    seen_as: str = EVERYTHING
    # What others worked out from this very object (scorers, the outcome space); no part of its value.
    memo: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __hash__(self) -> int:
        return hash((self.id, self.version, self.seen_as))

    def party(self, party_id: str) -> Party:
        return _named(self._parties, party_id, "This simulation has no such party.")

    def issue(self, issue_id: str) -> Issue:
        return _named(self._issues, issue_id, "This simulation has no such issue.")

    def has_issue(self, issue_id: str) -> bool:
        return issue_id in self._issues

    def quantity(self, derived_id: str) -> Derived:
        return _named(self._derived, derived_id, "This simulation has no such quantity.")

    def uncertainty(self, event_id: str) -> Uncertainty:
        return _named(self._uncertainties, event_id, "This simulation has no such uncertain event.")

    @cached_property
    def party_ids(self) -> tuple[str, ...]:
        return tuple(party.id for party in self.parties)

    @cached_property
    def scored_ids(self) -> tuple[str, ...]:
        """The scored parties whose points this view of the case holds."""
        if self.seen_as == PUBLIC:
            return ()
        whole = self.seen_as == EVERYTHING
        return tuple(p.id for p in self.parties if p.scored and (whole or self.seen_as == f"party:{p.id}"))

    @cached_property
    def signers(self) -> tuple[str, ...]:
        """The parties whose yes counts for a deal, in the order of the case."""
        named = self.agreement.signers
        return tuple(p.id for p in self.parties if (p.id in named if named else p.negotiates))

    @cached_property
    def table_phases(self) -> tuple[Phase, ...]:
        """The parts of the time at the table. Without phases of their own, tables follow the steps of `time`."""
        steps = [Phase(step, minutes) for step, minutes in self.time.items() if step not in AWAY_FROM_TABLE]
        return self.phases or tuple(steps)

    @property
    def table_minutes(self) -> int:
        """How long the author means the table to be open; 0 where nothing is said."""
        return sum(phase.minutes for phase in self.table_phases)

    @cached_property
    def listed_issues(self) -> tuple[Issue, ...]:
        """The issues whose values can be listed; a text can say anything and gives no points."""
        return tuple(issue for issue in self.issues if issue.kind in SETTLED_BY_VALUE)

    @property
    def is_public_only(self) -> bool:
        return self.seen_as == PUBLIC

    def seen_by(self, party_id: str | None) -> Case:
        """The case as one party knows it, or with None what everybody knows. What others hold is not there,
        and neither is what only the instructor knows; KeyError if there is no such party."""
        if party_id is not None:
            self.party(party_id)
        key = ("seen_by", party_id)
        if key not in self.memo:
            self.memo[key] = without_secrets(self, party_id)
        seen: Case = self.memo[key]
        return seen

    @cached_property
    def _parties(self) -> dict[str, Party]:
        return {party.id: party for party in self.parties}

    @cached_property
    def _issues(self) -> dict[str, Issue]:
        return {issue.id: issue for issue in self.issues}

    @cached_property
    def _derived(self) -> dict[str, Derived]:
        return {quantity.id: quantity for quantity in self.derived}

    @cached_property
    def _uncertainties(self) -> dict[str, Uncertainty]:
        return {event.id: event for event in self.uncertainties}


def _named(things: Mapping[str, T], name: str, words: str) -> T:
    try:
        return things[name]
    except KeyError:
        raise KeyError(words) from None

"""A case: an edition of a simulation as a plain, frozen value with its parties, issues, points and rules.
It knows nothing of files, sessions, rooms or people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import isfinite
from typing import Any, TypeVar

from bargaining.conditions import AllOf, AnyOf, Between, Condition, Is, Not, Package, Value
from bargaining.pointrules import (
    ExpectedRule,
    LinearRule,
    ListRule,
    PiecewiseRule,
    PointRule,
    StepsRule,
)
from bargaining.sight import EVERYTHING, PUBLIC, without_secrets

__all__ = [
    "Adjustment", "Agreement", "AllOf", "Alternative", "AnyOf", "Between", "Case", "Condition",
    "ConditionVariant", "Delay", "ExpectedRule", "Is", "Issue", "Landmark", "LinearRule", "ListRule",
    "LotteryOutcome", "Not", "Option", "Package", "PackageFault", "Party", "PiecewiseRule", "PointRule",
    "Release", "StepsRule", "Uncertainty", "Value", "applying", "check_package",
]  # fmt: skip

Translate = Callable[[str], str]
T = TypeVar("T")


@dataclass(frozen=True)
class Option:
    """One choice of an issue."""

    id: str
    label: str


@dataclass(frozen=True)
class Issue:
    """One thing to settle. `points` holds a rule for each party that the reader of this case may know."""

    id: str
    title: str
    kind: str  # choice, boolean, integer or decimal
    options: tuple[Option, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    unit: str = ""
    group: str = ""
    when: Condition | None = None
    midpoint: tuple[Value, ...] = ()
    points: Mapping[str, PointRule] = field(default_factory=dict)

    def values(self) -> tuple[Value, ...]:
        """All values in order: options as listed, no before yes, numbers upwards."""
        return self._values

    def position(self, value: Value) -> int:
        """Where the value stands in `values()`; KeyError if it is none of them."""
        return self._positions[value]

    def applies(self, package: Package) -> bool:
        return self.when is None or self.when.holds(package)

    def accepts(self, value: object) -> bool:
        return self.fault_of(value) == ""

    def fault_of(self, value: object) -> str:
        """Why the value cannot stand here, as a code; empty if it can. True is no number, 5.0 is not 5."""
        if self.kind == "choice":
            if type(value) is not str:
                return "bad_type"
            return "" if value in self._positions else "unknown_option"
        if self.kind == "boolean":
            return "" if type(value) is bool else "bad_type"
        return self._fault_of_number(value)

    def option(self, option_id: str) -> Option:
        return self.options[self._positions[option_id]]

    @cached_property
    def middle(self) -> tuple[Value, ...]:
        """What counts as the middle: the author's word, else the middle value, or both of an even number."""
        if self.midpoint:
            return self.midpoint
        half = len(self._values) // 2
        return self._values[half : half + 1] if len(self._values) % 2 else self._values[half - 1 : half + 1]

    @cached_property
    def _values(self) -> tuple[Value, ...]:
        if self.kind == "choice":
            return tuple(option.id for option in self.options)
        if self.kind == "boolean":
            return (False, True)
        assert self.minimum is not None
        assert self.maximum is not None
        assert self.step is not None
        count = int((self.maximum - self.minimum) / self.step + 1e-9) + 1
        return tuple(round(self.minimum + k * self.step, 9) for k in range(count))

    @cached_property
    def _positions(self) -> dict[Value, int]:
        return {value: position for position, value in enumerate(self._values)}

    def _fault_of_number(self, value: object) -> str:
        if type(value) is not int and (type(value) is not float or self.kind == "integer"):
            return "bad_type"
        assert isinstance(value, int | float)
        if type(value) is float and not isfinite(value):
            return "bad_type"
        assert self.minimum is not None
        assert self.maximum is not None
        if not self.minimum <= value <= self.maximum:
            return "out_of_range"
        return "" if value in self._positions else "off_step"


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
    """A role in the case."""

    id: str
    name: str
    kind: str = "negotiator"
    scored: bool = True
    team: tuple[int, int] = (1, 1)
    base: float = 0.0
    alternative: Alternative | None = None
    target: float | None = None
    interests: tuple[str, ...] = ()

    @property
    def role(self) -> str:
        """The short word for this party: farmer, head of school."""
        return self.id.replace("_", " ").replace("-", " ")


@dataclass(frozen=True)
class Uncertainty:
    """An event that nobody at the table decides. `beliefs` are private, `draw` is the instructor's."""

    id: str
    question: str
    outcomes: tuple[str, ...]
    beliefs: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    resolve: str = "instructor"
    draw: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Adjustment:
    """Points that come from several issues together; only the parties in `tell` know of it."""

    when: Condition
    add: Mapping[str, float]
    tell: tuple[str, ...]
    text: str = ""


@dataclass(frozen=True)
class Agreement:
    """What makes a package a deal."""

    rule: str = "unanimous"
    allow_no_deal: bool = True


@dataclass(frozen=True)
class Delay:
    """What waiting costs each party."""

    unit: str
    free: int = 0
    cost: Mapping[str, float] = field(default_factory=dict)
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


@dataclass(frozen=True)
class PackageFault:
    """Why a package is not one. `words` never repeat what was sent; `issue` is empty if unknown."""

    code: str
    issue: str
    words: str


@dataclass(frozen=True)
class Case:
    """Everything an edition says in numbers and short words. `seen_as` tells whose view of it this is."""

    id: str
    version: str
    title: str
    parties: tuple[Party, ...]
    issues: tuple[Issue, ...]
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
    adjustments: tuple[Adjustment, ...] = ()
    uncertainties: tuple[Uncertainty, ...] = ()
    agreement: Agreement = Agreement()
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
    def _uncertainties(self) -> dict[str, Uncertainty]:
        return {event.id: event for event in self.uncertainties}


def applying(case: Case, package: Package) -> tuple[Issue, ...]:
    """The issues that apply given what the package says, in the case's order."""
    return tuple(issue for issue in case.issues if issue.applies(package))


def check_package(
    case: Case, package: Package, translate: Translate = lambda words: words
) -> tuple[PackageFault, ...]:
    """Everything that keeps this from being a whole package of the case; empty if it is one."""
    faults = [fault for issue in case.issues if (fault := _fault_at(issue, package, translate))]
    if any(name not in case._issues for name in package):
        words = translate("The package names an issue that this simulation does not have.")
        faults.append(PackageFault("unknown_issue", "", words))
    return tuple(faults)


def _fault_at(issue: Issue, package: Package, translate: Translate) -> PackageFault | None:
    if issue.id not in package:
        code = "missing_issue" if issue.applies(package) else ""
    elif not issue.applies(package):
        code = "does_not_apply"
    else:
        code = issue.fault_of(package[issue.id])
    if not code:
        return None
    return PackageFault(code, issue.id, translate(_FAULT_WORDS[code]).format(issue=issue.title))


_FAULT_WORDS = {
    "missing_issue": "“{issue}” is still open.",
    "does_not_apply": "“{issue}” does not apply to the rest of this package.",
    "unknown_option": "“{issue}” does not have this option.",
    "out_of_range": "The number for “{issue}” is outside its range.",
    "off_step": "The number for “{issue}” is between two steps.",
    "bad_type": "The value for “{issue}” is of the wrong kind.",
}


def _named(things: Mapping[str, T], name: str, words: str) -> T:
    try:
        return things[name]
    except KeyError:
        raise KeyError(words) from None

"""What every format boils down to: issues with their options, and what each is worth to whom; and the Case
that this makes. It knows no format."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bargaining.case import (
    Adjustment,
    Agreement,
    AllOf,
    Alternative,
    Case,
    Is,
    Issue,
    LinearRule,
    ListRule,
    Option,
    Party,
    PiecewiseRule,
    PointRule,
)
from bargaining.casefile.parts import RESERVED
from bargaining.imports.names import short_names

MOST_VALUES = 100_000
# All issues together, for all parties: so many numbers a case from elsewhere may have.
MOST_NUMBERS = 1_000_000
# Words that stand for several parties in a simulation file.
_SEVERAL = frozenset({"all", "any", "everybody", "everything", "public"})


@dataclass(frozen=True)
class Grid:
    """The values of a number: `count` of them, from `least` upwards."""

    least: float
    step: float
    count: int

    def values(self) -> tuple[float, ...]:
        return tuple(round(self.least + k * self.step, 9) for k in range(self.count))


@dataclass(frozen=True)
class DraftIssue:
    """Either options by their labels, or the grid of a number."""

    title: str
    options: tuple[str, ...] = ()
    grid: Grid | None = None

    def __len__(self) -> int:
        return self.grid.count if self.grid else len(self.options)


def is_too_large(issues: Iterable[DraftIssue], parties: int) -> bool:
    """Counts the numbers of a case before they are listed."""
    return sum(map(len, issues)) * parties > MOST_NUMBERS


@dataclass(frozen=True)
class Together:
    """Points that come only if all of these hold: pairs of an issue's and its option's position."""

    choices: tuple[tuple[int, int], ...]
    points: float


@dataclass(frozen=True)
class DraftParty:
    """`worth[issue][option]` are points with the issue's weight in them, unrounded."""

    name: str
    worth: Sequence[Sequence[float]]
    alternative: float
    together: tuple[Together, ...] = ()


@dataclass(frozen=True)
class Draft:
    """`at_least` parties must agree, those in `veto` among them; 0 means all."""

    title: str
    issues: tuple[DraftIssue, ...]
    parties: tuple[DraftParty, ...]
    id: str = ""
    licence: str = ""
    summary: str = ""
    at_least: int = 0
    veto: tuple[int, ...] = ()


def build(draft: Draft) -> Case:
    """The case that the draft describes. What the sources do not know stays as a case has it by default:
    points of different parties may not be added, and nobody has a text."""
    parties = short_names((party.name for party in draft.parties), "party", _SEVERAL)
    names = short_names((issue.title for issue in draft.issues), "issue", RESERVED)
    bare = [_bare_issue(name, issue) for name, issue in zip(names, draft.issues, strict=True)]
    return Case(
        id=short_names([draft.id or draft.title], "case")[0],
        version="1.0.0",
        title=draft.title,
        licence=draft.licence,
        summary=draft.summary,
        parties=tuple(
            Party(name, party.name, alternative=Alternative("no agreement", round(party.alternative, 9)))
            for name, party in zip(parties, draft.parties, strict=True)
        ),
        issues=tuple(_with_points(issue, k, parties, draft.parties) for k, issue in enumerate(bare)),
        adjustments=tuple(
            _adjustment(name, together, bare)
            for name, party in zip(parties, draft.parties, strict=True)
            for together in party.together
        ),
        agreement=_agreement(draft, parties),
    )


def _bare_issue(name: str, issue: DraftIssue) -> Issue:
    if issue.grid is None:
        ids = short_names(issue.options, "option")
        options = tuple(Option(i, label) for i, label in zip(ids, issue.options, strict=True))
        return Issue(name, issue.title, "choice", options)
    values = issue.grid.values()
    numbers = (values[0], values[-1], issue.grid.step)
    if all(number == int(number) for number in (issue.grid.least, issue.grid.step)):
        least, most, step = (int(number) for number in numbers)
        return Issue(name, issue.title, "integer", minimum=least, maximum=most, step=step)
    return Issue(name, issue.title, "decimal", minimum=values[0], maximum=values[-1], step=issue.grid.step)


def _with_points(issue: Issue, position: int, names: Sequence[str], parties: Sequence[DraftParty]) -> Issue:
    points = {name: _rule(issue, party.worth[position]) for name, party in zip(names, parties, strict=True)}
    return Issue(
        issue.id,
        issue.title,
        issue.kind,
        issue.options,
        issue.minimum,
        issue.maximum,
        issue.step,
        points=points,
    )


def _rule(issue: Issue, worth: Sequence[float]) -> PointRule:
    """A list for options. A number gets a line where a line gives the same points to the last digit, else
    a corner for each value, which gives them by definition."""
    if issue.kind == "choice":
        return ListRule(tuple(worth))
    numbers = [float(value) for value in issue.values() if isinstance(value, int | float)]
    line = _line(numbers, worth)
    if all(line.offset + line.per_unit * x == y for x, y in zip(numbers, worth, strict=True)):
        return line
    return PiecewiseRule(tuple(zip(numbers, worth, strict=True)))


def _line(numbers: Sequence[float], worth: Sequence[float]) -> LinearRule:
    if len(numbers) < 2:
        return LinearRule(worth[0])
    per_unit = (worth[-1] - worth[0]) / (numbers[-1] - numbers[0])
    return LinearRule(worth[0] - per_unit * numbers[0], per_unit)


def _adjustment(party: str, together: Together, issues: Sequence[Issue]) -> Adjustment:
    tests = (Is(issues[i].id, (issues[i].values()[k],)) for i, k in together.choices)
    return Adjustment(AllOf(tuple(tests)), {party: together.points}, (party,))


def _agreement(draft: Draft, parties: Sequence[str]) -> Agreement:
    if draft.at_least in (0, len(parties)):
        return Agreement()
    return Agreement("threshold", at_least=draft.at_least, veto=tuple(parties[k] for k in draft.veto))

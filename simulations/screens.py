"""What the shelf shows of an edition, in words and small drawings; for signed-in instructors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bargaining.case import Case, Issue, Party
from bargaining.scoring import alternative_value, issue_points
from bargaining.words import number_in_words, value_in_words
from simulations.models import Edition
from simulations.prose import to_html
from simulations.queries import brief, whole_case

HALF = 32
MARK = 16
# Long scales are shown by some of their values; the ends are always among them.
VALUES_SHOWN = 9


@dataclass(frozen=True)
class TablePlan:
    """The small drawing of a simulation: its parties round the line, one tick an issue."""

    width: int
    line: str
    ticks: str
    marks: tuple[tuple[int, int, int], ...]


def table_plan(parties: int, issues: int) -> TablePlan:
    """Two parties face each other across an upright line; more sit above and below a level one."""
    first = HALF - (issues - 1) * 3.5
    places = [first + 7 * place for place in range(issues)]
    if parties == 2:
        ticks = "".join(f"M31 {place:g}h10" for place in places)
        return TablePlan(120, "M36 2V62", ticks, ((1, 2, 24), (2, 54, 24)))
    ticks = "".join(f"M{place:g} 27v10" for place in places)
    columns = -(-parties // 2)
    width = max(60, columns * 28 + 4)
    marks = tuple((k + 1, 8 + 28 * (k // 2), 2 if k % 2 == 0 else 46) for k in range(parties))
    return TablePlan(width, f"M2 32H{width - 2}", ticks, marks)


@dataclass(frozen=True)
class Book:
    """An edition on the shelf."""

    edition: Edition
    case: Case
    plan: TablePlan
    facts: str
    level: str


def book_of(edition: Edition) -> Book:
    case = whole_case(edition.pk)
    return Book(
        edition, case, table_plan(len(case.parties), count_issues(case)), facts_of(case), level_of(case)
    )


def facts_of(case: Case) -> str:
    parties = ngettext("%(n)d party", "%(n)d parties", len(case.parties)) % {"n": len(case.parties)}
    issues = ngettext("%(n)d issue", "%(n)d issues", count_issues(case)) % {"n": count_issues(case)}
    return " · ".join([parties, issues, time_words(sum(case.time.values()))])


def count_issues(case: Case) -> int:
    """Issues of one group stand in for each other, as a price and a rent do: they are one thing to settle."""
    return len({issue.group or issue.id for issue in case.issues})


def time_words(minutes: int) -> str:
    """Under 90 minutes as minutes, else as hours and minutes."""
    if minutes < 90:
        return _("%(minutes)d min") % {"minutes": minutes}
    hours, rest = divmod(minutes, 60)
    if not rest:
        return _("%(hours)d h") % {"hours": hours}
    return _("%(hours)d h %(minutes)02d") % {"hours": hours, "minutes": rest}


def level_of(case: Case) -> str:
    names = {
        "introductory": _("introductory"),
        "intermediate": _("intermediate"),
        "advanced": _("advanced"),
    }
    return names.get(case.level, case.level)


def steps_of(case: Case) -> list[tuple[str, int]]:
    """The author's plan of the lesson, in minutes."""
    names = {
        "prepare": _("Prepare"),
        "negotiate": _("Negotiate"),
        "settle_up": _("Settle up"),
        "debrief": _("Debrief"),
    }
    return [(names.get(step, step), minutes) for step, minutes in case.time.items()]


@dataclass(frozen=True)
class Role:
    """A party as the instructor reads it: its sheet, its alternative and its target."""

    index: int
    party: Party
    alternative: str
    worth: str
    target: str
    sheet: SafeString


def roles_of(edition: Edition, case: Case) -> list[Role]:
    return [role_of(edition, case, party, index) for index, party in enumerate(case.parties, start=1)]


def role_of(edition: Edition, case: Case, party: Party, index: int) -> Role:
    alternative = party.alternative.text if party.alternative else ""
    worth = number_in_words(alternative_value(case, party.id)) if party.alternative else ""
    told = _("%(alternative)s: worth %(worth)s to you.") % {"alternative": alternative, "worth": worth}
    return Role(
        index=index,
        party=party,
        alternative=alternative,
        worth=worth,
        target=number_in_words(party.target) if party.target is not None else "",
        sheet=to_html(brief(edition.pk, party.id), {"my_alternative": told if alternative else ""}),
    )


@dataclass(frozen=True)
class IssueTable:
    """What each value of an issue is worth to each scored party."""

    issue: Issue
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    is_sampled: bool


def issue_tables(case: Case) -> list[IssueTable]:
    return [issue_table(case, issue) for issue in case.issues]


def issue_table(case: Case, issue: Issue) -> IssueTable:
    points = [issue_points(case, party, issue.id) for party in case.scored_ids]
    values = issue.values()
    shown = sampled(list(values))
    rows = tuple(
        (
            value_in_words(issue, value, _),
            tuple(number_in_words(each[value]) for each in points if value in each),
        )
        for value in shown
    )
    return IssueTable(issue, rows, len(shown) < len(values))


def sampled(values: list[Any]) -> list[Any]:
    if len(values) <= VALUES_SHOWN:
        return values
    last = len(values) - 1
    return [values[round(place * last / (VALUES_SHOWN - 1))] for place in range(VALUES_SHOWN)]

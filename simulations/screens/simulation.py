"""One simulation as an instructor reads it: its shape, its roles, what terms are worth, its course and questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bargaining.case import Case, Issue, Party, Release, Value
from bargaining.questionnaires import QuestionSet
from bargaining.scoring import issue_points
from simulations.questionnaires import asked_at
from simulations.stakes import say_formula
from simulations.wording import (
    description_of,
    full_name,
    name_of_issue,
    say_number,
    say_phase,
    say_points,
    say_value,
)

# Long scales are shown by some of their values; the ends are always among them.
VALUES_SHOWN = 9
OPTIONS_NAMED = 5


@dataclass(frozen=True)
class Role:
    """A party in a row of the table of roles."""

    index: int
    party: Party
    name: str
    about: str
    alternative: str
    worth: str
    target: str
    team: str


def roles_of(case: Case) -> list[Role]:
    return [role_of(case, party, index) for index, party in enumerate(case.parties, start=1)]


def role_of(case: Case, party: Party, index: int) -> Role:
    alternative = party.alternative
    about = [each for each in (description_of(party), kind_of(party)) if each]
    return Role(
        index=index,
        party=party,
        name=full_name(party),
        about=", ".join(about),
        alternative=alternative.text if alternative else "",
        worth=say_points(case, alternative.worth) if alternative else "",
        target=say_points(case, party.target) if party.target is not None else "",
        team=team_of(party),
    )


def kind_of(party: Party) -> str:
    kinds = {"mediator": _("mediates"), "observer": _("looks on")}
    return kinds.get(party.kind, "")


def team_of(party: Party) -> str:
    fewest, most = party.team
    if fewest == most:
        return ngettext("%(n)d person", "%(n)d people", most) % {"n": most}
    return _("%(fewest)d to %(most)d people") % {"fewest": fewest, "most": most}


@dataclass(frozen=True)
class IssueLine:
    """An issue in the list of what is settled: its title, and between what it can be settled."""

    title: str
    range: str


def issue_lines(case: Case) -> list[IssueLine]:
    return [IssueLine(name_of_issue(case, issue), range_of(issue)) for issue in case.issues]


def range_of(issue: Issue) -> str:
    if issue.kind == "text":
        return _("in words")
    if issue.kind == "allocation":
        return _("shares in steps of %(step)s %%") % {"step": say_number(issue.step or 0)}
    values = issue.values()
    if issue.kind in ("integer", "decimal"):
        ends = {"low": say_value(issue, values[0]), "high": say_value(issue, values[-1])}
        return _("%(low)s to %(high)s") % ends
    named = " · ".join(say_value(issue, value) for value in values[:OPTIONS_NAMED])
    more = len(values) - OPTIONS_NAMED
    return named + (" · " + ngettext("%(n)d more", "%(n)d more", more) % {"n": more} if more > 0 else "")


@dataclass(frozen=True)
class IssueTable:
    """What each value of an issue is worth to each scored party."""

    title: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    is_sampled: bool


def issue_tables(case: Case) -> list[IssueTable]:
    """Only issues that give points by themselves."""
    return [issue_table(case, issue) for issue in case.listed_issues if issue.points]


def issue_table(case: Case, issue: Issue) -> IssueTable:
    points = [issue_points(case, party, issue.id) for party in case.scored_ids]
    values = issue.values()
    shown = sampled(list(values))
    rows = tuple(
        (say_value(issue, value), tuple(say_number(each[value]) for each in points)) for value in shown
    )
    return IssueTable(name_of_issue(case, issue), rows, len(shown) < len(values))


def sampled(values: list[Value]) -> list[Value]:
    if len(values) <= VALUES_SHOWN:
        return values
    last = len(values) - 1
    return [values[round(place * last / (VALUES_SHOWN - 1))] for place in range(VALUES_SHOWN)]


def worked_out(case: Case) -> list[tuple[str, str]]:
    """Quantities that formulas make of the terms."""
    return [(quantity.title, say_formula(case, quantity.text)) for quantity in case.derived]


def steps_of(case: Case) -> list[tuple[str, int]]:
    """The author's plan of the lesson, in minutes."""
    return [(say_phase(step), minutes) for step, minutes in case.time.items()]


def news_of(case: Case) -> list[tuple[str, str, str]]:
    """What reaches whom during the talk: when, who, the words."""
    return [
        (moment_of(release), ", ".join(full_name(case.party(party)) for party in release.to), release.text)
        for release in case.releases
    ]


def moment_of(release: Release) -> str:
    (kind, at), *_rest = release.at.items()
    words = {
        "minute": _("after %(at)s min"),
        "round": _("before round %(at)s"),
        "phase": _("with the part “%(at)s”"),
        "manual": _("when you say so"),
    }
    return words[kind] % {"at": str(at).replace("_", " ")}


@dataclass(frozen=True)
class Questions:
    """What is asked at one moment."""

    moment: str
    sets: tuple[QuestionSet, ...]


def questions_of(case: Case) -> list[Questions]:
    names = {
        "before": _("Before the talk"),
        "after": _("After the talk"),
        "course_start": _("At the start of the course"),
        "course_end": _("At the end of the course"),
    }
    return [Questions(names[moment], asked_at(case, moment)) for moment in case.questionnaires]


def rights_of(case: Case) -> dict[str, Any]:
    return {"licence": case.licence, "authors": ", ".join(case.authors)}

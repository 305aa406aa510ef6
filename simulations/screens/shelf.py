"""The shelf: each simulation as a book with its drawing and facts, and the filters with their counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from bargaining.case import Case
from simulations.models import Edition, Simulation
from simulations.queries import whole_case
from simulations.rules.playable import playable_here
from simulations.rules.shelf import CHOICES, LEVELS, Facts, Wanted, counts, facts_of

HALF = 32


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
    columns = -(-parties // 2)
    width = max(60, columns * 28 + 4)
    shift = width / 2 - HALF
    ticks = "".join(f"M{place + shift:g} 27v10" for place in places)
    marks = tuple((k + 1, _across(k, parties), 2 if k % 2 == 0 else 46) for k in range(parties))
    return TablePlan(width, f"M2 32H{width - 2}", ticks, marks)


def _across(place: int, parties: int) -> int:
    """Even numbers sit in pairs, odd ones in a zigzag."""
    return 8 + (14 * place if parties % 2 else 28 * (place // 2))


@dataclass(frozen=True)
class Book:
    """An edition on the shelf. `limit` says why no session can be opened with it; empty if one can."""

    edition: Edition
    case: Case
    plan: TablePlan
    facts: Facts
    line: tuple[str, ...]
    level: str
    limit: str
    address: str


def book_of(edition: Edition) -> Book:
    case = whole_case(edition.pk)
    limit = playable_here(case)
    return Book(
        edition=edition,
        case=case,
        plan=table_plan(seated(case), count_issues(case)),
        facts=facts_of(case),
        line=facts_line(case),
        level=level_of(case.level),
        limit=_(limit) if limit else "",
        address=address_of(edition.simulation),
    )


def address_of(simulation: Simulation) -> str:
    return reverse("simulation" if simulation.is_shipped else "own", args=[simulation.slug])


def facts_line(case: Case) -> tuple[str, ...]:
    parties = ngettext("%(n)d party", "%(n)d parties", seated(case)) % {"n": seated(case)}
    minutes = sum(case.time.values())
    return (parties, what_is_settled(case), *([time_words(minutes)] if minutes else []))


def what_is_settled(case: Case) -> str:
    if case.rounds:
        n = len(case.rounds.multipliers)
        return ngettext("%(n)d round", "%(n)d rounds", n) % {"n": n}
    if case.mechanism == "agreement":
        n = count_issues(case)
        return ngettext("%(n)d issue", "%(n)d issues", n) % {"n": n}
    return mechanism_of(case.mechanism)


def seated(case: Case) -> int:
    """How many parties there always are; a facilitator, say, may be left out."""
    return sum(not party.optional for party in case.parties)


def in_order(books: Iterable[Book]) -> list[Book]:
    """From the simplest on: few parties first, then by level and time."""
    levels = {level: place for place, level in enumerate(LEVELS)}
    return sorted(
        books,
        key=lambda book: (
            book.facts.parties,
            levels.get(book.facts.level, len(LEVELS)),
            book.facts.minutes,
            book.edition.title,
        ),
    )


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


def level_of(level: str) -> str:
    names = {
        "introductory": _("introductory"),
        "intermediate": _("intermediate"),
        "advanced": _("advanced"),
    }
    return names.get(level, level)


def mechanism_of(mechanism: str) -> str:
    names = {
        "agreement": pgettext("mechanism", "terms"),
        "coalition": pgettext("mechanism", "coalitions"),
        "rounds": pgettext("mechanism", "repeated rounds"),
        "freeform": pgettext("mechanism", "free text"),
    }
    return names.get(mechanism, mechanism)


@dataclass(frozen=True)
class Choice:
    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True)
class Filter:
    """One thing the shelf is narrowed by. Choices that would leave nothing are not offered, unless chosen."""

    name: str
    title: str
    any: str
    choices: tuple[Choice, ...]


def filters(wanted: Wanted, shelf: Iterable[Facts]) -> list[Filter]:
    found = list(shelf)
    return [filter_of(name, wanted, found) for name in CHOICES]


def filter_of(name: str, wanted: Wanted, shelf: list[Facts]) -> Filter:
    chosen = getattr(wanted, name)
    choices = tuple(
        Choice(
            value,
            _("%(choice)s (%(n)d)") % {"choice": choice_words(name, value), "n": count},
            value == chosen,
        )
        for value, count in counts(wanted, name, shelf).items()
        if count or value == chosen
    )
    titles = {
        "parties": (_("Parties"), pgettext("parties", "any number")),
        "minutes": (_("Time in class"), pgettext("time", "any")),
        "level": (_("Level"), pgettext("level", "any")),
        "mechanism": (_("What is settled"), pgettext("mechanism", "anything")),
    }
    return Filter(name, *titles[name], choices)


def choice_words(name: str, value: str) -> str:
    if name == "level":
        return level_of(value)
    if name == "mechanism":
        return mechanism_of(value)
    words = {
        "2": _("two"),
        "3": _("three"),
        "4": _("four"),
        "more": _("five or more"),
        "short": _("up to 1 hour"),
        "middle": _("1 to 2 hours"),
        "long": _("more than 2 hours"),
    }
    return words[value]

"""Numbers, values and conditions of a case in words, the same on every page, sheet and report.

It reads a case as a viewer may see it and adds nothing to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext, pgettext

from bargaining.case import ASK, SETTLE_UP, Case, Issue, Party, Value
from bargaining.conditions import AllOf, AnyOf, Between, Condition, Is, Not, QuantityBetween

CURRENCIES = {"USD": "$", "EUR": "€", "GBP": "£"}
POINTS = "points"
CENTS = 2


class Unit(NamedTuple):
    """What stands before and after a number, "$" and " a year", and how many decimals a broken one has at least."""

    before: str = ""
    after: str = ""
    decimals: int = 0


def unit_of(text: str) -> Unit:
    """ "USD per year" stands as $9,000 a year, "thousand USD" as $40 thousand, "days" as 3 days."""
    amount, _, time = text.partition(" per ")
    after = gettext(" a %(time)s") % {"time": time} if time else ""
    words = amount.split()
    if words and words[-1] in CURRENCIES:
        scale = " ".join(words[:-1])
        return Unit(CURRENCIES[words[-1]], (f" {scale}" if scale else "") + after, 0 if scale else CENTS)
    return Unit("", (f" {amount}" if amount else "") + after)


def say_number(number: float, decimals: int = 0) -> str:
    """Thousands apart, no needless decimals, and a real minus. So many decimals at least, where there are any."""
    whole, point, broken = format(number, ",.10g").replace("-", "−").partition(".")
    return f"{whole}{point}{broken.ljust(decimals, '0')}" if point else whole


def say_amount(number: float, unit: Unit) -> str:
    sign, size = ("−", -number) if number < 0 else ("", number)
    return f"{sign}{unit.before}{say_number(size, unit.decimals)}{unit.after}"


def say_unit(unit: Unit) -> str:
    """The unit by itself, as over a column of numbers: "$ thousand a year"."""
    return f"{unit.before}{unit.after}".strip()


def say_points(case: Case, number: float) -> str:
    """What a package is worth, in the unit of the case: "88 points" or "$1,450"."""
    return say_amount(number, unit_of(case.unit))


def score_title(case: Case) -> str:
    """Over a table of what each term is worth to its reader."""
    return gettext("Your points") if case.unit == POINTS else gettext("What the terms are worth to you")


def score_unit(case: Case) -> Unit:
    """For places where it is plain that points are meant, the word is left away."""
    return Unit() if case.unit == POINTS else unit_of(case.unit)


def say_value(issue: Issue, value: Value) -> str:
    if issue.kind == "choice":
        return issue.option(str(value)).label
    if issue.kind == "boolean":
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return " / ".join(gettext("%(share)d %%") % {"share": share} for share in value)
    return say_amount(value, unit_of(issue.unit))


def name_of_issue(case: Case, issue: Issue) -> str:
    """The title; two issues of one title are told apart by their units."""
    twice = Counter(each.title for each in case.issues)[issue.title] > 1
    unit = unit_of(issue.unit)
    return f"{issue.title} ({say_unit(unit)})" if twice and issue.unit else issue.title


def short_name(case: Case, party: Party) -> str:
    """How the others speak of a party: a person's first name, or the name up to its description."""
    names = {each.id: full_name(each) for each in case.parties}
    firsts = Counter(name.split()[0] for name in names.values())
    words = names[party.id].split()
    is_person = len(words) == 2 and all(word[:1].isupper() for word in words)
    return words[0] if is_person and firsts[words[0]] == 1 else names[party.id]


def full_name(party: Party) -> str:
    """ "Noreen Aldous, third-generation owner" is called Noreen Aldous."""
    return party.name.partition(", ")[0]


def description_of(party: Party) -> str:
    return party.name.partition(", ")[2]


def say_phase(name: str) -> str:
    """A part of the time by its short name: "private_pairs" is called Private pairs."""
    names = {
        "prepare": gettext("Prepare"),
        "negotiate": gettext("Negotiate"),
        SETTLE_UP: gettext("Settle up"),
        ASK: gettext("Questions"),
        "debrief": gettext("Debrief"),
    }
    return names.get(name, name.replace("_", " ").capitalize())


def say_outcome(outcome: str) -> str:
    """How an uncertain event came out: "not_approved" is said as not approved."""
    return outcome.replace("_", " ")


def say_list(words: Sequence[str], last: str) -> str:
    """ "a, b or c", with the word before the last given."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def say_condition(case: Case, condition: Condition) -> str:
    """ "Form of the arrangement is Lease for 5 years or Lease for 15 years"."""
    match condition:
        case Is(issue=issue_id, values=values):
            issue = case.issue(issue_id)
            allowed = say_list([say_value(issue, value) for value in values], pgettext("list", "or"))
            return gettext("%(issue)s is %(values)s") % {"issue": issue.title, "values": allowed}
        case Between(issue=issue_id, minimum=low, maximum=high):
            issue = case.issue(issue_id)
            return _say_bounds(issue.title, unit_of(issue.unit), low, high)
        case QuantityBetween(quantity=name, minimum=low, maximum=high):
            quantity = case.quantity(name)
            return _say_bounds(quantity.title, unit_of(quantity.unit), low, high)
        case AllOf(parts=parts):
            return say_list([say_condition(case, part) for part in parts], pgettext("list", "and"))
        case AnyOf(parts=parts):
            return say_list([say_condition(case, part) for part in parts], pgettext("list", "or"))
        case Not(part=part):
            return gettext("not: %(condition)s") % {"condition": say_condition(case, part)}


def _say_bounds(title: str, unit: Unit, low: float | None, high: float | None) -> str:
    words = {
        "issue": title,
        "low": "" if low is None else say_amount(low, unit),
        "high": "" if high is None else say_amount(high, unit),
    }
    if low is None:
        return gettext("%(issue)s is at most %(high)s") % words
    if high is None:
        return gettext("%(issue)s is at least %(low)s") % words
    return gettext("%(issue)s is from %(low)s to %(high)s") % words

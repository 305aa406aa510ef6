"""What a party can win or lose beside the points of single terms: shares and quantities that formulas give,
coalitions, rounds, and interests without points. In words and tables, from the case as the reader may see it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext

from bargaining.case import (
    Case,
    Derived,
    Issue,
    LinearRule,
    Party,
    PiecewiseRule,
    PointRule,
    ShareRule,
    StepsRule,
)
from bargaining.formulas import issues_of
from simulations.wording import full_name, say_list, say_number, say_points, say_unit, unit_of

_NAME = re.compile(r"[a-z_][a-z0-9_-]*(\.[a-z_][a-z0-9_-]*)?")
_WORDS_OF_FORMULAS = frozenset({"min", "max", "and", "or", "not", "if", "else"})


class StakesTable(NamedTuple):
    """A small table: its title, the words over its columns, rows of words, and sentences under it."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


def quantities(case: Case, party: Party) -> list[tuple[str, tuple[str, ...]]]:
    """Each quantity that is worked out from the terms and counts for the party: its title and what to know of it."""
    return [
        (quantity.title, tuple(quantity_notes(case, party, quantity)))
        for quantity in case.derived
        if quantity.public or party.id in quantity.points
    ]


def quantity_notes(case: Case, party: Party, quantity: Derived) -> Iterable[str]:
    yield gettext("Worked out as: %(formula)s.") % {"formula": say_formula(case, quantity.text)}
    if party.id in quantity.points:
        yield say_rule(case, quantity.points[party.id], unit_of(quantity.unit).after.strip())


def share_note(case: Case, party: Party, issue: Issue) -> str:
    """What a share of a quantity is worth; empty for every other issue."""
    rule = issue.points.get(party.id)
    if not isinstance(rule, ShareRule):
        return ""
    quantity = case.quantity(rule.quantity)
    return gettext("Your share of “%(quantity)s” counts: each one of it is worth %(points)s to you.") % {
        "quantity": quantity.title,
        "points": say_points(case, rule.per_unit),
    }


def is_used_in_formula(case: Case, issue: Issue) -> bool:
    return any(issue.id in issues_of(quantity.formula) for quantity in case.derived)


def say_rule(case: Case, rule: PointRule, unit: str) -> str:
    """A rule over a quantity, as a sentence."""
    of = unit or pgettext("a quantity without a unit", "one")
    match rule:
        case LinearRule(offset=offset, per_unit=each):
            words = gettext("Each %(unit)s of it is worth %(points)s to you") % {
                "unit": of,
                "points": say_points(case, each),
            }
            if offset:
                return gettext("%(each)s, counted from %(offset)s.") % {
                    "each": words,
                    "offset": say_points(case, offset),
                }
            return f"{words}."
        case PiecewiseRule(corners=corners):
            return gettext("Worth to you: %(pairs)s, on straight lines in between.") % {
                "pairs": _pairs(case, corners)
            }
        case StepsRule(thresholds=steps):
            return gettext("Worth to you, once reached: %(pairs)s.") % {"pairs": _pairs(case, steps)}
        case _:
            return gettext("What it is worth to you stands in your text.")


def say_formula(case: Case, text: str) -> str:
    """The author's formula with titles for names: "Price × rate / 100"."""
    said = _NAME.sub(lambda found: _say_name(case, found[0]), text)
    return said.replace("*", "×").replace(" - ", " − ")


def stakes_tables(case: Case, party: Party) -> list[StakesTable]:
    """What the mechanism itself pays the party; nothing for packages of terms."""
    found = [coalition_table(case, party), rounds_table(case), interests_table(party)]
    return [table for table in found if table]


def coalition_table(case: Case, party: Party) -> StakesTable | None:
    if case.coalition is None:
        return None
    sets = sorted(case.coalition.values.items(), key=lambda entry: (party.id not in entry[0], len(entry[0])))
    rows = tuple((_members(case, members, party), say_number(value)) for members, value in sets)
    notes = (
        gettext("Shares are whole steps of %(step)s.") % {"step": say_points(case, case.coalition.step)},
    )
    title = gettext("What can be shared, in %(unit)s") % {"unit": say_unit(unit_of(case.unit))}
    return StakesTable(title, (gettext("Who agrees"), gettext("Together")), rows, notes)


def rounds_table(case: Case) -> StakesTable | None:
    """What each choice pays, by how many chose the counted one."""
    rounds = case.rounds
    if rounds is None or not rounds.payoff:
        return None
    counted = _move(rounds.counted_move)
    parties = len(case.parties)
    rows = tuple(
        (
            str(n),
            *(_paid(rounds.counted_move, move, n, parties, rounds.payoff[move]) for move in rounds.moves),
        )
        for n in range(parties + 1)
    )
    weights = ", ".join(say_number(weight) for weight in rounds.multipliers)
    return StakesTable(
        gettext("What each choice pays"),
        (
            gettext("Parties that choose “%(move)s”") % {"move": counted},
            *(capfirst(_move(m)) for m in rounds.moves),
        ),
        rows,
        (gettext("The rounds count so many times: %(weights)s.") % {"weights": weights},),
    )


def interests_table(party: Party) -> StakesTable | None:
    """Interests that the party rates itself after the session, where no points are given."""
    if not party.interest_texts and not party.red_line:
        return None
    notes = (
        (gettext("You will not sign an agreement in which %(line)s.") % {"line": party.red_line},)
        if party.red_line
        else ()
    )
    rows = tuple((capfirst(text),) for text in party.interest_texts.values())
    return StakesTable(gettext("What matters to you"), (gettext("Interest"),), rows, notes)


def _members(case: Case, members: frozenset[str], party: Party) -> str:
    others = [full_name(case.party(name)) for name in case.party_ids if name in members and name != party.id]
    if party.id in members:
        others.insert(0, pgettext("a member of a coalition", "You"))
    return say_list(others, pgettext("list", "and"))


def _paid(counted: str, move: str, n: int, parties: int, payoff: tuple[float, ...]) -> str:
    """Nothing is paid to a choice that nobody can have made."""
    is_possible = n >= 1 if move == counted else n < parties
    return say_number(payoff[n]) if is_possible else "–"


def _move(name: str) -> str:
    return name.replace("_", " ")


def _pairs(case: Case, pairs: Iterable[tuple[float, float]]) -> str:
    return ", ".join(
        gettext("%(amount)s: %(points)s") % {"amount": say_number(x), "points": say_points(case, y)}
        for x, y in pairs
    )


def _say_name(case: Case, name: str) -> str:
    first, _, attribute = name.partition(".")
    if first in _WORDS_OF_FORMULAS:
        return name
    known = {issue.id: issue.title for issue in case.issues} | {each.id: each.title for each in case.derived}
    title = f"“{known[first]}”" if first in known else first
    return f"{attribute.replace('_', ' ')} ({title})" if attribute else title

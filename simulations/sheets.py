"""A party's sheet as its player reads it: the texts with their places filled, the alternative, and the points of
every term as rows and bars.

It is given the case as the reader may see it and reads nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import pairwise
from threading import RLock
from typing import Any, NamedTuple, TypeVar

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from bargaining import scoring, structure
from bargaining.case import Alternative, Case, ExpectedRule, Issue, Party, Value
from simulations import wording
from simulations.prose import to_html
from simulations.rules.thumbnail import most_coupled
from simulations.stakes import is_used_in_formula, quantities, share_note, stakes_tables

T = TypeVar("T")
MOST_ROWS = 7
WORDS_A_MINUTE = 200
#: A class that opens its sheets at one moment waits for one of them instead of writing ten.
WORKING_OUT = RLock()
MOST_TRIED = 300_000


class PointsRow(NamedTuple):
    label: str
    points: str
    width: str


class PointsGroup(NamedTuple):
    """One issue in the points table: its rows on the scale of all issues, and what to know beside them."""

    title: str
    rows: tuple[PointsRow, ...]
    notes: tuple[str, ...]


def sheet(case: Case, party: Party, brief: str, general: str) -> dict[str, Any]:
    """Everything a party may read, ready for a template."""
    return kept(
        case, ("sheet", party.id, brief, general), partial(written_sheet, case, party, brief, general)
    )


def written_sheet(case: Case, party: Party, brief: str, general: str) -> dict[str, Any]:
    found = sheet_parts(case, party, brief, general)
    found["table"] = render_to_string("simulations/_points.html", {"sheet": found})
    found["stakes"] = render_to_string("simulations/_stakes.html", {"sheet": found})
    return found


def sheet_parts(case: Case, party: Party, brief: str, general: str) -> dict[str, Any]:
    return {
        "party": party_data(case, party)
        | {"full": wording.full_name(party), "about": wording.description_of(party)},
        "brief": to_html(brief, {"my_alternative": alternative_text(case, party)}),
        "general": everybody_reads(case, general),
        "minutes": max(1, round(len(brief.split()) / WORDS_A_MINUTE)),
        "alternative": party.alternative and alternative_data(case, party.alternative),
        "target": None if party.target is None else wording.say_points(case, party.target),
        "interests": party.interests,
        "points_title": wording.score_title(case),
        "points": points_table(case, party) if party.scored and case.listed_issues else [],
        "tables": stakes_tables(case, party),
        "together": together(case, party),
        "note": case.scoring_note,
        "best": best_words(case, party),
    }


def kept(case: Case, key: tuple[Any, ...], make: Callable[[], T]) -> T:
    """Worked out once a case and language: a case is frozen and its object stays with its edition."""
    place = ("screens", get_language(), *key)
    if place not in case.memo:
        with WORKING_OUT:
            if place not in case.memo:
                case.memo[place] = make()
    found: T = case.memo[place]
    return found


def party_data(case: Case, party: Party) -> dict[str, Any]:
    return {
        "id": party.id,
        "name": wording.short_name(case, party),
        "role": party.role,
        "index": case.party_ids.index(party.id) + 1,
    }


def best_words(case: Case, party: Party) -> str:
    """The most that terms can give the party; empty where there are none, or too many that hang together."""
    if not party.scored or not case.listed_issues or most_coupled(case) > MOST_TRIED:
        return ""
    return wording.say_points(case, structure.best_points(case, party.id))


def everybody_reads(case: Case, general: str) -> SafeString:
    """The general page, and the facts that its author lists as known to all."""
    if not case.public_facts:
        return to_html(general)
    facts = "\n".join(f"- {fact}" for fact in case.public_facts)
    return to_html(f"{general}\n\n## {gettext('What everybody knows')}\n\n{facts}\n")


def alternative_data(case: Case, alternative: Alternative) -> dict[str, Any]:
    return {
        "text": alternative.text,
        "worth": wording.say_amount(alternative.worth, wording.score_unit(case)),
        "lottery": [
            gettext("%(chance)s in 100: %(text)s, worth %(value)s")
            % {
                "chance": wording.say_number(round(outcome.p * 100, 2)),
                "text": outcome.text,
                "value": wording.say_points(case, outcome.value),
            }
            for outcome in alternative.lottery
        ],
    }


def alternative_text(case: Case, party: Party) -> str:
    if party.alternative is None:
        return ""
    data = alternative_data(case, party.alternative)
    worth = wording.say_points(case, party.alternative.worth)
    words = (
        gettext("On average it is worth **%(worth)s** to you.")
        if data["lottery"]
        else gettext("It is worth **%(worth)s** to you.")
    )
    lines = [
        f"{data['text'].rstrip('.')}. {words % {'worth': worth}}",
        "",
        *(f"- {each}" for each in data["lottery"]),
    ]
    return "\n".join(lines)


def points_table(case: Case, party: Party) -> list[PointsGroup]:
    """Every issue with what its values are worth, then what is worked out from several of them."""
    tables = {issue.id: scoring.issue_points(case, party.id, issue.id) for issue in case.listed_issues}
    scale = max((max(table.values(), default=0) for table in tables.values()), default=0) or 1
    groups = [points_group(case, party, issue, tables[issue.id], scale) for issue in case.listed_issues]
    return groups + [PointsGroup(title, (), notes) for title, notes in quantities(case, party)]


def points_group(
    case: Case, party: Party, issue: Issue, table: Mapping[Value, float], scale: float
) -> PointsGroup:
    unit = wording.score_unit(case)
    each = step_note(case, issue, table)
    counts_elsewhere = not any(table.values()) and is_used_in_formula(case, issue)
    rows = tuple(
        PointsRow(
            label_of(issue, value),
            "" if counts_elsewhere else wording.say_amount(points, unit),
            f"{max(0, points / scale):.1%}",
        )
        for value, points in sampled(table, 3 if each else MOST_ROWS)
    )
    notes = (
        reason_of(case, issue),
        each,
        belief_note(case, party, issue),
        share_note(case, party, issue),
        worth_note(case, party, issue, table),
    )
    shown = () if notes[-2] else rows
    return PointsGroup(wording.name_of_issue(case, issue), shown, tuple(note for note in notes if note))


def label_of(issue: Issue, value: Value) -> str:
    """The value in words, with the numbers of the option that formulas read."""
    words = wording.say_value(issue, value)
    if issue.kind != "choice":
        return words
    numbers = issue.option(str(value)).attrs.items()
    told = ", ".join(f"{name.replace('_', ' ')} {wording.say_number(number)}" for name, number in numbers)
    return gettext("%(option)s (%(numbers)s)") % {"option": words, "numbers": told} if told else words


def worth_note(case: Case, party: Party, issue: Issue, table: Mapping[Value, float]) -> str:
    """For terms that give no points by themselves, whether they count elsewhere."""
    if any(table.values()) or share_note(case, party, issue):
        return ""
    if is_used_in_formula(case, issue):
        return gettext("Counts in what is worked out below.")
    return gettext("Gives you no points.")


def sampled(table: Mapping[Value, float], most: int) -> Iterable[tuple[Value, float]]:
    """The whole table, or of a long one evenly spread values with both ends."""
    pairs = list(table.items())
    if len(pairs) <= MOST_ROWS:
        return pairs
    return [pairs[round(k * (len(pairs) - 1) / (most - 1))] for k in range(most)]


def step_note(case: Case, issue: Issue, table: Mapping[Value, float]) -> str:
    """For a long range in which every step is worth the same, what one step is worth."""
    worths = list(table.values())
    steps = {round(after - before, 6) for before, after in pairwise(worths)}
    if len(worths) <= MOST_ROWS or len(steps) != 1 or steps == {0} or issue.step is None:
        return ""
    words = {
        "step": wording.say_amount(issue.step, wording.Unit(wording.unit_of(issue.unit).before)),
        "points": wording.say_points(case, abs(next(iter(steps)))),
    }
    if next(iter(steps)) < 0:
        return gettext("Every %(step)s less is worth %(points)s to you.") % words
    return gettext("Every %(step)s more is worth %(points)s to you.") % words


def belief_note(case: Case, party: Party, issue: Issue) -> str:
    """A contingent term is weighed with the party's own belief, so the belief stands beside it."""
    rule = issue.points.get(party.id)
    if not isinstance(rule, ExpectedRule):
        return ""
    beliefs = case.uncertainty(rule.event).beliefs.get(party.id, {})
    chances = [
        f"{outcome.replace('_', ' ')} {wording.say_number(round(p * 100, 2))} %"
        for outcome, p in beliefs.items()
    ]
    return gettext("Counted with your own belief: %(chances)s.") % {"chances": ", ".join(chances)}


def reason_of(case: Case, issue: Issue) -> str:
    """When the issue is on the table at all; empty if always."""
    if issue.when is None:
        return ""
    return gettext("Only if %(condition)s.") % {"condition": wording.say_condition(case, issue.when)}


def together(case: Case, party: Party) -> list[tuple[str, str]]:
    """Points that come from several terms at once, as far as this party knows of them."""
    unit = wording.score_unit(case)
    return [
        (adjustment.text, wording.say_amount(adjustment.add[party.id], unit))
        for adjustment in case.adjustments
        if adjustment.add.get(party.id)
    ]

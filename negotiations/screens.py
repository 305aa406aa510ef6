"""What the pages of a table show: the page's own data as JSON, and a party's sheet as rows and text.

It reads cases only through the doors of `simulations.queries` that the viewer's right allows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, gettext

from bargaining import scoring
from bargaining.case import Alternative, Case, ExpectedRule, Issue, Party, Value
from bargaining.casefile import to_mapping
from negotiations import wording
from negotiations.models import Plan, Room, Seat
from simulations.prose import to_html

T = TypeVar("T")
MOST_ROWS = 7
WORDS_A_MINUTE = 200


class PointsRow(NamedTuple):
    label: str
    points: str
    width: str


class PointsGroup(NamedTuple):
    """One issue in the points table: its rows on the scale of all issues, and what to know beside them."""

    title: str
    rows: tuple[PointsRow, ...]
    notes: tuple[str, ...]


def kept(case: Case, key: tuple[Any, ...], make: Callable[[], T]) -> T:
    """Worked out once a case and language: a case is frozen and its object stays with its edition."""
    place = ("screens", get_language(), *key)
    if place not in case.memo:
        case.memo[place] = make()
    found: T = case.memo[place]
    return found


def room_data(room: Room, seat: Seat, case: Case, plan: Plan | None) -> dict[str, Any]:
    """The page of one seat; `case` must be the case as the seat's party sees it."""
    return {
        **common_data(room, case),
        "me": me_data(case, case.party(seat.party), plan),
        "notes": kept(case, ("notes",), partial(notes_data, case)),
        "urls": {
            **addresses(room, "commands", "events", "role"),
            "socket": f"/ws/rooms/{room.pk}/",
            "result": f"/rooms/{room.pk}/result/",
        },
    }


def watch_data(room: Room, case: Case) -> dict[str, Any]:
    """The page of an instructor who reads along; `case` is the whole one."""
    return {
        **common_data(room, case),
        "me": None,
        "notes": [],
        "stakes": {
            party.id: {"alternative": party.alternative and party.alternative.worth, "target": party.target}
            for party in case.parties
            if party.scored
        },
        "unit": wording.score_unit(case)._asdict(),
        "urls": {"events": reverse("watch-events", args=[room.pk]), "socket": f"/ws/watch/{room.pk}/"},
    }


def notes_data(case: Case) -> list[dict[str, Any]]:
    """What this viewer knows of terms that count together."""
    found = to_mapping(case).get("adjustments", [])
    return [{"when": plain["when"], "text": plain.get("text", "")} for plain in found]


def common_data(room: Room, case: Case) -> dict[str, Any]:
    return {
        "room": {
            "id": str(room.pk),
            "number": room.number,
            "title": case.title,
            "session": str(room.session_id),
            "released": room.session.is_released,
        },
        **kept(case, ("public",), partial(public_data, case)),
    }


def public_data(case: Case) -> dict[str, Any]:
    return {
        "parties": [party_data(case, party) for party in case.parties],
        "issues": issues_data(case),
        "uncertainties": [{"id": event.id, "question": event.question} for event in case.uncertainties],
    }


def addresses(room: Room, *names: str) -> dict[str, str]:
    return {name: reverse(name, args=[room.pk]) for name in names}


def party_data(case: Case, party: Party) -> dict[str, Any]:
    return {
        "id": party.id,
        "name": wording.short_name(case, party),
        "role": party.role,
        "index": case.party_ids.index(party.id) + 1,
    }


def issues_data(case: Case) -> list[dict[str, Any]]:
    plain = to_mapping(case)["issues"]
    return [issue_data(case, issue, plain[issue.id].get("when")) for issue in case.issues]


def issue_data(case: Case, issue: Issue, when: Mapping[str, Any] | None) -> dict[str, Any]:
    numeric = issue.kind in ("integer", "decimal")
    options = (
        []
        if numeric
        else [{"id": value, "label": wording.say_value(issue, value)} for value in issue.values()]
    )
    return {
        "id": issue.id,
        "title": issue.title,
        "name": wording.name_of_issue(case, issue),
        "kind": issue.kind,
        "options": options,
        "min": issue.minimum,
        "max": issue.maximum,
        "step": issue.step,
        "unit": wording.unit_of(issue.unit)._asdict(),
        "group": issue.group,
        "when": when,
        "reason": reason_of(case, issue),
    }


def reason_of(case: Case, issue: Issue) -> str:
    """When the issue is on the table at all; empty if always."""
    if issue.when is None:
        return ""
    return gettext("Only if %(condition)s.") % {"condition": wording.say_condition(case, issue.when)}


def me_data(case: Case, party: Party, plan: Plan | None) -> dict[str, Any]:
    return kept(case, ("me", party.id), partial(stakes_data, case, party)) | {"plan": plan_data(plan)}


def stakes_data(case: Case, party: Party) -> dict[str, Any]:
    alternative = party.alternative
    return {
        "party": party.id,
        "name": wording.full_name(party),
        "alternative": alternative and {"text": alternative.text, "value": alternative.worth},
        "target": party.target,
        "unit": wording.score_unit(case)._asdict(),
        "named_unit": wording.unit_of(case.unit)._asdict(),
        "best": scoring.best_points(case, party.id) if party.scored else None,
        "points": {
            issue.id: [list(pair) for pair in scoring.issue_points(case, party.id, issue.id).items()]
            for issue in case.issues
        },
    }


def plan_data(plan: Plan | None) -> dict[str, Any]:
    if plan is None:
        return {"target": None, "limit": None, "guess": ""}
    numbers = {"target": plan.target, "limit": plan.limit}
    return {**{name: None if n is None else float(n) for name, n in numbers.items()}, "guess": plan.guess}


def plan_words(case: Case, plan: Plan | None) -> dict[str, str]:
    """The plan as its writer reads it; what was left open is empty."""
    if plan is None:
        return {"target": "", "limit": "", "guess": ""}
    figures = {
        name: "" if value is None else wording.say_points(case, float(value))
        for name, value in (("target", plan.target), ("limit", plan.limit))
    }
    named = {issue.id: wording.name_of_issue(case, issue) for issue in case.issues}
    return {**figures, "guess": named.get(plan.guess, "")}


def sheet(case: Case, party: Party, brief: str, general: str) -> dict[str, Any]:
    """Everything a party may read, ready for a template."""
    return kept(
        case, ("sheet", party.id, brief, general), partial(written_sheet, case, party, brief, general)
    )


def written_sheet(case: Case, party: Party, brief: str, general: str) -> dict[str, Any]:
    found = sheet_parts(case, party, brief, general)
    table = render_to_string("negotiations/_points.html", {"sheet": found})
    return found | {"table": table}


def sheet_parts(case: Case, party: Party, brief: str, general: str) -> dict[str, Any]:
    return {
        "party": party_data(case, party)
        | {"full": wording.full_name(party), "about": wording.description_of(party)},
        "brief": to_html(brief, {"my_alternative": alternative_text(case, party)}),
        "general": to_html(general),
        "minutes": max(1, round(len(brief.split()) / WORDS_A_MINUTE)),
        "alternative": party.alternative and alternative_data(case, party.alternative),
        "target": None if party.target is None else wording.say_points(case, party.target),
        "interests": party.interests,
        "points": points_table(case, party),
        "together": together(case, party),
        "note": case.scoring_note,
        "best": wording.say_points(case, scoring.best_points(case, party.id)) if party.scored else "",
    }


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
    tables = {issue.id: scoring.issue_points(case, party.id, issue.id) for issue in case.issues}
    scale = max((max(table.values(), default=0) for table in tables.values()), default=0) or 1
    return [points_group(case, party, issue, tables[issue.id], scale) for issue in case.issues]


def points_group(
    case: Case, party: Party, issue: Issue, table: Mapping[Value, float], scale: float
) -> PointsGroup:
    unit = wording.score_unit(case)
    each = step_note(case, issue, table)
    rows = tuple(
        PointsRow(
            wording.say_value(issue, value), wording.say_amount(points, unit), f"{max(0, points / scale):.1%}"
        )
        for value, points in sampled(table, 3 if each else MOST_ROWS)
    )
    notes = (reason_of(case, issue), each, belief_note(case, party, issue))
    return PointsGroup(wording.name_of_issue(case, issue), rows, tuple(note for note in notes if note))


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
    if len(worths) <= MOST_ROWS or len(steps) != 1 or issue.step is None:
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


def together(case: Case, party: Party) -> list[tuple[str, str]]:
    """Points that come from several terms at once, as far as this party knows of them."""
    unit = wording.score_unit(case)
    return [
        (adjustment.text, wording.say_amount(adjustment.add[party.id], unit))
        for adjustment in case.adjustments
        if adjustment.add.get(party.id)
    ]

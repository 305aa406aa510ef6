"""What the pages of a table show: the page's own data as JSON, and what was planned, in words.

It reads cases only through the doors of `simulations.queries` that the viewer's right allows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

import msgspec
from django.urls import reverse
from django.utils.translation import gettext

from bargaining import scoring, structure
from bargaining.case import ASK, Case, Issue, Party
from bargaining.casefile import to_mapping
from bargaining.spread import event_of
from bargaining.waiting import price_of_waiting
from negotiations.ballots import among_data, shares_data, votes_data
from negotiations.models import Plan, Room, Seat
from negotiations.rules.decide import is_voted, parts
from negotiations.rules.decide.rounds import talk_before
from negotiations.rules.decide.texts import headings
from negotiations.rules.room import Policy
from negotiations.worth import calculator_of
from simulations import wording
from simulations.questionnaires import asked_at, interests_check
from simulations.sheets import kept, party_data, reason_of


def room_data(room: Room, seat: Seat, case: Case, plan: Plan | None) -> dict[str, Any]:
    """The page of one seat; `case` must be the case as the seat's party sees it."""
    return {
        **common_data(room, case),
        "me": me_data(case, case.party(seat.party), plan, calculator_of(room.session.policy))
        | {"waiting": waiting_data(case, case.party(seat.party), room.session.policy)},
        "notes": kept(case, ("notes",), partial(notes_data, case)),
        "urls": {
            **addresses(room, "commands", "events", "role"),
            "socket": f"/ws/rooms/{room.pk}/",
            "result": f"/rooms/{room.pk}/result/",
            **(addresses(room, "interests") if rates_interests(case, case.party(seat.party)) else {}),
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


def observer_data(room: Room, case: Case) -> dict[str, Any]:
    """The page of one who only watches; `case` holds nobody's points."""
    return {
        **common_data(room, case),
        "me": None,
        "observer": True,
        "notes": [],
        "stakes": {},
        "unit": wording.score_unit(case)._asdict(),
        "urls": {"events": reverse("events", args=[room.pk]), "socket": f"/ws/rooms/{room.pk}/"},
    }


def notes_data(case: Case) -> list[dict[str, Any]]:
    """What this viewer knows of terms that count together."""
    found = to_mapping(case).get("adjustments", [])
    return [{"when": plain["when"], "text": plain.get("text", "")} for plain in found]


def script_for(case: Case, page: str = "room") -> str:
    """The page's script with what this kind of table needs; see `config.assets.KINDS`."""
    kind = kind_of(case)
    return f"{page}-{kind}.js" if kind else f"{page}.js"


def kind_of(case: Case) -> str:
    if case.mechanism in ("rounds", "freeform"):
        return {"rounds": "rounds", "freeform": "text"}[case.mechanism]
    if case.strands:
        return "linked"
    if is_voted(case):
        return "coalition" if case.mechanism == "coalition" else "votes"
    return "shares" if any(issue.kind == "allocation" for issue in case.issues) else ""


def common_data(room: Room, case: Case) -> dict[str, Any]:
    return {
        "room": {
            "id": str(room.pk),
            "number": room.number,
            "title": case.title,
            "session": str(room.session_id),
            "released": room.session.is_released,
            "outcomes": room.session.outcomes,
            "policy": policy_data(room.session.policy, case),
        },
        **kept(case, ("public",), partial(public_data, case)),
    }


def public_data(case: Case) -> dict[str, Any]:
    return {
        "parties": [
            party_data(case, party) | {"kind": party.kind, "chooses": party.negotiates}
            for party in case.parties
        ],
        "channels": [asdict(channel) for channel in case.channels],
        "strands": [asdict(strand) for strand in case.strands],
        "issues": issues_data(case) or shares_data(case),
        "votes": votes_data(case),
        "phases": phases_data(case),
        "asks": asks_data(case),
        "rounds": rounds_data(case),
        "texts": texts_data(case),
        "uncertainties": [
            {"id": event.id, "question": event.question, "outcomes": list(event.outcomes)}
            for event in case.uncertainties
        ],
        "signers": list(case.signers),
        "may_add": any(issue.allow_added_terms for issue in case.issues),
    }


def policy_data(stored: Mapping[str, Any], case: Case) -> dict[str, Any]:
    """What a page shows of the session's rules. Agents and principals sign here, however they talk."""
    policy = msgspec.convert(dict(stored), Policy)
    found = {
        name: getattr(policy, name)
        for name in ("mode", "offers", "offer_seconds", "offer_limit", "calculator", "last_call")
    }
    return found | ({"mode": "online"} if case.strands else {})


def phases_data(case: Case) -> list[dict[str, Any]]:
    """The parts of the time at this table and who meets in them; none where it has no parts."""
    if not parts.legs(case):
        return []
    return [
        {
            "id": phase.id,
            "title": wording.say_phase(phase.id),
            "note": phase.note,
            "groups": [list(group) for group in phase.rotate],
            "together": phase.together,
        }
        for phase in case.table_phases
    ]


def asks_data(case: Case) -> list[dict[str, Any]]:
    """What people are asked in a part of the time that is for it."""
    if all(phase.id != ASK for phase in case.table_phases):
        return []
    return [
        {
            "title": each.title,
            "items": [{"text": item.text, "options": item.options} for item in each.items],
        }
        for each in asked_at(case, "after")
        if each.items
    ]


def rounds_data(case: Case) -> dict[str, Any] | None:
    """What everybody knows of the choice: its moves, weights and talks, and what it pays."""
    rounds = case.rounds
    if rounds is None:
        return None
    return {
        "moves": [{"id": move, "label": move.replace("_", " ")} for move in rounds.moves],
        "counted": rounds.counted_move,
        "multipliers": rounds.multipliers,
        "talk": {
            number: talk_before(rounds, number) for who in rounds.talk_before.values() for number in who
        },
        "pays": rounds.payoff or None,
        "pairs": rounds.matrix or None,
        "unit": wording.unit_of(case.unit)._asdict(),
    }


def rates_interests(case: Case, party: Party) -> bool:
    """Whether this party is asked afterwards how far its interests were met."""
    return bool(party.interest_texts) and interests_check(case) is not None


def texts_data(case: Case) -> dict[str, Any] | None:
    """Under which headings a text is written, and who signs it."""
    if case.mechanism != "freeform":
        return None
    titles = {issue.id: issue.title for issue in case.issues}
    return {
        "headings": [
            {"id": name, "title": titles.get(name, gettext("Agreement"))} for name in headings(case)
        ],
        "signers": case.signers,
    }


def addresses(room: Room, *names: str) -> dict[str, str]:
    return {name: reverse(name, args=[room.pk]) for name in names}


def issues_data(case: Case) -> list[dict[str, Any]]:
    plain = to_mapping(case).get("issues", {})
    return [issue_data(case, issue, plain[issue.id].get("when")) for issue in case.issues]


def issue_data(case: Case, issue: Issue, when: Mapping[str, Any] | None) -> dict[str, Any]:
    numeric = issue.kind in ("integer", "decimal")
    options = (
        []
        if numeric or issue.kind == "allocation"
        else [{"id": value, "label": wording.say_value(issue, value)} for value in issue.values()]
    )
    return {
        "id": issue.id,
        "title": issue.title,
        "name": wording.name_of_issue(case, issue),
        "kind": issue.kind,
        "options": options,
        "among": among_data(case, issue.among),
        "min": issue.minimum,
        "max": issue.maximum,
        "step": issue.step,
        "unit": wording.unit_of(issue.unit)._asdict(),
        "group": issue.group,
        "event": event_of(issue),
        "when": when,
        "reason": reason_of(case, issue),
    }


def me_data(case: Case, party: Party, plan: Plan | None, calculator: str = "exact") -> dict[str, Any]:
    """What the page reckons with; without an exact calculator it gets no points of terms."""
    stakes = kept(case, ("me", party.id), partial(stakes_data, case, party)) | {"plan": plan_data(plan)}
    if calculator != "exact":
        stakes |= {"points": {}, "best": None}
    return stakes | {"calculator": calculator if party.scored else "off"}


def stakes_data(case: Case, party: Party) -> dict[str, Any]:
    alternative = party.alternative
    return {
        "party": party.id,
        "name": wording.full_name(party),
        "alternative": alternative and {"text": alternative.text, "value": alternative.worth},
        "target": party.target,
        "unit": wording.score_unit(case)._asdict(),
        "named_unit": wording.unit_of(case.unit)._asdict(),
        "best": structure.best_points(case, party.id) if party.scored and case.issues else None,
        "bonuses": [
            {"approvals": each.approved_by, "points": each.add[party.id]}
            for each in case.adjustments
            if each.approved_by and each.add.get(party.id)
        ],
        "points": {
            issue.id: [list(pair) for pair in scoring.issue_points(case, party.id, issue.id).items()]
            for issue in case.listed_issues
            if issue.kind != "allocation"
        },
    }


def waiting_data(case: Case, party: Party, stored: Mapping[str, Any]) -> dict[str, Any] | None:
    """What each unit of waiting takes from this party; nothing where this session does not count it."""
    delay = case.delay
    if delay is None or not (stored.get("waiting_costs") or not delay.optional):
        return None
    cost, discount = price_of_waiting(case, party.id)
    return {"unit": delay.unit, "free": delay.free, "cost": cost, "discount": discount}


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

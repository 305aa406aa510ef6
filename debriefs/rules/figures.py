"""The figures of one room, worked out of its log and the whole case. The same log and case give the same bytes;
it knows no other room and keeps nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

import msgspec
from msgspec import Struct

from bargaining.analysis import Analysis, analysis
from bargaining.case import Case, Package, Value
from bargaining.claims import value_claimed, value_created
from bargaining.contingent import every_course
from bargaining.outcomes import SpaceTooLarge
from bargaining.scoring import alternative_value, approval_bonus, knowing, points
from bargaining.sight import may_see_issue
from bargaining.strands import counts_for
from bargaining.waiting import after_waiting
from debriefs.rules.games import of_coalition, of_rounds, of_text
from negotiations.rules.events import DealMade, Logged, TablePaused, TableResumed
from negotiations.rules.room import RoomState, replay
from negotiations.rules.room.strands import known_before


class Course(Struct, frozen=True):
    """What a deal is worth to each party if uncertain events come out so."""

    outcomes: dict[str, str]
    points: dict[str, float]


class Figures(Struct, frozen=True, omit_defaults=True):
    """What a room reached. Without a deal every party has its alternative and nothing was created.

    `created` is the share of the largest joint surplus, `claimed` each party's share of what was created (None
    when nothing was), `dominated_by` the number of possible deals that nobody would have liked less and
    somebody more, `distance` the way to the frontier with each party's range as 1, `below` the parties that
    signed less than their alternative, `minutes` the time at the open table, `curves` what each own offer was
    worth to the party that made it.

    Of votes: `said_no` are the parties that had refused what became the deal. Of coalitions: `package` is the split
    and `left_out` who is not in it. Of seasons: what everybody chose in each, `points` what was landed in all, and
    how often a party did not choose. Of a text: what was signed, by its headings. `minutes` count without pauses.
    `added` are the terms in words that a table invented, by what they were settled with.
    `courses` are all ways in which what a deal hangs on can come out; none where it hangs on nothing.
    """

    outcome: str
    package: dict[str, Value] | None
    points: dict[str, float]
    surplus: dict[str, float]
    created: float | None
    claimed: dict[str, float] | None
    minutes: float | None
    offers: int
    offered_by: dict[str, int]
    messages: int
    said_by: dict[str, int]
    dominated_by: int | None
    distance: float | None
    below: list[str]
    landmark: str | None
    landmark_apart: int | None
    curves: dict[str, list[float]]
    said_no: list[str] = []
    left_out: list[str] = []
    seasons: list[dict[str, str]] = []
    absences: dict[str, int] = {}
    text: dict[str, str] = {}
    added: dict[str, list[str]] = {}
    courses: list[Course] = []

    @property
    def has_deal(self) -> bool:
        """Something was settled: a package, a split, a text. Seasons are played, not settled."""
        return self.package is not None or bool(self.text)

    @property
    def on_frontier(self) -> bool:
        return self.dominated_by == 0


class OwnFigures(Struct, frozen=True):
    """What one party may learn of its own result once results are released: no number of another party.

    `alternative` is 0 where there is nothing to go back to.
    """

    outcome: str
    package: dict[str, Value] | None
    points: float
    alternative: float
    surplus: float
    created: float | None
    minutes: float | None
    curve: list[float]
    seasons: list[str] = []
    text: dict[str, str] = {}
    added: list[str] = []
    courses: list[Course] = []


def room_figures(case: Case, log: Sequence[Logged]) -> Figures:
    """The figures of a room from its whole log; `case` is the whole case."""
    state = replay(case, log)
    settled = SETTLED[case.mechanism](case, state)
    return Figures(**COURSE | course(case, state, log) | settled, added=added_terms(log))


#: What stands where a kind of table has no such figure.
COURSE: dict[str, Any] = {
    "dominated_by": None,
    "distance": None,
    "landmark": None,
    "landmark_apart": None,
    "curves": {},
}


def course(case: Case, state: RoomState, log: Sequence[Logged]) -> dict[str, Any]:
    """How it went, whatever was settled."""
    return {
        "outcome": state.outcome or "open",
        "minutes": minutes_at_table(state, log),
        "offers": len(state.offers),
        "offered_by": {party: state.offered_by.get(party, 0) for party in case.party_ids},
        "messages": state.messages,
        "said_by": {party: state.said_by.get(party, 0) for party in case.party_ids},
    }


def added_terms(log: Sequence[Logged]) -> dict[str, list[str]]:
    deals = (line.event for line in log if isinstance(line.event, DealMade))
    return {deal.slot: list(deal.added) for deal in deals if deal.added}


def of_package(case: Case, state: RoomState) -> dict[str, Any]:
    """What the package is worth to each, and against all that was possible."""
    deal, count = state.deal, state.votes.count
    parties = case.scored_ids
    approvals = len(count.yes) if count is not None else len(case.signers)
    # What the parties are left with. What they made of the terms is told without the price of waiting for it.
    waited = state.course.waited
    points_of = left_with(case, deal, approvals, waited)
    surplus_of = {p: round(points_of[p] - alternative_value(case, p), 9) if deal else 0.0 for p in parties}
    possible = analysis_if_possible(case)
    dominating, away = _place(possible, deal)
    landmark, apart = nearest_landmark(case, deal)
    return {
        "package": dict(sorted(deal.items())) if deal is not None else None,
        "points": points_of,
        "surplus": surplus_of,
        "created": _rounded(value_created(case, deal)) if possible is not None else None,
        "claimed": _claimed(case, deal),
        "dominated_by": dominating,
        "distance": away,
        "below": [party for party in parties if surplus_of[party] < 0],
        "said_no": list(count.no) if count is not None and deal is not None else [],
        "landmark": landmark,
        "landmark_apart": apart,
        "curves": {party: curve(case, party, state) for party in parties},
        "courses": courses_of(case, deal, approvals, waited) if deal is not None else [],
    }


def left_with(case: Case, deal: Package | None, approvals: int, waited: int) -> dict[str, float]:
    return {
        party: after_waiting(case, party, worth(case, party, deal, approvals), waited)
        for party in case.scored_ids
    }


def courses_of(case: Case, deal: Package, approvals: int, waited: int) -> list[Course]:
    found = [
        Course(outcomes, left_with(knowing(case, outcomes), deal, approvals, waited))
        for outcomes in every_course(case)
    ]
    return found if any(course.points != found[0].points for course in found) else []


SETTLED: dict[str, Callable[[Case, RoomState], dict[str, Any]]] = {
    "agreement": of_package,
    "coalition": of_coalition,
    "rounds": of_rounds,
    "freeform": of_text,
}


def own_figures(case: Case, party: str, figures: Figures) -> OwnFigures:
    return OwnFigures(
        outcome=figures.outcome,
        package=known_part(case, party, figures.package),
        points=figures.points.get(party, 0.0),
        alternative=alternative_of(case, party) or 0.0,
        surplus=figures.surplus.get(party, 0.0),
        created=figures.created,
        minutes=figures.minutes,
        curve=figures.curves.get(party, []),
        seasons=[moves[party] for moves in figures.seasons],
        text=figures.text,
        added=known_added(case, party, figures.added),
        courses=[own_course(each, party) for each in figures.courses if party in each.points],
    )


def known_added(case: Case, party: str, added: dict[str, list[str]]) -> list[str]:
    """Of linked negotiations only what was added in the party's own."""
    others = {strand.id for strand in case.strands if party not in strand.insiders}
    return [term for slot, terms in added.items() if slot not in others for term in terms]


def own_course(course: Course, party: str) -> Course:
    return Course(course.outcomes, {party: course.points[party]})


def came_to(courses: Sequence[Course], outcomes: Mapping[str, str]) -> dict[str, float] | None:
    """What a deal turned out to be worth; None while nobody knows, or where it hangs on nothing."""
    return next((course.points for course in courses if course.outcomes == outcomes), None)


def known_part(case: Case, party: str, package: dict[str, Value] | None) -> dict[str, Value] | None:
    """The terms of the deal that the party knows: of linked negotiations only its own."""
    if package is None or not case.strands:
        return package
    return {name: value for name, value in package.items() if may_see_issue(case, case.issue(name), party)}


def alternative_of(case: Case, party: str) -> float | None:
    """None where there is nothing to go back to: nobody can leave the bay."""
    return alternative_value(case, party) if case.party(party).alternative else None


def as_bytes(figures: Figures) -> bytes:
    """The one way to write figures, so that equal figures are equal bytes."""
    return msgspec.json.encode(figures, order="sorted")


def digest_of(figures: Figures) -> str:
    return hashlib.sha256(as_bytes(figures)).hexdigest()


def worth(case: Case, party: str, deal: Package | None, approvals: int) -> float:
    """Points of the deal with what comes by so many approvals, else the alternative."""
    if deal is None:
        return alternative_value(case, party)
    return round(points(case, party, deal) + approval_bonus(case, party, deal, approvals), 9)


def minutes_at_table(state: RoomState, log: Iterable[Logged]) -> float | None:
    """From the opening to the end without the pauses; None while it is not over or if it never opened."""
    if state.opened_at is None or state.ended_at is None:
        return None
    rested, paused_at = timedelta(), None
    for logged in log:
        if isinstance(logged.event, TablePaused):
            paused_at = logged.event.at
        elif isinstance(logged.event, TableResumed) and paused_at is not None:
            rested, paused_at = rested + (logged.at - paused_at), None
    if paused_at is not None:
        rested += state.ended_at - paused_at
    spent = state.ended_at - state.opened_at - rested
    return round(max(spent.total_seconds(), 0.0) / 60, 3)


def curve(case: Case, party: str, state: RoomState) -> list[float]:
    """Own points of the party's own offers in order; of several packages the one it would like best. A proposal
    that leaves terms open says nothing of what it is worth, nor does one of linked negotiations alone."""
    offers = [
        [{**known_before(state, party, offer.number), **package} for package in offer.packages]
        for offer in state.offers
        if offer.party == party and not offer.left_open
    ]
    return [
        max(points(case, party, package) for package in packages)
        for packages in offers
        if all(counts_for(case, party, package) for package in packages)
    ]


def nearest_landmark(case: Case, deal: Package | None) -> tuple[str | None, int | None]:
    """The landmark with the fewest terms that differ from the deal, the first of equals, and how many."""
    if deal is None or not case.landmarks:
        return None, None
    counted = [(terms_apart(deal, landmark.package), landmark.id) for landmark in case.landmarks]
    apart, found = min(counted, key=lambda pair: pair[0])
    return found, apart


def terms_apart(one: Package, other: Package) -> int:
    return sum(one.get(issue) != other.get(issue) for issue in one.keys() | other.keys())


def analysis_if_possible(case: Case) -> Analysis | None:
    """What was possible in the case, or None where nobody has points or too many issues hang together."""
    try:
        return analysis(case) if case.scored_ids else None
    except SpaceTooLarge:
        return None


def _place(possible: Analysis | None, deal: Package | None) -> tuple[int | None, float | None]:
    """How many deals dominate this one and how far the frontier is."""
    if possible is None or deal is None:
        return None, None
    vector = possible.vector(deal)
    away = None if possible.frontier is None else round(float(possible.frontier.distances(vector)[0]), 6)
    return possible.better_for_all(vector)[0], away


def _claimed(case: Case, deal: Package | None) -> dict[str, float] | None:
    shares = value_claimed(case, deal) if deal is not None else None
    return {party: round(share, 6) for party, share in shares.items()} if shares else None


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 6)

"""Figures and lessons of a class, from rooms' figures."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from bargaining.casefile import load_folder
from debriefs.rules import lessons
from debriefs.rules.choices import choices
from debriefs.rules.classfigures import ClassFigures, Row, class_figures
from debriefs.rules.figures import Figures
from debriefs.rules.landscape import landscape
from tests.debriefs.rules.test_figures import LIBRARY
from tests.negotiations.tables import BEST, LEASE

PARTIES = ("farmer", "neighbour")


def figures(created: float | None = 0.5, outcome: str = "deal", **changes: Any) -> Figures:
    deal = outcome == "deal"
    made: dict[str, Any] = {
        "outcome": outcome,
        "package": dict(LEASE) if deal else None,
        "points": {"farmer": 115.0, "neighbour": 112.0},
        "surplus": {"farmer": 7.0, "neighbour": 24.0},
        "created": created if deal else 0.0,
        "claimed": {"farmer": 0.25, "neighbour": 0.75} if deal else None,
        "minutes": 10.0,
        "offers": 4,
        "offered_by": dict.fromkeys(PARTIES, 2),
        "messages": 3,
        "said_by": dict.fromkeys(PARTIES, 1),
        "dominated_by": 12 if deal else None,
        "distance": 0.2 if deal else None,
        "below": [],
        "landmark": None,
        "landmark_apart": None,
        "curves": {party: [1.0] for party in PARTIES},
    }
    return Figures(**{**made, **changes})


def row(number: int, made: Figures | None = None, ended: bool = True) -> Row:
    return Row(uuid4(), number, ended, made)


def summed(*rows: Row) -> ClassFigures:
    return class_figures(rows, "farmer")


def test_rooms_are_counted_by_how_they_stand() -> None:
    found = summed(
        row(1, figures(1.0, dominated_by=0)),
        row(2, figures(0.3, below=["farmer"])),
        row(3, figures(outcome="walked_away")),
        row(4, figures(outcome="out_of_time")),
        row(5),
        row(6, ended=False),
    )

    assert (found.rooms, found.finished, found.deals, found.at_work) == (6, 4, 2, 2)
    assert (found.walked_away, found.out_of_time, found.closed) == (1, 1, 0)
    assert (found.on_frontier, found.below) == ((1,), (2,))


def test_the_median_is_of_deals_and_the_mean_counts_no_deal_as_nothing() -> None:
    found = summed(row(1, figures(0.4)), row(2, figures(0.8)), row(3, figures(outcome="walked_away")))

    assert (found.created_median, found.created_mean) == (0.6, 0.4)


def test_a_class_that_has_not_finished_has_no_medians() -> None:
    found = summed(row(1, ended=False))

    assert (found.created_median, found.created_mean, found.minutes_median, found.first_claims) == (None,) * 4
    assert lessons.agreement(found) == "nothing yet"


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [(["deal"], "all"), (["deal", "closed"], "some"), (["walked_away", "out_of_time"], "none")],
)
def test_how_many_agreed(outcomes: list[str], said: str) -> None:
    rows = [row(number, figures(outcome=outcome)) for number, outcome in enumerate(outcomes)]
    assert lessons.agreement(summed(*rows)) == said


@pytest.mark.parametrize(
    ("created", "said"),
    [
        (1.0, "nearly all"),
        (0.75, "most"),
        (0.55, "more than half"),
        (0.5, "half"),
        (0.26, "little"),
        (-1, "little"),
    ],
)
def test_how_much_was_found(created: float, said: str) -> None:
    assert lessons.how_much(created) == said


@pytest.mark.parametrize(("first", "said"), [(0.5, "even"), (0.45, "even"), (0.56, "first"), (0.2, "second")])
def test_who_claimed_more(first: float, said: str) -> None:
    claimed = {"farmer": first, "neighbour": 1 - first}
    assert lessons.split(summed(row(1, figures(claimed=claimed)))) == said


def test_a_middle_between_rooms_far_apart_is_not_called_even() -> None:
    shares = [{"farmer": share, "neighbour": 1 - share} for share in (0.36, 0.62, 0.49)]
    found = summed(*[row(number, figures(claimed=each)) for number, each in enumerate(shares)])
    assert (found.claims_from, found.claims_to) == (0.36, 0.62)
    assert lessons.split(found) == "uneven"


def test_a_room_that_never_negotiated_is_not_counted_as_nothing() -> None:
    silent = figures(outcome="closed", offers=0, messages=0)
    assert summed(row(1, figures(0.4)), row(2, silent)).created_mean == 0.4
    assert summed(row(1, figures(0.4)), row(2, figures(outcome="closed"))).created_mean == 0.2


def test_the_room_that_left_most() -> None:
    rows = [
        row(1, figures(dominated_by=0)),
        row(2, figures(dominated_by=9)),
        row(3, figures(dominated_by=4)),
        row(4),
    ]

    found = lessons.most_dominated(rows)

    assert found is not None
    assert found.number == 2
    assert lessons.most_dominated(rows[:1]) is None


def test_both_sides_want_november() -> None:
    case = load_folder(LIBRARY / "mountain-view-farm").case

    assert [(issue.id, value) for issue, value in lessons.wanted_alike(case)] == [("handover", "november")]


def test_choices_count_deals_and_frame_what_was_best_together() -> None:
    case = load_folder(LIBRARY / "mountain-view-farm").case

    by_issue = {told.issue: told.cells for told in choices(case, [BEST, LEASE])}

    assert set(by_issue) == {"form", "acres", "sugarbush", "cabins", "handover", "trail_bonus"}
    assert [(cell.count, cell.best) for cell in by_issue["handover"]] == [(0, False), (1, False), (1, True)]
    assert [len(cell.values) for cell in by_issue["trail_bonus"]] == [1, 5, 1]


def test_a_price_alone_leaves_no_choice_to_show() -> None:
    case = load_folder(LIBRARY / "second-hand-kiln").case
    assert all(told.issue != "price" for told in choices(case, []))


def test_the_landscape_of_the_farm() -> None:
    land = landscape(load_folder(LIBRARY / "mountain-view-farm").case)

    assert (land.outcomes, land.passing, land.best) == (51408, 17473, 117.0)
    assert (168.0, 145.0) in land.frontier
    assert len(land.cloud) < 1500
    assert land.alternatives == {"farmer": 108.0, "neighbour": 88.0}

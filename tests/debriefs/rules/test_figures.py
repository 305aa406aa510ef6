"""Figures of a room against deals of Mountain View Farm that were added up by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from msgspec import structs

from bargaining.case import Case
from bargaining.casefile import load_folder
from debriefs.rules.figures import as_bytes, came_to, own_figures, room_figures
from negotiations.rules import events as e
from negotiations.rules.commands import HOUSE
from negotiations.rules.room import digest_of
from tests.negotiations.tables import BEST, LEASE

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LIBRARY = Path("simulations/library")
#: Worth 0 + 50 + 13 + 16 + 0 + 14 + 9 - 4 = 98 to the farmer, who has 108 without it, and
#: 58 + 30 + 12 + 6 + 44 + 10 - 3 - 8 = 149 to the neighbour, who has 88.
SALE = {
    "form": "sale",
    "sale_price": 200000,
    "acres": "a40",
    "sugarbush": "shared",
    "cabins": "six",
    "handover": "november",
    "trail_bonus": 15000,
}


@pytest.fixture(scope="module")
def farm() -> Case:
    return load_folder(LIBRARY / "mountain-view-farm").case


#: With 15,000 dollars for the trail, of which the farmer expects 9 points and the neighbour to pay 3.
AFTER_THE_SALE = {"approved": {"farmer": 104, "neighbour": 137}, "refused": {"farmer": 89, "neighbour": 152}}


def log_of(*timed: tuple[float, e.Event]) -> list[e.Logged]:
    """Events with their minute after the opening."""
    rows = [(0.0, e.TableOpened(START + timedelta(minutes=45))), *timed]
    return [
        e.Logged(seq, event, HOUSE, None, START + timedelta(minutes=minute))
        for seq, (minute, event) in enumerate(rows, start=1)
    ]


def offered(number: int, party: str, package: dict[str, object]) -> e.OfferMade:
    return e.OfferMade(number, party, (package,), digest_of([package]))  # type: ignore[arg-type]


def agreed(package: dict[str, object], minute: float = 12) -> list[e.Logged]:
    return log_of(
        (3, offered(1, "farmer", package)),
        (minute, e.OfferAccepted(1, 0, "neighbour")),
        (minute, e.DealMade("main", 1, package)),  # type: ignore[arg-type]
        (minute, e.TableClosed("deal")),
    )


def test_the_best_package_creates_everything_and_leaves_nothing(farm: Case) -> None:
    figures = room_figures(farm, agreed(BEST))

    assert figures.points == {"farmer": 168.0, "neighbour": 145.0}
    assert figures.surplus == {"farmer": 60.0, "neighbour": 57.0}
    assert figures.created == 1.0
    assert figures.claimed == {"farmer": round(60 / 117, 6), "neighbour": round(57 / 117, 6)}
    assert (figures.dominated_by, figures.distance, figures.on_frontier) == (0, 0.0, True)
    assert (figures.landmark, figures.landmark_apart) == ("best_package", 0)
    assert figures.below == []


def test_splitting_the_difference_leaves_three_quarters(farm: Case) -> None:
    figures = room_figures(farm, agreed(LEASE))

    assert figures.points == {"farmer": 115.0, "neighbour": 112.0}
    assert figures.created == round(31 / 117, 6)
    assert figures.claimed == {"farmer": round(7 / 31, 6), "neighbour": round(24 / 31, 6)}
    assert figures.dominated_by is not None
    assert figures.dominated_by > 2000
    assert figures.distance is not None
    assert figures.distance > 0


def test_who_signed_less_than_the_alternative_is_named(farm: Case) -> None:
    figures = room_figures(farm, agreed(SALE))

    assert figures.points == {"farmer": 98.0, "neighbour": 149.0}
    assert figures.below == ["farmer"]
    assert figures.created == round(51 / 117, 6)
    assert figures.claimed == {"farmer": round(-10 / 51, 6), "neighbour": round(61 / 51, 6)}


@pytest.mark.parametrize("outcome", ["walked_away", "out_of_time", "closed"])
def test_without_a_deal_both_have_their_alternatives_and_nothing_was_created(
    farm: Case, outcome: e.Outcome
) -> None:
    figures = room_figures(farm, log_of((2, offered(1, "farmer", BEST)), (9, e.TableClosed(outcome))))

    assert (figures.outcome, figures.package) == (outcome, None)
    assert figures.points == {"farmer": 108.0, "neighbour": 88.0}
    assert figures.created == 0.0
    assert (figures.claimed, figures.dominated_by, figures.distance, figures.landmark) == (None,) * 4


def test_pauses_do_not_count_as_time_at_the_table(farm: Case) -> None:
    paused_at, resumed_at = START + timedelta(minutes=5), START + timedelta(minutes=15)
    log = log_of(
        (5, e.TablePaused("fire drill", paused_at)),
        (15, e.TableResumed(resumed_at + timedelta(minutes=40))),
        (20, e.TableClosed("walked_away")),
    )

    assert room_figures(farm, log).minutes == 10.0


def test_a_table_that_is_closed_while_paused_counts_to_the_pause(farm: Case) -> None:
    log = log_of((5, e.TablePaused("", START + timedelta(minutes=5))), (30, e.TableClosed("closed")))

    assert room_figures(farm, log).minutes == 5.0


def test_a_table_that_never_opened_has_no_minutes(farm: Case) -> None:
    assert room_figures(farm, []).minutes is None


def test_offers_messages_and_own_offers_are_counted_by_party(farm: Case) -> None:
    log = log_of(
        (1, e.MessageSaid("neighbour", "Good morning.")),
        (2, offered(1, "farmer", BEST)),
        (3, offered(2, "neighbour", LEASE)),
        (4, offered(3, "farmer", LEASE)),
        (9, e.TableClosed("out_of_time")),
    )

    figures = room_figures(farm, log)

    assert (figures.offers, figures.offered_by) == (3, {"farmer": 2, "neighbour": 1})
    assert (figures.messages, figures.said_by) == (1, {"farmer": 0, "neighbour": 1})
    assert figures.curves == {"farmer": [168.0, 115.0], "neighbour": [112.0]}


def test_computed_again_the_bytes_are_the_same(farm: Case) -> None:
    fresh = load_folder(LIBRARY / "mountain-view-farm").case

    assert as_bytes(room_figures(farm, agreed(LEASE))) == as_bytes(room_figures(fresh, agreed(LEASE)))


def test_the_own_figures_hold_no_number_of_the_other_side(farm: Case) -> None:
    own = own_figures(farm, "farmer", room_figures(farm, agreed(SALE)))
    told = [value for value in msgspec.to_builtins(own).values() if isinstance(value, int | float)]

    assert told == [98.0, 108.0, -10.0, round(51 / 117, 6), 12.0]


@pytest.mark.parametrize("slug", ["mountain-view-farm", "second-hand-kiln", "halyard-offer"])
def test_every_landmark_of_the_library_has_figures(slug: str) -> None:
    case = load_folder(LIBRARY / slug).case
    for landmark in case.landmarks:
        log = agreed(dict(landmark.package))
        assert room_figures(case, log).landmark_apart == 0


def test_deal_that_hangs_on_an_event_is_known_in_every_case(farm: Case) -> None:
    figures = room_figures(farm, agreed(SALE))
    assert {course.outcomes["trail"]: course.points for course in figures.courses} == AFTER_THE_SALE
    assert came_to(figures.courses, {"trail": "refused"}) == {"farmer": 89, "neighbour": 152}
    assert came_to(figures.courses, {}) is None


def test_own_figures_of_an_event_hold_nobody_elses_points(farm: Case) -> None:
    own = own_figures(farm, "farmer", room_figures(farm, agreed(SALE)))
    assert [course.points for course in own.courses] == [{"farmer": 104}, {"farmer": 89}]


def test_deal_that_hangs_on_nothing_has_no_courses(farm: Case) -> None:
    assert room_figures(farm, agreed({**SALE, "trail_bonus": 0})).courses == []
    assert room_figures(farm, log_of((5, e.TableClosed("closed")))).courses == []


def test_price_of_waiting_is_taken_from_every_course(farm: Case) -> None:
    waited = [e.Logged(99, e.WaitingCounted(4), HOUSE, None, START)]
    log = agreed(SALE)
    figures = room_figures(
        farm,
        [*log[:-1], structs.replace(waited[0], seq=len(log)), structs.replace(log[-1], seq=len(log) + 1)],
    )
    assert figures.points == {"farmer": 94, "neighbour": 145}
    assert came_to(figures.courses, {"trail": "approved"}) == {"farmer": 100, "neighbour": 133}

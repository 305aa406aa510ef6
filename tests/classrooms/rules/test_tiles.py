"""Which table needs the instructor: the most urgent true thing wins."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from classrooms.rules.tiles import Finding, SeatSeen, Table, find, order, place_of_marks

NOW = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
PARTIES = ("farmer", "neighbour")


def ago(minutes: float) -> datetime:
    return NOW - timedelta(minutes=minutes)


OPEN = Table("open", None, 2, (), ago(20), NOW + timedelta(minutes=25), None, ago(1))
HERE = [SeatSeen("farmer", False, ago(0.1)), SeatSeen("neighbour", False, ago(0.1))]


@pytest.mark.parametrize(
    ("changes", "state", "group"),
    [
        ({}, "going", "well"),
        ({"phase": "waiting"}, "waiting", "well"),
        ({"phase": "paused"}, "paused", "well"),
        ({"hands": ("farmer",)}, "help", "needs"),
        ({"hands": ("farmer",), "last_at": ago(9)}, "help", "needs"),
        ({"last_at": ago(5)}, "silent", "needs"),
        ({"offers": 0}, "no_offer", "needs"),
        ({"offers": 0, "opened_at": ago(2)}, "going", "well"),
        ({"phase": "ended", "outcome": "deal"}, "deal", "done"),
        ({"phase": "ended", "outcome": "walked_away"}, "walked_away", "done"),
        ({"phase": "ended", "outcome": "out_of_time"}, "out_of_time", "done"),
        ({"phase": "ended", "outcome": None}, "closed", "done"),
        ({"phase": "ended", "outcome": "deal", "hands": ("farmer",)}, "deal", "done"),
    ],
)
def test_finding(changes: dict[str, object], state: str, group: str) -> None:
    finding = find(replace(OPEN, **changes), HERE, PARTIES, NOW)  # type: ignore[arg-type]
    assert (finding.state, finding.group) == (state, group)


def test_side_without_anybody_is_missing_even_before_it_opens() -> None:
    waiting = replace(OPEN, phase="waiting")
    assert find(waiting, HERE[:1], PARTIES, NOW) == Finding("missing", None, "neighbour")


def test_person_not_seen_for_a_while_is_missing() -> None:
    gone = [HERE[0], SeatSeen("neighbour", False, ago(6))]
    assert find(OPEN, gone, PARTIES, NOW) == Finding("missing", ago(6), "neighbour")


def test_who_is_left_without_a_mate_to_tap_is_told_of() -> None:
    seats = [*HERE, SeatSeen("neighbour", False, ago(6))]
    taps = replace(OPEN, taps=True)
    assert find(taps, seats, PARTIES, NOW) == Finding("mate_missing", ago(6), "neighbour")
    assert find(taps, seats, PARTIES, NOW).group == "needs"
    assert find(OPEN, seats, PARTIES, NOW).state == "going"
    assert find(replace(taps, phase="paused"), seats, PARTIES, NOW).state == "paused"
    assert find(taps, [*seats, SeatSeen("neighbour", False, ago(0.1))], PARTIES, NOW).state == "going"
    gone = [HERE[0], SeatSeen("neighbour", False, ago(6)), SeatSeen("neighbour", False, ago(7))]
    assert find(taps, gone, PARTIES, NOW) == Finding("missing", ago(6), "neighbour")


def test_side_is_there_while_one_of_two_is_seen() -> None:
    seats = [*HERE, SeatSeen("neighbour", False, None)]
    assert find(OPEN, seats, PARTIES, NOW).state == "going"


def test_person_never_seen_is_missing_from_the_opening_on() -> None:
    assert find(OPEN, [HERE[0], SeatSeen("neighbour", False, None)], PARTIES, NOW).since == OPEN.opened_at


def test_partner_is_always_there() -> None:
    assert find(OPEN, [HERE[0], SeatSeen("neighbour", True, None)], PARTIES, NOW).state == "going"


def test_short_table_is_asked_for_an_offer_earlier() -> None:
    short = replace(OPEN, offers=0, opened_at=ago(3), closes_at=NOW + timedelta(minutes=3))
    assert find(short, HERE, PARTIES, NOW).state == "no_offer"


def test_order_is_by_need_then_by_waiting_then_by_number() -> None:
    findings = [
        (Finding("going"), 1),
        (Finding("silent", ago(5)), 2),
        (Finding("silent", ago(9)), 3),
        (Finding("help", ago(1)), 4),
        (Finding("deal"), 5),
    ]
    ordered = sorted(findings, key=lambda entry: order(*entry))
    assert [number for _, number in ordered] == [4, 3, 2, 1, 5]


def test_marks_come_nearer_as_terms_agree() -> None:
    places = [place_of_marks(apart, 7, {"farmer": 1}, "farmer", False) for apart in (7, 4, 1)]
    assert places == sorted(places, reverse=True)
    assert place_of_marks(None, 0, {}, "farmer", False) > places[0]
    assert place_of_marks(None, 0, {}, "farmer", True) < places[-1]


def test_table_of_days_needs_nobody_there_but_each_to_come() -> None:
    opened = NOW - timedelta(days=3)
    seats = [SeatSeen("farmer", False, None), SeatSeen("neighbour", False, None)]
    acted = {"farmer": NOW - timedelta(hours=2), "neighbour": NOW - timedelta(days=2)}
    long = Table("open", None, 0, (), opened, NOW + timedelta(days=4), None, NOW, acted_at=acted)
    parties = ("farmer", "neighbour")
    assert find(long, seats, parties, NOW) == Finding("silent", acted["neighbour"], "neighbour")
    busy = replace(long, acted_at={"farmer": NOW, "neighbour": NOW - timedelta(hours=20)})
    assert find(busy, seats, parties, NOW).state == "going"
    nobody_came = replace(long, acted_at={})
    assert find(nobody_came, seats, parties, NOW) == Finding("silent", opened, "farmer")
    partners = [replace(seat, is_partner=True) for seat in seats]
    assert find(nobody_came, partners, parties, NOW).state == "going"

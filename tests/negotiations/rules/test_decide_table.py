"""Seats, the clock and the instructor's deeds on a table."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import decide
from tests.negotiations.rules.given import (
    ADA,
    AGREED,
    BEGIN,
    BO,
    BO_SEAT,
    CLOCK,
    CLOSED,
    DEE_SEAT,
    END,
    LATE,
    NOW,
    OPENED,
    PAUSED,
    SEATED,
    decided,
    refused,
    table,
)

MINUTE = timedelta(minutes=1)
NOBODY = UUID(int=99)


def test_seat_when_free_is_taken() -> None:
    assert decided((), CLOCK, c.TakeSeat(BO_SEAT, "farmer", "person")) == (SEATED[0],)


@pytest.mark.parametrize("given", [OPENED, PAUSED], ids=["open", "paused"])
def test_seat_can_be_taken_in_mid_room(given: tuple[e.Event, ...]) -> None:
    assert decided(given, CLOCK, c.TakeSeat(DEE_SEAT, "farmer", "partner")) == (
        e.SeatTaken(DEE_SEAT, "farmer", "partner"),
    )


def test_seat_when_taken_is_refused() -> None:
    assert refused(SEATED, CLOCK, c.TakeSeat(BO_SEAT, "farmer", "person")) == "seat_taken"


def test_seat_after_the_end_is_refused() -> None:
    assert refused(CLOSED, CLOCK, c.TakeSeat(DEE_SEAT, "farmer", "person")) == "room_closed"


@pytest.mark.parametrize("kind", ["person", "partner", "observer"])
def test_seat_of_a_party_that_the_case_does_not_have_is_refused(kind: c.SeatKind) -> None:
    assert refused((), CLOCK, c.TakeSeat(BO_SEAT, "mayor", kind)) == "forbidden"


def test_seat_is_taken_instead_of_those_who_make_way() -> None:
    taken = c.TakeSeat(DEE_SEAT, "farmer", "person", (BO_SEAT, NOBODY))
    assert decided(OPENED, CLOCK, taken) == (
        e.SeatLeft(BO_SEAT, "farmer"),
        e.SeatTaken(DEE_SEAT, "farmer", "person"),
    )


@pytest.mark.parametrize("given", [SEATED, OPENED, CLOSED], ids=["waiting", "open", "ended"])
def test_seat_can_be_left_at_any_time(given: tuple[e.Event, ...]) -> None:
    assert decided(given, CLOCK, c.LeaveSeat(BO_SEAT)) == (e.SeatLeft(BO_SEAT, "farmer"),)


def test_seat_that_nobody_has_cannot_be_left() -> None:
    assert refused(SEATED, CLOCK, c.LeaveSeat(DEE_SEAT)) == "not_seated"


def test_table_opens_for_so_many_seconds_from_now() -> None:
    assert decided(SEATED, ADA, c.OpenTable(2700), BEGIN) == (e.TableOpened(END),)


@pytest.mark.parametrize("given", [OPENED, PAUSED, CLOSED], ids=["open", "paused", "ended"])
def test_table_opens_once(given: tuple[e.Event, ...]) -> None:
    assert refused(given, ADA, c.OpenTable(2700)) == "no_change"


def test_pause_stops_the_clock_and_must_come_before_the_deadline() -> None:
    decision = decide(table(*OPENED), ADA, c.PauseTable("Fire drill"), NOW)
    assert decision.drafts == (e.Draft(e.TablePaused("Fire drill", NOW)),)
    assert decision.not_after == END


def test_pause_twice_is_refused() -> None:
    assert refused(PAUSED, ADA, c.PauseTable()) == "paused"


def test_resume_gives_back_the_time_that_was_left() -> None:
    assert decided(PAUSED, ADA, c.ResumeTable(), NOW + 10 * MINUTE) == (e.TableResumed(END + 10 * MINUTE),)


@pytest.mark.parametrize(
    ("given", "code"),
    [(SEATED, "not_started"), (OPENED, "no_change"), (CLOSED, "room_closed")],
    ids=["waiting", "open", "ended"],
)
def test_resume_when_not_paused_is_refused(given: tuple[e.Event, ...], code: str) -> None:
    assert refused(given, ADA, c.ResumeTable()) == code


def test_extend_moves_the_deadline_and_must_come_before_it() -> None:
    decision = decide(table(*OPENED), ADA, c.ExtendTable(60), NOW)
    assert decision.drafts == (e.Draft(e.TableExtended(60, END + MINUTE)),)
    assert decision.not_after == END


def test_extend_while_paused_has_no_deadline() -> None:
    decision = decide(table(*PAUSED), ADA, c.ExtendTable(60), LATE)
    assert decision.drafts == (e.Draft(e.TableExtended(60, END + MINUTE)),)
    assert decision.not_after is None


def test_extend_while_paused_is_there_after_resuming() -> None:
    given = (*PAUSED, e.TableExtended(60, END + MINUTE))
    assert decided(given, ADA, c.ResumeTable(), NOW + 10 * MINUTE) == (e.TableResumed(END + 11 * MINUTE),)


@pytest.mark.parametrize("now", [END, LATE], ids=["at", "after"])
def test_extend_when_time_is_up_is_refused(now: object) -> None:
    assert refused(OPENED, ADA, c.ExtendTable(60), now) == "late"  # type: ignore[arg-type]


@pytest.mark.parametrize("given", [SEATED, OPENED, PAUSED], ids=["waiting", "open", "paused"])
def test_instructor_can_end_a_table_that_is_not_over(given: tuple[e.Event, ...]) -> None:
    assert decided(given, ADA, c.CloseTable()) == (e.TableClosed("closed"),)


@pytest.mark.parametrize("given", [CLOSED, AGREED], ids=["closed", "agreed"])
def test_end_of_a_table_that_is_over_is_refused(given: tuple[e.Event, ...]) -> None:
    assert refused(given, ADA, c.CloseTable()) == "room_closed"


@pytest.mark.parametrize("now", [END, LATE], ids=["at", "after"])
def test_tick_when_time_is_up_closes_the_table(now: object) -> None:
    assert decided(OPENED, CLOCK, c.Tick(), now) == (e.TableClosed("out_of_time"),)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "given", [SEATED, OPENED, PAUSED, CLOSED], ids=["waiting", "open with time", "paused", "ended"]
)
def test_tick_when_nothing_is_due_is_refused(given: tuple[e.Event, ...]) -> None:
    assert refused(given, CLOCK, c.Tick(), END - timedelta(microseconds=1)) == "no_change"


def test_tick_while_paused_does_not_end_the_table_however_late() -> None:
    assert refused(PAUSED, CLOCK, c.Tick(), LATE) == "no_change"


def test_seat_cannot_rule_the_table() -> None:
    for command in (c.OpenTable(60), c.PauseTable(), c.ExtendTable(60), c.CloseTable(), c.Tick()):
        assert refused(OPENED, BO, command) == "forbidden"

"""What is done at tables of seasons and of texts, against every wrong moment and every wrong hand."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest

from negotiations.rules import commands as c
from negotiations.rules import events as e
from tests.negotiations.rules.bay import BAY, at_sea
from tests.negotiations.rules.bell import BELL, FIRST, SECOND, at_the_bell, sign, written
from tests.negotiations.rules.given import ADA, CLOCK
from tests.negotiations.rules.playing import Play

Acts = tuple[Play, c.Actor, c.Command]


def choosing() -> Acts:
    play, crews = at_sea()
    return play, crews["north"], c.Choose(1, "wide")


def writing() -> Acts:
    play, sides = written()
    return play, sides["ringers"], c.ProposeText(SECOND)


def signing() -> Acts:
    play, sides = written()
    return play, sides["ringers"], sign(play)


DEEDS: list[Callable[[], Acts]] = [choosing, writing, signing]


@pytest.mark.parametrize("deed", DEEDS)
def test_deed_is_possible_in_the_right_moment(deed: Callable[[], Acts]) -> None:
    play, actor, command = deed()
    assert play.do(actor, command)


@pytest.mark.parametrize("deed", DEEDS)
def test_deed_waits_while_the_table_rests(deed: Callable[[], Acts]) -> None:
    play, actor, command = deed()
    play.do(ADA, c.PauseTable("Fire drill"))
    assert play.refused(actor, command) == "paused"
    play.do(ADA, c.ResumeTable())
    assert play.do(actor, command)


@pytest.mark.parametrize("deed", DEEDS)
def test_deed_comes_too_late_after_the_time_and_after_the_end(deed: Callable[[], Acts]) -> None:
    play, actor, command = deed()
    assert play.state.closes_at is not None
    play.now = play.state.closes_at
    assert play.refused(actor, command) == "late"
    play.do(ADA, c.CloseTable())
    assert play.refused(actor, command) == "room_closed"


@pytest.mark.parametrize("deed", DEEDS)
def test_deed_is_not_for_staff_and_not_for_strangers(deed: Callable[[], Acts]) -> None:
    play, actor, command = deed()
    for staff in (ADA, CLOCK):
        assert play.refused(staff, command) == "forbidden"
    assert play.refused(c.Actor(UUID(int=99), "seat", actor.party), command) == "not_seated"
    play.do(CLOCK, c.LeaveSeat(actor.id))
    assert play.refused(actor, command) == "not_seated"


@pytest.mark.parametrize(
    ("case", "party", "command"),
    [
        (BAY, "north", c.Choose(1, "wide")),
        (BELL, "ringers", c.ProposeText(FIRST)),
        (BELL, "ringers", c.SignText(1, "")),
    ],
    ids=["choose", "write", "sign"],
)
def test_deed_before_the_table_is_open_is_refused(case: object, party: str, command: c.Command) -> None:
    play = Play(case)  # type: ignore[arg-type]
    (actor,) = play.sit(party)
    assert play.refused(actor, command) == "not_started"


def test_signed_text_can_be_signed_by_nobody_any_more() -> None:
    play, sides = at_the_bell()
    play.do(sides["residents"], c.ProposeText(FIRST))
    deed = sign(play)
    for party in ("residents", "ringers"):
        play.do(sides[party], deed)
    for party in ("residents", "ringers"):
        assert play.refused(sides[party], deed) == "already_agreed"
    assert play.log[-1].event == e.TableClosed("deal")

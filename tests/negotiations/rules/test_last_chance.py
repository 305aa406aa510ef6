"""What may be finished when the time is over, whatever its kind: offers, outcomes written down, texts, signatures."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec import structs

from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import next_due
from negotiations.rules.decide.phases import FINISH, is_open_question
from negotiations.rules.room import Policy, RoomState
from tests.negotiations.rules.bay import at_sea
from tests.negotiations.rules.bell import FIRST, SECOND, at_the_bell, sign, written
from tests.negotiations.rules.given import CLOCK, LEASE, WHOLE
from tests.negotiations.rules.mill import FIVE, MILL, PAIR, STORE, Table
from tests.negotiations.rules.playing import Play
from tests.negotiations.rules.test_decide_strands import Play as Linked

FINISHED = Policy(ending="finish")


def finishing(state: RoomState, **changes: str) -> RoomState:
    return structs.replace(state, policy=structs.replace(FINISHED, **changes))


def after_the_end(play: Play) -> e.Event:
    """What the last minute brings."""
    happened: tuple[e.Event, ...] = ()
    while not any(isinstance(event, e.OvertimeBegan | e.TableClosed) for event in happened):
        happened = play.tick()
    return happened[-1]


def face_to_face() -> tuple[Play, c.Actor, c.Actor]:
    play = Play(WHOLE, structs.replace(FINISHED, mode="aloud"))
    bo, cy = play.sit("farmer", "neighbour")
    play.open()
    return play, bo, cy


def test_outcome_that_one_side_wrote_down_may_be_confirmed() -> None:
    play, bo, cy = face_to_face()
    play.do(bo, c.RecordOutcome(LEASE))
    assert isinstance(after_the_end(play), e.OvertimeBegan)
    play.do(cy, c.RecordOutcome(LEASE))
    assert play.state.outcome == "deal"


def test_table_face_to_face_where_nobody_wrote_anything_ends() -> None:
    play, _, _ = face_to_face()
    assert after_the_end(play) == e.TableClosed("out_of_time")


def test_text_on_the_table_may_be_signed_but_not_written_anew() -> None:
    play, sides = written()
    play.state = finishing(play.state)
    assert isinstance(after_the_end(play), e.OvertimeBegan)
    assert play.refused(sides["ringers"], c.ProposeText(SECOND)) == "overtime"
    for party in ("ringers", "residents"):
        play.do(sides[party], sign(play))
    assert play.state.outcome == "deal"
    assert play.state.texts.agreed is not None
    assert play.state.texts.agreed["ringing"] == FIRST["ringing"]


def test_table_without_a_text_ends() -> None:
    play, _ = at_the_bell()
    play.state = finishing(play.state)
    assert after_the_end(play) == e.TableClosed("out_of_time")


def nothing(_: Linked) -> None:
    pass


@pytest.mark.parametrize("before", [nothing, Linked.agree_fees], ids=["nothing agreed", "fees agreed"])
def test_linked_negotiations_get_the_same_time_whatever_is_open_in_them(
    before: Callable[[Linked], None],
) -> None:
    """Else who is outside one of them could read from the clock that something waits there."""
    play = Linked()
    play.state = finishing(play.state)
    before(play)
    due = next_due(play.state)
    assert due is not None
    assert play.state.closes_at is not None
    assert [draft.event for draft in due.drafts] == [e.OvertimeBegan(play.state.closes_at + FINISH)]
    play.now = due.at
    play.do(CLOCK, c.Tick())
    last = next_due(play.state)
    assert last is not None
    assert last.at == due.at + FINISH


def test_terms_that_wait_for_signatures_may_be_signed() -> None:
    play = Linked()
    play.state = finishing(play.state)
    play.agree_fees()
    digest = play.agree_sale()
    assert play.state.closes_at is not None
    play.now = play.state.closes_at
    play.do(CLOCK, c.Tick())
    for party in ("seller", "buyer"):
        seat = next(seat for seat in play.state.seats.values() if seat.party == party)
        play.do(c.Actor(seat.id, "seat", party), c.Sign("sale", digest))
    assert play.state.outcome == "deal"


def test_nobody_waits_for_the_word_of_one_who_left() -> None:
    table = Table(MILL, policy=FINISHED)
    table.offer("company", FIVE)
    for party in ("agency", "union", "fire", "families"):
        table.no(party)
    assert is_open_question(table.state)
    table.do(table.by["expert"], c.WalkAway())
    assert after_the_end(table) == e.TableClosed("out_of_time")


def test_split_waits_for_its_members_alone() -> None:
    table = Table(STORE, policy=FINISHED)
    table.offer("orchard", PAIR)
    due = next_due(table.state)
    assert due is not None
    assert isinstance(due.drafts[0].event, e.OvertimeBegan)
    table.no("dairy")
    assert after_the_end(table) == e.TableClosed("out_of_time")


def test_seasons_end_with_their_time() -> None:
    play, _ = at_sea()
    play.state = finishing(play.state)
    while play.state.phase == "open":
        play.tick()
    assert play.state.outcome == "played_out"
    assert play.happened(e.OvertimeBegan) == []

"""When a practice partner moves, and what it draws, follows from what its own side sees: nobody reads from it that
others talk among themselves, and no busy talk of theirs holds it up."""

from __future__ import annotations

from datetime import timedelta

import pytest

from negotiations import partners
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.room import RoomState, evolve
from negotiations.rules.sight import Viewer, may_see
from tests.negotiations.rules.given import ADA, BEGIN, CLOCK, NOW, WHOLE, seated
from tests.negotiations.rules.mill import MILL, STORE
from tests.negotiations.rules.playing import ROOM, Play
from tests.negotiations.rules.test_decide_strands import CASE, FLAT
from tests.negotiations.rules.test_decide_strands import WHOLE as HOUSE


def room_with_a_partner() -> tuple[Play, list[c.Actor]]:
    """Two people play the farmer, a practice partner the neighbour."""
    play = Play(WHOLE)
    team = play.sit("farmer", "farmer")
    play.sit("neighbour", kind="partner")
    play.open()
    play.do(team[0], c.Say("Good morning"))
    return play, team


def move_of(play: Play) -> tuple[partners.Turn, c.Command]:
    turn = partners.next_turn(play.state, play.room)
    assert turn is not None
    own = play.case.seen_by(turn.seat.party)
    return turn, partners.command_for(play.state, turn.seat, own, play.room, turn.at)


def test_line_of_the_other_side_alone_changes_nothing_of_a_partners_move() -> None:
    play, team = room_with_a_partner()
    before = move_of(play)
    for _ in range(5):
        play.wait(1)
        play.do(team[1], c.Say("What shall we ask for?", "team"))
    assert play.log[-1].audience == ("farmer",)
    assert move_of(play) == before
    play.do(team[0], c.Say("We think about it"))
    assert move_of(play)[0].at > before[0].at


def test_talk_apart_changes_nothing_of_the_move_of_who_is_not_in_it() -> None:
    play = Play(MILL)
    people = dict(zip(MILL.party_ids, play.sit(*MILL.party_ids[:-1]), strict=False))
    play.sit("expert", kind="partner")
    play.open()
    play.do(ADA, c.NextPhase())  # at first nobody talks apart there
    before = move_of(play)
    play.wait(2)
    play.do(people["union"], c.Say("Shall we two agree?", "union+families"))
    assert play.log[-1].audience == ("union", "families")
    assert move_of(play) == before
    play.do(people["union"], c.Say("What do you think?", "union+expert"))
    assert move_of(play)[0].at > before[0].at


def linked(*people: str) -> RoomState:
    state = RoomState(case=CASE)
    for seq, event in enumerate(seated(CASE), 1):
        if isinstance(event, e.SeatTaken) and event.party not in people:
            event = e.SeatTaken(event.seat, event.party, "partner")
        state = evolve(state, e.Logged(seq, event, CLOCK.id, None, BEGIN))
    return state


def offered(state: RoomState, seconds: float) -> RoomState:
    """Her agent offers the seller a fee."""
    agent = next(seat for seat in state.seats.values() if seat.party == "seller_agent")
    line = e.OfferMade(len(state.offers) + 1, "seller_agent", (FLAT,), "x")
    at = NOW + timedelta(seconds=seconds)
    return evolve(state, e.Logged(state.seq + 1, line, agent.id, ("seller", "seller_agent", "observer"), at))


def turns_of(state: RoomState, *parties: str) -> list[partners.Turn]:
    return [turn for turn in partners.turns_of(state, ROOM) if turn.seat.party in parties]


@pytest.mark.parametrize("people", [("seller", "seller_agent"), ("seller",)])
def test_what_is_negotiated_elsewhere_changes_nothing_of_a_partners_turn(people: tuple[str, ...]) -> None:
    state = linked(*people)
    before = turns_of(state, "buyer", "buyer_agent")
    assert before
    for second in (1, 2, 3):
        state = offered(state, second)
    assert turns_of(state, "buyer", "buyer_agent") == before
    case = HOUSE.seen_by("buyer")
    first, last = (
        partners.command_for(each, before[0].seat, case, ROOM, NOW) for each in (linked(*people), state)
    )
    assert first == last


def test_partners_move_each_in_its_own_time() -> None:
    """Of two strands the one whose partner has thought long enough goes on, whatever happens in the other."""
    state = offered(linked("seller", "buyer"), 0)
    (turn,) = turns_of(state, "buyer_agent")
    for second in range(1, 30):
        state = offered(state, second)
    assert partners.next_turn(state, ROOM) == turn


def test_sights_count_what_the_only_door_shows() -> None:
    play = Play(STORE)
    orchard, dairy, _ = play.sit(*STORE.party_ids)
    play.open()
    for actor, command in ((orchard, c.Say("Just us two")), (dairy, c.AskHelp()), (orchard, c.Say("Well?"))):
        play.wait(3)
        play.do(actor, command)
    for party in STORE.party_ids:
        shown = [line for line in play.log if may_see(Viewer("party", party), line.audience)]
        seen = play.state.sights.of(party)
        assert (seen.lines, seen.at) == (len(shown), shown[-1].at)
    assert [len(play.log) - play.state.sights.of(party).lines for party in STORE.party_ids] == [1, 0, 3]

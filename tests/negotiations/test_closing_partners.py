"""Practice partners in the parts that close the bargaining: they answer what is there, offer nothing, and rest."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from msgspec import structs

from bargaining import partners
from bargaining.case import Case, Phase
from negotiations.partners import answering, next_turn, progress
from negotiations.rules import events as e
from negotiations.rules.room import Policy, evolve
from tests.negotiations.rules.given import BEGIN, BO_SEAT, SALE, offered
from tests.negotiations.rules.playing import ROOM, Play, whole
from tests.negotiations.rules.store import MINUTE
from tests.negotiations.rules.test_decide_strands import CASE as ALL_STRANDS

PHASES = (Phase("talks", 30), Phase("settle_up", 10), Phase("ask", 5))
LINKED, FARM, MILL, STORE = "eleven-quarry-lane", "mountain-view-farm", "dunmore-mill", "cold-store"
PLAYED = [(name, UUID(int=number)) for name in (LINKED, FARM, MILL, STORE) for number in range(1, 4)]


def closing(name: str) -> Case:
    return replace(whole(name), phases=PHASES)


def play_to_the_end(play: Play) -> list[tuple[str, e.Logged]]:
    """All lines with the part in which they came."""
    while play.go_on():
        pass
    found, part = [], ""
    for line in play.log:
        part = line.event.phase if isinstance(line.event, e.PhaseBegan) else part
        found.append((part, line))
    return found


@pytest.mark.parametrize(("name", "room"), PLAYED)
def test_partners_alone_come_through_all_parts_or_agree_before(name: str, room: UUID) -> None:
    play = Play(closing(name), Policy(partner_pace=(20.0, 40.0)), room)
    if name == LINKED:
        play.state = structs.replace(play.state, case=replace(ALL_STRANDS, phases=PHASES))
    seats = {actor.id for actor in play.sit(*play.case.party_ids, kind="partner")}
    play.open(45)
    lines = play_to_the_end(play)
    assert play.state.phase == "ended"
    new = [line for part, line in lines if part == "settle_up" and isinstance(line.event, e.OfferMade)]
    assert new == []
    assert [line for part, line in lines if part == "ask" and line.actor in seats] == []


def settling(*events: e.Event) -> Play:
    """The neighbour is a person, the farmer a partner, and the time for offers ends after these events."""
    play = Play(closing(FARM))
    play.sit("neighbour")
    play.sit("farmer", kind="partner")
    play.open(45)
    for event in (*events, e.PhaseBegan("settle_up", 0, BEGIN + 40 * MINUTE)):
        play.state = evolve(play.state, e.Logged(play.state.seq + 1, event, BO_SEAT, None, play.now))
    return play


THEIRS, OWN = offered(1, "neighbour"), offered(2, "farmer", SALE)
SAID = e.MessageSaid("neighbour", "And now?")


@pytest.mark.parametrize(
    ("events", "answers"),
    [
        ((THEIRS,), True),
        ((THEIRS, OWN), True),
        ((THEIRS, e.OfferDeclined(1, "farmer")), False),
        ((OWN, SAID), False),
        ((SAID,), False),
    ],
    ids=["it was asked", "it spoke last", "it has answered", "it has asked", "nothing is there"],
)
def test_partner_moves_only_to_give_an_answer(events: tuple[e.Event, ...], answers: bool) -> None:
    if events[0] is OWN:
        events = (offered(1, "farmer", SALE), *events[1:])
    turn = next_turn(settling(*events).state, ROOM)
    assert (turn is not None and turn.seat.party == "farmer") is answers


@pytest.mark.parametrize("move", [partners.Propose(({},), None), partners.Say("I think"), partners.Walk()])
def test_what_is_no_answer_becomes_a_no(move: partners.Move) -> None:
    is_last = isinstance(move, partners.Walk)
    assert answering(settling(THEIRS).state, "farmer", move) == (move if is_last else partners.Decline(1))
    assert answering(settling().state, "farmer", move) == move


def test_partner_feels_the_end_of_the_offers_as_the_end() -> None:
    play = settling()
    assert progress(play.state, BEGIN + 15 * MINUTE) == pytest.approx(0.5)
    assert progress(play.state, BEGIN + 35 * MINUTE) == 1.0

"""Practice partners play every role that has points, in every shipped simulation, to an end of its kind."""

from __future__ import annotations

from uuid import UUID

import pytest

from bargaining.case import Case
from bargaining.partners import can_play
from negotiations.rules import events as e
from tests.negotiations.rules.given import LIBRARY
from tests.negotiations.rules.playing import Play, whole

#: How partners among themselves come to an end; where no price suits both they part, and seasons are all played.
ENDS = {
    "cassel-valley-solar": "deal",
    "cold-store": "deal",
    "dunmore-mill": "deal",
    "eleven-quarry-lane": "deal",
    "four-crews": "played_out",
    "halyard-offer": "deal",
    "harbour-unit-nine": "walked_away",
    "mountain-view-farm": "deal",
    "quillhaven": "deal",
    "rye-and-rivet": "deal",
    "second-hand-kiln": "deal",
}
WITHOUT_POINTS = {"memorial-bell"}


def test_every_simulation_has_its_end_here() -> None:
    shipped = {path.parent.name for path in LIBRARY.glob("*/simulation.yaml")}
    assert shipped == ENDS.keys() | WITHOUT_POINTS
    assert all(not whole(name).scored_ids for name in WITHOUT_POINTS)


@pytest.mark.parametrize("name", ENDS)
def test_partners_play_every_role_with_points_to_an_end(name: str) -> None:
    """Not every room of many comes to a deal in time; one of the first four does."""
    case = whole(name)
    assert all(can_play(case, party) for party in case.scored_ids)
    ends = (end_of(case, UUID(int=number)) for number in (1, 2, 3, 4))
    assert ENDS[name] in ends


def end_of(case: Case, room: UUID) -> str | None:
    """Everybody with points is a partner, and each of them has moved."""
    play = Play(case, room=room)
    seats = {actor.id: actor.party for actor in play.sit(*case.scored_ids, kind="partner")}
    play.open(60)
    while play.go_on():
        pass
    moved = {line.actor for line in play.log if not isinstance(line.event, e.SeatTaken)}
    assert seats.keys() <= moved
    return play.state.outcome

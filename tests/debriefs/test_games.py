"""The debrief of tables where no package of two is settled: seasons, splits, votes, texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from debriefs import queries
from negotiations import actions
from negotiations.models import Room, Seat, Session
from negotiations.queries import state_of
from negotiations.rules import commands as c
from tests.debriefs.classes import actor, work_out
from tests.factories import edition_of


@dataclass
class Group:
    """One open room in which a person plays every party."""

    session: Session
    room: Room
    seats: dict[str, Seat]
    ada: UUID

    def do(self, party: str, command: Any) -> None:
        actions.perform_now(self.room.pk, actor(self.seats[party]), command, uuid4())

    def page(self) -> str:
        return read({"instructor": str(self.ada)}, f"/sessions/{self.session.pk}/debrief/")

    def result(self, party: str) -> str:
        actions.open_debrief(self.session, self.ada)
        actions.release(self.session, self.ada)
        return read({"holder": str(self.seats[party].holder)}, f"/rooms/{self.room.pk}/result/")


def read(cookies: dict[str, str], address: str) -> str:
    client = Client()
    client.cookies.load(cookies)
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def group(slug: str, *without: str) -> Group:
    edition = edition_of(slug)
    session, ada = actions.create_session(edition, 45), uuid4()
    room = actions.open_room(session, 1)
    case = state_of(room.pk).case
    seats = {
        party.id: actions.seat_person(room, party.id, uuid4())
        for party in case.parties
        if party.id not in without
    }
    actions.open_tables(session, ada)
    return Group(session, room, seats, ada)


@pytest.fixture(autouse=True)
def own_door(settings: Any, committed_db: None) -> None:
    settings.PARLEY_DOOR = "tests.negotiations.tables.CookieDoor"


def test_seasons_are_told_to_the_class_and_to_each_crew() -> None:
    bay = group("four-crews")
    for season in range(1, 9):
        for party in bay.seats:
            bay.do(party, c.Choose(season, "wide" if party == "west" and season == 8 else "narrow"))
    work_out(bay.room)
    figures = queries.rows(bay.session)[0].figures
    assert figures is not None
    assert figures.outcome == "played_out"
    assert figures.points == {"north": 60, "east": 60, "south": 60, "west": 90}
    # 9 together in a season of trust is 20; the best of all seasons is 20 x 14 = 280.
    assert figures.created == pytest.approx(270 / 280, abs=1e-6)
    page = bay.page()
    assert "on average." in page
    assert "8 (×5)" in page
    assert "Room 1 reached most together: 96 % of what was possible." in page
    own = bay.result("west")
    assert "Over 8 seasons you landed 90." in own
    assert "Season 8" in own

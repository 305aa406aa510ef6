"""Two farms that differ in what the farmer is told and what it changes for her must look the same to the neighbour."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client

from bargaining.casefile import dump, from_mapping, load_folder
from negotiations import actions
from negotiations.models import Seat
from negotiations.rules import commands as c
from tests.factories import publish_apart
from tests.negotiations import canaries
from tests.negotiations.tables import BEST, LEASE, TableUp
from tests.negotiations.test_secrets import masked

#: Words of the two farmers' news and conditions, none of which is anywhere else.
MARKS = ("wagtail", "nuthatch", "goldcrest", "sandpiper")


def set_up(folder: Path, words: str, worth: float) -> TableUp:
    """The marked farm with news and a condition of the farmer's own; `worth` is her alternative after each."""
    plain = canaries.sheet(0)
    plain["releases"] = [
        {
            "id": "call",
            "at": {"manual": True},
            "to": ["farmer"],
            "text": f"The {words} calls",
            "set": {
                "parties.farmer.alternative.text": f"Go with the {words}",
                "parties.farmer.target": worth,
            },
        }
    ]
    plain["conditions"] = {
        "rich": {
            "about": "As an experiment",
            "set": {"parties.farmer.base": worth - 100},
            "text": {"farmer": f"You have seen the {words}."},
        }
    }
    canaries.load(folder)
    (folder / "simulation.yaml").write_text(dump(from_mapping(plain)), encoding="utf-8")
    session = actions.create_session(publish_apart(load_folder(folder)), 45)
    room = actions.open_room(session, 1, "rich")
    seats = [actions.seat_person(room, party, uuid4()) for party in ("farmer", "neighbour")]
    return TableUp(session, room, *seats)


class Person:
    """All that one person's browser receives."""

    def __init__(self, table: TableUp, seat: Seat) -> None:
        self.room, self.client, self.received = table.room.pk, Client(), list[str]()
        self.client.cookies["holder"] = str(seat.holder)

    def look(self) -> None:
        for name in ("", "role/", "events/", "result/"):
            self.received.append(self.client.get(f"/rooms/{self.room}/{name}").content.decode())

    def score(self) -> None:
        frame = json.dumps({"t": "score", "id": str(uuid4()), "package": LEASE})
        answer = self.client.post(f"/rooms/{self.room}/commands/", frame, content_type="application/json")
        self.received.append(answer.content.decode())


def play(folder: Path, words: str, worth: float) -> tuple[Person, Person]:
    table = set_up(folder, words, worth)
    bo, cy = Person(table, table.farmer), Person(table, table.neighbour)
    actions.open_tables(table.session, table.ada)
    table.do(table.bo, c.MakeOffer((LEASE,)))
    for person in (bo, cy):
        person.look()
    actions.release_news(table.session, table.ada, "call")
    table.do(table.cy, c.MakeOffer((BEST,)))
    for person in (bo, cy):
        person.look()
        person.score()
    return bo, cy


@pytest.mark.usefixtures("committed_db")
def test_neighbour_receives_the_same_whatever_the_farmer_is_told(tmp_path: Path) -> None:
    one = play(tmp_path / "one", "wagtail and the nuthatch", 163.73190111)
    two = play(tmp_path / "two", "goldcrest and the sandpiper", 169.73190222)
    mine = "\n".join((*one[0].received, *two[0].received))
    theirs = "\n".join((*one[1].received, *two[1].received))
    # First that there is something to leak: the farmer's own pages are full of it.
    assert all(mark in mine for mark in (*MARKS, "163.73", "169.73"))
    assert masked(one[0].received) != masked(two[0].received)
    assert not [mark for mark in (*MARKS, "73190111", "73190222", "rich", "experiment") if mark in theirs]
    assert masked(one[1].received) == masked(two[1].received)

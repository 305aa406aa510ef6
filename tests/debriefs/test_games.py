"""The debrief of tables where no package of two is settled: seasons, splits, votes, texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from debriefs import queries
from debriefs.charts import spec
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
    assert "Over 8 seasons you landed 90 tonnes." in own
    assert "Season 8" in own


def test_one_price_is_told_in_dollars_between_both_limits() -> None:
    kiln = group("second-hand-kiln")
    kiln.do("seller", c.MakeOffer(({"price": 2200},)))
    kiln.do("seller", c.MakeOffer(({"price": 1900},)))
    accept(kiln, "buyer", 2)
    work_out(kiln.room)
    page = kiln.page()
    assert "Any price from $1,450 to $2,300 is at least as good for both as no deal. " in page
    assert "It was settled at $1,900." in page
    assert re.search(r"Room 1: .{0,10}1,900", str(spec(queries.debrief(kiln.session), "prices")))
    assert spec(queries.debrief(kiln.session), "scatter") is None
    own = kiln.result("seller")
    assert "You reached $1,900: far above your alternative, under your target." in own
    assert "By the end you had given up $300." in own
    assert "points" not in re.sub(r"<[^>]+>", "", own)


def test_coalition_that_leaves_one_out_is_told() -> None:
    store = group("cold-store")
    while state_of(store.room.pk).course.phase == "private_pairs":
        actions.in_room(store.room, store.ada, c.NextPhase())
    store.do("orchard", c.MakeOffer(({"orchard": 50, "dairy": 42},)))
    accept(store, "dairy", 1)
    decline(store, "fishery", 1)
    work_out(store.room)
    figures = queries.rows(store.session)[0].figures
    assert figures is not None
    assert (figures.outcome, figures.package, figures.left_out) == (
        "deal",
        {"dairy": 42, "orchard": 50},
        ["fishery"],
    )
    assert figures.points == {"orchard": 50, "dairy": 42, "fishery": 4}
    # Together 92 where alone they had 14: 78 of the 88 that all three could have gained.
    assert figures.created == pytest.approx(78 / 88, abs=1e-6)
    page = store.page()
    assert "One of one finished room left somebody out." in page
    assert "left out, 4 alone" in page
    assert "the Shapley value" in page
    assert "Orchard, $ thousand a year" in page
    assert "You were left out. Going on alone is worth $4 thousand a year to you." in store.result("fishery")


def test_dissenter_of_a_deal_is_told() -> None:
    mill = group("dunmore-mill")
    plan = {
        "penalty": "p2",
        "dust": "b2",
        "oversight": "c3",
        "fund": "d12",
        "emergency": "e3",
        "disclosure": "f2",
    }
    mill.do("agency", c.MakeOffer((plan,)))
    for party in ("company", "union", "fire", "families"):
        accept(mill, party, 1)
    decline(mill, "expert", 1)
    work_out(mill.room)
    figures = queries.rows(mill.session)[0].figures
    assert figures is not None
    assert (figures.outcome, figures.said_no) == ("deal", ["expert"])
    page = mill.page()
    assert "said no" in page
    assert "The expert said no most often: to one deal that was made without its consent." in page
    assert "points" in mill.result("expert")


def accept(table: Group, party: str, number: int) -> None:
    offer = state_of(table.room.pk).offers[number - 1]
    table.do(party, c.AcceptOffer(number, 0, offer.digest))


def decline(table: Group, party: str, number: int) -> None:
    table.do(party, c.DeclineOffer(number))


def test_signed_text_is_told_to_the_class_and_to_who_signed() -> None:
    bell = group("memorial-bell")
    text = {"ringing": "At noon.", "recognition": "The dead are named.", "governance": "A council of six."}
    bell.do("ringers", c.ProposeText(text))
    version = state_of(bell.room.pk).texts.latest
    assert version is not None
    for party in ("ringers", "residents"):
        if party not in state_of(bell.room.pk).texts.signed:
            bell.do(party, c.SignText(version.number, version.digest))
    work_out(bell.room)
    page = bell.page()
    assert "One of one finished room signed a text." in page
    assert "Nobody has said so yet." in page
    for party, interest, step in (("ringers", "r1", 3), ("ringers", "r2", 0), ("residents", "n1", 2)):
        actions.rate_interests(bell.seats[party], {interest: step})
    page = bell.page()
    assert "Found not met most often: the bell stays in the tower in working order (ringers)." in page
    rated = re.search(r"Residents: no sudden strikes without warning</th>(.*?)</tr>", page)
    assert rated is not None
    assert re.findall(r">(\d)<", rated[1]) == ["0", "0", "1", "0"]
    assert "A council of six." in page
    own = bell.result("residents")
    assert "You signed a text." in own
    assert "Who decides in future and how it is reviewed" in own

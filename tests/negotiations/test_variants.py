"""Rooms of different conditions side by side: each reads, scores and is judged on its own variant of the case."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from debriefs import actions as debriefs
from debriefs import queries as results
from negotiations import actions, keepers, live
from negotiations.models import Job, Room, Seat, Session
from negotiations.queries import state_of
from negotiations.rules import commands as c
from simulations import queries
from simulations.models import VariantSheet
from simulations.rules.variants import Variant
from tests.factories import edition_of

INLAND = "Somebody else has signed for it"
BREWERY = "Handing the unit back"
ADA = uuid4()


def set_up(*conditions: str) -> tuple[Session, dict[str, dict[str, Seat]]]:
    """A session of Harbour Unit Nine with a room of each condition."""
    session = actions.create_session(edition_of("harbour-unit-nine"), 20)
    rooms = {}
    for number, condition in enumerate(conditions, 1):
        room = actions.open_room(session, number, condition)
        rooms[condition] = {
            party: actions.seat_person(room, party, uuid4()) for party in ("brewery", "cooperative")
        }
    actions.open_tables(session, ADA)
    return session, rooms


@pytest.fixture
def rooms(committed_db: None) -> dict[str, dict[str, Seat]]:
    return set_up("", "overlap")[1]


def browser(seat: Seat) -> Client:
    client = Client()
    client.cookies["holder"] = str(seat.holder)
    return client


def page(seat: Seat, name: str = "") -> str:
    answer = browser(seat).get(f"/rooms/{seat.room_id}/{name}")
    assert answer.status_code == 200
    return answer.content.decode()


def agree(seats: dict[str, Seat], rent: int) -> None:
    brewery, cooperative = seats["brewery"], seats["cooperative"]
    room = brewery.room_id
    for seat, command in (
        (brewery, lambda: c.MakeOffer(({"rent": rent},))),
        (cooperative, lambda: c.AcceptOffer(1, 0, state_of(room).offers[0].digest)),
    ):
        actions.perform_now(room, c.Actor(seat.pk, "seat", seat.party), command(), uuid4())


def test_each_room_reads_its_own_sheet(rooms: dict[str, dict[str, Seat]]) -> None:
    for name in ("", "role/"):
        usual, other = (page(rooms[condition]["cooperative"], name) for condition in ("", "overlap"))
        assert "750 of the 2600" in usual
        assert "200 of the 2600" in other
        assert "750 of the 2600" not in other
    assert INLAND in page(rooms["overlap"]["cooperative"], "role/")
    assert INLAND not in page(rooms[""]["cooperative"], "role/")


def test_the_other_side_reads_the_same_in_every_room(rooms: dict[str, dict[str, Seat]]) -> None:
    usual, other = (queries.role_case(seat.room.session.edition_id, "brewery", seat.room.variant)
                    for seat in (rooms[""]["brewery"], rooms["overlap"]["brewery"]))  # fmt: skip
    assert usual == other
    told = page(rooms["overlap"]["brewery"], "role/") + page(rooms["overlap"]["brewery"])
    assert BREWERY in told
    for secret in (INLAND, "overlap", "inland unit", "200 of the 2600"):
        assert secret not in told


def test_the_partner_plays_the_variant_of_its_room(rooms: dict[str, dict[str, Seat]]) -> None:
    async def variant() -> Variant:
        return (await (await live.hub()).table(rooms["overlap"]["brewery"].room_id)).variant

    assert live.call(variant()) == Variant("overlap")
    assert keepers.role_case is queries.role_case


def test_figures_are_on_the_variant_of_the_room(rooms: dict[str, dict[str, Seat]]) -> None:
    for seats in rooms.values():
        agree(seats, 2200)
    session = rooms[""]["brewery"].room.session
    assert debriefs.run_pending(session.pk) == 2
    gap, overlap = (
        results.own_figures(seats["cooperative"].room_id, "cooperative") for seats in rooms.values()
    )
    assert gap is not None
    assert overlap is not None
    assert (gap.points, gap.alternative, gap.surplus) == (400, 750, -350)
    assert (overlap.points, overlap.alternative, overlap.surplus) == (400, 200, 200)
    edition = session.edition_id
    assert results.landscape_of(edition).alternatives["cooperative"] == 750
    assert results.landscape_of(edition, Variant("overlap")).alternatives["cooperative"] == 200


def test_class_is_drawn_on_what_most_rooms_play(committed_db: None) -> None:
    session, _ = set_up("gap", "overlap")
    actions.seat_person(actions.open_room(session, 3, "overlap"), "brewery", uuid4())
    assert results.usual_variant(session) == Variant("overlap")


@pytest.mark.parametrize("name", ["", "role/", "events/"])
def test_participants_request_reads_its_own_sheet_of_the_variant_alone(
    rooms: dict[str, dict[str, Seat]], name: str
) -> None:
    for read in (queries.public_case, queries.role_case, queries.brief, queries.general):
        read.forget()
    seat = rooms["overlap"]["cooperative"]
    with CaptureQueriesContext(connection) as asked:
        page(seat, name)
    statements = [query["sql"] for query in asked]
    sheets = [each for each in statements if "variantsheet" in each]
    assert sheets
    assert not any('"source"' in each for each in statements)
    assert not any("'brewery'" in each for each in sheets)


def test_score_follows_the_variant(rooms: dict[str, dict[str, Seat]]) -> None:
    seat = rooms["overlap"]["cooperative"]
    frame = {"t": "score", "id": str(uuid4()), "package": {"rent": 2000}}
    answer = browser(seat).post(
        f"/rooms/{seat.room_id}/commands/", json.dumps(frame), content_type="application/json"
    )
    assert answer.json()["points"] == 600


def test_sheets_of_a_variant_are_written_once(rooms: dict[str, dict[str, Seat]]) -> None:
    room = Room.objects.get(pk=rooms["overlap"]["brewery"].room_id)
    before = list(VariantSheet.objects.filter(edition=room.session.edition).values_list("pk", flat=True))
    actions.open_room(room.session, 9, "overlap")
    assert (
        list(VariantSheet.objects.filter(edition=room.session.edition).values_list("pk", flat=True)) == before
    )
    assert not Job.objects.filter(room=room).exists()


def test_room_of_an_unknown_condition_is_not_made(rooms: dict[str, dict[str, Seat]]) -> None:
    session = rooms[""]["brewery"].room.session
    with pytest.raises(KeyError):
        actions.open_room(session, 8, "dearest")
    assert not Room.objects.filter(session=session, number=8).exists()

"""News at a table for real: who hears it, what it does to worth, score, sheet and figures, and to nobody else's."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from debriefs import actions as debriefs
from debriefs import queries as results
from negotiations import actions
from negotiations.models import Room, Seat
from negotiations.queries import state_of
from negotiations.rules import commands as c
from negotiations.rules.refusals import RuleBroken
from simulations import queries
from simulations.models import VariantSheet
from simulations.rules.variants import Variant
from tests.factories import edition_of
from tests.negotiations.tables import TableUp
from tests.negotiations.tabs import run, sit, watch
from tests.serving import RunningServer

TEXT = "adds a research day each week"
RAISED = "128"
ADA = uuid4()
NEWS = "raise_confirmed"


@pytest.fixture
def table(committed_db: None) -> TableUp:
    return make()


def make() -> TableUp:
    """A room of the Halyard Offer; `farmer` stands for the candidate, whose news it is, `neighbour` for the rest."""
    session = actions.create_session(edition_of("halyard-offer"), 45, {"news": [NEWS]})
    room = actions.open_room(session, 1)
    case = queries.public_case(session.edition_id)
    other = next(party for party in case.party_ids if party != "candidate")
    seats = [actions.seat_person(room, party, uuid4()) for party in ("candidate", other)]
    found = TableUp(session, room, *seats, ADA)
    actions.open_tables(session, ADA)
    return found


def page(seat: Seat, name: str = "") -> str:
    client = Client()
    client.cookies["holder"] = str(seat.holder)
    answer = client.get(f"/rooms/{seat.room_id}/{name}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_news_reaches_its_party_and_changes_its_sheet_alone(table: TableUp) -> None:
    others = [page(table.neighbour, name) for name in ("", "role/", "events/")]
    assert TEXT not in page(table.farmer) + page(table.farmer, "role/")
    actions.release_news(table.session, ADA, NEWS)
    for name in ("", "role/", "events/"):
        assert TEXT in page(table.farmer, name)
    sheet = queries.role_case(
        table.session.edition_id, "candidate", Room.objects.get(pk=table.room.pk).variant
    )
    assert sheet.party("candidate").alternative.worth == 128  # type: ignore[union-attr]
    assert RAISED in page(table.farmer, "role/")
    for name, before in zip(("", "role/", "events/"), others, strict=True):
        after = page(table.neighbour, name)
        assert TEXT not in after
        assert NEWS not in after
        assert ("news" in after) == ("news" in before)


def test_news_once_told_is_told_in_every_room_once(table: TableUp) -> None:
    actions.release_news(table.session, ADA, NEWS)
    actions.release_news(table.session, ADA, NEWS)
    with pytest.raises(RuleBroken, match="no_change"):
        actions.release_news_in_room(table.room, ADA, NEWS)
    assert state_of(table.room.pk).news.told == (NEWS,)
    summary = actions.summary_of(Room.objects.get(pk=table.room.pk))
    assert summary is not None
    assert (summary.told, summary.untold, summary.changed) == ([NEWS], [], [NEWS])


def test_sheets_are_there_before_the_news_is(table: TableUp) -> None:
    actions.release_news(table.session, ADA, NEWS)
    variant = Room.objects.get(pk=table.room.pk).variant
    assert variant == Variant("", (NEWS,))
    written = VariantSheet.objects.filter(edition=table.session.edition_id, variant=variant.key)
    assert {row.party for row in written} == {"", *queries.public_case(table.session.edition_id).party_ids}


@pytest.mark.parametrize("name", ["", "role/", "events/"])
def test_participants_request_after_the_news_loads_its_own_sheet_alone(table: TableUp, name: str) -> None:
    actions.release_news(table.session, ADA, NEWS)
    for read in (queries.public_case, queries.role_case, queries.brief, queries.general):
        read.forget()
    with CaptureQueriesContext(connection) as asked:
        page(table.neighbour, name)
    statements = [query["sql"] for query in asked]
    assert any("variantsheet" in each for each in statements)
    assert not any('"source"' in each or "'candidate'" in each for each in statements)


def package_of(table: TableUp) -> dict[str, Any]:
    case = queries.public_case(table.session.edition_id)
    return {issue.id: issue.values()[0] for issue in case.issues if issue.when is None}


async def test_socket_that_was_open_scores_by_the_new_sheet(running_server: RunningServer) -> None:
    """Worth of what is offered after the news, and the score of a draft; the other side hears nothing of it."""
    table = await run(make)
    offer = await run(package_of, table)
    async with sit(running_server, table, "farmer") as tab, sit(running_server, table, "neighbour") as other:
        await run(actions.release_news, table.session, ADA, NEWS)
        news = await tab.until("news.released")
        assert TEXT in news["text"]
        assert (await tab.ask("score", package=offer))["t"] == "score"
        await other.ask("offer", packages=[offer])
        assert (await tab.until("offer.made"))["worth"]
        await other.until("offer.made")
        await other.resumed()
        assert not [frame for frame in other.frames if "news" in json.dumps(frame)]


async def test_alternative_after_the_news_is_in_the_socket_of_the_instructor(
    running_server: RunningServer,
) -> None:
    table = await run(make)
    async with watch(running_server, table) as tab:
        planned = next(event for event in await tab.resumed() if event["type"] == "news.planned")
        assert [news["id"] for news in planned["plan"]] == [NEWS]
        await run(actions.release_news, table.session, ADA, NEWS)
        assert TEXT in (await tab.until("news.released"))["text"]


def test_figures_are_on_the_case_after_the_news(table: TableUp) -> None:
    offer = package_of(table)
    candidate = c.Actor(table.farmer.pk, "seat", "candidate")
    other = c.Actor(table.neighbour.pk, "seat", table.neighbour.party)
    table.do(other, c.MakeOffer((offer,)))
    actions.release_news(table.session, ADA, NEWS)
    table.do(candidate, c.AcceptOffer(1, 0, state_of(table.room.pk).offers[0].digest))
    assert debriefs.run_pending(table.session.pk) == 1
    own = results.own_figures(table.room.pk, "candidate")
    assert own is not None
    assert own.alternative == 128
    assert results.usual_variant(table.session) == Variant("", (NEWS,))


def test_news_is_not_planned_unless_the_session_asked_for_it(committed_db: None) -> None:
    session = actions.create_session(edition_of("halyard-offer"), 45)
    room = actions.open_room(session, 1)
    actions.open_tables(session, ADA)
    assert state_of(room.pk).news.plan == ()


def test_room_with_more_time_has_its_news_later_and_nobody_is_told(committed_db: None) -> None:
    session = actions.create_session(edition_of("halyard-offer"), 45, {"news": [NEWS]})
    rooms = [actions.open_room(session, number, "", percent) for number, percent in ((1, 100), (2, 150))]
    actions.open_tables(session, ADA)
    usual, longer = (state_of(room.pk) for room in rooms)
    assert [state.news.plan[0].seconds for state in (usual, longer)] == [1200, 1800]
    assert [round(state.course.length / 30) for state in (usual, longer)] == [90, 135]

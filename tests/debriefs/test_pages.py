"""The pages of the debrief: who gets in, what they say, and what a participant must never read there."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from debriefs import drawing
from debriefs.models import PartyFigures, RoomFigures
from negotiations import actions
from negotiations.models import Session
from negotiations.rules import commands as c
from tests.debriefs.classes import ClassUp, as_reader, deal, walk, work_out
from tests.negotiations.tables import BEST, LEASE, TableUp

SHEETS_OF_OTHERS = ("108", "hay contractor", "Noreen thinks", "grandchild")


def words_of(answer: Any) -> str:
    """What a reader reads; words of neighbouring cells stay apart."""
    return " ".join(strip_tags(answer.content.decode().replace("<", " <")).split())


def finished_class(lesson: ClassUp) -> list[TableUp]:
    """Three rooms: the best deal, a poor one, none."""
    tables = [lesson.table, lesson.seat_room(2), lesson.seat_room(3)]
    for room in (deal(tables[0], LEASE, BEST), deal(tables[1], LEASE), walk(tables[2])):
        work_out(room)
    return tables


def addresses(lesson: ClassUp) -> list[str]:
    charts = [f"charts/{name}.{kind}" for name in ("scatter", "shares") for kind in ("json", "svg", "csv")]
    return [lesson.url + tail for tail in ("", "rooms.csv", *charts)]


def test_strangers_and_participants_find_nothing(lesson: ClassUp, client: Client) -> None:
    for cookies in ({}, lesson.table.cookies(lesson.table.farmer)):
        reader = as_reader(client, cookies)
        found = {address: reader.get(address).status_code for address in addresses(lesson)}
        assert found == dict.fromkeys(addresses(lesson), 404)
        assert reader.post(lesson.url + "release/").status_code == 404


def test_a_session_that_does_not_exist_is_404(lesson: ClassUp, client: Client) -> None:
    reader = as_reader(client, lesson.ada_cookies)
    assert reader.get(f"/sessions/{uuid4()}/debrief/").status_code == 404


def test_reading_addresses_refuse_to_be_posted_to_and_the_verb_to_be_read(
    lesson: ClassUp, client: Client
) -> None:
    reader = as_reader(client, lesson.ada_cookies)
    assert {reader.post(address).status_code for address in addresses(lesson)} == {405}
    assert reader.get(lesson.url + "release/").status_code == 405


def test_release_needs_its_token(lesson: ClassUp) -> None:
    strict = as_reader(Client(enforce_csrf_checks=True), lesson.ada_cookies)
    assert strict.post(lesson.url + "release/").status_code == 403


def test_the_class_page_before_anybody_has_finished(lesson: ClassUp, client: Client) -> None:
    page = words_of(as_reader(client, lesson.ada_cookies).get(lesson.url))

    assert "No room has finished yet." in page
    assert "1 still at work (dashed)." in page


def test_the_class_page_says_what_the_class_found(lesson: ClassUp, client: Client) -> None:
    finished_class(lesson)

    page = words_of(as_reader(client, lesson.ada_cookies).get(lesson.url))

    assert "Two of three finished rooms agreed. They found about two thirds of what was there." in page
    assert "2 deals (solid), 1 walked away." in page
    assert "Room 1 stands on the frontier: no other deal was better for both." in page
    assert re.search(
        r"In room 2 there were [\d,]+ deals better for at least one side and worse for none\.", page
    )
    assert "On average over all rooms that negotiated it was 42 % of the possible value" in page
    assert "Date of handover: both sides wanted “1 November”. One of two did not get it." in page


def test_the_page_polls_while_rooms_are_at_work_and_rests_when_all_are_done(
    lesson: ClassUp, client: Client
) -> None:
    reader = as_reader(client, lesson.ada_cookies)
    assert "hx-get" in reader.get(lesson.url).content.decode()

    work_out(deal(lesson.table, BEST))

    assert "hx-get" not in reader.get(lesson.url).content.decode()


def test_the_poll_is_empty_until_something_changes(lesson: ClassUp, client: Client) -> None:
    reader = as_reader(client, lesson.ada_cookies)
    revision = reader.get(lesson.url).context["revision"]
    poll = {"headers": {"HX-Request": "true"}}
    assert reader.get(lesson.url, {"revision": revision}, **poll).status_code == 204

    work_out(deal(lesson.table, BEST))
    changed = reader.get(lesson.url, {"revision": revision}, **poll)

    assert changed.status_code == 200
    assert changed.content.startswith(b'<div id="live"')


def test_names_are_not_in_the_page_until_asked_for(lesson: ClassUp, client: Client) -> None:
    partner = actions.seat_partner(actions.open_room(lesson.table.session, 2), "farmer")
    assert partner.kind == "partner"
    reader = as_reader(client, lesson.ada_cookies)

    assert "practice partner" not in reader.get(lesson.url).content.decode()
    assert "practice partner" in words_of(reader.get(lesson.url, {"names": "shown"}))
    assert "practice partner" not in reader.get(lesson.url + "rooms.csv").content.decode()
    assert "practice partner" in reader.get(lesson.url + "rooms.csv", {"names": "shown"}).content.decode()


def test_the_csv_holds_what_was_agreed_term_by_term(lesson: ClassUp, client: Client) -> None:
    work_out(deal(lesson.table, LEASE))
    reader = as_reader(client, lesson.ada_cookies)
    lines = list(csv.reader(io.StringIO(reader.get(lesson.url + "rooms.csv").content.decode("utf-8-sig"))))
    told = dict(zip(lines[0], lines[1], strict=True))
    assert told["Guest cabins allowed"] == "Two"
    assert told["Extra payment to the farmer if the rail trail is approved"] == "0"


def test_the_pages_queries_do_not_grow_with_the_rooms(lesson: ClassUp, client: Client) -> None:
    reader = as_reader(client, lesson.ada_cookies)
    work_out(deal(lesson.table, BEST))
    reader.get(lesson.url)

    with CaptureQueriesContext(connection) as one_room:
        reader.get(lesson.url, {"names": "shown"})
    for number in (2, 3):
        work_out(deal(lesson.seat_room(number), LEASE))
    with CaptureQueriesContext(connection) as three_rooms:
        reader.get(lesson.url, {"names": "shown"})

    assert len(three_rooms) == len(one_room)


def test_the_csv_has_a_line_a_room_with_plain_numbers(lesson: ClassUp, client: Client) -> None:
    finished_class(lesson)

    answer = as_reader(client, lesson.ada_cookies).get(lesson.url + "charts/scatter.csv")

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(codecs.BOM_UTF8)  # spreadsheets need it
    assert list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))) == [
        ["Room", "Farmer, points", "Neighbour, points", "Of the possible"],
        ["1", "168.0", "145.0", "1.0"],
        ["2", "115.0", "112.0", "0.264957"],
        ["3", "108.0", "88.0", "0.0"],
    ]


def test_the_chart_comes_as_a_spec_and_as_a_picture_in_both_schemes(lesson: ClassUp, client: Client) -> None:
    finished_class(lesson)
    reader = as_reader(client, lesson.ada_cookies)

    spec = json.loads(reader.get(lesson.url + "charts/scatter.json").content)
    light, dark = (
        reader.get(f"{lesson.url}charts/scatter.svg?scheme={scheme}") for scheme in ("light", "dark")
    )

    assert spec["$schema"].endswith("vega-lite/v6.json")
    assert light["Content-Type"] == "image/svg+xml"
    assert light.content.startswith(b"<svg")
    assert light.content != dark.content
    assert reader.get(lesson.url + "charts/pie.json").status_code == 404


def test_a_picture_that_cannot_be_drawn_is_an_answer_and_not_a_crash(
    lesson: ClassUp, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> str:
        raise drawing.NotDrawn

    monkeypatch.setattr(drawing, "svg", refuse)
    assert as_reader(client, lesson.ada_cookies).get(lesson.url + "charts/scatter.svg").status_code == 503


def result_of(table: TableUp) -> str:
    return f"/rooms/{table.room.pk}/result/"


def test_before_the_release_the_result_page_is_calm_and_holds_no_number(
    lesson: ClassUp, client: Client
) -> None:
    work_out(deal(lesson.table, BEST))

    page = words_of(as_reader(client, lesson.table.cookies(lesson.table.farmer)).get(result_of(lesson.table)))

    assert "Your instructor has not released results yet" in page
    assert "168" not in page


def test_the_instructor_releases_and_says_what_that_shows(lesson: ClassUp, client: Client) -> None:
    reader = as_reader(client, lesson.ada_cookies)
    assert "It shows nobody another side’s points, alternative or sheet." in words_of(reader.get(lesson.url))

    actions.open_debrief(lesson.table.session, lesson.table.ada)
    answer = reader.post(lesson.url + "release/")

    assert answer.status_code == 302
    assert Session.objects.get(pk=lesson.session_id).is_released
    assert "Results are released to students." in words_of(reader.get(lesson.url))


def test_after_the_release_one_reads_the_own_result(lesson: ClassUp, client: Client) -> None:
    actions.save_plan(lesson.table.neighbour, Decimal(150), Decimal(100), "form")
    work_out(deal(lesson.table, LEASE, BEST))
    actions.open_debrief(lesson.table.session, lesson.table.ada)
    actions.release(lesson.table.session, lesson.table.ada)

    answer = as_reader(client, lesson.table.cookies(lesson.table.neighbour)).get(result_of(lesson.table))
    page = words_of(answer)

    assert "You reached 145: far above your alternative, just under your target." in page
    assert "Together you found nearly all of the value that was possible." in page
    assert "Lease for 10 years with first right to buy" in page
    assert "$8,500 a year" in page
    assert "Your planned limit 100 45 more" in page
    assert "Your first" not in page  # the neighbour made no offer
    assert answer["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_the_result_holds_no_byte_of_the_other_side(lesson: ClassUp, client: Client) -> None:
    """The farmer's alternative, points, surplus and sheet exist, and the neighbour receives none of them."""
    work_out(deal(lesson.table, BEST))
    actions.open_debrief(lesson.table.session, lesson.table.ada)
    actions.release(lesson.table.session, lesson.table.ada)
    reader = as_reader(client, lesson.table.cookies(lesson.table.farmer))
    farmers = reader.get(result_of(lesson.table)).content.decode()
    assert all(canary in farmers for canary in ("168", "108"))

    as_reader(client, lesson.table.cookies(lesson.table.neighbour))
    neighbours = words_of(client.get(result_of(lesson.table)))

    assert [canary for canary in ("168", *SHEETS_OF_OTHERS) if canary in neighbours] == []


def test_the_neighbours_page_is_the_same_whatever_the_farmers_result_says(
    lesson: ClassUp, client: Client
) -> None:
    work_out(deal(lesson.table, BEST))
    actions.open_debrief(lesson.table.session, lesson.table.ada)
    actions.release(lesson.table.session, lesson.table.ada)
    reader = as_reader(client, lesson.table.cookies(lesson.table.neighbour))
    before = reader.get(result_of(lesson.table)).content

    PartyFigures.objects.filter(figures=lesson.table.room.pk, party="farmer").update(
        points=-1, data={"x": "canary"}
    )
    RoomFigures.objects.filter(pk=lesson.table.room.pk).update(data={"x": "canary"})

    assert reader.get(result_of(lesson.table)).content == before


def test_the_result_of_another_room_is_404(lesson: ClassUp, client: Client) -> None:
    other = lesson.seat_room(2)
    reader = as_reader(client, lesson.table.cookies(lesson.table.farmer))
    assert reader.get(result_of(other)).status_code == 404
    assert as_reader(client, {}).get(result_of(other)).status_code == 404


def test_without_a_deal_the_own_alternative_is_the_result(lesson: ClassUp, client: Client) -> None:
    work_out(walk(lesson.table))
    actions.open_debrief(lesson.table.session, lesson.table.ada)
    actions.release(lesson.table.session, lesson.table.ada)

    page = words_of(as_reader(client, lesson.table.cookies(lesson.table.farmer)).get(result_of(lesson.table)))

    assert (
        "You parted without a deal: one side walked away. You are left with your alternative, worth 108."
        in page
    )
    assert "What you agreed" not in page


def test_a_result_that_is_not_worked_out_yet_says_so(lesson: ClassUp, client: Client) -> None:
    actions.open_debrief(lesson.table.session, lesson.table.ada)
    actions.release(lesson.table.session, lesson.table.ada)

    page = words_of(as_reader(client, lesson.table.cookies(lesson.table.farmer)).get(result_of(lesson.table)))

    assert "Your result is being worked out" in page


@pytest.mark.parametrize(("rooms", "shown"), [(4, False), (5, True)])
def test_the_class_is_shown_from_five_deals_on(
    lesson: ClassUp, client: Client, rooms: int, shown: bool
) -> None:
    for number in range(2, rooms + 1):
        work_out(deal(lesson.seat_room(number), LEASE))
    work_out(deal(lesson.table, BEST))
    actions.open_debrief(lesson.table.session, lesson.table.ada)
    actions.release(lesson.table.session, lesson.table.ada)

    page = words_of(as_reader(client, lesson.table.cookies(lesson.table.farmer)).get(result_of(lesson.table)))

    assert ("Of five deals in your role, none were worth more than yours." in page) is shown


def test_an_offer_that_expired_with_the_table_is_no_deal(lesson: ClassUp, client: Client) -> None:
    lesson.table.do(lesson.table.bo, c.MakeOffer((BEST,)))
    actions.end_tables(lesson.table.session, lesson.table.ada)
    work_out(lesson.table.room)

    page = words_of(as_reader(client, lesson.ada_cookies).get(lesson.url))

    assert "No room found a deal. Everybody is left with the own alternative." in page
    assert "1 ended by the instructor." in page


def test_the_own_page_says_what_the_own_offers_gave_up(lesson: ClassUp, client: Client) -> None:
    work_out(deal(lesson.table, BEST, LEASE))
    actions.open_debrief(lesson.table.session, lesson.table.ada)
    actions.release(lesson.table.session, lesson.table.ada)

    page = words_of(as_reader(client, lesson.table.cookies(lesson.table.farmer)).get(result_of(lesson.table)))

    assert "Your first of two offers was worth 168 to you. By the end you had given up 53 points." in page


def test_a_session_without_a_room_has_a_page_and_charts(lesson: ClassUp, client: Client) -> None:
    empty = actions.create_session(lesson.table.session.edition, 45)
    reader = as_reader(client, lesson.ada_cookies)
    url = f"/sessions/{empty.pk}/debrief/"

    assert "No room has finished yet." in words_of(reader.get(url))
    assert {reader.get(f"{url}charts/{name}.svg").status_code for name in ("scatter", "shares")} == {200}

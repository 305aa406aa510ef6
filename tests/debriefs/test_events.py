"""Uncertain events: settled once for all rooms, and then every page says what a deal came to, each to its reader."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from django.test import Client
from django.utils.html import strip_tags

from negotiations import actions
from negotiations.models import Session
from tests.debriefs.classes import ClassUp, as_reader, deal, work_out
from tests.negotiations.tables import LEASE

#: On average 115 + 18 to the farmer, who believes in the trail by 60 in 100, and 6 less to the neighbour.
BET = {**LEASE, "trail_bonus": 30000}


def words_of(answer: Any) -> str:
    return " ".join(html.unescape(strip_tags(answer.content.decode().replace("<", " <"))).split())


def settled_class(lesson: ClassUp, *packages: dict[str, Any]) -> Client:
    """One deal, its figures, results released; the browser of Ada."""
    work_out(deal(lesson.table, *(packages or (BET,))))
    session = lesson.table.session
    actions.open_debrief(session, lesson.table.ada)
    actions.release(session, lesson.table.ada)
    return as_reader(Client(), lesson.ada_cookies)


def settle(lesson: ClassUp, ada: Client, outcome: str) -> str:
    return words_of(ada.post(lesson.url + "events/", {"event": "trail", "outcome": outcome}, follow=True))


def result_of(lesson: ClassUp, party: str) -> str:
    seat = getattr(lesson.table, party)
    reader = as_reader(Client(), lesson.table.cookies(seat))
    return words_of(reader.get(f"/rooms/{lesson.table.room.pk}/result/"))


def offer_on_the_page(lesson: ClassUp, party: str) -> dict[str, Any]:
    reader = as_reader(Client(), lesson.table.cookies(getattr(lesson.table, party)))
    page = reader.get(f"/rooms/{lesson.table.room.pk}/").content.decode()
    found = re.search(r'<script id="room-data" type="application/json">(.*?)</script>', page, re.S)
    assert found is not None
    data = json.loads(found[1])
    offer = next(line for line in data["events"] if line["type"] == "offer.made")
    return {"outcomes": data["room"]["outcomes"], "worth": offer["worth"], "beside": offer.get("beside")}


def test_before_the_event_every_case_is_told(lesson: ClassUp) -> None:
    settled_class(lesson)
    assert "What your deal hangs on is not settled yet." in result_of(lesson, "farmer")
    assert "145 if it comes out so: approved" in result_of(lesson, "farmer")
    assert "115 if it comes out so: refused" in result_of(lesson, "farmer")
    assert len(offer_on_the_page(lesson, "farmer")["beside"][0]["courses"]) == 2


def test_after_the_event_all_pages_say_the_same(lesson: ClassUp) -> None:
    ada = settled_class(lesson)
    page = settle(lesson, ada, "approved")
    assert "It came out so: Approved." in page
    farmer, neighbour = (offer_on_the_page(lesson, party) for party in ("farmer", "neighbour"))
    assert farmer["outcomes"] == {"trail": "approved"}
    assert [offer["beside"] for offer in (farmer, neighbour)] == [None, None]
    real = {"farmer": farmer["worth"][0], "neighbour": neighbour["worth"][0]}
    assert real["farmer"] == 145
    for party, points in real.items():
        assert f"Your deal is now worth {points:g}." in result_of(lesson, party)
    assert f"1 133 {real['farmer']:g} " in page
    assert f" {real['neighbour']:g} " in page


def test_event_is_put_right_when_it_was_said_wrong(lesson: ClassUp) -> None:
    ada = settled_class(lesson)
    settle(lesson, ada, "approved")
    assert "It came out so: Refused." in settle(lesson, ada, "refused")
    assert "Your deal is now worth 115." in result_of(lesson, "farmer")
    assert "145" not in result_of(lesson, "farmer")


def test_deal_without_a_bet_is_not_told_of_the_event(lesson: ClassUp) -> None:
    ada = settled_class(lesson, LEASE)
    settle(lesson, ada, "approved")
    for words in ("It came out so", "hangs on"):
        assert words not in result_of(lesson, "farmer")
    assert offer_on_the_page(lesson, "farmer")["worth"] == [115]


def test_event_waits_for_the_end_of_the_tables(lesson: ClassUp) -> None:
    work_out(deal(lesson.table, BET))
    ada = as_reader(Client(), lesson.ada_cookies)
    assert "Open the debrief first, then settle what was open." in settle(lesson, ada, "approved")
    assert Session.objects.get(pk=lesson.session_id).outcomes == {}


def test_event_is_settled_by_its_instructor_and_only_as_it_can_come_out(lesson: ClassUp) -> None:
    ada = settled_class(lesson)
    for cookies in ({}, lesson.table.cookies(lesson.table.farmer)):
        answer = as_reader(Client(), cookies).post(
            lesson.url + "events/", {"event": "trail", "outcome": "approved"}
        )
        assert answer.status_code == 404
    for event, outcome in (("trail", "perhaps"), ("weather", "approved"), ("", "")):
        ada.post(lesson.url + "events/", {"event": event, "outcome": outcome})
    assert Session.objects.get(pk=lesson.session_id).outcomes == {}


def test_points_after_the_event_are_nobody_elses_to_read(lesson: ClassUp) -> None:
    ada = settled_class(lesson)
    settle(lesson, ada, "approved")
    theirs = f"{offer_on_the_page(lesson, 'neighbour')['worth'][0]:g}"
    assert theirs in result_of(lesson, "neighbour")
    assert theirs not in result_of(lesson, "farmer")

"""Tables of days: how far a person has read, and letters to those whose turn it is, never more than one an hour."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from negotiations import actions, keepers, notices
from negotiations.models import Notice, Room, Seat
from negotiations.rules import commands as c
from negotiations.table import marks_of
from tests.negotiations.tables import TableUp, set_up
from tests.negotiations.tabs import run, sit
from tests.serving import RunningServer

WEEK = 7 * 24 * 60
SECRET = "The curlew nests here"


@pytest.fixture
def table(committed_db: None, monkeypatch: pytest.MonkeyPatch) -> TableUp:
    """A table of a week, at which the neighbour wants letters and was not seen for an hour."""
    monkeypatch.setattr(keepers, "can_write", lambda: False)  # the house's own round must not come in between
    mail.outbox.clear()
    Notice.objects.all().delete()
    found = set_up(WEEK)
    notices.save_address(found.neighbour, "cy@example.org", "https://parley.example.org/rooms/1/")
    Seat.objects.filter(pk=found.neighbour.pk).update(seen_at=timezone.now() - timedelta(hours=1))
    return found


def later(hours: float) -> Any:
    return timezone.now() + timedelta(hours=hours)


def browser(seat: Seat) -> Client:
    client = Client()
    client.cookies["holder"] = str(seat.holder)
    return client


def test_letter_says_that_it_is_ones_turn_and_nothing_else(table: TableUp) -> None:
    table.do(table.bo, c.Say(SECRET))
    assert notices.write_letters() == 1
    (letter,) = mail.outbox
    assert letter.to == ["cy@example.org"]
    assert letter.subject == "It is your turn: Mountain View Farm, room 1"
    assert "https://parley.example.org/rooms/1/" in letter.body
    assert SECRET not in letter.subject + str(letter.body)


def test_one_letter_an_hour_and_only_for_what_is_new(table: TableUp) -> None:
    table.do(table.bo, c.Say("One"))
    assert notices.write_letters() == 1
    table.do(table.bo, c.Say("Two"))
    assert notices.write_letters() == 0
    assert notices.write_letters(later(1.1)) == 1
    assert notices.write_letters(later(2.5)) == 0


def test_no_letter_when_the_turn_is_the_other_sides(table: TableUp) -> None:
    assert notices.write_letters() == 0
    table.do(table.bo, c.Say("Well?"))
    table.do(table.cy, c.Say("Well"))
    assert notices.write_letters() == 0


def test_no_letter_for_what_the_reader_may_not_see(table: TableUp) -> None:
    table.do(table.bo, c.AskHelp())
    assert notices.write_letters() == 0


def test_no_letter_to_who_is_here_or_left_or_wants_none(table: TableUp) -> None:
    table.do(table.bo, c.Say("Well?"))
    seat = Seat.objects.filter(pk=table.neighbour.pk)
    seat.update(seen_at=timezone.now())
    assert notices.write_letters() == 0
    seat.update(seen_at=timezone.now() - timedelta(hours=1), left_at=timezone.now())
    assert notices.write_letters() == 0
    seat.update(left_at=None)
    notices.save_address(table.neighbour, "", "")
    assert notices.write_letters() == 0


def test_no_letter_once_the_table_is_over(table: TableUp) -> None:
    table.do(table.bo, c.Say("Well?"))
    actions.end_room(table.room, table.ada)
    assert notices.write_letters() == 0


def test_letter_is_written_once_however_many_look(table: TableUp) -> None:
    table.do(table.bo, c.Say("Well?"))
    now = timezone.now()
    found = notices.candidates(now)
    assert [notices.write_letter(notice, now) for notice in (*found, *found)] == [True, False]


def test_letter_that_does_not_go_out_is_not_tried_again_at_once(
    table: TableUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(notices, "send_mail", refuse)
    table.do(table.bo, c.Say("Well?"))
    assert notices.write_letters() == 0
    assert notices.candidates(timezone.now()) == []


def test_address_is_given_and_taken_back_on_the_page_of_the_role(table: TableUp) -> None:
    client = browser(table.farmer)
    address = f"/rooms/{table.room.pk}/letters/"
    assert "While you are away" in client.get(f"/rooms/{table.room.pk}/role/").content.decode()
    assert client.post(address, {"address": "bo@example.org"}).status_code == 302
    kept = Notice.objects.get(seat=table.farmer)
    assert (kept.address, kept.link) == ("bo@example.org", f"http://testserver/rooms/{table.room.pk}/")
    assert "bo@example.org" in client.get(f"/rooms/{table.room.pk}/role/").content.decode()
    client.post(address, {"address": "no address"})
    assert Notice.objects.get(seat=table.farmer).address == "bo@example.org"
    client.post(address, {"address": ""})
    assert Notice.objects.get(seat=table.farmer).address == ""
    assert Client().post(address, {"address": "dee@example.org"}).status_code == 404


def test_who_observes_has_no_turn_and_gives_no_address(table: TableUp) -> None:
    eve = actions.seat_observer(table.room, uuid4())
    answer = browser(eve).post(f"/rooms/{table.room.pk}/letters/", {"address": "eve@example.org"})
    assert answer.status_code == 404
    assert not Notice.objects.filter(seat=eve).exists()
    notices.save_address(eve, "eve@example.org", "")  # left before such seats were refused
    table.do(table.bo, c.Say("Well?"))
    assert [notice.address for notice in notices.candidates(timezone.now())] == ["cy@example.org"]


def test_table_of_an_hour_asks_for_no_address(committed_db: None) -> None:
    table = set_up(45)
    assert (
        "While you are away"
        not in browser(table.farmer).get(f"/rooms/{table.room.pk}/role/").content.decode()
    )


def test_address_of_one_side_is_on_no_page_of_the_other(table: TableUp) -> None:
    for name in ("", "role/", "events/"):
        page = browser(table.farmer).get(f"/rooms/{table.room.pk}/{name}").content.decode()
        assert "cy@example.org" not in page


def test_what_was_read_stays_read(table: TableUp) -> None:
    for number in (3, 7, 5):
        notices.remember_read({table.neighbour.pk: number})
    kept = Notice.objects.get(seat=table.neighbour)
    assert (kept.read, kept.address) == (7, "cy@example.org")
    notices.remember_read({})


async def test_reading_on_a_long_table_is_remembered_when_the_page_closes(
    running_server: RunningServer,
) -> None:
    table = await run(set_up, WEEK)
    async with sit(running_server, table, "neighbour") as tab:
        await tab.send({"t": "ping", "seen": 99})
        await tab.resumed()
    for _ in range(200):
        kept = await run(lambda: Notice.objects.filter(seat=table.neighbour).first())
        if kept:
            break
    assert kept is not None
    assert kept.read == 3


def test_short_tables_leave_no_marks(committed_db: None) -> None:
    class Short:
        state = type("State", (), {"course": type("Course", (), {"length": 2700.0})})
        readers = ()

    assert marks_of([Short()]) == {}  # type: ignore[list-item]


def test_session_may_last_two_weeks(committed_db: None) -> None:
    table = set_up(14 * 24 * 60)
    closes_at = Room.objects.get(pk=table.room.pk).closes_at
    assert closes_at is not None
    assert closes_at - timezone.now() > timedelta(days=13)

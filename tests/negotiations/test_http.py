"""The same frames over plain HTTP: commands in by POST, reading from the own number, and a retry on either way."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from negotiations import actions, queries
from negotiations.rules import commands as c
from tests.negotiations.tables import BEST, LEASE, TableUp
from tests.negotiations.tabs import run, sit
from tests.negotiations.test_wire import BAD
from tests.serving import RunningServer

TOKEN = "a" * 32


def browser(cookies: dict[str, str], strict: bool = False) -> Client:
    client = Client(enforce_csrf_checks=strict)
    client.cookies.load(cookies)
    return client


def post(client: Client, table: TableUp, body: Any, **headers: Any) -> tuple[int, dict[str, Any]]:
    content = body if isinstance(body, str | bytes) else json.dumps(body)
    url = reverse("commands", args=[table.room.pk])
    answer = client.post(url, content, content_type="application/json", headers=headers)
    return answer.status_code, answer.json()


def frame(kind: str, **fields: Any) -> dict[str, Any]:
    return {"t": kind, "id": str(uuid4()), **fields}


def news(client: Client, table: TableUp, after: Any = 0, name: str = "events") -> dict[str, Any]:
    found: dict[str, Any] = client.get(reverse(name, args=[table.room.pk]), {"after": after}).json()
    return found


@pytest.fixture
def bo(table: TableUp) -> Client:
    return browser(table.cookies(table.farmer))


@pytest.fixture
def cy(table: TableUp) -> Client:
    return browser(table.cookies(table.neighbour))


def test_command_when_posted_is_acknowledged_and_read_by_the_other_side(
    table: TableUp, bo: Client, cy: Client
) -> None:
    say = frame("say", text="Good morning")
    assert post(bo, table, say) == (200, {"t": "ack", "id": say["id"], "first": 4, "last": 4})
    told = news(cy, table, 3)
    assert [(event["n"], event["text"]) for event in told["events"]] == [(4, "Good morning")]
    assert (told["t"], told["head"], set(told["here"])) == ("events", 4, {"farmer", "neighbour"})


def test_whole_negotiation_can_be_held_by_post(table: TableUp, bo: Client, cy: Client) -> None:
    post(bo, table, frame("offer", packages=[LEASE]))
    post(cy, table, frame("offer", packages=[BEST]))
    offer = news(bo, table, 4)["events"][0]
    accept = frame("accept", offer=offer["offer"], package=0, digest=offer["digest"])
    assert post(bo, table, accept)[0] == 200
    assert news(cy, table)["events"] == [
        event | {name: theirs[name] for name in ("worth", "beside") if name in event}
        for event, theirs in zip(news(bo, table)["events"], news(cy, table)["events"], strict=True)
    ]
    assert queries.state_of(table.room.pk).deal == BEST


async def test_command_when_retried_over_the_other_way_is_the_same_ack(
    running_server: RunningServer, table: TableUp
) -> None:
    by_socket, by_post = frame("say", text="Socket first"), frame("offer", packages=[LEASE])
    client = browser(table.cookies(table.farmer))
    async with sit(running_server, table, "farmer") as tab:
        await tab.send(by_socket)
        acks = [await tab.answer(), (await run(post, client, table, by_socket))[1]]
        more = [(await run(post, client, table, by_post))[1]]
        await tab.send(by_post)
        more.append(await tab.answer())
    assert acks[0] == acks[1] == {"t": "ack", "id": by_socket["id"], "first": 4, "last": 4}
    assert more[0] == more[1] == {"t": "ack", "id": by_post["id"], "first": 5, "last": 5}
    assert len(await run(queries.log_of, table.room.pk)) == 5


def test_id_when_used_again_for_something_else_is_refused(table: TableUp, bo: Client) -> None:
    say = frame("say", text="Good morning")
    post(bo, table, say)
    status, answer = post(bo, table, say | {"text": "Good evening"})
    assert (status, answer["code"], answer["retry"]) == (400, "key_reuse", False)


def test_captured_frame_of_another_person_is_their_own_command(
    table: TableUp, bo: Client, cy: Client
) -> None:
    say = frame("say", text="Good morning")
    assert post(bo, table, say)[1]["first"] == 4
    assert post(cy, table, say)[1]["first"] == 5


@pytest.mark.parametrize(("why", "text", "code", "named"), BAD, ids=[why for why, *_ in BAD])
def test_bad_frame_gets_a_typed_answer(
    table: TableUp, bo: Client, why: str, text: str | bytes, code: str, named: bool
) -> None:
    status, answer = post(bo, table, text)
    assert (status, answer["t"], answer["code"]) == (413 if code == "too_big" else 400, "err", code)
    assert len(queries.log_of(table.room.pk)) == 3


@pytest.mark.parametrize(
    "content_type", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "text/plain", ""]
)
def test_body_of_another_kind_is_no_frame(table: TableUp, content_type: str) -> None:
    """None is an error of the server, also where looking for the token has read the body already."""
    bo = browser(table.cookies(table.farmer) | {"csrftoken": TOKEN}, strict=True)
    url = reverse("commands", args=[table.room.pk])
    body = '--x\r\nContent-Disposition: form-data; name="t"\r\n\r\nsay\r\n--x--\r\n'
    answer = bo.generic("POST", url, body, content_type=content_type, headers={"X-CSRFToken": TOKEN})
    assert answer.status_code == 400
    assert answer.json()["t"] == "err"


@pytest.mark.parametrize("kind", [{"t": "ping"}, {"t": "resume", "after": 0}])
def test_frame_that_only_makes_sense_on_a_socket_is_refused(
    table: TableUp, bo: Client, kind: dict[str, Any]
) -> None:
    assert post(bo, table, kind)[1]["code"] == "bad_request"


def test_score_is_answered_and_never_stored(table: TableUp, bo: Client, cy: Client) -> None:
    ask = frame("score", package=LEASE)
    assert [post(client, table, ask)[1]["points"] for client in (bo, cy)] == [115, 112]
    assert post(bo, table, ask | {"package": {"form": "castle"}})[1]["code"] == "invalid_offer"
    assert len(queries.log_of(table.room.pk)) == 3


@pytest.mark.parametrize(
    ("after", "numbers"),
    [("0", [1, 2, 3]), ("1", [2, 3]), ("3", []), ("4", [1, 2, 3]), ("999999999", [1, 2, 3])],
)
def test_reading_goes_on_after_the_own_number(
    table: TableUp, bo: Client, after: str, numbers: list[int]
) -> None:
    assert [event["n"] for event in news(bo, table, after)["events"]] == numbers


@pytest.mark.parametrize("after", ["-1", "x", "1.5", "", "0;DROP", str(2**63), "٣", "1e3", " 1"])
def test_reading_after_what_is_no_number_is_refused(table: TableUp, bo: Client, after: str) -> None:
    answer = bo.get(reverse("events", args=[table.room.pk]), {"after": after})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


def test_private_line_leaves_no_hole(table: TableUp, bo: Client, cy: Client) -> None:
    post(bo, table, frame("help"))
    assert post(cy, table, frame("say", text="Still there?"))[1]["first"] == 4
    ada = browser(table.ada_cookies)
    seen = [[(event["n"], event["type"]) for event in news(who, table, 3)["events"]] for who in (bo, cy)]
    assert seen == [[(4, "help.asked"), (5, "message.said")], [(4, "message.said")]]
    assert [event["n"] for event in news(ada, table, 0, "watch-events")["events"]] == [1, 2, 3, 4, 5]


def test_command_without_a_token_is_refused(table: TableUp) -> None:
    client = browser(table.cookies(table.farmer) | {"csrftoken": TOKEN}, strict=True)
    url = reverse("commands", args=[table.room.pk])
    body = json.dumps(frame("say", text="Forged"))
    for headers in ({}, {"X-CSRFToken": "b" * 32}, {"X-CSRFToken": TOKEN, "Origin": "http://evil.example"}):
        answer = client.post(url, body, content_type="application/json", headers=headers)
        assert answer.status_code == 403
    assert queries.state_of(table.room.pk).messages == 0
    assert post(client, table, body, **{"X-CSRFToken": TOKEN})[0] == 200


def test_person_who_left_can_do_nothing_more(table: TableUp, bo: Client) -> None:
    actions.leave_seat(table.farmer)
    url = reverse("commands", args=[table.room.pk])
    assert (
        bo.post(url, json.dumps(frame("say", text="x")), content_type="application/json").status_code == 404
    )
    with pytest.raises(Exception, match="not_seated"):
        table.do(table.bo, c.Say("x"))


def test_answers_are_kept_by_no_cache(table: TableUp, bo: Client) -> None:
    answers = [bo.get(reverse("events", args=[table.room.pk]))]
    answers.append(bo.post(reverse("commands", args=[table.room.pk]), "{}", content_type="application/json"))
    assert all("no-store" in answer.headers["Cache-Control"] for answer in answers)


@pytest.mark.parametrize("kind", ["say", "score"])
def test_requests_that_come_too_fast_are_sent_back_to_come_again(
    table: TableUp, bo: Client, cy: Client, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr("negotiations.pace.BURST", 2)
    monkeypatch.setattr("negotiations.pace.FRAMES_PER_SECOND", 0)
    fields = {"text": "Hello"} if kind == "say" else {"package": {}}
    frames = [frame(kind, **fields) for _ in range(3)]
    assert [post(bo, table, each)[0] for each in frames] == [200, 200, 429]
    refused = post(bo, table, frames[2])[1]
    assert (refused["id"], refused["code"], refused["retry"]) == (frames[2]["id"], "rate_limited", True)
    assert post(cy, table, frame(kind, **fields))[0] == 200
    monkeypatch.setattr("negotiations.pace.FRAMES_PER_SECOND", 1e9)
    assert post(bo, table, frames[2])[0] == 200

"""Eleven Quarry Lane over the wire: a fee reaches those who pay and get it, by page, polling and socket."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest

from negotiations import actions
from negotiations.models import Seat
from tests.factories import edition_of
from tests.negotiations.tables import TableUp
from tests.negotiations.tabs import run
from tests.negotiations.test_channel_secrets import everything_of
from tests.negotiations.test_secrets import Browser
from tests.serving import RunningServer

SALE = {"price": 437, "closing": "d60", "roof": "credit", "workshop": "stay"}
WISH = "The bittern wants more than this"
PRICE, TIERED, SAVER = '"price": 437', '"seller_fee": "tiered"', '"buyer_fee": "saver"'

FEE_TALK, SALE_TALK, SIDE_TALK = "The wren asks for less", "The heron sells dear", "The rook says nothing"
#: Who says what in which channel.
SAID = (
    ("seller", "seller+seller_agent", FEE_TALK),
    ("seller_agent", "seller_agent+buyer_agent", SALE_TALK),
    ("buyer", "team", SIDE_TALK),
)


def set_up_four() -> tuple[TableUp, dict[str, Seat]]:
    session = actions.create_session(edition_of("eleven-quarry-lane"), 45)
    room = actions.open_room(session, 1)
    parties = ("seller", "buyer", "seller_agent", "buyer_agent")
    seats = {party: actions.seat_person(room, party, uuid4()) for party in parties}
    seats["observer"] = actions.seat_observer(room, uuid4())
    table = TableUp(session, room, seats["seller"], seats["buyer"])
    actions.open_tables(session, table.ada)
    return table, seats


async def events_of(browser: Browser, kind: str) -> list[dict[str, Any]]:
    frame = json.loads(await browser.fetch("GET", "/rooms/{}/events/"))
    return [event for event in frame["events"] if event["type"] == kind]


async def agree(one: Browser, other: Browser, package: dict[str, Any]) -> None:
    assert (await one.post("offer", packages=[package]))["t"] == "ack"
    offer = (await events_of(other, "offer.made"))[-1]
    body = {"offer": offer["offer"], "package": 0, "digest": offer["digest"]}
    assert (await other.post("accept", **body))["t"] == "ack"


async def sold(server: RunningServer) -> tuple[TableUp, dict[str, Seat], dict[str, Browser]]:
    """Both fees, a sale sent back once with a word, and two signatures: all by plain requests."""
    table, seats = await run(set_up_four)
    people = {party: Browser(server, table, seat) for party, seat in seats.items()}
    await agree(people["seller"], people["seller_agent"], {"seller_fee": "tiered"})
    await agree(people["buyer_agent"], people["buyer"], {"buyer_fee": "saver"})
    await agree(people["seller_agent"], people["buyer_agent"], SALE | {"price": 431})
    back = {"strand": "sale", "issues": ["price"], "words": WISH}
    assert (await people["seller"].post("sendback", **back))["t"] == "ack"
    await agree(people["seller_agent"], people["buyer_agent"], SALE)
    digest = (await events_of(people["seller"], "terms.agreed"))[-1]["digest"]
    for party in ("seller", "buyer"):
        assert (await people[party].post("sign", strand="sale", digest=digest))["t"] == "ack"
    return table, seats, people


async def test_each_of_four_is_told_of_the_own_strands_alone(
    running_server: RunningServer, committed_db: None
) -> None:
    table, seats, people = await sold(running_server)
    knows = {
        "seller": {PRICE, TIERED, WISH},
        "seller_agent": {PRICE, TIERED, WISH},
        "buyer": {PRICE, SAVER},
        "buyer_agent": {PRICE, SAVER},
        "observer": {PRICE, TIERED, SAVER},
    }
    for party, seat in seats.items():
        received = await everything_of(running_server, table, seat)
        received += "\n".join(people[party].received)
        assert {secret for secret in (PRICE, TIERED, SAVER, WISH) if secret in received} == knows[party], (
            party
        )
    await run(table.room.refresh_from_db)
    assert table.room.summary["outcome"] == "deal"


async def test_observer_hears_the_talk_of_each_strand_and_no_side(
    running_server: RunningServer, committed_db: None
) -> None:
    table, seats = await run(set_up_four)
    await run(actions.seat_person, table.room, "buyer", uuid4())
    people = {party: Browser(running_server, table, seat) for party, seat in seats.items()}
    for party, to, words in SAID:
        assert (await people[party].post("say", text=words, to=to))["t"] == "ack"
    heard = {
        "seller": {FEE_TALK},
        "seller_agent": {FEE_TALK, SALE_TALK},
        "buyer": {SIDE_TALK},
        "buyer_agent": {SALE_TALK},
        "observer": {FEE_TALK, SALE_TALK},
    }
    for party, seat in seats.items():
        received = await everything_of(running_server, table, seat)
        assert {words for _, _, words in SAID if words in received} == heard[party], party


async def test_numbers_and_worth_are_each_ones_own(running_server: RunningServer, committed_db: None) -> None:
    _, _, people = await sold(running_server)
    numbers = {party: [e["offer"] for e in await events_of(people[party], "offer.made")] for party in people}
    assert numbers.pop("observer") == [1, 2, 3, 4]
    assert all(own == [1, 2, 3] for own in numbers.values())
    for party in numbers:
        fee, *sales = await events_of(people[party], "offer.made")
        assert fee["worth"] == [None]
        assert all(isinstance(offer["worth"][0], float) for offer in sales)
    assert all("worth" not in offer for offer in await events_of(people["observer"], "offer.made"))


async def test_score_of_a_draft_counts_the_settled_fee(
    running_server: RunningServer, committed_db: None
) -> None:
    table, seats = await run(set_up_four)
    people = {party: Browser(running_server, table, seat) for party, seat in seats.items()}
    before = await people["seller_agent"].post("score", package=SALE)
    assert before["points"] is None
    await agree(people["seller"], people["seller_agent"], {"seller_fee": "flat"})
    after = await people["seller_agent"].post("score", package=SALE)
    assert after["points"] == pytest.approx(437 * 0.025 + 0.6)
    assert (await people["seller_agent"].post("score", package={"buyer_fee": "fixed"}))["t"] == "err"

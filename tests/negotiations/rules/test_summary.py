"""What lists and the live board read of a room."""

from __future__ import annotations

import msgspec
import pytest

from negotiations.rules import events as e
from negotiations.rules.summary import Summary, apart, summarise
from tests.negotiations.rules.given import (
    AGREED,
    BEGIN,
    BO_SEAT,
    CY_SEAT,
    END,
    LEASE,
    ON_THE_TABLE,
    OPENED,
    PAUSED,
    SALE,
    Package,
    offered,
    table,
)


def test_summary_of_an_untouched_room_is_empty() -> None:
    found = summarise(table())
    assert (found.phase, found.offers, found.messages, found.apart, found.terms) == ("waiting", 0, 0, None, 0)
    assert (found.seats, found.hands, found.deal, found.last_at) == ({}, [], None, None)


def test_summary_of_a_room_at_work() -> None:
    found = summarise(
        table(
            *ON_THE_TABLE,
            e.MessageSaid("neighbour", "Hello"),
            e.HelpAsked("neighbour"),
            e.HelpAsked("farmer"),
            offered(2, "neighbour", LEASE | {"rent": 9000, "cabins": "six"}),
        )
    )
    assert (found.phase, found.outcome, found.offers, found.messages) == ("open", None, 2, 1)
    assert (found.said_by, found.offered_by) == ({"neighbour": 1}, {"farmer": 1, "neighbour": 1})
    assert (found.standing, found.apart, found.terms) == ({"farmer": 1, "neighbour": 2}, 2, 7)
    assert (found.hands, found.last_by) == (["farmer", "neighbour"], "neighbour")
    assert found.seats == {str(BO_SEAT): "person", str(CY_SEAT): "person"}
    assert (found.closes_at, found.ended_at) == (END, None)


def test_summary_of_a_deal() -> None:
    found = summarise(table(*AGREED))
    assert (found.phase, found.outcome, found.deal, found.standing) == ("ended", "deal", LEASE, {})
    assert found.ended_at is not None
    assert found.ended_at > BEGIN


def test_summary_of_a_pause_says_why() -> None:
    assert summarise(table(*PAUSED)).pause_reason == "Fire drill"


def test_summary_of_a_room_that_was_left_says_by_whom() -> None:
    assert summarise(table(*OPENED, e.WalkedAway("farmer"), e.TableClosed("walked_away"))).walked == "farmer"


@pytest.mark.parametrize(
    ("offers", "count"),
    [
        ([], None),
        ([(LEASE,)], None),
        ([(LEASE,), (LEASE,)], 0),
        ([(LEASE,), (LEASE | {"rent": 9000},)], 1),
        ([(LEASE,), (SALE,)], 3),  # form, and a price that only one of them has, and the rent
        ([(LEASE,), (SALE, LEASE | {"rent": 9000})], 1),  # of several packages the closest counts
    ],
)
def test_apart_counts_the_terms_that_differ(offers: list[tuple[Package, ...]], count: int | None) -> None:
    assert apart(offers) == count


def test_no_more_terms_are_apart_than_there_are() -> None:
    found = summarise(table(*ON_THE_TABLE, offered(2, "neighbour", SALE)))
    assert found.apart == 3
    assert found.terms == len(LEASE.keys() | SALE.keys())


def test_summary_is_the_same_after_the_rooms_row() -> None:
    found = summarise(table(*AGREED))
    assert msgspec.json.decode(msgspec.json.encode(found), type=Summary) == found

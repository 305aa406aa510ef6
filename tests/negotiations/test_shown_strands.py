"""For each event of linked negotiations and each of the four: what is sent, exactly, and what it is worth."""

from __future__ import annotations

from typing import Any

import pytest

from bargaining.scoring import points
from negotiations import wire
from negotiations.answers import worth_to, worth_to_all
from negotiations.rules import commands as c
from negotiations.rules.reading import Reading
from negotiations.rules.room import digest_of
from negotiations.rules.sight import INSTRUCTOR, Viewer, seen
from tests.negotiations.rules.test_decide_strands import (
    BUYER,
    FLAT,
    OTHER,
    PERCENT,
    SALE,
    SELLER,
    WHOLE,
    Play,
)

FOUR = ("seller", "buyer", "seller_agent", "buyer_agent")
SEE_ALL = ("observer", "ada")
LISTING, BUYING = ("seller", "seller_agent"), ("buyer", "buyer_agent")
DIGEST = digest_of((SALE,))


@pytest.fixture(scope="module")
def sold() -> Play:
    """Sent back once by the seller, then signed by both."""
    play = Play()
    play.agree_fees()
    play.agree_sale(OTHER)
    play.do(SELLER, c.SendBack("sale", ("price",), "Not below 430"))
    play.agree_sale()
    for who in (SELLER, BUYER):
        play.do(who, c.Sign("sale", DIGEST))
    return play


def sent(play: Play, party: str, kind: str) -> list[dict[str, Any]]:
    """Lines of this type as the viewer is sent them."""
    visible = seen(INSTRUCTOR if party == "ada" else Viewer("party", party), play.log)
    worth = worth_to_all(WHOLE) if party == "ada" else None
    if party in FOUR:
        worth = worth_to(WHOLE.seen_by(party), party)
    reading = Reading(visible)
    lines = [wire.line(n, logged, worth, reading) for n, logged in enumerate(visible, start=1)]
    return [line for line in lines if line["type"] == kind]


@pytest.mark.parametrize("party", [*FOUR, *SEE_ALL])
def test_terms_are_sent_under_the_viewers_own_numbers(sold: Play, party: str) -> None:
    agreed = sent(sold, party, "terms.agreed")
    numbers = (3, 4) if party in SEE_ALL else (2, 3)
    expected = [("sale", numbers[0], 0, digest_of((OTHER,))), ("sale", numbers[1], 0, DIGEST)]
    assert [(one["strand"], one["offer"], one["package"], one["digest"]) for one in agreed] == expected
    assert [one["party"] for one in sent(sold, party, "terms.signed")] == ["seller", "buyer"]
    assert [one["party"] for one in sent(sold, party, "terms.sent_back")] == ["seller"]
    assert [one["strand"] for one in sent(sold, party, "strand.opened")] == ["sale"]
    offers = sent(sold, party, "offer.made")
    assert [one["offer"] for one in offers] == list(range(1, len(offers) + 1))


@pytest.mark.parametrize("party", [*FOUR, *SEE_ALL])
def test_what_has_to_change_is_told_to_the_own_agent_alone(sold: Play, party: str) -> None:
    marked = [(one["issues"], one["text"]) for one in sent(sold, party, "terms.marked")]
    assert marked == ([(("price",), "Not below 430")] if party in (*LISTING, "ada") else [])


@pytest.mark.parametrize("party", [*FOUR, *SEE_ALL])
def test_fees_are_seen_by_those_who_pay_and_get_them(sold: Play, party: str) -> None:
    fees = [one["package"] for one in sent(sold, party, "deal.made")][:-1]
    both = [FLAT, PERCENT]
    assert fees == (both if party in SEE_ALL else [FLAT] if party in LISTING else [PERCENT])


@pytest.mark.parametrize("party", FOUR)
def test_worth_counts_what_was_settled_before_and_is_unknown_until_then(sold: Play, party: str) -> None:
    fee = FLAT if party in LISTING else PERCENT
    first, *sales = sent(sold, party, "offer.made")
    assert first["worth"] == [None]
    exact = [[points(WHOLE, party, {**FLAT, **PERCENT, **package})] for package in (OTHER, SALE)]
    assert [one["worth"] for one in sales] == exact
    assert [one["worth"] for one in sent(sold, party, "deal.made")] == [None, exact[1][0]]
    assert first["packages"] == (fee,)


def test_instructor_sees_what_the_sale_is_worth_to_all(sold: Play) -> None:
    *fees, sale = sent(sold, "ada", "deal.made")
    assert [one["worth"] for one in fees] == [{}, {}]
    assert set(sale["worth"]) == set(FOUR)

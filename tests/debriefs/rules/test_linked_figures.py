"""Figures of linked negotiations: the whole deal for the class, of the own deal what the party knows."""

from __future__ import annotations

from msgspec.structs import replace

from bargaining.scoring import points
from debriefs.rules.figures import own_figures, room_figures
from negotiations.rules import commands as c
from negotiations.rules.room import digest_of
from tests.negotiations.rules.test_decide_strands import (
    BUYER,
    FLAT,
    PERCENT,
    SALE,
    SELLER,
    WHOLE,
    Play,
)


def test_own_result_does_not_name_the_others_fee() -> None:
    play = Play()
    play.agree_fees()
    play.agree_sale()
    for who in (SELLER, BUYER):
        play.do(who, c.Sign("sale", digest_of((SALE,))))
    figures = room_figures(WHOLE, play.log)
    assert figures.added == {}
    whole = {**FLAT, **PERCENT, **SALE}
    assert figures.package == whole
    assert figures.points == {party: points(WHOLE, party, whole) for party in WHOLE.party_ids}
    own = own_figures(WHOLE, "seller", figures)
    assert own.package == {**FLAT, **SALE}
    assert own_figures(WHOLE, "buyer_agent", figures).package == {**PERCENT, **SALE}
    assert own.points == figures.points["seller"]
    assert figures.curves["seller_agent"] == [points(WHOLE, "seller_agent", {**FLAT, **SALE})]
    assert figures.curves["seller"] == []


def test_terms_in_words_are_told_to_those_who_settled_them() -> None:
    added = {"listing": ["Gwen paints the fence."], "sale": ["The key lies under the mat."]}
    figures = replace(room_figures(WHOLE, Play().log), added=added)
    told = {party: own_figures(WHOLE, party, figures).added for party in ("seller", "seller_agent", "buyer")}
    assert told == {
        "seller": ["Gwen paints the fence.", "The key lies under the mat."],
        "seller_agent": ["Gwen paints the fence.", "The key lies under the mat."],
        "buyer": ["The key lies under the mat."],
    }

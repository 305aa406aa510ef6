"""Figures of linked negotiations: the whole deal for the class, of the own deal what the party knows."""

from __future__ import annotations

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
    whole = {**FLAT, **PERCENT, **SALE}
    assert figures.package == whole
    assert figures.points == {party: points(WHOLE, party, whole) for party in WHOLE.party_ids}
    own = own_figures(WHOLE, "seller", figures)
    assert own.package == {**FLAT, **SALE}
    assert own_figures(WHOLE, "buyer_agent", figures).package == {**PERCENT, **SALE}
    assert own.points == figures.points["seller"]
    assert figures.curves["seller_agent"] == [points(WHOLE, "seller_agent", {**FLAT, **SALE})]
    assert figures.curves["seller"] == []

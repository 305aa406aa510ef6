"""The own result of a sale by agents: each of the four reads its own terms and points, nobody another's fee."""

from __future__ import annotations

import pytest
from django.test import Client

from debriefs.actions import run_pending
from negotiations import actions
from negotiations.rules import commands as c
from negotiations.rules.room import digest_of
from tests.negotiations.test_linked_secrets import SALE, set_up_four

pytestmark = pytest.mark.usefixtures("committed_db")
FEES = {"listing": {"seller_fee": "tiered"}, "buying": {"buyer_fee": "saver"}}


def test_each_reads_the_own_result() -> None:
    table, seats = set_up_four()
    who = {party: c.Actor(seat.pk, "seat", party) for party, seat in seats.items()}
    packages = [("seller", "seller_agent", FEES["listing"]), ("buyer", "buyer_agent", FEES["buying"])]
    for number, (one, other, package) in enumerate([*packages, ("seller_agent", "buyer_agent", SALE)], 1):
        table.do(who[one], c.MakeOffer((package,)))
        table.do(who[other], c.AcceptOffer(number, 0, digest_of((package,))))
    for party in ("seller", "buyer"):
        table.do(who[party], c.Sign("sale", digest_of((SALE,))))
    run_pending(table.session.pk)
    actions.open_debrief(table.session, table.ada)
    actions.release(table.session, table.ada)
    fees = {"seller": "1 percent plus", "buyer": "4 plus 15 percent"}
    for party, seat in seats.items():
        if party == "observer":
            continue
        browser = Client()
        browser.cookies["holder"] = str(seat.holder)
        answer = browser.get(f"/rooms/{table.room.pk}/result/")
        assert answer.status_code == 200
        page = answer.content.decode()
        own, other = ("seller", "buyer") if party.startswith("seller") else ("buyer", "seller")
        assert fees[own] in page, party
        assert fees[other] not in page, party
        assert "437" in page

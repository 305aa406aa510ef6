"""Pictures of every kind of table for the docs, on a laptop and a phone, light and dark: what they show is played."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest

from negotiations.queries import state_of
from negotiations.rules import commands as c
from tests.browser.support import PHONE, Picture, own_door, picture
from tests.browser.test_many import Came, Table, came, up
from tests.negotiations.tables import BEST

__all__ = ["came", "own_door", "picture"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
PLAN = {
    "penalty": "p2",
    "dust": "b2",
    "oversight": "c3",
    "fund": "d12",
    "emergency": "e3",
    "disclosure": "f2",
}


def packages() -> tuple[Table, str]:
    table = up("mountain-view-farm", ("farmer", "neighbour"))
    table.do("farmer", c.MakeOffer((BEST | {"rent": 10000},)))
    table.do("neighbour", c.Say("Six cabins are fine with us. The trail is your bet, not ours."))
    table.do("neighbour", c.MakeOffer((BEST | {"rent": 8000}, BEST | {"rent": 9000, "trail_bonus": 15_000})))
    return table, "farmer"


def votes() -> tuple[Table, str]:
    table = up("dunmore-mill")
    table.do("company", c.Say("We can pay for the dust control if the finding stays out of it."))
    table.do("agency", c.MakeOffer((PLAN,)))
    table.yes("union", "fire")
    table.do("expert", c.DeclineOffer(1))
    return table, "families"


def coalition() -> tuple[Table, str]:
    table = up("cold-store", ("orchard", "dairy", "fishery"))
    while state_of(table.room.pk).course.phase == "private_pairs":
        table.rule(c.NextPhase())
    table.do("orchard", c.MakeOffer(({"orchard": 50, "dairy": 42},)))
    table.do("fishery", c.MakeOffer(({"orchard": 52, "fishery": 26},)))
    return table, "dairy"


def linked() -> tuple[Table, str]:
    table = up("eleven-quarry-lane", ("seller", "buyer", "seller_agent", "buyer_agent"))
    table.do("seller_agent", c.MakeOffer(({"seller_fee": "flat"},)))
    table.yes("seller")
    table.do("buyer_agent", c.MakeOffer(({"buyer_fee": "percent"},)))
    table.yes("buyer", offer=2)
    table.do(
        "seller_agent", c.MakeOffer(({"price": 440, "closing": "d60", "roof": "credit", "workshop": "stay"},))
    )
    table.yes("buyer_agent", offer=3)
    return table, "seller"


def seasons() -> tuple[Table, str]:
    table = up("four-crews", ("north", "east", "south", "west"))
    for number, move in ((1, "narrow"), (2, "narrow"), (3, "wide")):
        for party in table.seats:
            table.do(party, c.Choose(number, move if party == "west" else "narrow"))
    table.do("east", c.Choose(4, "narrow"))
    return table, "north"


def text() -> tuple[Table, str]:
    table = up("memorial-bell", ("ringers", "residents", "mediator"))
    first = {
        "ringing": "The anniversary is rung at dawn.",
        "recognition": "Both sides take down all posters.",
    }
    table.do("mediator", c.ProposeText(first))
    table.do("residents", c.Say("Could we say noon instead of dawn?"))
    table.do("residents", c.ProposeText(first | {"ringing": "The anniversary is rung at noon."}))
    return table, "ringers"


KINDS: dict[str, Callable[[], tuple[Table, str]]] = {
    "packages": packages,
    "votes": votes,
    "coalition": coalition,
    "linked": linked,
    "seasons": seasons,
    "text": text,
}


@pytest.mark.parametrize("name", KINDS)
def test_picture_of_every_kind_of_table(name: str, came: Came, picture: Picture) -> None:
    table, party = KINDS[name]()
    for other in table.seats.keys() - {party}:
        came(table, other)
    for (width, height), scheme in product(((1280, 860), (PHONE, 740)), ("light", "dark")):
        page = came(table, party, width=width, height=height, color_scheme=scheme, reduced_motion="reduce")
        picture(page, f"table-{name}-{width}-{scheme}")

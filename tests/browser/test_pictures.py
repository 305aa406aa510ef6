"""Pictures of every kind of table for the docs: what they show is played, so they show what is there.

With PARLEY_PICTURES set they are written to docs/pictures.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from negotiations.queries import state_of
from negotiations.rules import commands as c
from tests.browser.support import PHONE
from tests.browser.test_many import Came, Table, came, own_door, up

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["came", "own_door"]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
PLAN = {
    "penalty": "p2",
    "dust": "b2",
    "oversight": "c3",
    "fund": "d12",
    "emergency": "e3",
    "disclosure": "f2",
}


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
    "votes": votes,
    "coalition": coalition,
    "linked": linked,
    "seasons": seasons,
    "text": text,
}


@pytest.mark.parametrize("name", KINDS)
def test_picture_of_every_kind_of_table(name: str, came: Came, tmp_path: Path) -> None:
    folder = PICTURES if os.environ.get("PARLEY_PICTURES") else tmp_path
    table, party = KINDS[name]()
    for width, height, scheme in ((1280, 800, "light"), (PHONE, 740, "dark")):
        page = came(table, party, width=width, height=height, color_scheme=scheme)
        take(page, folder / f"table-{name}-{width}.png")


def take(page: Page, path: Path) -> None:
    options: dict[str, Any] = {"animations": "disabled"}
    page.wait_for_load_state("networkidle")
    page.screenshot(path=path, **options)
    assert path.stat().st_size > 10_000

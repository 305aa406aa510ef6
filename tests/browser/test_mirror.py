"""The browser's mirror of the rules: its own modules in a page, with a case that no simulation on the shelf has."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.support import own_door, table, take_seat
from tests.negotiations.tables import TableUp

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.serving import RunningServer

__all__ = ["own_door", "table"]
pytestmark = pytest.mark.browser

OFFERS = """async () => {
  const { applyEvents, newState } = await import("/static/js/room/state.js");
  const { View } = await import("/static/js/room/view.js");
  const both = ["a", "b"];
  const strands = [["land", "price"], ["water", "litres"]]
    .map(([id, ...issues]) => ({ id, issues, parties: both, signers: both, after: [] }));
  const parties = both.map((id, place) => ({ id, name: id, index: place + 1 }));
  const issues = ["price", "litres"].map((id) => ({ id, title: id }));
  const data = { parties, issues, strands, signers: both, me: { party: "a" } };
  const state = newState(data);
  const view = new View(data, state);
  const made = (packages, k) => ({ n: k + 1, type: "offer.made", party: "a", offer: k + 1, packages });
  applyEvents(state, [[{ price: 1 }], [{ litres: 2 }], [{ price: 3 }]].map(made));
  return { statuses: state.offers.map(({ status }) => status), on: view.standingOf("a").number };
}"""


def test_offer_takes_the_place_of_an_older_one_in_its_own_negotiation_alone(
    visitor: Callable[..., Page], running_server: RunningServer, table: TableUp
) -> None:
    """Two that run side by side: the older offer about water stands beside the newer one about land."""
    page = take_seat(visitor(), running_server.url, table, table.neighbour)
    found: dict[str, Any] = page.evaluate(OFFERS)
    assert found == {"statuses": ["replaced", "open", "open"], "on": 3}


def test_difference_of_numbers_carries_its_whole_unit(
    visitor: Callable[..., Page], running_server: RunningServer, table: TableUp
) -> None:
    page = take_seat(visitor(), running_server.url, table, table.neighbour)
    words = page.evaluate(
        """async () => {
          const { changeOf } = await import("/static/js/room/words.js");
          const issue = { id: "pay", kind: "integer", unit: { before: "$", after: " thousand" } };
          return changeOf({ issue, value: 12 }, { issue, value: 10 }, "offer 1").words;
        }"""
    )
    assert words == "$2 thousand more than offer 1 ($10 thousand)"

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


WORDS = """async () => {
  const { sayAmount } = await import("/static/js/room/words.js");
  const { worthWords } = await import("/static/js/room/worth.js");
  const { sharesControl } = await import("/static/js/room/dividing.js");
  const { conditionsOf } = await import("/static/js/room/terms.js");
  const { View } = await import("/static/js/room/view.js");
  const { h } = await import("/static/js/dom.js");
  const money = { before: "$", after: "", decimals: 2 };
  const control = sharesControl({ among: [{ name: "a" }, { name: "b" }], step: 10 }, () => {});
  control.show(undefined);
  const parties = ["a", "b", "c"].map((id, place) => ({ id, name: id, index: place + 1 }));
  const issues = ["bonus", "rate"].map((id) => ({ id, title: id, event: "sales" }));
  const uncertainties = [{ id: "sales", question: "Will it sell?" }];
  const data = { parties, issues, uncertainties, strands: [], me: { party: "a" }, room: { outcomes: {} } };
  const view = new View(data, { people: {} });
  return {
    amounts: [2.1, 2, 240000].map((number) => sayAmount(number, money)),
    open: h("p", {}, worthWords({ me: {} }, "good", { range: ["good", "good"] })).textContent,
    left: control.element.querySelector("[role=status]").textContent,
    names: view.names(["a", "b", "c"]),
    conditions: conditionsOf(view, { bonus: 1, rate: 2 }).map((each) => each.textContent),
  };
}"""


def test_words_of_the_table(
    visitor: Callable[..., Page], running_server: RunningServer, table: TableUp
) -> None:
    page = take_seat(visitor(), running_server.url, table, table.neighbour)
    assert page.evaluate(WORDS) == {
        "amounts": ["$2.10", "$2", "$240,000"],
        "open": "close to your target, however the open terms are settled",
        "left": "100 % still to be given",
        "names": "b, c and you",
        "conditions": ["bonus and rate depend on this: Will it sell?"],
    }


QUOTED = """async (texts) => {
  const { quoted } = await import("/static/js/room/quoting.js");
  const unit = { before: "$", after: " thousand" };
  const me = { named_unit: unit, points: { roof: [["new", 7], ["old", 410]] }, target: 120 };
  const issues = [{ unit, min: 400, max: 450 }, { unit: { before: "", after: " days" }, min: 30, max: 90 }];
  return texts.map((text) => quoted(text, me, issues));
}"""


def test_points_are_known_in_the_words_of_their_unit(
    visitor: Callable[..., Page], running_server: RunningServer, table: TableUp
) -> None:
    """What can be a price is no secret, and a number without its unit says nothing."""
    page = take_seat(visitor(), running_server.url, table, table.neighbour)
    texts = ["The roof is worth 7 thousand to me", "In 7 days", "$410 thousand then", "I want 120"]
    assert page.evaluate(QUOTED, texts) == ["7", "", "", "120"]

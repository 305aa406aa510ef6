"""Offers in real browsers: several packages, a no, pins, open proposals, calculators, and tables face to face."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pytest

from negotiations.rules import commands as c
from tests.browser.hands import card, hears, open_builder, press
from tests.browser.support import LOOKS, axe_faults, come_in, own_door, take_seat
from tests.negotiations.tables import BEST, LEASE, TableUp, set_up

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.serving import RunningServer

__all__ = ["own_door"]
pytestmark = pytest.mark.browser
Visitor = Callable[..., "Page"]
Came = Callable[[TableUp, str], "Page"]
CHEAPER = LEASE | {"rent": 7000}


@pytest.fixture
def came(committed_db: None, visitor: Visitor, running_server: RunningServer) -> Callable[..., Page]:
    """Somebody has come to the table: `came(table, "farmer", width=360)`."""

    def come(table: TableUp, party: str, **options: Any) -> Page:
        seat = table.farmer if party == "farmer" else table.neighbour
        return take_seat(visitor(**options), running_server.url, table, seat)

    return come


def up(policy: Mapping[str, Any] | None = None) -> TableUp:
    return set_up(policy=policy)


@pytest.mark.slow
def test_several_packages_go_from_the_builder_to_a_deal_on_one(came: Came) -> None:
    table = up()
    table.do(table.cy, c.MakeOffer((LEASE,)))
    bo, cy = came(table, "farmer"), came(table, "neighbour")
    card(bo, 1).get_by_role("button", name="Counter").click()
    press(bo, "Add package B")
    press(bo, "More: Price ($ a year)")
    bo.locator("#builder-score").get_by_text("A 115 and B 120: about equal to you.").wait_for()
    assert bo.locator("#builder-score .score-bar .strong").all_text_contents() == ["A", "B"]
    press(bo, "Review offer…")
    bo.get_by_role("dialog").get_by_text("can accept any one of them").wait_for()
    bo.get_by_label("A word with it").fill("Either would do for us")
    press(bo, "Send offer 2")
    hears(cy, "Either would do for us")

    card(cy, 2).get_by_text("offers 2 packages").wait_for()
    card(cy, 2).get_by_role("radio", name="B").check(force=True)
    press(cy, "B is closest")
    bo.get_by_text("Dev said that B is closest, of offer 2.").wait_for()
    card(cy, 2).get_by_role("radio", name="B").check(force=True)
    card(cy, 2).get_by_role("button", name="Accept offer 2 B…").click()
    cy.get_by_label("I have read all 7 terms.").check()
    press(cy, "Accept offer 2 B")
    bo.get_by_role("heading", name="You have a deal.").first.wait_for()
    table.room.refresh_from_db()
    assert table.room.summary["deal"]["rent"] == 8500


@pytest.mark.slow
def test_packages_far_apart_bring_a_gentle_warning(came: Came) -> None:
    table = up()
    table.do(table.cy, c.MakeOffer((BEST,)))
    bo = came(table, "farmer")
    card(bo, 1).get_by_role("button", name="Counter").click()
    press(bo, "Add package B")
    bo.get_by_label("None").check(force=True)
    bo.locator("#builder-score").get_by_text("a choice of A would cost you").wait_for()


@pytest.mark.slow
def test_counter_starts_from_the_package_one_looks_at(came: Came) -> None:
    table = up()
    table.do(table.bo, c.MakeOffer((LEASE, CHEAPER)))
    cy = came(table, "neighbour")
    card(cy, 1).get_by_role("radio", name="B").check(force=True)
    card(cy, 1).get_by_role("button", name="Counter from B").click()
    assert cy.get_by_role("textbox", name="Price ($ a year)").input_value() == "7,000"


def test_a_no_takes_one_tap_or_a_word(came: Came) -> None:
    table = up()
    table.do(table.bo, c.MakeOffer((LEASE,)))
    bo, cy = came(table, "farmer"), came(table, "neighbour")
    press(cy, "Decline")
    bo.get_by_text("Dev declined offer 1.").wait_for()
    card(bo, 1).get_by_text("declined", exact=True).wait_for()
    table.do(table.bo, c.MakeOffer((CHEAPER,)))
    press(cy, "Decline with a word…")
    cy.get_by_label("What is in the way?").fill("Too few acres; I have 88 elsewhere")
    cy.get_by_role("dialog").get_by_role("button", name="Decline").click()
    cy.get_by_role("dialog").get_by_text("that stands on your confidential sheet").wait_for()
    cy.get_by_label("What is in the way?").fill("Too few acres")
    cy.get_by_role("dialog").get_by_role("button", name="Decline").click()
    bo.get_by_text("Too few acres").wait_for()


def test_pins_hold_when_both_pin_and_go_when_one_unpins(came: Came) -> None:
    table = up()
    table.do(table.bo, c.MakeOffer((LEASE,)))
    bo, cy = came(table, "farmer"), came(table, "neighbour")
    bo.get_by_text("Pin a term for now").click()
    press(bo, "Land included: 40 acres")
    cy.get_by_role("button", name="Pin it too: Land included: 40 acres").click()
    bo.locator("#pins").get_by_text("pinned by all").wait_for()
    cy.get_by_role("button", name="Unpin: Land included: 40 acres").click()
    bo.locator("#pins").get_by_text("pinned by you").wait_for()


@pytest.mark.slow
def test_proposal_with_open_terms_is_shown_with_its_range_and_cannot_be_accepted(came: Came) -> None:
    table = up()
    bo, cy = came(table, "farmer"), came(table, "neighbour")
    open_builder(bo)
    bo.get_by_role("combobox", name="Form of the arrangement").select_option(label="Lease for 15 years")
    bo.get_by_role("textbox", name="Price ($ a year)").fill("8,000")
    bo.keyboard.press("Tab")
    bo.locator("#builder-score").get_by_text("70 to 170 to you").wait_for()
    press(bo, "Propose with terms open…")
    press(bo, "Send proposal 1")
    card(cy, 1).get_by_text("proposes, with terms open").wait_for()
    card(cy, 1).get_by_text("Nobody can accept it before it is whole.").wait_for()
    assert card(cy, 1).get_by_role("button", name="Accept").count() == 0
    assert card(cy, 1).get_by_role("button", name="Counter").count() == 1


@pytest.mark.slow
def test_what_is_tried_out_is_scored_and_never_sent(came: Came) -> None:
    table = up()
    table.do(table.cy, c.MakeOffer((LEASE,)))
    bo = came(table, "farmer")
    card(bo, 1).get_by_role("button", name="Counter").click()
    bo.get_by_label("Try out").check(force=True)
    press(bo, "More: Price ($ a year)")
    bo.locator("#builder-score").get_by_text("You only try terms out here.").wait_for()
    bo.locator("#builder-score").get_by_text("120").first.wait_for()
    assert not bo.get_by_role("button", name="Review offer…").is_visible()
    bo.get_by_label("A", exact=True).check(force=True)
    assert bo.get_by_role("textbox", name="Price ($ a year)").input_value() == "8,000"


@pytest.mark.slow
def test_draft_of_several_packages_survives_a_reload(came: Came) -> None:
    table = up()
    table.do(table.cy, c.MakeOffer((LEASE,)))
    bo = came(table, "farmer")
    card(bo, 1).get_by_role("button", name="Counter").click()
    press(bo, "Add package B")
    press(bo, "More: Price ($ a year)")
    bo.reload()
    bo.locator("html[data-ready=room]").wait_for()
    assert bo.get_by_label("B", exact=True).is_checked()
    assert bo.get_by_role("textbox", name="Price ($ a year)").input_value() == "8,500"


@pytest.mark.slow
def test_bet_says_what_comes_of_it(came: Came) -> None:
    table = up()
    table.do(table.cy, c.MakeOffer((LEASE | {"trail_bonus": 10000},)))
    bo = came(table, "farmer")
    card(bo, 1).get_by_text("depends on this: Will the state approve").wait_for()
    card(bo, 1).get_by_text(
        "On average, that is: 125 if it comes out as approved, 115 if as refused."
    ).wait_for()


@pytest.mark.slow
@pytest.mark.parametrize("calculator", ["bands", "off"])
def test_page_tells_no_points_when_the_session_does_not(calculator: str, came: Came) -> None:
    table = up({"calculator": calculator})
    table.do(table.cy, c.MakeOffer((LEASE,)))
    bo = came(table, "farmer")
    card(bo, 1).get_by_role("button", name="Counter").click()
    words = {"bands": "a little better than your alternative", "off": "This session has no calculator."}
    bo.locator("#builder-score").get_by_text(words[calculator]).wait_for()
    for place in ("#builder", "#table-foot", "#timeline"):
        assert "115" not in bo.locator(place).inner_text()
    assert ("a little better" in card(bo, 1).inner_text()) == (calculator == "bands")


@pytest.mark.slow
def test_rules_of_the_session_stand_on_the_card(came: Came) -> None:
    table = up({"offers": "turns", "offer_limit": 3, "offer_seconds": 900})
    table.do(table.bo, c.MakeOffer((LEASE,)))
    bo, cy = came(table, "farmer"), came(table, "neighbour")
    for words in ("It stands until", "It is their turn.", "Number 1 of 3 offers."):
        card(bo, 1).get_by_text(words).wait_for()
    bo.get_by_text("Offers take turns here.").wait_for()
    card(cy, 1).get_by_text("The next offer is yours to make.").wait_for()


@pytest.mark.slow
def test_table_face_to_face_writes_down_what_it_settled(came: Came) -> None:
    table = up({"mode": "aloud"})
    bo, cy = came(table, "farmer"), came(table, "neighbour")
    table.do(table.cy, c.RecordOutcome(LEASE))
    assert not bo.get_by_label("Message", exact=True).is_visible()
    press(bo, "Write it differently")
    press(bo, "More: Price ($ a year)")
    press(bo, "Write it down…")
    press(bo, "Write it down")
    cy.get_by_text("You and Noreen wrote down different things.").wait_for()
    press(cy, "Confirm the deal…")
    press(cy, "Confirm all 7 terms")
    cy.get_by_text("Tick each line first.").wait_for()
    for tick in cy.get_by_role("dialog").get_by_role("checkbox").all():
        tick.check()
    press(cy, "Confirm all 7 terms")
    bo.get_by_role("heading", name="You have a deal.").first.wait_for()
    table.room.refresh_from_db()
    assert table.room.summary["deal"]["rent"] == 8500


@pytest.mark.slow
def test_no_deal_face_to_face_needs_both(came: Came) -> None:
    table = up({"mode": "aloud"})
    bo, cy = came(table, "farmer"), came(table, "neighbour")
    press(bo, "No deal…")
    press(bo, "No deal")
    cy.get_by_text("Noreen wrote down: no deal.").first.wait_for()
    press(cy, "Confirm: no deal…")
    press(cy, "No deal")
    bo.get_by_role("heading", name="You wrote down alike that there is no deal.").first.wait_for()


@pytest.mark.slow
def test_instructor_reads_along_whatever_the_calculator(
    visitor: Visitor, running_server: RunningServer, committed_db: None
) -> None:
    table = up({"calculator": "off", "offers": "open"})
    table.do(table.bo, c.MakeOffer((LEASE, BEST)))
    table.do(table.cy, c.MarkClosest(1, 1))
    table.do(table.bo, c.PinTerm("acres", "a40"))
    ada = visitor()
    come_in(ada, running_server.url, table.ada_cookies, f"/watch/{table.room.pk}/", "watch")
    card(ada, 1).get_by_text("offers 2 packages").wait_for()
    card(ada, 1).get_by_text("Dev called B closest.").wait_for()
    ada.locator("#pins").get_by_text("Land included: 40 acres").wait_for()
    assert "115" in card(ada, 1).inner_text()
    table.do(table.cy, c.DeclineOffer(1, "Not yet"))
    ada.get_by_text("Dev declined offer 1.").wait_for()


@pytest.mark.slow
def test_instructor_reads_what_was_written_down(
    visitor: Visitor, running_server: RunningServer, committed_db: None
) -> None:
    table = up({"mode": "aloud"})
    ada = visitor()
    come_in(ada, running_server.url, table.ada_cookies, f"/watch/{table.room.pk}/", "watch")
    table.do(table.bo, c.RecordOutcome(LEASE))
    ada.get_by_text("Noreen wrote down a deal on 7 terms.").wait_for()
    ada.locator("#table-card").get_by_text("Noreen wrote").wait_for()
    table.do(table.cy, c.RecordOutcome(LEASE))
    ada.get_by_text("Deal on all 7 terms").wait_for()


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_several_packages_have_no_accessibility_faults(
    width: int, scheme: str, came: Callable[..., Page]
) -> None:
    table = up({"offer_seconds": 900})
    table.do(table.bo, c.MakeOffer((LEASE, CHEAPER, BEST)))
    table.do(table.bo, c.PinTerm("acres", "a40"))
    cy = came(table, "neighbour", width=width, color_scheme=scheme)
    assert axe_faults(cy) == []
    for panel in ("table", "builder"):
        cy.evaluate(f"location.hash = '#{panel}'")
        assert axe_faults(cy) == []
    assert cy.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_outcome_form_has_no_accessibility_faults(width: int, scheme: str, came: Callable[..., Page]) -> None:
    table = up({"mode": "aloud"})
    table.do(table.bo, c.RecordOutcome(LEASE))
    cy = came(table, "neighbour", width=width, color_scheme=scheme)
    cy.evaluate("location.hash = '#table'")
    press(cy, "Confirm the deal…")
    assert axe_faults(cy) == []

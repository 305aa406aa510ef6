"""Tables of three to seven in real browsers: votes and a dissenter, a last call, a plan that must count, shares of a
whole, a coalition that leaves one out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from negotiations import actions
from negotiations.models import Room, Seat, Session
from negotiations.rules import commands as c
from tests.browser.hands import card, ended, go, open_builder, press, say_yes, send_offer
from tests.browser.support import LOOKS, axe_faults, come_in, own_door
from tests.factories import edition_of
from tests.negotiations.rules.mill import ALL_SIX, FIVE, MIDDLE, PAIR, STRONG, WEAK

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.serving import RunningServer

__all__ = ["own_door"]
pytestmark = pytest.mark.browser
Visitor = Callable[..., "Page"]
Came = Callable[..., "Page"]


@dataclass
class Table:
    """A room of any case, its people by party, and Ada who teaches."""

    session: Session
    room: Room
    seats: Mapping[str, Seat]
    ada: UUID = field(default_factory=uuid4)

    def do(self, party: str, command: c.Command) -> None:
        actions.perform_now(self.room.pk, c.Actor(self.seats[party].pk, "seat", party), command, uuid4())

    def rule(self, command: c.Command) -> None:
        actions.perform_now(self.room.pk, c.Actor(self.ada, "instructor"), command, uuid4())

    def yes(self, *parties: str, offer: int = 1) -> None:
        digest = self.digests[offer - 1]
        for party in parties:
            self.do(party, c.AcceptOffer(offer, 0, digest))

    @property
    def digests(self) -> list[str]:
        return [
            event.payload["digest"] for event in self.room.events.filter(type="offer.made").order_by("seq")
        ]

    @property
    def summary(self) -> dict[str, Any]:
        self.room.refresh_from_db()
        found: dict[str, Any] = self.room.summary
        return found


def up(
    slug: str,
    people: Iterable[str] | None = None,
    partners: Iterable[str] = (),
    minutes: int = 60,
    policy: Mapping[str, Any] | None = None,
) -> Table:
    """People on all seats, if none are named."""
    session = actions.create_session(edition_of(slug), minutes, policy)
    room = actions.open_room(session, 1)
    named = people if people is not None else PARTIES[slug]
    seats = {party: actions.seat_person(room, party, uuid4()) for party in named}
    for party in partners:
        actions.seat_partner(room, party)
    table = Table(session, room, seats)
    actions.open_tables(session, table.ada)
    return table


PARTIES = {
    "cassel-valley-solar": ("school", "developer", "residents"),
    "dunmore-mill": ("company", "agency", "union", "fire", "families", "expert"),
    "quillhaven": ("manager", "homeowners", "business", "fishers", "trust", "tenants", "inland"),
    "cold-store": ("orchard", "dairy", "fishery"),
}


@pytest.fixture
def came(committed_db: None, visitor: Visitor, running_server: RunningServer) -> Came:
    """Somebody has come to the table: `came(table, "company", width=360)`."""

    def come(table: Table, party: str, **options: Any) -> Page:
        page = visitor(**options)
        cookies = {"holder": str(table.seats[party].holder)}
        come_in(page, running_server.url, cookies, f"/rooms/{table.room.pk}/", "room")
        return page

    return come


@pytest.mark.slow
def test_three_divide_what_they_make(came: Came) -> None:
    table = up("cassel-valley-solar")
    school, residents = came(table, "school"), came(table, "residents")
    developer = came(table, "developer", width=360)
    open_builder(school)
    school.get_by_role("combobox", name="Size of the plant").select_option(index=2)
    for words in ("Two hours", "Three a year"):
        school.get_by_label(words).check(force=True)
    school.get_by_role("combobox", name="Ownership").select_option(index=2)
    for name, times in (("Cassel Valley Schools", 6), ("Heliant", 8), ("Cassel Residents' Energy Co-op", 6)):
        for _ in range(times):
            press(school, f"More: {name}")
    school.get_by_text("All is given.").wait_for()
    press(school, "Review offer…")
    school.get_by_role("dialog").get_by_text("It becomes the deal once enough others say yes.").wait_for()
    press(school, "Send offer 1")
    say_yes(developer, 1)
    card(school, 1).get_by_text("2 for it, 3 needed").wait_for()
    assert table.summary["yes"] == {"1": ["developer", "school"]}
    say_yes(residents, 1)
    for page in (school, developer, residents):
        ended(page, "You have a deal.")
    assert table.summary["deal"]["split"] == [30, 40, 30]


def test_five_settle_at_the_mill_and_one_dissents(came: Came) -> None:
    table = up("dunmore-mill")
    company, expert = came(table, "company"), came(table, "expert", width=360)
    table.do("company", c.MakeOffer((FIVE,)))
    table.do("union", c.MakeOffer((MIDDLE,)))
    table.yes("agency", "union", "fire")
    table.do("families", c.TakeStance(1, 0, "unsure"))
    card(company, 1).get_by_text("4 for it, 5 needed").wait_for()
    card(company, 1).get_by_text("Families of the five injured workers is unsure").wait_for()
    table.yes("families")
    for page in (company, expert):
        page.get_by_text("Last call: offer 1 has enough votes").wait_for()
    table.do("fire", c.TakeBack(1))
    company.get_by_text("Offer 1 no longer has enough votes.").wait_for()
    assert company.locator("#last-call").is_hidden()
    table.yes("fire")
    expert.locator("#last-call").get_by_role("button", name="No", exact=True).click()
    ended(company, "You have a deal.")
    company.get_by_text("Against it: Dr Lin Castellane.").first.wait_for()
    assert table.summary["dissent"] == ["expert"]


@pytest.mark.slow
def test_yes_can_be_taken_back_on_a_phone(came: Came) -> None:
    table = up("dunmore-mill")
    fire = came(table, "fire", width=360)
    table.do("company", c.MakeOffer((ALL_SIX,)))
    say_yes(fire, 1)
    press(card(fire, 1), "Take back my yes")
    card(fire, 1).get_by_text("1 for it, 5 needed").wait_for()
    press(card(fire, 1), "Put my name under it")
    card(fire, 1).get_by_text("Names under it: You.").wait_for()
    card(fire, 1).get_by_role("button", name="Unsure", exact=True).click()
    card(fire, 1).get_by_text("You are unsure.").wait_for()
    assert table.summary["yes"] == {"1": ["company"]}


@pytest.mark.slow
def test_plan_shows_whether_it_can_count(came: Came) -> None:
    table = up("quillhaven")
    trust = came(table, "trust", width=360)
    table.do("homeowners", c.MakeOffer((WEAK,)))
    table.do("manager", c.MakeOffer((STRONG,)))
    card(trust, 1).get_by_text("too little: 50 needed").wait_for()
    card(trust, 2).get_by_text("at least 50 needed").wait_for()
    table.yes("homeowners", "business", "fishers", "tenants", offer=2)
    say_yes(trust, 2)
    trust.get_by_text("Last call: offer 2 has enough votes").wait_for()
    table.do("inland", c.DeclineOffer(2))
    ended(trust, "You have a deal.")


@pytest.mark.slow
def test_each_of_several_packages_shows_whether_it_can_count(came: Came) -> None:
    """Side by side on a laptop, the one looked at on a phone; and in the builder, before anything is sent."""
    table = up("quillhaven")
    table.do("manager", c.MakeOffer((WEAK, STRONG)))
    wide, phone = came(table, "trust"), came(table, "inland", width=360)
    weak, strong = (
        card(wide, 1).get_by_text(words) for words in ("too little: 50 needed", "at least 50 needed")
    )
    assert (weak.is_visible(), strong.is_visible()) == (True, True)
    weak, strong = (
        card(phone, 1).get_by_text(words) for words in ("too little: 50 needed", "at least 50 needed")
    )
    assert (weak.is_visible(), strong.is_visible()) == (True, False)
    card(phone, 1).get_by_role("radio", name="B").check(force=True)
    assert (weak.is_visible(), strong.is_visible()) == (False, True)
    press(card(wide, 1), "Counter")
    wide.locator("#builder-rows").get_by_text("too little: 50 needed").wait_for()


@pytest.mark.slow
def test_facilitator_builds_by_the_gauges_and_is_told_of_no_points(came: Came) -> None:
    table = up("quillhaven", ("facilitator", *PARTIES["quillhaven"]))
    table.do("manager", c.MakeOffer((WEAK,)))
    page = came(table, "facilitator", width=360)
    page.locator(".room-tabs [href='#table']").click()
    page.locator("#table-card").wait_for()
    assert page.locator("#table-foot").is_hidden()
    page.locator(".room-tabs [href='#builder']").click()
    page.get_by_text("You have no points here.").wait_for()
    press(page, "Start from offer 1")
    page.locator("#builder-rows").get_by_text("too little: 50 needed").wait_for()


@pytest.mark.slow
def test_called_poll_asks_everybody_how_they_lean(came: Came) -> None:
    table = up("quillhaven")
    trust = came(table, "trust", width=360)
    table.do("manager", c.MakeOffer((STRONG,)))
    table.rule(c.CallPoll())
    trust.locator("#last-call").get_by_role("button", name="Unsure", exact=True).click()
    trust.locator("#last-call").wait_for(state="hidden")
    trust.locator(".room-tabs [href='#table']").click()
    trust.locator("#matrix").get_by_text("is unsure").wait_for(state="attached")


@pytest.mark.slow
def test_two_growers_leave_the_third_out(came: Came) -> None:
    table = up("cold-store")
    for _ in range(3):
        table.rule(c.NextPhase())
    orchard, dairy = came(table, "orchard"), came(table, "dairy")
    fishery = came(table, "fishery", width=360)
    open_builder(orchard)
    press(orchard, "Birchwater and you: $92 thousand")
    orchard.get_by_text("Left out: Cormorant.").first.wait_for()
    for _ in range(6):
        press(orchard, "More: Aster Hill Orchards")
    orchard.get_by_text("The shares are $6 thousand too much.").wait_for()
    for _ in range(6):
        press(orchard, "Less: Birchwater")
    press(orchard, "Review offer…")
    press(orchard, "Send offer 1")
    say_yes(dairy, 1)
    fishery.get_by_text("Last call: offer 1 has enough votes").wait_for()
    go(fishery, "builder")
    fishery.get_by_role("button", name=re.compile(r"Birchwater.*\$60 thousand")).click()
    for _ in range(14):
        press(fishery, "More: Birchwater")
        press(fishery, "Less: Cormorant")
    send_offer(fishery, 2)
    say_yes(dairy, 2)
    orchard.get_by_text("Last call: offer 2 has enough votes").wait_for()
    press(orchard.locator("#last-call"), "Let it be")
    ended(orchard, "The others agreed. You are left out.")
    ended(fishery, "You have a deal.")
    assert table.summary["deal"] == {"dairy": 44, "fishery": 16}


@pytest.mark.slow
def test_practice_partners_fill_the_other_seats(came: Came) -> None:
    table = up("cold-store", ["orchard"], ["dairy", "fishery"], policy={"partner_pace": [0.05, 0.1]})
    for _ in range(3):
        table.rule(c.NextPhase())
    orchard = came(table, "orchard")
    table.do("orchard", c.MakeOffer((PAIR,)))
    orchard.locator("article.offer").nth(1).wait_for()
    orchard.locator("#matrix table").wait_for()


def looks_of(came: Came, width: int, scheme: Any) -> Iterable[tuple[str, Page]]:
    mill = up("dunmore-mill")
    mill.do("company", c.MakeOffer((FIVE,)))
    mill.do("union", c.MakeOffer((MIDDLE,)))
    mill.yes("agency", "union", "fire")
    mill.do("families", c.TakeStance(1, 0, "unsure"))
    mill.do("expert", c.DeclineOffer(1))
    mill.do("fire", c.Sponsor(1))
    yield "mill", came(mill, "families", width=width, color_scheme=scheme)
    mill.yes("families")
    town = up("quillhaven", policy={"last_call": 600})
    town.do("homeowners", c.MakeOffer((WEAK,)))
    town.do("manager", c.MakeOffer((STRONG,)))
    town.yes("homeowners", "business", "fishers", "tenants", "trust", offer=2)
    yield "town", came(town, "inland", width=width, color_scheme=scheme)
    store = up("cold-store", policy={"last_call": 600})
    for _ in range(3):
        store.rule(c.NextPhase())
    store.do("orchard", c.MakeOffer((PAIR,)))
    store.yes("dairy")
    yield "store", came(store, "fishery", width=width, color_scheme=scheme)


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_tables_of_many_have_no_faults_of_access(came: Came, width: int, scheme: Any) -> None:
    for _, page in looks_of(came, width, scheme):
        for panel in ("talk", "table", "builder"):
            page.goto(f"{page.url.partition('#')[0]}#{panel}")
            assert axe_faults(page) == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

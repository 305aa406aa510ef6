"""The pages of a table on the server's side: who gets in, what stands in them, and what never does."""

from __future__ import annotations

import json
import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from bargaining.case import Case
from negotiations import actions
from negotiations.forms import PlanForm
from negotiations.models import Plan, Seat
from negotiations.rules import commands as c
from simulations import sheets, wording
from simulations.prose import to_html
from simulations.queries import public_case, role_case
from tests.factories import edition_of
from tests.negotiations.tables import LEASE, TableUp, set_up

# Words that stand on the farmer's private sheet and nowhere else.
FARMERS_SECRET = "hay contractor"


@pytest.fixture
def planning(committed_db: None) -> TableUp:
    table = set_up(opened=False)
    actions.open_preparation(table.session, table.ada)
    return table


def browser_of(table: TableUp, seat: Seat | None = None, **options: Any) -> Client:
    client = Client(**options)
    for name, value in (table.cookies(seat) if seat else {}).items():
        client.cookies[name] = value
    return client


def address(table: TableUp, name: str = "room") -> str:
    return reverse(name, args=[table.room.pk])


def data_in(page: str) -> dict[str, Any]:
    found = re.search(r'<script id="room-data" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def case_of(table: TableUp, party: str) -> Case:
    return role_case(table.session.edition_id, party)


def test_room_shows_what_happened_and_what_it_is_worth_to_me(table: TableUp) -> None:
    table.do(table.bo, c.MakeOffer((LEASE,)))
    page = browser_of(table, table.neighbour).get(address(table))
    data = data_in(page.content.decode())
    assert page.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert [event["type"] for event in data["events"]][-1] == "offer.made"
    assert data["events"][-1]["worth"] == [112]
    assert data["me"]["alternative"]["value"] == 88
    assert [issue["id"] for issue in data["issues"]] == [
        issue.id for issue in public_case(table.session.edition_id).issues
    ]


@pytest.mark.parametrize("name", ["room", "role"])
def test_pages_hold_nothing_of_the_other_sides_sheet(table: TableUp, name: str) -> None:
    own = browser_of(table, table.farmer).get(address(table, name)).content.decode()
    other = browser_of(table, table.neighbour).get(address(table, name)).content.decode()
    assert FARMERS_SECRET in own
    assert FARMERS_SECRET not in other
    assert not re.search(r"\b118\b", other)


@pytest.mark.parametrize("name", ["room", "role", "watch"])
def test_strangers_get_404(table: TableUp, name: str) -> None:
    stranger = Client()
    stranger.cookies["holder"] = str(uuid4())
    assert stranger.get(address(table, name)).status_code == 404


def test_plan_is_refused_to_strangers(table: TableUp) -> None:
    assert Client().post(address(table, "plan")).status_code == 404


def test_nobody_at_the_table_may_read_along(table: TableUp) -> None:
    assert browser_of(table, table.farmer).get(address(table, "watch")).status_code == 404


def test_instructor_reads_along_with_both_worths(table: TableUp) -> None:
    table.do(table.bo, c.MakeOffer((LEASE,)))
    ada = Client()
    ada.cookies["instructor"] = str(table.ada)
    data = data_in(ada.get(address(table, "watch")).content.decode())
    assert data["events"][-1]["worth"] == [{"farmer": 115, "neighbour": 112}]
    assert data["stakes"]["neighbour"] == {"alternative": 88, "target": 150}


def test_reading_the_sheet_and_being_ready_are_noted(planning: TableUp) -> None:
    client = browser_of(planning, planning.neighbour)
    assert "I am ready" in client.get(address(planning, "role")).content.decode()
    assert client.post(address(planning, "role")).status_code == 302
    seat = Seat.objects.get(pk=planning.neighbour.pk)
    assert seat.read_at
    assert seat.ready_at
    assert "You are ready" in client.get(address(planning, "role")).content.decode()


def test_sheet_fills_the_places_and_points(planning: TableUp) -> None:
    page = browser_of(planning, planning.neighbour).get(address(planning, "role")).content.decode()
    assert "{{" not in page
    assert "It is worth <strong>88 points</strong> to you." in page
    assert "No bank lends for more than two cabins on a five-year lease." in page


def test_plan_is_saved_without_a_script(planning: TableUp) -> None:
    client = browser_of(planning, planning.neighbour)
    answer = client.post(address(planning, "plan"), {"target": "150", "limit": "95.5", "guess": "cabins"})
    assert answer.status_code == 302
    plan = Plan.objects.get(seat=planning.neighbour)
    assert (float(plan.target or 0), float(plan.limit or 0), plan.guess) == (150, 95.5, "cabins")


def test_plan_that_cannot_be_read_says_so(planning: TableUp) -> None:
    client = browser_of(planning, planning.neighbour)
    form = {"target": "much", "guess": "moon"}
    page = client.post(address(planning, "plan"), form)
    assert page.status_code == 422
    assert "Enter a number." in page.content.decode()
    quiet = client.post(address(planning, "plan"), form, headers={"accept": "application/json"})
    assert set(quiet.json()["errors"]) == {"target", "guess"}
    assert not Plan.objects.filter(seat=planning.neighbour).exists()


@pytest.mark.parametrize("typed", ["1,450", "1 450", "$1,450", "1450"])
def test_numbers_of_a_plan_may_stand_as_the_sheet_prints_them(committed_db: None, typed: str) -> None:
    kiln = role_case(edition_of("second-hand-kiln").pk, "buyer")
    form = PlanForm(kiln, {"target": typed})
    assert form.is_valid()
    assert form.cleaned_data["target"] == 1450


def test_plan_that_cannot_be_meant_is_asked_about(committed_db: None) -> None:
    kiln = role_case(edition_of("second-hand-kiln").pk, "buyer")
    price = PlanForm(kiln, {"target": "1900"})
    assert price.errors["target"] == ["No deal is worth more to you than $1,600. Is this a price?"]
    assert "not as a price" in price.fields["target"].help_text
    above = PlanForm(kiln, {"target": "1100", "limit": "1300"})
    assert set(above.errors) == {"limit"}


def test_plan_stays_as_it_was_once_the_table_is_open(table: TableUp) -> None:
    client = browser_of(table, table.neighbour)
    answer = client.post(address(table, "plan"), {"target": "1"}, headers={"accept": "application/json"})
    assert answer.status_code == 409
    assert not Plan.objects.filter(seat=table.neighbour).exists()


def test_plan_and_ready_need_the_token(planning: TableUp) -> None:
    client = browser_of(planning, planning.neighbour, enforce_csrf_checks=True)
    assert client.post(address(planning, "plan")).status_code == 403
    assert client.post(address(planning, "role")).status_code == 403


def test_pages_refuse_what_they_are_not_for(table: TableUp) -> None:
    client = browser_of(table, table.neighbour)
    assert client.post(address(table)).status_code == 405
    assert client.get(address(table, "plan")).status_code == 405


def test_practice_partner_is_named_where_its_party_is_first_named(committed_db: None) -> None:
    session = actions.create_session(set_up(opened=False).session.edition, 30, {})
    room = actions.open_room(session, 1)
    seat = actions.seat_person(room, "neighbour", uuid4())
    actions.seat_partner(room, "farmer")
    client = Client()
    client.cookies["holder"] = str(seat.holder)
    page = client.get(reverse("role", args=[room.pk])).content.decode()
    assert "You will meet Noreen, played by a practice partner." in page


@pytest.mark.parametrize(
    ("unit", "number", "words"),
    [
        ("USD per year", 9000, "$9,000 a year"),
        ("thousand USD", 40, "$40 thousand"),
        ("points", -6, "−6 points"),
        ("", 3.5, "3.5"),
    ],
)
def test_amount_in_words(unit: str, number: float, words: str) -> None:
    assert wording.say_amount(number, wording.unit_of(unit)) == words


def test_condition_in_words(table: TableUp) -> None:
    case = case_of(table, "neighbour")
    when = case.issue("rent").when
    assert when is not None
    assert wording.say_condition(case, when) == (
        "Form of the arrangement is Lease for 5 years, Lease for 15 years or Lease for 10 years with first right to buy"
    )


def test_points_of_a_long_range_are_sampled_with_what_a_step_is_worth(table: TableUp) -> None:
    case = case_of(table, "neighbour")
    rent = next(
        group for group in sheets.points_table(case, case.party("neighbour")) if "a year" in group.title
    )
    assert [row.label for row in rent.rows] == ["$4,000 a year", "$8,000 a year", "$12,000 a year"]
    assert rent.notes[-1] == "Every $500 less is worth 5 points to you."


def test_prose_keeps_no_markup_of_strangers() -> None:
    text = "# x\n\n<script>alert(1)</script> [link](javascript:1) **bold** <img src=x onerror=1>"
    shown = to_html(text)
    assert "<strong>bold</strong>" in shown
    assert not re.search(r"<(script|a|img|h1)\b", shown)

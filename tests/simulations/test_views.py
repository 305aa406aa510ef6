"""The shelf and one simulation: for instructors only, with everything they need before class."""

from __future__ import annotations

import pytest
from django.test import Client

from simulations.screens import table_plan, time_words
from tests.factories import browser_of, browser_of_user, edition_of, make_lesson, make_user

ADDRESSES = ["/library/", "/library/mountain-view-farm/"]


@pytest.fixture
def reader(committed_db: None) -> Client:
    edition_of()
    return browser_of_user(make_user())


def test_shelf_holds_every_simulation_once(reader: Client) -> None:
    page = reader.get("/library/").content.decode()
    for title in ("Mountain View Farm", "The Second-Hand Kiln", "The Halyard Offer"):
        assert page.count(f">{title}</a></h2>") == 1
    assert "2 parties · 7 issues · 2 h 15" in page
    assert 'href="/sessions/new/?simulation=mountain-view-farm"' in page


def test_shelf_is_searched_by_what_it_teaches(reader: Client) -> None:
    page = reader.get("/library/", {"q": "anchoring BATNA"}).content.decode()
    assert "The Second-Hand Kiln" in page
    assert "Mountain View Farm" not in page
    assert "Nothing on the shelf" in reader.get("/library/", {"q": "juggling <b>"}).content.decode()


def test_simulation_shows_sheets_points_and_notes(reader: Client) -> None:
    page = reader.get("/library/mountain-view-farm/").content.decode()
    for words in (
        "Noreen Aldous",
        "Alternative worth 108",
        "target 165",
        "How it is built",
        "What the terms are worth",
    ):
        assert words in page
    assert "{{" not in page


@pytest.mark.parametrize("slug", ["second-hand-kiln", "halyard-offer"])
def test_other_simulations_open(reader: Client, slug: str) -> None:
    assert reader.get(f"/library/{slug}/").status_code == 200


def test_unknown_simulation(reader: Client) -> None:
    assert reader.get("/library/nothing/").status_code == 404


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_instructors_read_the_library(reader: Client, address: str) -> None:
    student = browser_of(make_lesson().join("Bo"))
    for outsider in (student, Client()):
        assert outsider.get(address)["Location"].startswith("/sign-in/")
    assert reader.post(address).status_code == 405


def test_drawing_of_a_table() -> None:
    assert table_plan(2, 1).ticks == "M31 32h10"
    assert table_plan(4, 3).ticks.count("v10") == 3
    assert len(table_plan(5, 0).marks) == 5


@pytest.mark.parametrize(
    ("minutes", "words"), [(50, "50 min"), (120, "2 h"), (135, "2 h 15"), (125, "2 h 05")]
)
def test_time_in_words(minutes: int, words: str) -> None:
    assert time_words(minutes) == words

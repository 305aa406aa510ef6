"""The shelf: every simulation once, narrowed by its address with and without htmx, own cases apart."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from simulations.screens.shelf import table_plan, time_words
from tests.factories import browser_of, make_lesson
from tests.simulations.conftest import Teacher
from tests.simulations.folders import hidden, upload

LIMIT = "Not in the browser yet: read it, print it"


def titles(page: str) -> list[str]:
    return re.findall(r'<h3><a href="/[^"]+">([^<]+)</a></h3>', page)


def test_shelf_holds_every_simulation_once_from_the_simplest_on(ada: Teacher) -> None:
    found = titles(ada.page("/library/"))
    assert len(found) == len(set(found)) == 12
    assert found[:4] == ["The Second-Hand Kiln", "Harbour Unit Nine", "The Halyard Offer", "Rye and Rivet"]
    assert found[-1] == "Quillhaven Looks Ahead"


def test_only_what_a_room_can_play_is_offered_for_class(ada: Teacher) -> None:
    page = ada.page("/library/")
    offered = re.findall(r'href="/sessions/new/\?simulation=([\w-]+)"', page)
    assert len(set(offered)) == 12
    assert LIMIT not in page
    ada.post("/shelf/", file=upload(hidden()), rights="own")
    shelf = ada.page("/library/")
    assert shelf.count(LIMIT) == 1
    assert len(re.findall(r'href="/sessions/new/\?simulation=', shelf)) == 12


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "anchoring BATNA"}, ["The Second-Hand Kiln"]),
        ({"parties": "4"}, ["Four Crews, One Bay", "Eleven Quarry Lane"]),
        ({"mechanism": "coalition"}, ["The Cold Store"]),
        ({"minutes": "short", "level": "introductory"}, ["The Second-Hand Kiln", "Harbour Unit Nine"]),
        ({"parties": "more", "level": "introductory"}, []),
    ],
)
def test_shelf_is_narrowed_by_its_address(ada: Teacher, query: dict[str, str], found: list[str]) -> None:
    page = ada.page("/library/", **query)
    assert titles(page) == found
    assert f"{len(found)} of 12 simulations" in page
    assert 'href="/library/">Show the whole shelf' in page
    assert ("Nothing on the shelf fits" in page) == (not found)


def test_choices_say_how_many_they_leave(ada: Teacher) -> None:
    page = ada.page("/library/", parties="2")
    assert '<option value="2" selected>two (5)</option>' in page
    assert '<option value="introductory">introductory (2)</option>' in page
    assert "coalitions (" not in page


def test_htmx_gets_the_books_the_count_and_the_filters_alone(ada: Teacher) -> None:
    answer = ada.browser.get("/library/", {"parties": "3"}, headers={"HX-Request": "true"})
    part = answer.content.decode()
    assert "<html" not in part
    assert len(titles(part)) == 3
    assert part.count('hx-swap-oob="true"') == 4
    assert '<p id="shelf-count" hx-swap-oob="innerHTML">' in part


def test_page_that_htmx_forgot_comes_back_whole(ada: Teacher) -> None:
    asked = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    answer = ada.browser.get("/library/", {"parties": "3"}, headers=asked)
    assert "<html" in answer.content.decode()
    assert "HX-Request" in answer["Vary"]


def test_what_was_asked_is_never_markup(ada: Teacher) -> None:
    page = ada.page("/library/", q='"><b>')
    assert "<b>" not in page
    assert 'value="&quot;&gt;&lt;b&gt;"' in page


def test_own_cases_stand_apart_and_only_on_their_owners_shelf(ada: Teacher, dee: Teacher) -> None:
    ada.post("/shelf/", file=upload(), rights="own")
    page = ada.page("/library/")
    assert titles(page)[0] == "The Market Stall"
    assert page.index("Your own") < page.index("The Market Stall") < page.index("Shipped with Parley")
    assert "The Market Stall" not in dee.page("/library/")


def test_only_instructors_look_at_the_shelf(ada: Teacher) -> None:
    student = browser_of(make_lesson().join("Bo"))
    for outsider in (student, Client()):
        assert outsider.get("/library/")["Location"].startswith("/sign-in/")
    assert ada.post("/library/").status_code == 405


def test_shelf_asks_as_little_for_many_cases_as_for_one(ada: Teacher, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    for name in ("one", "two", "three"):
        copied = ada.post("/library/second-hand-kiln/copy/")
        assert copied.status_code == 302, name
    ada.page("/library/")
    with django_assert_max_num_queries(6):
        ada.page("/library/")


def test_drawing_of_a_table() -> None:
    assert table_plan(2, 1).ticks == "M31 32h10"
    assert table_plan(4, 3).ticks.count("v10") == 3
    assert [x for _, x, _ in table_plan(3, 0).marks] == [8, 22, 36]
    assert table_plan(7, 7).ticks.startswith("M37 27")


@pytest.mark.parametrize(
    ("minutes", "words"), [(50, "50 min"), (120, "2 h"), (135, "2 h 15"), (125, "2 h 05")]
)
def test_time_in_words(minutes: int, words: str) -> None:
    assert time_words(minutes) == words

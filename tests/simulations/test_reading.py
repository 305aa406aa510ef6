"""A simulation's pages: its shape and texts, each role's own view, what an edition changed, and its folder."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.test import Client

from bargaining.case import Case
from bargaining.casefile import load_case
from simulations.actions import LIBRARY, read_drawing, remarks_of, thumbnail_of
from simulations.models import Edition
from simulations.queries import latest_edition, whole_case
from simulations.rules.archive import find_folder, unpack
from tests.factories import browser_of, edition_of, make_lesson
from tests.simulations.conftest import Teacher
from tests.simulations.folders import spoilt, upload

SHIPPED = sorted(path.parent.name for path in LIBRARY.glob("*/simulation.yaml"))
FARM = "/library/mountain-view-farm/"
LIMIT = "Cannot be played in the browser yet."


def test_page_says_all_that_an_instructor_needs(ada: Teacher) -> None:
    page = ada.page(FARM)
    for words in (
        "Noreen Aldous",
        "17,473 of 51,408 possible deals",
        "117 points more together",
        '<strong class="nowrap">108 points</strong>',
        "165 points",
        "How it is built",
        "Where the value was",
        "What the terms are worth",
        "Outcome feelings",
        "I could defend this result to the people I speak for.",
        "nobody likes anything better than “1 November”",
        "Licence: CC-BY-4.0.",
    ):
        assert words in page, words
    assert "{{" not in page


def test_frontier_is_drawn_and_told(ada: Teacher) -> None:
    page = ada.page(FARM)
    assert 'role="img" aria-labelledby="plane-title plane-words"' in page
    assert "The frontier runs from 58 and 212 to 224 and 54; the alternatives are 108 and 88." in page


def test_more_than_two_parties_get_a_strip_each(ada: Teacher) -> None:
    page = ada.page("/library/quillhaven/")
    assert page.count('class="role-strip"') == 7
    assert "46 of 894 possible deals would find enough support." in page
    assert "14 of them are at least as good for everybody as no deal." in page


def test_walking_away_is_said_to_be_right(ada: Teacher) -> None:
    assert "Walking away is right." in ada.page("/library/harbour-unit-nine/")


@pytest.mark.parametrize("slug", SHIPPED)
def test_every_simulation_and_every_role_can_be_read(ada: Teacher, slug: str) -> None:
    page = ada.page(f"/library/{slug}/")
    case = whole_case(edition_of(slug).pk)
    assert (LIMIT in page) == (f"?simulation={slug}" not in page)
    for party in case.party_ids:
        sheet = ada.page(f"/library/{slug}/as/{party}/")
        assert "{{" not in sheet
        assert 'aria-current="page"' in sheet


def test_role_reads_its_own_sheet_with_points_and_alternative(ada: Teacher) -> None:
    page = ada.page(FARM + "as/farmer/")
    for own in ("hay contractor", "108", "Your points", "granddaughter", "Only this side reads"):
        assert own in page
    other = ada.page(FARM + "as/neighbour/")
    assert "hay contractor" not in other
    assert "granddaughter" not in other


def test_role_reads_in_every_language_of_the_folder(ada: Teacher) -> None:
    page = ada.page("/library/second-hand-kiln/as/seller/", language="de")
    assert 'lang="de"' in page
    for german in ("Diese Seite liest nur Ihre Seite.", "Händler"):
        assert german in page, german
    english = ada.page("/library/second-hand-kiln/as/seller/")
    assert "Diese Seite" not in english
    assert 'href="?language=de"' in english
    ada.page("/library/second-hand-kiln/as/seller/", 404, language="fr")
    assert "Rooms show the first" not in ada.page(FARM + "as/farmer/")


def numbers_of_others(case: Case, party: str) -> list[str]:
    return [
        other.alternative.text
        for other in case.parties
        if other.id != party and other.alternative and other.alternative.text != "Go on alone"
    ]


@pytest.mark.parametrize("slug", SHIPPED)
def test_role_reads_no_other_sides_alternative(ada: Teacher, slug: str) -> None:
    case = whole_case(edition_of(slug).pk)
    whole = ada.page(f"/library/{slug}/")
    for party in case.party_ids:
        sheet = ada.page(f"/library/{slug}/as/{party}/")
        for secret in numbers_of_others(case, party):
            assert secret.replace("'", "&#x27;") in whole
            assert secret.replace("'", "&#x27;") not in sheet


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("eleven-quarry-lane/as/seller_agent/", "Fee paid by the seller"),
        ("cassel-valley-solar/as/school/", "Your share of “Yearly net income to divide” counts"),
        ("cold-store/as/dairy/", "You and Aster Hill Orchards"),
        ("four-crews/as/north/", "The rounds count so many times: 1, 1, 1, 3, 1, 1, 1, 5."),
        (
            "memorial-bell/as/ringers/",
            "You will not sign an agreement in which the bell is silenced for good.",
        ),
    ],
)
def test_sheet_tells_what_no_single_term_gives(ada: Teacher, address: str, told: str) -> None:
    assert told in ada.page(f"/library/{address}")


@pytest.mark.parametrize("rest", ["", "as/farmer/", "folder.zip", "changes/2/"])
def test_unknown_simulations_parties_and_editions(ada: Teacher, rest: str) -> None:
    ada.page(f"/library/nothing/{rest}", 404)
    ada.page(f"{FARM}as/mayor/", 404)
    ada.page(f"{FARM}changes/1/", 404)
    for number in ("0", "99", "-1", "1.5", "¹", "9" * 30):
        ada.page(FARM + (rest if "changes" not in rest else ""), 404, edition=number)


@pytest.mark.parametrize("rest", ["", "as/farmer/", "folder.zip", "changes/2/"])
def test_only_instructors_read_and_nobody_posts(ada: Teacher, rest: str) -> None:
    student = browser_of(make_lesson().join("Bo"))
    for outsider in (student, Client()):
        assert outsider.get(FARM + rest)["Location"].startswith("/sign-in/")
    assert ada.post(FARM + rest).status_code == 405


def test_folder_comes_back_as_it_was_written(ada: Teacher) -> None:
    answer = ada.browser.get(FARM + "folder.zip")
    assert answer["Content-Disposition"] == 'attachment; filename="mountain-view-farm-1.zip"'
    folder = find_folder(unpack(answer.content, "farm.zip"), "farm.zip")
    assert folder
    assert set(folder.files) == {
        "simulation.yaml", "general.md", "roles/farmer.md", "roles/neighbour.md", "teaching-note.md", "debrief.md"
    }  # fmt: skip
    written = folder.files["simulation.yaml"].decode()
    assert "# instructor | draw | fixed; decided at the debrief" in written
    assert load_case(written) == whole_case(edition_of().pk)
    assert zipfile.ZipFile(io.BytesIO(answer.content)).namelist()[0] == "mountain-view-farm/simulation.yaml"


def test_older_editions_stay_readable_and_say_what_changed(ada: Teacher) -> None:
    ada.post("/shelf/", file=upload(), rights="own")
    ada.post(
        "/shelf/",
        file=upload(spoilt("value: 20", "value: 25") | {"roles/baker.md": "# Bo\n\nYou bake at dawn."}),
        rights="own",
    )
    assert "This is edition 1, an older one." in ada.page("/shelf/stall/", edition="1")
    assert "You bake at night." in ada.page("/shelf/stall/as/baker/", edition="1")
    assert "You bake at dawn." in ada.page("/shelf/stall/as/baker/")
    told = ada.page("/shelf/stall/changes/2/")
    assert "Alternative, worth: 25 instead of 20" in told
    assert re.search(r"<del>.*night.*</del>", told)
    assert re.search(r"<ins>.*dawn.*</ins>", told)
    assert "Everybody reads" not in told


def test_what_was_never_drawn_is_drawn_once(ada: Teacher) -> None:
    """Editions from before there were drawings, or with one of another kind."""
    ada.post("/shelf/", file=upload(), rights="own")
    edition = latest_edition("stall", ada.user.pk)
    assert edition
    kept = edition.thumbnail
    for older in (None, {"outcomes": 7}):
        Edition.objects.filter(pk=edition.pk).update(thumbnail=older, remarks=None)
        fresh = Edition.objects.get(pk=edition.pk)
        assert thumbnail_of(fresh) == read_drawing(kept)
        assert remarks_of(fresh) == edition.remarks
        assert Edition.objects.get(pk=edition.pk).thumbnail == kept

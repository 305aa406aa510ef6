"""Own cases: brought, copied, written, with their rights; nobody else's business; every fault at once."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bargaining.casefile import load_case, to_mapping
from simulations import actions
from simulations.models import Edition, Simulation
from simulations.queries import copies_left, folder_of, latest_edition, names_on_shelf, whole_case
from simulations.rules.refusals import ShelfRefusal
from tests.bargaining.imports.test_genius import DOMAIN, GROWER, PRESS
from tests.factories import browser_of, edition_of, make_lesson
from tests.simulations.conftest import Teacher
from tests.simulations.folders import CASE, FOLDER, spoilt, upload

TABLE = b"issue,option,Ada,Bo\nRent,low,10,0\nRent,high,0,10\nalternative,,5,4\n"
SCENARIO = {"orchard/domain.xml": DOMAIN, "orchard/grower.xml": GROWER, "orchard/press.xml": PRESS}


def edition_on(shelf: Teacher, slug: str = "stall") -> Edition:
    found = latest_edition(slug, shelf.user.pk)
    assert found
    return found


def own(shelf: Teacher, **rights: object) -> Edition:
    answer = shelf.post("/shelf/", file=upload(), **({"rights": "own"} | rights))
    assert answer["Location"] == "/shelf/stall/"
    return edition_on(shelf)


def test_folder_is_brought_and_read(ada: Teacher) -> None:
    edition = own(ada, note="Written for section B.")
    assert (edition.number, edition.title, edition.simulation.owner) == (1, "The Market Stall", ada.user.pk)
    page = ada.page("/shelf/stall/")
    for words in (
        "On your shelf.",
        "Written for section B.",
        "Bo, who bakes".partition(",")[0],
        "?simulation=",
    ):
        assert words in page
    assert "You bake at night." in ada.page("/shelf/stall/as/baker/")
    assert folder_of(edition) == FOLDER


def test_all_faults_are_told_with_file_and_line_and_the_rest_of_the_page_stays(ada: Teacher) -> None:
    broken = spoilt("kind: integer", "kind: number") | {
        "roles/florist.md": "Hello {{ name }}",
        "roles/mayor.md": "x",
    }
    broken["simulation.yaml"] = broken["simulation.yaml"].replace("value: 10", "value: ten")
    del broken["general.md"]
    answer = ada.post("/shelf/", file=upload(broken), rights="bought", copies="30", note="Order 17")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "things to mend" in page
    for file, line, words in (
        ("simulation.yaml", 14, "parties.florist.alternative.value should be a number."),
        ("simulation.yaml", 18, "issues.days.kind should be one of the known words."),
        ("general.md", 1, "general.md is missing."),
    ):
        assert f"<bdi>{file}</bdi>, line {line}:</strong> {words}" in page
    assert 'value="30"' in page
    assert "Order 17" in page
    assert 'value="bought" checked' in page
    assert names_on_shelf(ada.user.pk) == set()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Choose a file."),
        ({"file": SimpleUploadedFile("a.zip", b"")}, "This file is empty."),
        ({"file": SimpleUploadedFile("a.zip", b"x" * (2 * 1024 * 1024 + 1))}, "larger than 2 MB"),
        ({"file": SimpleUploadedFile("a.zip", b"PK nonsense")}, "no readable zip archive"),
        ({"file": SimpleUploadedFile("a.doc", b"Dear colleague")}, "The format of this is not known."),
        ({"file": upload(), "rights": "bought"}, "Say for how many readers you bought it."),
        ({"file": upload(), "rights": "bought", "copies": "0"}, "greater than or equal to 1"),
        ({"file": upload(), "rights": "stolen"}, "not one of the available choices"),
        ({"file": upload({"notes.txt": "x"})}, "The format of this is not known."),
        (
            {"file": upload(FOLDER | {"general.md": "One\nTwo\0"})},
            "<bdi>general.md</bdi>, line 2:</strong> It holds a sign",
        ),
        ({"file": upload(spoilt("The Market Stall", '"\\0"'))}, "holds a sign that cannot be stored"),
        (
            {"file": upload(spoilt("Two neighbours share a stall.", '"\\ud800"'))},
            "holds a sign that cannot be stored",
        ),
        ({"file": upload(spoilt("The Market Stall", "x" * 201))}, "The title has more than 200 signs."),
        (
            {"file": upload(spoilt("issues:", "questionnaires: {after: [horoscope]}\nissues:"))},
            "no such questionnaire",
        ),
    ],
)
def test_wrong_uploads_say_what_to_do(ada: Teacher, fields: dict[str, object], words: str) -> None:
    answer = ada.post("/shelf/", **({"rights": "own"} | fields))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert names_on_shelf(ada.user.pk) == set()


def test_what_is_of_no_use_is_left_out_and_named(ada: Teacher) -> None:
    ada.post("/shelf/", file=upload(FOLDER | {"media/map.svg": "<svg/>", "README.md": "Hello"}), rights="own")
    page = ada.page("/shelf/stall/")
    assert "Left out, because Parley has no use for it yet: media/map.svg." in page


@pytest.mark.parametrize(
    ("file", "note"),
    [
        (lambda: SimpleUploadedFile("rent.csv", TABLE), ""),
        (lambda: upload(SCENARIO, "orchard.zip"), "no reservation value; without a deal it has 0"),
    ],
)
def test_other_formats_become_playable_cases(
    ada: Teacher, file: Callable[[], SimpleUploadedFile], note: str
) -> None:
    """Their names mean nothing here: the second import is another case, not the next edition of the first."""
    first, second = (ada.post("/shelf/", file=file(), rights="own")["Location"] for _ in range(2))
    assert second == first.rstrip("/") + "-2/"
    page = ada.page(first)
    assert "Its texts were made from the table of points." in page
    assert note in page
    assert "/sessions/new/?simulation=" in page
    edition = edition_on(ada, first.split("/")[2])
    for party in whole_case(edition.pk).party_ids:
        assert "This text was made from the table of points." in ada.page(f"{first}as/{party}/")


def test_case_without_texts_gets_plain_ones(ada: Teacher) -> None:
    ada.post("/shelf/", file=SimpleUploadedFile("simulation.yaml", CASE.encode()), rights="own")
    edition = edition_on(ada)
    assert edition.texts_are_made
    assert edition.file == CASE
    assert "**Days for the baker**: from 0 to 6" in edition.general


def test_same_name_is_the_next_edition_and_the_same_content_is_none(ada: Teacher) -> None:
    first = own(ada)
    ada.post("/shelf/", file=upload(), rights="own")
    assert "Nothing has changed: edition 1 holds exactly this." in ada.page("/shelf/stall/")
    ada.post("/shelf/", file=upload(spoilt("version: 1.0.0", "version: 1.1.0")), rights="own")
    assert "Edition 2 is on your shelf." in ada.page("/shelf/stall/")
    assert edition_on(ada).number == 2
    assert Edition.objects.get(pk=first.pk).source == to_mapping(load_case(CASE))


def test_names_are_an_owners_own(ada: Teacher, dee: Teacher) -> None:
    """Two instructors and the library use one name; each sees the own case and nobody learns of the others'."""
    shipped = edition_of("second-hand-kiln")
    for shelf in (ada, dee):
        shelf.post("/shelf/", file=upload(spoilt("id: stall", "id: second-hand-kiln")), rights="own")
    mine, hers = edition_on(ada, "second-hand-kiln"), edition_on(dee, "second-hand-kiln")
    assert len({shipped.simulation_id, mine.simulation_id, hers.simulation_id}) == 3
    assert "The Market Stall" in ada.page("/shelf/second-hand-kiln/")
    assert "The Second-Hand Kiln" in ada.page("/library/second-hand-kiln/")
    assert latest_edition("second-hand-kiln") == shipped


GETS = ["", "as/baker/", "folder.zip", "changes/2/", "write/", "rights/"]
POSTS = ["copy/", "write/", "rights/", "take-off/"]


@pytest.mark.parametrize("rest", GETS)
def test_strangers_get_what_does_not_exist_gets(ada: Teacher, dee: Teacher, rest: str) -> None:
    own(ada)
    ada.post("/shelf/", file=upload(spoilt("value: 20", "value: 21")), rights="own")
    assert ada.browser.get(f"/shelf/stall/{rest}").status_code == 200
    assert dee.browser.get(f"/shelf/stall/{rest}").status_code == 404
    assert Client().get(f"/shelf/stall/{rest}")["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("rest", POSTS)
def test_every_post_refuses_strangers(ada: Teacher, dee: Teacher, rest: str) -> None:
    edition = own(ada)
    assert dee.post(f"/shelf/stall/{rest}").status_code == 404
    student = browser_of(make_lesson().join("Bo"))
    for outsider in (student, Client()):
        assert outsider.post(f"/shelf/stall/{rest}")["Location"].startswith("/sign-in/")
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(ada.user)
    assert forged.post(f"/shelf/stall/{rest}").status_code == 403
    assert edition_on(ada) == edition
    assert names_on_shelf(dee.user.pk) == set()


def test_posts_to_the_shelf_and_the_library_refuse_strangers(ada: Teacher) -> None:
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(ada.user)
    for address, browser in product(("/shelf/", "/library/second-hand-kiln/copy/"), (Client(), forged)):
        answer = browser.post(address, {"file": upload(), "rights": "own"})
        assert answer.status_code == 403 or answer["Location"].startswith("/sign-in/")
    assert names_on_shelf(ada.user.pk) == set()


def test_shipped_case_is_copied_under_a_free_name_with_its_comments(ada: Teacher) -> None:
    for name in ("my-mountain-view-farm", "my-mountain-view-farm-2"):
        assert ada.post("/library/mountain-view-farm/copy/")["Location"] == f"/shelf/{name}/"
    edition, shipped = edition_on(ada, "my-mountain-view-farm-2"), edition_of()
    assert edition.simulation.copied_from == shipped
    assert edition.file == shipped.file.replace("id: mountain-view-farm", "id: my-mountain-view-farm-2")
    same = folder_of(edition) | {"simulation.yaml": ""}
    assert same == folder_of(shipped) | {"simulation.yaml": ""}
    assert "Copied from Mountain View Farm" in ada.page("/shelf/my-mountain-view-farm-2/")


def test_downloaded_folder_is_brought_back_as_it_was(ada: Teacher) -> None:
    ada.post("/library/quillhaven/copy/")
    first = edition_on(ada, "my-quillhaven")
    folder = ada.browser.get("/shelf/my-quillhaven/folder.zip").content
    ada.post("/shelf/", file=SimpleUploadedFile("again.zip", folder), rights="own")
    assert edition_on(ada, "my-quillhaven") == first


def test_translations_travel_with_their_folder(ada: Teacher) -> None:
    ada.post("/library/second-hand-kiln/copy/")
    own = "my-second-hand-kiln"
    files = folder_of(edition_on(ada, own))
    german = {name for name in files if name.startswith("i18n/de/")}
    assert len(german) == 6
    changed = files | {"i18n/de/general.md": "Alle lesen das."}
    assert ada.post(f"/shelf/{own}/write/", **changed)["Location"] == f"/shelf/{own}/"
    assert folder_of(edition_on(ada, own)) == changed
    assert "<h2>i18n/de/general.md</h2>" in ada.page(f"/shelf/{own}/changes/2/")
    assert "Alle lesen das." in ada.page(f"/shelf/{own}/as/seller/", language="de")
    strange = changed | {"i18n/de/../../x.md": "x", "i18n/de/notes.md": "x"}
    ada.post(f"/shelf/{own}/write/", **strange)
    assert edition_on(ada, own).number == 2


def written(**changes: str) -> dict[str, str]:
    return FOLDER | {"teaching-note.md": "", "debrief.md": ""} | changes


def test_texts_are_written_in_the_browser(ada: Teacher) -> None:
    own(ada)
    page = ada.page("/shelf/stall/write/")
    assert "# What we sell changes every year." in page
    sent = written(**{"debrief.md": "Who asked?\r\n\r\nWho told?"})
    assert ada.post("/shelf/stall/write/", **sent)["Location"] == "/shelf/stall/"
    edition = edition_on(ada)
    assert (edition.number, edition.debrief) == (2, "Who asked?\n\nWho told?")


def test_faults_keep_every_word_that_was_typed(ada: Teacher) -> None:
    own(ada)
    sent = written(
        **{"simulation.yaml": CASE.replace("max: 6", "max: six"), "general.md": "A new beginning <b>"}
    )
    answer = ada.post("/shelf/stall/write/", **sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'data-file="simulation.yaml" data-line="20"' in page
    assert "max: six" in page
    assert "A new beginning &lt;b&gt;" in page
    assert edition_on(ada).number == 1


def test_new_party_gets_a_place_for_its_sheet(ada: Teacher) -> None:
    own(ada)
    more = CASE.replace("issues:", "  mayor: {name: The mayor, kind: observer, scored: false}\nissues:")
    page = ada.post("/shelf/stall/write/", **written(**{"simulation.yaml": more})).content.decode()
    assert "roles/mayor.md is missing." in page
    assert 'name="roles/mayor.md"' in page
    ada.post("/shelf/stall/write/", **written(**{"simulation.yaml": more, "roles/mayor.md": "You look on."}))
    assert "You look on." in ada.page("/shelf/stall/as/mayor/")


def test_page_of_one_case_writes_no_other(ada: Teacher) -> None:
    own(ada)
    other = written(**{"simulation.yaml": CASE.replace("id: stall", "id: kiosk")})
    answer = ada.post("/shelf/stall/write/", **other)
    assert "<bdi>simulation.yaml</bdi>, line 3" in answer.content.decode()
    assert names_on_shelf(ada.user.pk) == {"stall"}


def test_bought_case_stays_on_the_shelf(ada: Teacher) -> None:
    edition = own(ada, rights="bought", copies="3", note="Order 17")
    assert copies_left(edition.simulation) == 3
    page = ada.page("/shelf/stall/")
    assert "3 of 3 copies left" in page
    assert "folder.zip" not in page
    assert "copy/" not in page
    for ask in (ada.browser.get, ada.browser.post):
        address = "/shelf/stall/folder.zip" if ask == ada.browser.get else "/shelf/stall/copy/"
        assert ask(address)["Location"] == "/shelf/stall/"
        assert "it cannot be downloaded or copied" in ada.page("/shelf/stall/")
    assert names_on_shelf(ada.user.pk) == {"stall"}


def test_next_edition_of_a_bought_case_stays_bought(ada: Teacher) -> None:
    own(ada, rights="bought", copies="3", note="Order 17")
    ada.post("/shelf/", file=upload(spoilt("value: 20", "value: 21")), rights="own")
    simulation = edition_on(ada).simulation
    assert (simulation.copies_bought, simulation.rights_note) == (3, "Order 17")


def test_rights_are_noted_and_never_loosened(ada: Teacher) -> None:
    edition = own(ada)
    ada.post("/shelf/stall/rights/", rights="bought", copies="5", note="Order 18")
    assert Simulation.objects.get(pk=edition.simulation_id).copies_bought == 5
    actions.take_copies(edition.pk, edition.pk, 4)
    for fields, words in (
        ({"rights": "own"}, "stays bought"),
        ({"rights": "bought", "copies": "3"}, "More copies than that are in use"),
        ({"rights": "bought"}, "Say for how many readers"),
    ):
        answer = ada.post("/shelf/stall/rights/", **fields)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    ada.post("/shelf/stall/rights/", rights="bought", copies="4", note="")
    assert "0 of 4 copies left" in ada.page("/shelf/stall/")


def test_unused_case_is_taken_off(ada: Teacher) -> None:
    own(ada)
    assert ada.post("/shelf/stall/take-off/")["Location"] == "/library/"
    ada.page("/shelf/stall/", 404)
    assert names_on_shelf(ada.user.pk) == set()


def test_shelves_and_editions_have_an_end(ada: Teacher, monkeypatch: pytest.MonkeyPatch) -> None:
    own(ada)
    monkeypatch.setattr(actions, "MOST_EDITIONS", 1)
    monkeypatch.setattr(actions, "MOST_CASES", 1)
    for files, words in (
        (spoilt("value: 20", "value: 21"), "as many editions as one can have"),
        (spoilt("id: stall", "id: kiosk"), "Your shelf is full."),
    ):
        answer = ada.post("/shelf/", file=upload(files), rights="own")
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert edition_on(ada).number == 1


def test_shipped_cases_are_never_bought(ada: Teacher) -> None:
    from django.db import IntegrityError

    with pytest.raises(IntegrityError, match="only_own_cases_are_bought"):
        Simulation.objects.filter(owner=None).update(copies_bought=3)


def test_refusal_says_its_words() -> None:
    assert str(ShelfRefusal("copies_spent")).startswith("copies_spent: ")


def test_name_that_no_disk_would_take_is_a_fault_like_any_other(ada: Teacher) -> None:
    """A sign may take three bytes, and a name of 120 signs more than a disk allows."""
    answer = ada.post("/shelf/", file=upload(FOLDER | {f"roles/{'語' * 100}.md": "x"}), rights="own")
    assert answer.status_code == 422
    assert "No party has this name." in answer.content.decode()

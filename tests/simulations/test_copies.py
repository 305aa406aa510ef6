"""Copies of a bought case: counted where a session is opened and where somebody joins, refused in words, never lost."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client

from classrooms import actions as classes
from classrooms.models import Attendance, Classroom, Sitting
from negotiations.rules.refusals import RuleBroken
from simulations import actions
from simulations.models import CopiesTaken, Edition
from simulations.queries import copies_left, editions_to_play, latest_edition
from simulations.rules.refusals import ShelfRefusal
from tests.factories import browser_of, edition_of
from tests.simulations.conftest import Teacher
from tests.simulations.folders import hidden, spoilt, upload


@pytest.fixture
def bought(ada: Teacher) -> Edition:
    """The market stall, with five copies."""
    ada.post("/shelf/", file=upload(), rights="bought", copies="5")
    found = latest_edition("stall", ada.user.pk)
    assert found
    return found


@pytest.fixture
def classroom(ada: Teacher) -> Classroom:
    return classes.make_classroom("Section B", ada.user)


def sitting_of(classroom: Classroom, edition: Edition, copies: int) -> Sitting:
    return classes.make_session(classroom, edition, 20, copies=copies)


def wanted(edition: Edition, classroom: Classroom, **changes: object) -> dict[str, object]:
    return {
        "simulation": edition.simulation.key,
        "classroom": classroom.pk,
        "time": 20,
        "unit": "minutes",
        "odd_rule": "second",
    } | changes


def test_session_form_offers_own_and_shipped_cases_that_a_room_plays(
    ada: Teacher, dee: Teacher, bought: Edition, classroom: Classroom
) -> None:
    page = ada.page("/sessions/new/", simulation=bought.simulation.key)
    assert f'<option value="{bought.simulation_id}" selected>The Market Stall</option>' in page
    assert '<optgroup label="Your own cases">' in page
    assert "Copies of a bought case" in page
    assert "quillhaven" in page
    classes.make_classroom("Section C", dee.user)
    other = dee.page("/sessions/new/", simulation=bought.simulation.key)
    assert "The Market Stall" not in other
    assert "Copies of a bought case" not in other
    assert bought not in editions_to_play(dee.user.pk)


def test_session_of_another_teachers_case_cannot_be_opened(dee: Teacher, bought: Edition) -> None:
    section = classes.make_classroom("Section C", dee.user)
    answer = dee.post("/sessions/new/", **wanted(bought, section, copies=1))
    assert answer.status_code == 422
    assert section.sittings.count() == 0


@pytest.mark.parametrize("slug", ["quillhaven", "cold-store", "four-crews", "memorial-bell"])
def test_every_kind_of_table_opens(ada: Teacher, classroom: Classroom, slug: str) -> None:
    assert ada.post("/sessions/new/", **wanted(edition_of(slug), classroom)).status_code == 302


def test_no_session_is_opened_with_what_no_room_plays(ada: Teacher, classroom: Classroom) -> None:
    ada.post("/shelf/", file=upload(hidden()), rights="own")
    edition = latest_edition("stall", ada.user.pk)
    assert edition
    assert ada.post("/sessions/new/", **wanted(edition, classroom)).status_code == 422
    with pytest.raises(RuleBroken, match="not_playable: The table in the browser"):
        classes.make_session(classroom, edition, 20)
    assert classroom.sittings.count() == 0


def test_copies_are_counted_where_a_session_is_opened(
    ada: Teacher, bought: Edition, classroom: Classroom
) -> None:
    for copies, words in ((None, "Say how many students will read"), (6, "5 copies are left. Buy more")):
        fields = {} if copies is None else {"copies": copies}
        answer = ada.post("/sessions/new/", **wanted(bought, classroom, **fields))
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert ada.post("/sessions/new/", **wanted(bought, classroom, copies=3)).status_code == 302
    assert copies_left(bought.simulation) == 2
    with pytest.raises(RuleBroken, match="copies_spent"):
        sitting_of(classroom, bought, 3)
    assert classroom.sittings.count() == 1
    assert "2 of 5 copies left" in ada.page("/shelf/stall/")


def test_other_cases_count_nothing(ada: Teacher, classroom: Classroom) -> None:
    sitting = sitting_of(classroom, edition_of(), 3)
    assert not sitting.counts_copies
    assert not CopiesTaken.objects.filter(session=sitting.pk).exists()
    classes.join(sitting, "Bo")


def test_who_comes_beyond_takes_another_copy_and_then_nobody_comes(
    bought: Edition, classroom: Classroom
) -> None:
    sitting = sitting_of(classroom, bought, 4)
    for name in ("Bo", "Cy", "Eve", "Flo", "Gus"):
        classes.join(sitting, name)
    assert copies_left(bought.simulation) == 0
    late = Client().post(f"/j/{sitting.code}/", {"code": sitting.code, "name": "Hal"})
    assert late.status_code == 422
    assert "No copy of this simulation is left for you. Please tell your instructor." in late.content.decode()
    assert not Attendance.objects.filter(sitting=sitting, person__name="Hal").exists()


def test_coming_back_takes_no_second_copy(bought: Edition, classroom: Classroom) -> None:
    sitting = sitting_of(classroom, bought, 5)
    joined = [classes.join(sitting, name) for name in ("Bo", "Cy", "Eve", "Flo", "Gus")]
    assert classes.recover(sitting, joined[0].phrase)
    again = Client().post(f"/j/{sitting.code}/back/", {"phrase": joined[1].phrase})
    assert again.status_code == 302
    assert CopiesTaken.objects.get(session=sitting.pk).copies == 5


def test_words_of_another_session_bring_nobody_past_the_last_copy(
    bought: Edition, classroom: Classroom
) -> None:
    before = sitting_of(classroom, edition_of(), 0)
    known = classes.join(before, "Bo")
    sitting = sitting_of(classroom, bought, 5)
    for name in ("Cy", "Eve", "Flo", "Gus", "Hal"):
        classes.join(sitting, name)
    answer = Client().post(f"/j/{sitting.code}/back/", {"phrase": known.phrase})
    assert answer.status_code == 422
    assert "No copy of this simulation is left" in answer.content.decode()
    again = browser_of(known).post(f"/j/{sitting.code}/", {"code": sitting.code, "continue": "1"})
    assert again.status_code == 422
    assert "No copy of this simulation is left" in again.content.decode()


def test_last_copy_goes_to_one_of_two_who_come_at_once(bought: Edition, classroom: Classroom) -> None:
    sitting = sitting_of(classroom, bought, 4)
    for name in ("Bo", "Cy", "Eve", "Flo"):
        classes.join(sitting, name)
    start, ends = Barrier(2), []

    def come(name: str) -> None:
        start.wait()
        try:
            classes.join(sitting, name)
            ends.append("came")
        except RuleBroken as broken:
            ends.append(broken.code)
        finally:
            connection.close()

    threads = [Thread(target=come, args=(name,)) for name in ("Gus", "Hal")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == ["came", "copies_spent"]
    assert Attendance.objects.filter(sitting=sitting).count() == 5


def test_used_case_stays_on_the_shelf(ada: Teacher, bought: Edition, classroom: Classroom) -> None:
    sitting_of(classroom, bought, 1)
    ada.post("/shelf/stall/take-off/")
    assert "It was used in a session" in ada.page("/shelf/stall/")
    with pytest.raises(ShelfRefusal, match="was_used"):
        actions.take_off_shelf(bought.simulation)
    assert Edition.objects.filter(pk=bought.pk).exists()


def test_session_keeps_its_edition(ada: Teacher, bought: Edition, classroom: Classroom) -> None:
    sitting = sitting_of(classroom, bought, 1)
    ada.post("/shelf/", file=upload(spoilt("value: 20", "value: 21")), rights="bought", copies="5")
    assert latest_edition("stall", ada.user.pk) != bought
    assert Sitting.objects.get(pk=sitting.pk).session.edition == bought


def test_colleague_sees_a_private_case_in_sessions_only(
    ada: Teacher, dee: Teacher, bought: Edition, classroom: Classroom
) -> None:
    classroom.teachings.create(user=dee.user)
    sitting = sitting_of(classroom, bought, 1)
    assert "The Market Stall" in dee.page(f"/sessions/{sitting.pk}/")
    assert "The Market Stall" not in dee.page("/library/")
    assert "The Market Stall" not in dee.page("/sessions/new/")
    dee.page("/shelf/stall/", 404)

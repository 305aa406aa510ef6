"""What everybody may know of a change: shown where it shows, and never a secret that changes with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bargaining.case import Case, Release
from bargaining.casefile import after_release, load_folder, public_changes, with_changes
from tests.bargaining.cases import LIBRARY

FARM = load_folder(LIBRARY / "mountain-view-farm").case


def with_release(case: Case, **changes: Any) -> Case:
    paths = {path.replace("__", "."): value for path, value in changes.items()}
    return replace(case, releases=(Release("news", {"manual": True}, ("farmer",), "News", paths),))


def test_secret_change_shows_nothing() -> None:
    case = with_release(FARM, parties__farmer__target=170, parties__farmer__alternative__text="Another")
    assert public_changes(case, "news") == {}


def test_public_change_is_the_value_after_it() -> None:
    quillhaven = load_folder(LIBRARY / "quillhaven").case
    found = public_changes(quillhaven, "new_projection")
    assert list(found) == ["agreement.requires"]


def test_change_with_a_secret_in_it_shows_the_rest() -> None:
    case = with_release(FARM, issues__rent__title="Yearly rent", issues__rent__points__farmer={"per_unit": 7})
    assert public_changes(case, "news") == {"issues.rent.title": "Yearly rent"}


def test_view_after_the_changes_is_the_view_of_the_case_after_them() -> None:
    case = with_release(FARM, issues__rent__title="Yearly rent", parties__farmer__target=170)
    view = with_changes(case.seen_by(None), public_changes(case, "news"))
    assert view == after_release(case, "news").seen_by(None)


def test_list_entries_are_reached_by_their_place() -> None:
    case = with_release(FARM, issues__form__options__0__label="Short lease")
    assert public_changes(case, "news") == {"issues.form.options.0.label": "Short lease"}
    assert (
        with_changes(FARM.seen_by(None), public_changes(case, "news")).issue("form").options[0].label
        == "Short lease"
    )

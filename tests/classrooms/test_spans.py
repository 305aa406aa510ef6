"""How long something takes: the board and the room say the same, and nothing is rounded far."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from classrooms.rules.times import extensions_of
from classrooms.spans import exactly, roughly

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.serving import RunningServer

ROUGH = [
    (6, "6 min"),
    (44.5, "45 min"),
    (100, "100 min"),
    (150, "150 min"),
    (151, "2½ hours"),
    (175, "3 hours"),
    (200, "3½ hours"),
    (36 * 60, "36 hours"),
    (37 * 60, "1½ days"),
    (7 * 24 * 60 - 0.1, "7 days"),
]


@pytest.mark.parametrize(("minutes", "words"), ROUGH)
def test_rough_time_is_near(minutes: float, words: str) -> None:
    assert roughly(minutes) == words


@pytest.mark.browser
def test_room_says_rough_time_as_the_board_does(
    visitor: Callable[..., Page], running_server: RunningServer
) -> None:
    page = visitor()
    page.goto("/j/")
    page.add_script_tag(url="/jsi18n/")
    said = page.evaluate(
        "async (all) => { const { roughly } = await import('/static/js/room/spans.js'); return all.map(roughly); }",
        [minutes * 60 for minutes, _ in ROUGH],
    )
    assert said == [words for _, words in ROUGH]


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(1, "1 min"), (60, "1 hour"), (100, "100 min"), (180, "3 hours"), (1440, "1 day"), (10080, "7 days")],
)
def test_given_time_is_said_in_its_unit(minutes: int, words: str) -> None:
    assert exactly(minutes) == words


@pytest.mark.parametrize(
    ("minutes", "more"), [(45, (5,)), (150, (5,)), (240, (5, 60)), (7 * 24 * 60, (60, 24 * 60))]
)
def test_long_tables_are_given_more_at_once(minutes: int, more: tuple[int, ...]) -> None:
    assert extensions_of(minutes) == more

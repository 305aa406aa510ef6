"""The form of a new session in a browser: it asks what the chosen simulation raises."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.test_hour import Visitor, lesson, teach
from tests.factories import Lesson, edition_of

if TYPE_CHECKING:
    from tests.serving import RunningServer

__all__ = ["lesson", "teach"]
pytestmark = pytest.mark.browser


def test_form_follows_the_chosen_simulation(
    teach: Visitor, lesson: Lesson, running_server: RunningServer
) -> None:
    ada = teach(lesson.ada)
    ada.goto("/sessions/new/?simulation=mountain-view-farm")
    time = ada.get_by_label("Time at the table")
    before = time.input_value()
    ada.get_by_text("Rules of the table").click()
    assert ada.get_by_text("Last call (seconds)").count() == 0
    ada.get_by_label("Simulation").select_option(label="The Dunmore Mill Settlement")
    ada.get_by_label("Last call (seconds)").wait_for(state="attached")
    assert time.input_value() != before
    assert ada.get_by_role("heading", level=1).inner_text() == "New session"
    time.fill("10080")
    ada.get_by_role("button", name="Open the session").click()
    ada.locator("html[data-ready=board]").wait_for()
    made = lesson.classroom.sittings.exclude(pk=lesson.sitting.pk).get()
    assert (made.session.edition, made.session.minutes) == (edition_of("dunmore-mill"), 7 * 24 * 60)

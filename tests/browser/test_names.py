"""Names as people write them: as long as a name may be, without a space, and never wider than a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from negotiations.actions import open_preparation
from tests.browser.support import PHONE
from tests.factories import make_lesson
from tests.serving import RunningServer

pytestmark = pytest.mark.browser
LONG = "<b>" + "W" * 77


@pytest.mark.slow
def test_longest_name_fits_a_phone(visitor: Callable[..., Any], running_server: RunningServer) -> None:
    lesson = make_lesson(newcomers="partner")
    open_preparation(lesson.session, lesson.ada.pk)
    page = visitor(width=PHONE)
    page.goto(f"/j/{lesson.sitting.code}/")
    page.get_by_label("Your name").fill(LONG)
    page.get_by_role("button", name="Join").click()
    page.get_by_role("heading", name="You have a seat.").wait_for()
    for place in (page.locator(".seat bdi"), page.locator("footer bdi")):
        assert place.inner_text() == LONG
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE

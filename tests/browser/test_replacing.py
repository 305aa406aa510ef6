"""Somebody else on a seat, in real browsers: one press on a tile, and the newcomer is at the table."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from negotiations.models import Seat
from tests.browser.hands import press
from tests.browser.support import axe_faults
from tests.browser.test_hour import open_board, teach
from tests.classrooms.test_board import opened
from tests.classrooms.test_replacing import goes_away, seat_at
from tests.factories import make_lesson

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.serving import RunningServer

__all__ = ["teach"]
pytestmark = pytest.mark.browser
Visitor = Callable[..., "Page"]


@pytest.mark.slow
def test_who_waits_sits_down_in_the_room_whose_tile_says_so(
    visitor: Visitor, teach: Visitor, running_server: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    lesson = make_lesson()
    opened(lesson, people=4)
    Seat.objects.filter(room__session=lesson.sitting.pk).update(seen_at=timezone.now())
    goes_away(seat_at(lesson.room(2), "neighbour"))
    eve, ada = visitor(), teach(lesson.ada)
    eve.goto(f"/j/{lesson.sitting.code}/")
    eve.get_by_label("Your name").fill("Eve")
    press(eve, "Join")
    eve.get_by_text("Your instructor sees you and finds you a seat.").wait_for()
    open_board(ada, lesson)
    press(ada.locator("#tile-2"), "Seat Eve")
    ada.locator("#toast", has_text="Eve sits in room 2.").wait_for()
    ada.locator("#group-well #tile-2", has_text="Eve").wait_for()
    assert axe_faults(ada) == []
    eve.wait_for_url(re.compile(f"/rooms/{lesson.room(2).pk}/"))

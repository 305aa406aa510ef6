"""A lesson for each test, with committed rows: the tables read them from their own loop."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import Lesson, browser_of_user, make_lesson


@pytest.fixture
def lesson(committed_db: None) -> Lesson:
    return make_lesson()


@pytest.fixture
def ada(lesson: Lesson) -> Client:
    """Ada's browser, signed in."""
    return browser_of_user(lesson.ada)

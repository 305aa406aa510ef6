"""Ada and Dee teach and know nothing of each other; the library is loaded once a database."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.http import HttpResponse
from django.test import Client

from classrooms.models import User
from tests.factories import browser_of_user, edition_of, make_user


@dataclass
class Teacher:
    """A user and the browser in which that user is signed in."""

    user: User
    browser: Client

    def page(self, address: str, status: int = 200, **query: str) -> str:
        answer = self.browser.get(address, query)
        assert answer.status_code == status
        return answer.content.decode()

    def post(self, address: str, **fields: object) -> HttpResponse:
        answer: HttpResponse = self.browser.post(address, fields)
        return answer


def teacher(name: str) -> Teacher:
    edition_of()
    user = make_user(name)
    return Teacher(user, browser_of_user(user))


@pytest.fixture
def ada(committed_db: None) -> Teacher:
    return teacher("Ada")


@pytest.fixture
def dee(committed_db: None) -> Teacher:
    return teacher("Dee")

"""Every address of the shelf, also one that is added later: nobody gets past its gate without an account."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import URLPattern

from simulations.urls import urlpatterns
from tests.factories import browser_of, make_lesson

PLACES = {"<slug:slug>": "second-hand-kiln", "<slug:party>": "seller", "<int:number>": "1"}


def address_of(pattern: URLPattern) -> str:
    address = "/" + str(pattern.pattern)
    for place, value in PLACES.items():
        address = address.replace(place, value)
    assert "<" not in address
    return address


@pytest.mark.parametrize("pattern", urlpatterns, ids=lambda pattern: str(pattern.pattern))
@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete"])
def test_without_an_account_there_is_only_the_sign_in_page(
    committed_db: None, pattern: URLPattern, method: str
) -> None:
    student = browser_of(make_lesson().join("Bo"))
    for outsider in (Client(), student):
        answer = getattr(outsider, method)(address_of(pattern))
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/sign-in/")

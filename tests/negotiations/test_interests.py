"""After the Memorial Bell: each person says how far the own side's interests were met."""

from __future__ import annotations

import pytest
from django.test import Client

from negotiations import actions
from negotiations.queries import interests_met
from negotiations.rules import commands as c
from tests.negotiations.bays import Bay, put_to_sea, under_the_bell
from tests.negotiations.rules.bell import FIRST


def browser(bay: Bay, party: str) -> tuple[Client, str]:
    client = Client()
    client.cookies["holder"] = str(bay.seats[party].holder)
    return client, f"/rooms/{bay.room.pk}/interests/"


@pytest.fixture
def parted(committed_db: None) -> Bay:
    """A room whose sides parted: what was reached all the same is asked too."""
    bell = under_the_bell()
    bell.do("mediator", c.ProposeText(FIRST))
    bell.do("residents", c.WalkAway())
    return bell


def test_each_side_rates_its_own_interests_and_they_are_kept(parted: Bay) -> None:
    for party, rating in (("ringers", "3"), ("residents", "1")):
        client, address = browser(parted, party)
        page = client.get(address).content.decode()
        assert ("The dead are named in public" in page) == (party == "ringers")
        assert ("No sudden strikes without warning" in page) == (party == "residents")
        first = {"ringers": "r1", "residents": "n1"}[party]
        assert client.post(address, {first: rating}).status_code == 302
        assert "checked" in client.get(address).content.decode()
    assert interests_met(parted.room.pk) == {"residents": {"n1": [1]}, "ringers": {"r1": [3]}}


def test_rating_can_be_changed_and_taken_back(parted: Bay) -> None:
    client, address = browser(parted, "ringers")
    client.post(address, {"r1": "3", "r2": "0"})
    client.post(address, {"r2": "2"})
    assert interests_met(parted.room.pk) == {"ringers": {"r2": [2]}}


def test_wrong_rating_is_refused_and_nothing_is_kept(parted: Bay) -> None:
    client, address = browser(parted, "ringers")
    assert client.post(address, {"r1": "7"}).status_code == 422
    client.post(address, {"n1": "3"})
    assert interests_met(parted.room.pk) == {}


def test_after_the_release_ratings_stay(parted: Bay) -> None:
    client, address = browser(parted, "ringers")
    client.post(address, {"r1": "3"})
    actions.open_debrief(parted.session, parted.ada)
    actions.release(parted.session, parted.ada)
    client.post(address, {"r1": "0"})
    assert interests_met(parted.room.pk) == {"ringers": {"r1": [3]}}


def test_question_waits_for_the_end_of_the_table(committed_db: None) -> None:
    client, address = browser(under_the_bell(), "ringers")
    assert client.get(address).status_code == 302
    assert client.post(address, {"r1": "3"}).status_code == 302


def test_who_has_no_interests_to_rate_is_not_asked(parted: Bay) -> None:
    client, address = browser(parted, "mediator")
    assert client.get(address).status_code == 404
    assert "/interests/" not in client.get(f"/rooms/{parted.room.pk}/").content.decode()
    crew, theirs = browser(put_to_sea(), "north")
    assert crew.get(theirs).status_code == 404


def test_strangers_are_not_asked(parted: Bay) -> None:
    assert Client().get(f"/rooms/{parted.room.pk}/interests/").status_code == 404


def test_no_side_reads_what_the_other_wants_or_will_never_sign(parted: Bay) -> None:
    secrets = {
        "ringers": ("Nothing about the bell is decided without us", "the bell is silenced for good"),
        "residents": ("No sudden strikes without warning", "ringing goes on exactly as before"),
    }
    pages = {}
    for party in ("ringers", "residents", "mediator"):
        client, _ = browser(parted, party)
        paths = ("", "role/", "events/", "result/")
        answers = [client.get(f"/rooms/{parted.room.pk}/{path}") for path in paths]
        pages[party] = "".join(answer.content.decode() for answer in answers).lower()
    for owner, words in secrets.items():
        for word in words:
            assert word.lower() in pages[owner]
            assert [party for party, page in pages.items() if party != owner and word.lower() in page] == []

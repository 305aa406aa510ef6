"""Proposals with open terms, terms of the table's own, and terms pinned for now."""

from __future__ import annotations

from dataclasses import replace

import pytest

from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.room import digest_of
from tests.negotiations.rules.given import (
    BO,
    CASE,
    CY,
    LEASE,
    OPENED,
    SALE,
    decided,
    refused,
    several,
    table,
)

HALF = {"form": "lease15", "rent": 8000, "acres": "a40"}
OPEN_TERMS = ("sugarbush", "cabins", "handover", "trail_bonus")
PROPOSED = e.OfferMade(1, "farmer", (HALF,), digest_of((HALF,)), (), (OPEN_TERMS,))
ROOMY = replace(CASE, issues=(replace(CASE.issues[0], allow_added_terms=True), *CASE.issues[1:]))
ADDED = ("A gate to the upper meadow", "Noreen keeps the old tractor there")


def test_proposal_may_leave_terms_open_and_says_which() -> None:
    assert decided(OPENED, BO, c.MakeOffer((HALF,), proposal=True)) == (PROPOSED,)


def test_proposal_that_is_whole_is_an_offer() -> None:
    assert decided(OPENED, BO, c.MakeOffer((LEASE,), proposal=True)) == (several(LEASE),)


def test_proposal_of_nothing_or_of_something_wrong_is_refused() -> None:
    for package in ({}, {"rent": 8000}, HALF | {"rent": 1}, HALF | {"sale_price": 200000}):
        assert refused(OPENED, BO, c.MakeOffer((package,), proposal=True)) == "invalid_offer"


def test_only_the_whole_packages_of_a_proposal_can_be_accepted() -> None:
    made = decided(OPENED, BO, c.MakeOffer((HALF, SALE), proposal=True))
    digest = digest_of((HALF, SALE))
    given = (*OPENED, *made)
    assert refused(given, CY, c.AcceptOffer(1, 0, digest)) == "still_open"
    assert e.DealMade("main", 1, SALE) in decided(given, CY, c.AcceptOffer(1, 1, digest))


def test_added_terms_are_part_of_what_is_accepted() -> None:
    made = decided(OPENED, BO, c.MakeOffer((LEASE,), added=ADDED), case=ROOMY)
    digest = digest_of((LEASE,), ADDED)
    assert made == (e.OfferMade(1, "farmer", (LEASE,), digest, ADDED),)
    given = (*OPENED, *made)
    assert refused(given, CY, c.AcceptOffer(1, 0, digest_of((LEASE,))), case=ROOMY) == "stale_offer"
    agreed = decided(given, CY, c.AcceptOffer(1, 0, digest), case=ROOMY)
    assert agreed[1] == e.DealMade("main", 1, LEASE, ADDED)


def test_added_terms_are_few_short_and_text() -> None:
    def code(*added: str) -> str:
        return refused(OPENED, BO, c.MakeOffer((LEASE,), added=added), case=ROOMY)

    assert code(*["A gate"] * 11) == code("x" * 301) == "too_many_terms"
    assert (code(" "), code("\x00")) == ("empty_message", "bad_text")


PIN = c.PinTerm("rent", 8000)
PINNED = e.TermPinned("rent", 8000, "farmer")
BOTH = (*OPENED, PINNED, e.TermPinned("rent", 8000, "neighbour"))


def test_pin_is_a_word_until_both_say_it() -> None:
    assert decided(OPENED, BO, PIN) == (PINNED,)
    signers = CASE.signers
    assert table(*OPENED, PINNED).bargain.pinned(signers) == {}
    assert table(*BOTH).bargain.pinned(signers) == {"rent": 8000}
    other = e.TermPinned("rent", 9000, "neighbour")
    assert table(*OPENED, PINNED, other).bargain.pinned(signers) == {}
    assert table(*BOTH, other).bargain.pinned(signers) == {}


def test_pin_is_taken_back_by_either() -> None:
    assert decided(BOTH, CY, c.UnpinTerm("rent")) == (e.TermUnpinned("rent", "neighbour"),)
    state = table(*BOTH, e.TermUnpinned("rent", "neighbour"))
    assert state.bargain.pinned(CASE.signers) == {}
    assert state.bargain.pins == {"rent": {"farmer": 8000}}


def test_pin_that_changes_nothing_is_refused() -> None:
    assert refused((*OPENED, PINNED), BO, PIN) == "no_change"
    assert refused((*OPENED, PINNED), CY, c.UnpinTerm("rent")) == "no_change"
    assert refused(OPENED, BO, c.UnpinTerm("moon")) == "no_change"


@pytest.mark.parametrize(
    ("issue", "value"), [("rent", 8001), ("rent", "8000"), ("moon", 1), ("form", "lease99")]
)
def test_pin_of_what_the_case_does_not_know_is_refused(issue: str, value: str | int) -> None:
    assert refused(OPENED, BO, c.PinTerm(issue, value)) == "invalid_term"


def test_pins_bind_nobody() -> None:
    assert decided(BOTH, BO, c.MakeOffer((LEASE | {"rent": 9000},)))

"""What a viewer is told of what packages are worth: as exactly as the session allows and no more."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
import pytest

from bargaining.scoring import points
from negotiations import wire
from negotiations.answers import score
from negotiations.lines import Worth
from negotiations.rules import events as e
from negotiations.rules.room import digest_of
from negotiations.screens import me_data
from negotiations.worth import band, worth_to, worth_to_all
from tests.negotiations.rules.given import BO_SEAT, LEASE, NOW, SALE, WHOLE, Package
from tests.negotiations.rules.playing import whole

FARMER = WHOLE.seen_by("farmer")
BET = LEASE | {"trail_bonus": 10000}
HALF: Package = {"form": "lease15", "rent": 8000}
ID = UUID(int=1)


def line(event: e.Event, worth: Worth | None) -> dict[str, Any]:
    return wire.line(1, e.Logged(1, event, BO_SEAT, None, NOW), worth)


def offer(*packages: Package, left_open: tuple[tuple[str, ...], ...] = ()) -> e.OfferMade:
    return e.OfferMade(1, "farmer", packages, digest_of(packages), left_open=left_open)


def exact() -> Worth:
    worth = worth_to(FARMER, "farmer")
    assert worth is not None
    return worth


def bands() -> Worth:
    worth = worth_to(FARMER, "farmer", "bands")
    assert worth is not None
    return worth


def test_contingent_package_says_what_it_turns_out_to_be() -> None:
    shown = line(offer(LEASE, BET), exact())
    assert shown["worth"] == [115.0, 121.0]
    assert shown["beside"] == [
        {},
        {"courses": [[{"trail": "approved"}, 125.0], [{"trail": "refused"}, 115.0]]},
    ]


def test_open_proposal_says_between_what_it_lies() -> None:
    shown = line(offer(HALF, left_open=(("acres",),)), exact())
    least, most = shown["beside"][0]["range"]
    assert (least, most) == (70.0, 170.0)
    assert least <= points(FARMER, "farmer", LEASE) <= most


def test_deal_and_record_are_weighed_like_offers() -> None:
    for event in (e.DealMade("main", 1, BET), e.OutcomeRecorded("farmer", BET)):
        shown = line(event, exact())
        assert shown["worth"] == 121.0
        assert shown["beside"]["courses"]
    assert "worth" not in line(e.OutcomeRecorded("farmer", None), exact())


@pytest.mark.parametrize(
    ("worth", "name"),
    [
        (107.9, "below"),
        (108, "little"),
        (126.9, "little"),
        (127, "fair"),
        (146, "good"),
        (165, "target"),
        (224, "target"),
    ],
)
def test_bands_lie_between_alternative_and_target(worth: float, name: str) -> None:
    assert band(FARMER, "farmer", worth) == name


def numbers_in(plain: Any) -> set[float]:
    """Every number anywhere in a frame."""
    if isinstance(plain, dict):
        return set().union(*(numbers_in(value) for value in plain.values()), set())
    if isinstance(plain, list | tuple):
        return set().union(*map(numbers_in, plain), set())
    return {float(plain)} if isinstance(plain, int | float) and not isinstance(plain, bool) else set()


SECRETS = {115.0, 121.0, 125.0, 70.0, 170.0}
EVENTS = (
    offer(LEASE, BET),
    offer(HALF, left_open=(("acres",),)),
    e.DealMade("main", 1, LEASE),
    e.OutcomeRecorded("farmer", BET),
)


@pytest.mark.parametrize(
    ("share", "name"), [(7, "below"), (8, "little"), (52, "fair"), (90, "good"), (106, "target")]
)
def test_bands_of_a_share_lie_between_alternative_and_what_a_coalition_has(share: float, name: str) -> None:
    assert band(whole("cold-store").seen_by("orchard"), "orchard", share) == name


def test_calculator_of_bands_lets_no_number_out() -> None:
    assert [numbers_in(line(event, exact())) & SECRETS != set() for event in EVENTS] == [True] * 4
    for event in EVENTS:
        shown = line(event, bands())
        assert not numbers_in(shown) & SECRETS
        assert shown["worth"] in ("little", ["little", "little"], ["below"])


@pytest.mark.parametrize("package", [LEASE, BET, HALF])
def test_score_is_as_exact_as_the_session_allows(package: Package) -> None:
    frame = wire.Score(ID, dict(package))  # type: ignore[arg-type]
    whole = score(FARMER, "farmer", frame)
    assert whole["points"] == points(FARMER, "farmer", package)
    rough = score(FARMER, "farmer", frame, "bands")
    assert not numbers_in(rough) & SECRETS
    assert rough["points"] in ("below", "little")
    assert "by_issue" not in rough
    nothing = score(FARMER, "farmer", frame, "off")
    assert set(nothing) == {"t", "id", "applies", "missing"}
    assert nothing["missing"] == whole["missing"]


@pytest.mark.parametrize("calculator", ["bands", "off"])
def test_page_without_an_exact_calculator_gets_no_points_of_terms(calculator: str) -> None:
    party = FARMER.party("farmer")
    assert me_data(FARMER, party, None)["points"]["form"]
    found = me_data(FARMER, party, None, calculator)
    assert (found["points"], found["best"], found["calculator"]) == ({}, None, calculator)


def test_nothing_is_told_to_who_has_no_points_or_no_calculator() -> None:
    assert worth_to(FARMER, "farmer", "off") is None
    assert "worth" not in line(offer(LEASE), None)


def test_instructor_sees_all_points_whatever_the_calculator() -> None:
    assert line(offer(SALE), worth_to_all(WHOLE))["worth"] == [
        {party: points(WHOLE, party, SALE) for party in ("farmer", "neighbour")}
    ]


def test_answers_can_be_sent() -> None:
    assert msgspec.json.encode([line(event, exact()) for event in EVENTS])

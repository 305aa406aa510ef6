"""Who sees which line, under which number, with which fields."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from negotiations.rules import events as e
from negotiations.rules.commands import HOUSE
from negotiations.rules.sight import INSTRUCTOR, Mates, Viewer, may_see, seen, shown
from tests.negotiations.rules import bay, bell, mill, store
from tests.negotiations.rules.given import (
    BEGIN,
    BO_SEAT,
    CY_SEAT,
    DEE_SEAT,
    END,
    EVE_SEAT,
    LEASE,
    NOW,
    ON_THE_TABLE,
    OPENED,
    logged,
    offered,
)

FARMER, NEIGHBOUR = Viewer("party", "farmer"), Viewer("party", "neighbour")
CALLED = (*OPENED, e.HelpAsked("farmer"), e.MessageSaid("neighbour", "Hello"), e.HelpAsked("neighbour"))
LOG = logged(CALLED, {4: ("farmer",), 6: ("neighbour",)})


def numbered(viewer: Viewer) -> list[tuple[int, str]]:
    return [(n, line.event.type) for n, line in enumerate(seen(viewer, LOG), start=1)]


def test_private_line_of_the_other_side_leaves_no_hole() -> None:
    opening = [(1, "seat.taken"), (2, "seat.taken"), (3, "table.opened")]
    assert numbered(FARMER) == [*opening, (4, "help.asked"), (5, "message.said")]
    assert numbered(NEIGHBOUR) == [*opening, (4, "message.said"), (5, "help.asked")]


def test_instructor_sees_the_whole_log() -> None:
    assert seen(INSTRUCTOR, LOG) == LOG


MATES = (*OPENED, e.SeatTaken(EVE_SEAT, "farmer", "person"), e.SeatTaken(DEE_SEAT, "observer", "observer"))


def by(viewer: Viewer, event: e.Event, actor: UUID) -> int:
    return Mates(logged(MATES)).by(viewer, e.Logged(9, event, actor, None, NOW))


@pytest.mark.parametrize(("seat", "number"), [(BO_SEAT, 1), (EVE_SEAT, 2)])
def test_own_side_alone_reads_which_of_its_people_it_was(seat: UUID, number: int) -> None:
    said = e.MessageSaid("farmer", "Hello")
    assert by(FARMER, said, seat) == number
    assert by(FARMER, e.SeatLeft(seat, "farmer"), HOUSE) == number
    for other in (NEIGHBOUR, INSTRUCTOR, Viewer("party", "observer")):
        assert by(other, said, seat) == by(other, e.SeatLeft(seat, "farmer"), HOUSE) == 0


def test_nobody_of_a_side_is_named_for_what_others_did() -> None:
    assert by(FARMER, e.MessageSaid("neighbour", "Hello"), CY_SEAT) == 0
    assert by(FARMER, e.TablePaused("Drill", NOW), HOUSE) == 0
    assert by(Viewer("party", "observer"), e.SeatTaken(DEE_SEAT, "observer", "observer"), HOUSE) == 0


def test_own_side_alone_reads_who_of_it_is_here() -> None:
    mates = Mates(logged(MATES))
    assert mates.here(FARMER, {EVE_SEAT, CY_SEAT}) == {1: False, 2: True}
    assert mates.here(NEIGHBOUR, {EVE_SEAT, CY_SEAT}) == {1: True}
    assert mates.here(INSTRUCTOR, {EVE_SEAT}) == {}
    left = Mates(logged((*MATES, e.SeatLeft(BO_SEAT, "farmer"))))
    assert left.here(FARMER, {EVE_SEAT}) == {2: True}
    assert left.side(FARMER) == {BO_SEAT: 1, EVE_SEAT: 2}


def test_numbers_do_not_change_when_more_happens() -> None:
    for viewer in (FARMER, NEIGHBOUR, INSTRUCTOR):
        whole = seen(viewer, LOG)
        for length in range(len(LOG) + 1):
            before = seen(viewer, LOG[:length])
            assert whole[: len(before)] == before


@pytest.mark.parametrize(
    ("viewer", "audience", "sees"),
    [
        (FARMER, None, True),
        (FARMER, ("farmer",), True),
        (FARMER, ("neighbour",), False),
        (FARMER, ("neighbour", "farmer"), True),
        (FARMER, (), False),
        (INSTRUCTOR, None, True),
        (INSTRUCTOR, ("farmer",), True),
        (INSTRUCTOR, (), True),
        (Viewer("party", None), ("farmer",), False),
    ],
)
def test_audience_decides(viewer: Viewer, audience: e.Audience, sees: bool) -> None:
    assert may_see(viewer, audience) is sees


SHOWN: list[tuple[e.Event, dict[str, Any]]] = [
    (e.SeatTaken(BO_SEAT, "farmer", "person"), {"party": "farmer", "kind": "person"}),
    (e.SeatLeft(BO_SEAT, "farmer"), {"party": "farmer"}),
    (e.TableOpened(END), {"closes_at": "2026-11-02T09:45:00Z"}),
    (e.TablePaused("Fire drill", NOW), {"reason": "Fire drill"}),
    (e.TableResumed(END), {"closes_at": "2026-11-02T09:45:00Z"}),
    (e.TableExtended(60, END), {"seconds": 60, "closes_at": "2026-11-02T09:45:00Z"}),
    (e.TableClosed("out_of_time"), {"outcome": "out_of_time"}),
    (e.MessageSaid("farmer", "Hello"), {"party": "farmer", "text": "Hello"}),
    (
        e.MessageWhispered("team", "farmer", "Psst"),
        {"channel": "team", "party": "farmer", "text": "Psst"},
    ),
    (
        offered(1),
        {"offer": 1, "party": "farmer", "packages": (dict(LEASE),), "digest": ON_THE_TABLE[-1].digest},  # type: ignore[attr-defined]
    ),
    (e.OfferWithdrawn(1, "farmer"), {"offer": 1, "party": "farmer"}),
    (e.OfferAccepted(1, 0, "neighbour"), {"offer": 1, "package": 0, "party": "neighbour"}),
    (e.OfferDeclined(1, "neighbour"), {"offer": 1, "party": "neighbour", "words": ""}),
    (e.OfferPreferred(1, 2, "neighbour"), {"offer": 1, "package": 2, "party": "neighbour"}),
    (e.OfferLapsed(1, "farmer"), {"offer": 1, "party": "farmer"}),
    (e.TermPinned("rent", 8000, "farmer"), {"issue": "rent", "value": 8000, "party": "farmer"}),
    (e.TermUnpinned("rent", "farmer"), {"issue": "rent", "party": "farmer"}),
    (e.OutcomeRecorded("farmer", LEASE), {"party": "farmer", "package": dict(LEASE)}),
    (e.OutcomeRecorded("farmer", None), {"party": "farmer", "package": None}),
    (e.DealMade("main", 1, LEASE), {"slot": "main", "offer": 1, "package": dict(LEASE)}),
    (
        e.TermsAgreed("sale", 2, 0, "abc"),
        {"strand": "sale", "offer": 2, "package": 0, "digest": "abc"},
    ),
    (
        e.TapAsked(1, "farmer", "WithdrawOffer", {"offer": 1}),
        {"deed": 1, "party": "farmer", "what": "WithdrawOffer", "fields": {"offer": 1}},
    ),
    (e.TapGiven(1, "farmer"), {"deed": 1, "party": "farmer"}),
    (e.TapDropped(1, "farmer"), {"deed": 1, "party": "farmer"}),
    (e.StrandOpened("sale"), {"strand": "sale"}),
    (e.TermsSigned("sale", "farmer"), {"strand": "sale", "party": "farmer"}),
    (e.TermsSentBack("sale", "farmer"), {"strand": "sale", "party": "farmer"}),
    (
        e.TermsMarked("sale", "farmer", ("rent",), "Too dear"),
        {"strand": "sale", "party": "farmer", "issues": ("rent",), "text": "Too dear"},
    ),
    (e.WalkedAway("farmer"), {"party": "farmer"}),
    (e.ReasonGiven("farmer", "Too cheap"), {"party": "farmer", "text": "Too cheap"}),
    (e.HelpAsked("farmer"), {"party": "farmer"}),
    (e.HelpClosed("farmer"), {"party": "farmer"}),
    *bay.SHOWN,
    *bell.SHOWN,
    *store.SHOWN,
    *mill.SHOWN,
]


@pytest.mark.parametrize(("event", "fields"), SHOWN, ids=[event.type for event, _ in SHOWN])
def test_event_is_shown_with_these_fields_and_no_other(event: e.Event, fields: dict[str, Any]) -> None:
    """In particular no seq, actor, seat, command id or audience; and the time is the log's."""
    line = e.Logged(17, event, BO_SEAT, ("farmer",), BEGIN, command_id=BO_SEAT, digest=b"digest")
    assert shown(line) == {"type": event.type, "at": BEGIN, **fields}


def test_every_event_is_shown_here() -> None:
    assert {event.type for event, _ in SHOWN} == set(e.EVENTS)

"""What each event changes, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import pytest
from msgspec import structs

from negotiations.rules import events as e
from negotiations.rules.room import (
    Ballots,
    Bargain,
    Course,
    Policy,
    RoomState,
    changes_by,
    digest_of,
    evolve,
    replay,
)
from tests.negotiations.rules import bay, bell, mill, store
from tests.negotiations.rules.given import (
    AGREED,
    BEGIN,
    BO_SEAT,
    CASE,
    CY_SEAT,
    DEE_SEAT,
    END,
    LEASE,
    NOW,
    ON_THE_TABLE,
    OPENED,
    PAUSED,
    SALE,
    SEATED,
    logged,
    offered,
    several,
    table,
)

MINUTE = timedelta(minutes=1)
ONE_OF_EACH: tuple[e.Event, ...] = (
    *SEATED,
    e.SeatLeft(CY_SEAT, "neighbour"),
    e.TableOpened(END),
    e.TablePaused("Fire drill", NOW),
    e.TableResumed(END + MINUTE),
    e.TableExtended(60, END + 2 * MINUTE),
    e.MessageSaid("farmer", "Hello"),
    e.MessageWhispered("team", "farmer", "Psst"),
    offered(1, "farmer"),
    e.OfferWithdrawn(1, "farmer"),
    several(LEASE, SALE, number=2, party="neighbour"),
    e.OfferPreferred(2, 1, "farmer"),
    e.OfferDeclined(2, "farmer", "Not yet"),
    offered(3, "neighbour", SALE),
    e.OfferAccepted(3, 0, "farmer"),
    e.OfferMade(4, "farmer", ({"rent": 8000},), "x", ("A gate",), (("form",),), NOW),
    e.OfferLapsed(4, "farmer"),
    e.TermPinned("rent", 8000, "farmer"),
    e.TermUnpinned("rent", "farmer"),
    e.OutcomeRecorded("farmer", SALE),
    e.OutcomeRecorded("neighbour", None),
    e.DealMade("main", 3, SALE),
    e.TapAsked(1, "farmer", "WalkAway", {"reason": ""}),
    e.TapGiven(1, "farmer"),
    e.TapAsked(2, "farmer", "AcceptOffer", {"offer": 3, "package": 0, "digest": "abc"}),
    e.TapDropped(2, "farmer"),
    e.StrandOpened("sale"),
    e.TermsAgreed("sale", 3, 0, "abc"),
    e.TermsSigned("sale", "farmer"),
    e.TermsSentBack("sale", "neighbour"),
    e.TermsMarked("sale", "neighbour", ("rent",), "Too dear"),
    e.WalkedAway("farmer"),
    e.ReasonGiven("farmer", "Too cheap"),
    e.HelpAsked("farmer"),
    e.HelpClosed("farmer"),
    e.TableClosed("deal"),
)


def changed(before: tuple[e.Event, ...], event: e.Event) -> dict[str, object]:
    """The fields that this event changes, beside seq, last_at and what was seen."""
    old, new = table(*before), table(*before, event)
    fields = {
        name: getattr(new, name)
        for name in RoomState.__struct_fields__
        if getattr(new, name) != getattr(old, name)
    }
    assert (fields.pop("seq"), fields.pop("last_at")) == (old.seq + 1, BEGIN + timedelta(seconds=old.seq))
    assert fields.pop("sights").everybody.lines == old.seq + 1
    return fields


def test_room_when_nothing_happened_waits() -> None:
    state = replay(CASE, [], Policy(partner_pace=(1.0, 2.0)))
    assert (state.seq, state.phase, state.seats, state.offers, state.last_at) == (0, "waiting", {}, (), None)
    assert state.policy.partner_pace == (1.0, 2.0)


def test_every_event_has_a_rule_and_is_tried_here() -> None:
    elsewhere = {type(event) for event, _ in (*bay.SHOWN, *bell.SHOWN, *mill.SHOWN, *store.SHOWN)}
    assert {type(event) for event in ONE_OF_EACH} | elsewhere == set(e.EVENTS.values())
    assert set(e.EVENTS.values()) <= set(changes_by.registry)


def test_event_without_a_rule_is_a_fault() -> None:
    class Rumour(e.Event, frozen=True):
        type = "rumour.heard"

    with pytest.raises(TypeError, match=r"no rule for rumour\.heard"):
        evolve(table(), logged((Rumour(),))[0])


@pytest.mark.parametrize("event", ONE_OF_EACH, ids=lambda event: event.type)
def test_event_is_the_same_after_its_payload(event: e.Event) -> None:
    assert e.event_from(event.type, e.payload_of(event)) == event


def test_event_with_a_field_it_does_not_know_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        e.event_from("message.said", b'{"party": "farmer", "text": "Hello", "to": "neighbour"}')


@pytest.mark.parametrize("length", range(len(ONE_OF_EACH) + 1))
def test_replay_equals_one_event_after_another(length: int) -> None:
    log = logged(ONE_OF_EACH)
    grown = replay(CASE, log[:length])
    for line in log[length:]:
        grown = evolve(grown, line)
    assert grown == replay(CASE, log)


def test_seats_are_who_sits_here_now() -> None:
    assert {seat: state.party for seat, state in table(*SEATED).seats.items()} == {
        BO_SEAT: "farmer",
        CY_SEAT: "neighbour",
    }
    after = table(*SEATED, e.SeatLeft(BO_SEAT, "farmer"), e.SeatTaken(DEE_SEAT, "farmer", "partner"))
    assert {seat: state.kind for seat, state in after.seats.items()} == {
        CY_SEAT: "person",
        DEE_SEAT: "partner",
    }
    assert (after.party_of(BO_SEAT), after.party_of(DEE_SEAT)) == (None, "farmer")


def test_opening_starts_the_clock() -> None:
    assert changed(SEATED, e.TableOpened(END)) == {
        "phase": "open",
        "opened_at": BEGIN + timedelta(seconds=2),
        "closes_at": END,
        "course": Course(length=(END - BEGIN).total_seconds() - 2),
    }


def test_pause_and_resume() -> None:
    assert changed(OPENED, e.TablePaused("Fire drill", NOW)) == {
        "phase": "paused",
        "paused_at": NOW,
        "pause_reason": "Fire drill",
    }
    assert changed(PAUSED, e.TableResumed(END + MINUTE)) == {
        "phase": "open",
        "paused_at": None,
        "pause_reason": "",
        "closes_at": END + MINUTE,
        "course": structs.replace(table(*PAUSED).course, held=MINUTE),
    }


def test_extension_moves_the_deadline_and_nothing_else() -> None:
    assert changed(OPENED, e.TableExtended(60, END + MINUTE)) == {"closes_at": END + MINUTE}


def test_message_is_counted_with_its_speaker() -> None:
    assert changed(OPENED, e.MessageSaid("farmer", "Hello")) == {
        "messages": 1,
        "said_by": {"farmer": 1},
        "last_by": "farmer",
    }
    assert table(*OPENED, *[e.MessageSaid("farmer", "Hello")] * 2).said_by == {"farmer": 2}


def test_offer_stands_until_the_same_party_makes_another() -> None:
    state = table(*ON_THE_TABLE, offered(2, "neighbour", SALE), offered(3, "farmer", SALE))
    assert state.standing == {"farmer": 3, "neighbour": 2}
    assert state.offered_by == {"farmer": 2, "neighbour": 1}
    assert [(offer.number, offer.party, offer.packages) for offer in state.offers] == [
        (1, "farmer", (LEASE,)),
        (2, "neighbour", (SALE,)),
        (3, "farmer", (SALE,)),
    ]


def test_withdrawn_offer_stands_no_longer() -> None:
    assert changed(ON_THE_TABLE, e.OfferWithdrawn(1, "farmer")) == {
        "standing": {},
        "bargain": Bargain(),
        "withdrawn": frozenset({1}),
    }


def test_acceptances_are_gathered_by_offer() -> None:
    state = table(*ON_THE_TABLE, e.OfferAccepted(1, 0, "neighbour"), e.OfferAccepted(1, 0, "creditor"))
    assert state.accepted == {1: {0: frozenset({"neighbour", "creditor"})}}
    assert state.last_by == "creditor"


def test_deal_is_kept_with_its_offer() -> None:
    state = table(*AGREED)
    assert (state.deal, state.deal_offer, state.outcome, state.phase) == (LEASE, 1, "deal", "ended")


def test_end_takes_offers_and_hands_from_the_table() -> None:
    given = (*ON_THE_TABLE, e.HelpAsked("neighbour"))
    assert changed(given, e.TableClosed("out_of_time")) == {
        "phase": "ended",
        "outcome": "out_of_time",
        "ended_at": BEGIN + timedelta(seconds=5),
        "hands": frozenset(),
        "standing": {},
        "bargain": Bargain(),
    }


def test_walk_away_names_who_left_and_the_reason_changes_nothing() -> None:
    assert changed(OPENED, e.WalkedAway("farmer")) == {
        "walked": "farmer",
        "last_by": "farmer",
        "votes": Ballots(left=frozenset({"farmer"})),
    }
    assert changed(OPENED, e.ReasonGiven("farmer", "Too cheap")) == {}


def test_hands_go_up_and_down() -> None:
    assert changed(OPENED, e.HelpAsked("farmer")) == {"hands": frozenset({"farmer"})}
    assert changed((*OPENED, e.HelpAsked("farmer")), e.HelpClosed("farmer")) == {"hands": frozenset()}


def test_digest_is_of_the_content_not_of_its_order() -> None:
    assert digest_of((LEASE,)) == digest_of((dict(reversed(LEASE.items())),))
    assert (
        len({digest_of((LEASE,)), digest_of((SALE,)), digest_of((LEASE, SALE)), digest_of((SALE, LEASE))})
        == 4
    )
    assert digest_of(({"trail_bonus": 0},)) != digest_of(({"trail_bonus": False},))


def test_state_is_never_changed_in_place() -> None:
    for count, event in enumerate(ONE_OF_EACH):
        state = table(*ONE_OF_EACH[:count])
        kept = structs.asdict(state)
        line = e.Logged(state.seq + 1, event, UUID(int=7), None, datetime(2026, 11, 2, 10, tzinfo=UTC))
        evolve(state, line)
        assert structs.asdict(state) == kept

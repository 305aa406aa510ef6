"""Practice partners at a table: whose turn it is, what a partner is shown, and the command its move becomes."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from bargaining.casefile import load_folder
from bargaining.partners import late_from
from negotiations import partners
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import MAX_PACKAGES, decide
from negotiations.rules.room import Policy, RoomState
from tests.negotiations.rules.given import (
    BEGIN,
    BO,
    BO_SEAT,
    CLOCK,
    CY_SEAT,
    END,
    LEASE,
    LIBRARY,
    NOW,
    SALE,
    WHOLE,
    offered,
    several,
    table,
)
from tests.negotiations.rules.mill import PAIR, STORE, Table

ROOM = UUID(int=77)
FARMER_IS_PARTNER = (
    e.SeatTaken(BO_SEAT, "farmer", "partner"),
    e.SeatTaken(CY_SEAT, "neighbour", "person"),
    e.TableOpened(END),
)


def command(state: RoomState, now: datetime = NOW) -> c.Command:
    return partners.command_for(state, state.seats[BO_SEAT], WHOLE.seen_by("farmer"), ROOM, now)


def test_partner_begins_with_an_offer_the_table_takes() -> None:
    for number in range(8):
        state = table(*FARMER_IS_PARTNER)
        made = partners.command_for(
            state, state.seats[BO_SEAT], WHOLE.seen_by("farmer"), UUID(int=number), NOW
        )
        assert isinstance(made, c.MakeOffer)
        assert len(made.packages) <= MAX_PACKAGES
        assert made.words
        assert decide(state, BO, made, NOW).drafts


def test_partner_accepts_the_offer_it_was_shown() -> None:
    rich = {**LEASE, "form": "lease_option", "rent": 12000, "cabins": "none", "handover": "november"}
    state = table(*FARMER_IS_PARTNER, offered(1, "neighbour", SALE), offered(2, "neighbour", rich))
    assert command(state) == c.AcceptOffer(2, 0, state.offers[1].digest)


def test_withdrawn_offer_is_seen_but_does_not_stand() -> None:
    state = table(*FARMER_IS_PARTNER, offered(1, "neighbour", LEASE), e.OfferWithdrawn(1, "neighbour"))
    view = partners.view_of(state, state.seats[BO_SEAT], WHOLE.seen_by("farmer"), ROOM, NOW)
    assert [(offer.packages, offer.standing) for offer in view.offers] == [((LEASE,), False)]


def test_partner_keeps_its_character_and_moves_the_same_in_every_process() -> None:
    state = table(*FARMER_IS_PARTNER)
    later = table(*FARMER_IS_PARTNER, offered(1, "neighbour", LEASE))
    seat, case = state.seats[BO_SEAT], WHOLE.seen_by("farmer")
    views = [partners.view_of(one, seat, case, ROOM, NOW) for one in (state, later)]
    assert views[0].character == views[1].character
    assert command(later) == command(later)
    rooms = [partners.view_of(state, seat, case, UUID(int=n), NOW).character.style for n in range(30)]
    assert len(set(rooms)) == 3


@pytest.mark.parametrize("minutes", [1, 10, 39])
def test_haste_never_makes_the_time_nearly_over(minutes: int) -> None:
    state = table(*FARMER_IS_PARTNER)
    case = WHOLE.seen_by("farmer")
    now = BEGIN + timedelta(minutes=minutes)
    felt = [partners.view_of(state, state.seats[BO_SEAT], case, UUID(int=n), now).progress for n in range(20)]
    assert partners.progress(state, now) <= min(felt)
    assert max(felt) < late_from(case)
    assert (len(set(felt)) > 1) == (minutes < 39)  # near the end they all know the time


def test_turns_of_many_go_round() -> None:
    case = load_folder(LIBRARY / "dunmore-mill").case.seen_by(None)
    seats = {party: UUID(int=n) for n, party in enumerate(case.party_ids, 1)}
    taken = [e.SeatTaken(seat, party, "partner") for party, seat in seats.items()]
    events: list[e.Event] = [*taken, e.TableOpened(END)]
    turns = []
    for _ in range(8):
        turn = partners.next_turn(table(*events, case=case), ROOM)
        assert turn is not None
        turns.append(turn.seat.party)
        events.append(e.MessageSaid(turn.seat.party, "Hm."))
    assert turns == [*case.party_ids, *case.party_ids[:2]]


def test_nobody_plays_the_facilitator() -> None:
    case = load_folder(LIBRARY / "quillhaven").case.seen_by(None)
    events = (e.SeatTaken(BO_SEAT, "facilitator", "partner"), e.TableOpened(END))
    assert partners.next_turn(table(*events, case=case), ROOM) is None
    manager = e.SeatTaken(BO_SEAT, "manager", "partner")
    assert partners.next_turn(table(manager, *events[1:], case=case), ROOM)


OFFER_OF_PARTNER = (*FARMER_IS_PARTNER, offered(1, "farmer", LEASE))


@pytest.mark.parametrize(
    "policy", [Policy(offers="turns"), Policy(offer_limit=1)], ids=["not its turn", "no offers left"]
)
def test_partner_that_may_not_offer_now_does_what_the_table_takes(policy: Policy) -> None:
    """Whatever it would like best, its move is never refused, and it does not wait for ever."""
    poor = offered(2, "neighbour", {**LEASE, "rent": 4000, "sugarbush": "neighbour", "cabins": "six"})
    for given in (
        OFFER_OF_PARTNER,
        (*OFFER_OF_PARTNER, e.MessageSaid("neighbour", "Well?")),
        (*OFFER_OF_PARTNER, poor),
    ):
        state = table(*given, policy=policy)
        for number in range(6):
            case = WHOLE.seen_by("farmer")
            move = partners.command_for(state, state.seats[BO_SEAT], case, UUID(int=number), NOW)
            assert decide(state, BO, move, NOW).drafts


def test_partner_with_no_offers_left_takes_what_is_better_than_nothing() -> None:
    fair = offered(2, "neighbour", {**LEASE, "rent": 8500})
    state = table(*OFFER_OF_PARTNER, fair, policy=Policy(offer_limit=1))
    assert command(state) == c.AcceptOffer(2, 0, state.offers[1].digest)


@pytest.mark.parametrize(("policy", "takes"), [(Policy(), False), (Policy(offer_limit=1), True)])
def test_partner_with_no_splits_left_to_propose_takes_what_is_better_than_alone(
    policy: Policy, takes: bool
) -> None:
    table = Table(STORE, policy=policy)
    table.do(CLOCK, c.LeaveSeat(table.by["dairy"].id))
    (dairy,) = table.sit("dairy", kind="partner")
    table.do(dairy, c.MakeOffer((PAIR,)))
    table.offer("orchard", {"orchard": 80, "dairy": 12})
    own = STORE.seen_by("dairy")
    move = partners.command_for(table.state, table.state.seats[dairy.id], own, ROOM, table.now)
    assert isinstance(move, c.AcceptOffer) is takes


def test_partner_is_not_shown_proposals_with_open_terms() -> None:
    half = {name: value for name, value in LEASE.items() if name != "cabins"}
    proposal = e.OfferMade(1, "neighbour", (half,), "x", left_open=(("cabins",),))
    state = table(*FARMER_IS_PARTNER, proposal)
    view = partners.view_of(state, state.seats[BO_SEAT], WHOLE.seen_by("farmer"), ROOM, NOW)
    assert view.offers == ()
    assert decide(state, BO, command(state), NOW).drafts


def test_partner_hears_which_package_somebody_said_yes_to() -> None:
    three = several(LEASE, SALE, party="neighbour")
    state = table(*FARMER_IS_PARTNER, three)
    view = partners.view_of(state, state.seats[BO_SEAT], WHOLE.seen_by("farmer"), ROOM, NOW)
    assert view.offers[0].packages == (LEASE, SALE)
    assert view.offers[0].accepted == {}


PINNED_BY_NEIGHBOUR = (*FARMER_IS_PARTNER, e.TermPinned("cabins", "six", "neighbour"))


def test_partner_is_told_what_the_person_opposite_has_pinned() -> None:
    """It pins nothing itself, so what people on its own side pinned before it came is what all have pinned."""
    for given, pins in (
        (PINNED_BY_NEIGHBOUR, ({}, {"cabins": "six"})),
        ((*PINNED_BY_NEIGHBOUR, e.TermPinned("cabins", "six", "farmer")), ({"cabins": "six"},) * 2),
        ((*PINNED_BY_NEIGHBOUR, e.TermPinned("cabins", "two", "farmer")), ({}, {})),
        ((*PINNED_BY_NEIGHBOUR, e.TermUnpinned("cabins", "neighbour")), ({}, {})),
    ):
        state = table(*given)
        view = partners.view_of(state, state.seats[BO_SEAT], WHOLE.seen_by("farmer"), ROOM, NOW)
        assert (view.pinned, view.pinned_by_others) == pins


def test_partners_offer_keeps_what_both_sides_have_pinned() -> None:
    state = table(*PINNED_BY_NEIGHBOUR, e.TermPinned("cabins", "six", "farmer"))
    for number in range(8):
        seat, case = state.seats[BO_SEAT], WHOLE.seen_by("farmer")
        made = partners.command_for(state, seat, case, UUID(int=number), NOW)
        assert isinstance(made, c.MakeOffer)
        assert {package["cabins"] for package in made.packages} == {"six"}

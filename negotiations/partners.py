"""Practice partners at the table: when one moves next, and which command its move becomes.

A partner sees what its party sees and nothing else. Its chance is seeded by (room, seat, seq), so that
several processes that find it due choose the same move and the log keeps one.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from uuid import UUID

from bargaining import partners
from bargaining.case import Case
from negotiations.rules import commands as c
from negotiations.rules.room import Offer, RoomState, SeatState

#: A person opposite is given this many times the usual thinking time before a partner speaks first.
PATIENCE = 3
MOST_HASTE = 1.5
#: How few partners listen well: the higher, the more rooms leave value on the table for the debrief to show.
CARELESS = 2.0
NEARLY_OVER = 0.9


def chance(room: UUID, seat: UUID, seq: int) -> random.Random:
    return random.Random(f"{room}:{seat}:{seq}")


def next_seat(state: RoomState) -> SeatState | None:
    """The partner whose turn it is, if any: who answers the other side's last act, or who begins."""
    if state.phase != "open":
        return None
    for party in state.case.party_ids:
        if party != state.last_by:
            for seat in state.seats.values():
                if seat.party == party and seat.kind == "partner":
                    return seat
    return None


def moves_at(state: RoomState, room: UUID) -> datetime | None:
    """When the next partner move is due, from the log alone."""
    seat = next_seat(state)
    since = state.last_at
    if seat is None or since is None:
        return None
    seconds = chance(room, seat.id, state.seq).uniform(*state.policy.partner_pace)
    alone = all(other.kind == "partner" for other in state.seats.values())
    waits = PATIENCE if state.last_by is None and not alone else 1
    return since + timedelta(seconds=seconds * waits)


def due_at(state: RoomState, room: UUID) -> datetime | None:
    """The next moment something happens by itself: the deadline, or a partner's move."""
    if state.phase != "open" or state.closes_at is None:
        return None
    moment = moves_at(state, room)
    return min(state.closes_at, moment) if moment else state.closes_at


def command_for(state: RoomState, seat: SeatState, case: Case, room: UUID, now: datetime) -> c.Command:
    """What the partner does now. `case` is the case as its party may see it."""
    move = partners.next_move(view_of(state, seat, case, room, now), chance(room, seat.id, state.seq))
    offer = standing_of_others(state, seat.party)
    match move:
        case partners.Propose(package=package, say=text):
            return c.MakeOffer((package,), text or "")
        case partners.Say(text=text):
            return c.Say(text)
        case partners.Accept() if offer is not None:
            return c.AcceptOffer(offer.number, 0, offer.digest)
    return c.WalkAway()


def view_of(state: RoomState, seat: SeatState, case: Case, room: UUID, now: datetime) -> partners.PartnerView:
    offer = standing_of_others(state, seat.party)
    character = chance(room, seat.id, 0)  # the same through the whole negotiation
    return partners.PartnerView(
        case=case,
        party=seat.party,
        progress=felt_progress(state, now, character),
        own=tuple(offer.packages[0] for offer in state.offers if offer.party == seat.party),
        theirs=tuple(offer.packages[0] for offer in state.offers if offer.party != seat.party),
        open_offer=offer.packages[0] if offer else None,
        messages_heard=sum(n for party, n in state.said_by.items() if party != seat.party),
        temper=character.random(),
        care=character.random() ** CARELESS,
    )


def standing_of_others(state: RoomState, party: str) -> Offer | None:
    numbers = [number for other, number in state.standing.items() if other != party]
    return state.offers[max(numbers) - 1] if numbers else None


def felt_progress(state: RoomState, now: datetime, character: random.Random) -> float:
    """Partners differ in haste, so that a class of them does not finish at one moment; none of them
    thinks that time is over before it is."""
    real = progress(state, now)
    haste = 1 + MOST_HASTE * character.random()
    return real if real > NEARLY_OVER else min(NEARLY_OVER, real * haste)


def progress(state: RoomState, now: datetime) -> float:
    """How much of the time is used up, from 0 to 1."""
    if state.opened_at is None or state.closes_at is None:
        return 0.0
    whole = (state.closes_at - state.opened_at).total_seconds()
    return min(1.0, max(0.0, (now - state.opened_at).total_seconds() / whole)) if whole else 1.0

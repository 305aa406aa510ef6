"""Practice partners at the table: when one moves next, and which command its move becomes.

A partner sees what its party sees and nothing else. Its chance is seeded by (room, seat, seq), so that
several processes that find it due choose the same move and the log keeps one.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext

from bargaining import partners
from bargaining.case import Case
from negotiations.agents import command_in_strand, next_agent, view_of_strand
from negotiations.crews import crew_moves_at, next_crew, view_of_rounds
from negotiations.rules import commands as c
from negotiations.rules.decide import MAX_PACKAGES, next_due, phases, turn_fault
from negotiations.rules.room import Offer, RoomState, SeatState

#: A person opposite is given this many times the usual thinking time before a partner speaks first.
PATIENCE = 3
MOST_HASTE = 1.5
#: How few partners listen well: the higher, the more rooms leave value on the table for the debrief to show.
CARELESS = 2.0
#: So much time before a partner takes what it can get, haste makes it feel no later than it is.
BEFORE = 0.04


def chance(room: UUID, seat: UUID, seq: int) -> random.Random:
    return random.Random(f"{room}:{seat}:{seq}")


def next_seat(state: RoomState) -> SeatState | None:
    """The partner whose turn it is, if any: who answers the other side's last act, or who begins."""
    if state.phase != "open" or state.policy.mode == "aloud" or phases.talking(state) is not None:
        return None  # what is said aloud, or in small groups, is for people
    if state.case.rounds is not None:
        return next_crew(state)
    if state.case.strands:
        return next_agent(state)
    for party in _after(state.last_by, state.case.party_ids):
        for seat in state.seats.values():
            if seat.party == party and seat.kind == "partner" and partners.can_play(state.case, party):
                return seat
    return None


def _after(party: str | None, parties: tuple[str, ...]) -> tuple[str, ...]:
    """The other parties in the order of their turns."""
    if party not in parties:
        return parties
    place = parties.index(party)
    return parties[place + 1 :] + parties[:place]


def moves_at(state: RoomState, room: UUID) -> datetime | None:
    """When the next partner move is due, from the log alone."""
    if state.case.rounds is not None:
        return crew_moves_at(state, room)
    seat = next_seat(state)
    since = state.last_at
    if seat is None or since is None:
        return None
    seconds = chance(room, seat.id, state.seq).uniform(*state.policy.partner_pace)
    alone = all(other.kind == "partner" for other in state.seats.values())
    waits = PATIENCE if state.last_by is None and not alone else 1
    return since + timedelta(seconds=seconds * waits)


def due_at(state: RoomState, room: UUID) -> datetime | None:
    """The next moment something happens by itself: what the clock brings, or a partner's move."""
    due = next_due(state)
    moments = (due.at if due else None, moves_at(state, room))
    return min((moment for moment in moments if moment), default=None)


def command_for(state: RoomState, seat: SeatState, case: Case, room: UUID, now: datetime) -> c.Command:
    """What the partner does now. `case` is the case as its party may see it."""
    move = partners.next_move(view_for(state, seat, case, room, now), chance(room, seat.id, state.seq))
    if state.case.strands and (command := command_in_strand(state, seat, move)):
        return command
    match move:
        case partners.Propose() if turn_fault(state, seat.party):
            return c.Say(gettext("I am still thinking about what is on the table."))
        case partners.Propose(packages=packages, say=text):
            return c.MakeOffer(packages, text or "")
        case partners.Say(text=text):
            return c.Say(text)
        case partners.Accept(offer=number, package=place):
            return c.AcceptOffer(number, place, state.offers[number - 1].digest)
        case partners.Choose(move=chosen):
            return c.Choose(state.rounds.number, chosen)
    return c.WalkAway()


def view_for(state: RoomState, seat: SeatState, case: Case, room: UUID, now: datetime) -> partners.View:
    """What the partner sees of a table of this kind."""
    if state.case.rounds is not None:
        return view_of_rounds(state, seat, case, _character(chance(room, seat.id, 0)))
    if state.case.strands:
        return view_of_strand(state, seat, case, progress(state, now), _character(chance(room, seat.id, 0)))
    return view_of(state, seat, case, room, now)


def view_of(state: RoomState, seat: SeatState, case: Case, room: UUID, now: datetime) -> partners.PartnerView:
    nature = chance(room, seat.id, 0)  # the same through the whole negotiation
    return partners.PartnerView(
        case=case,
        party=seat.party,
        progress=_progress(state, seat, case, now, nature),
        offers=tuple(_seen(state, offer) for offer in state.offers if not offer.left_open),
        messages_heard=sum(n for party, n in state.said_by.items() if party != seat.party)
        + state.channels.heard_by(seat.party),
        most_packages=MAX_PACKAGES,
        character=_character(nature),
    )


def _progress(state: RoomState, seat: SeatState, case: Case, now: datetime, nature: random.Random) -> float:
    """As it feels; who has no offers left takes what can be had, as late in the day."""
    late = partners.late_from(case)
    felt = felt_progress(state, now, nature, late - BEFORE)
    return max(felt, late) if turn_fault(state, seat.party) == "no_offers_left" else felt


def _seen(state: RoomState, offer: Offer) -> partners.SeenOffer:
    return partners.SeenOffer(
        offer.number,
        offer.party,
        offer.packages,
        standing=state.standing_offer(offer.number) is not None,
        accepted=state.accepted.get(offer.number, {}),
    )


def _character(nature: random.Random) -> partners.Character:
    temper, care = nature.random(), nature.random() ** CARELESS
    return partners.Character(nature.choice(partners.STYLES), "", temper, care)


def felt_progress(state: RoomState, now: datetime, nature: random.Random, most: float) -> float:
    """Partners differ in haste, so that a class of them does not finish at one moment; none of them
    thinks that the time is nearly over (`most`) before it is."""
    real = progress(state, now)
    haste = 1 + MOST_HASTE * nature.random()
    return real if real > most else min(most, real * haste)


def progress(state: RoomState, now: datetime) -> float:
    """How much of the time is used up, from 0 to 1."""
    if state.opened_at is None or state.closes_at is None:
        return 0.0
    whole = (state.closes_at - state.opened_at).total_seconds()
    return min(1.0, max(0.0, (now - state.opened_at).total_seconds() / whole)) if whole else 1.0

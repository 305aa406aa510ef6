"""Practice partners at the table: when one moves next, and which command its move becomes.

A partner sees what its party sees and nothing else; when it moves follows from that too, so that nobody reads from
its haste what others keep to themselves. Its chance is seeded by (room, seat, lines it has seen), so that several
processes that find it due choose the same move and the log keeps one.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext

from bargaining import partners
from bargaining.case import ASK, Case, Package
from bargaining.values import Single
from negotiations.agents import command_in_strand, next_agents, view_of_strand
from negotiations.crews import crew_moves_at, next_crew, view_of_rounds
from negotiations.rules import commands as c
from negotiations.rules.decide import MAX_PACKAGES, next_due, phases, turn_fault
from negotiations.rules.decide.parts import bargaining_share
from negotiations.rules.room import Offer, RoomState, SeatState
from negotiations.rules.room.channels import channel_of
from negotiations.turns import awaited, is_closing, polled, unanswered

#: A person opposite is given this many times the usual thinking time before a partner speaks first.
PATIENCE = 3
MOST_HASTE = 1.5
#: How few partners listen well: the higher, the more rooms leave value on the table for the debrief to show.
CARELESS = 2.0
#: So much time before a partner takes what it can get, haste makes it feel no later than it is.
BEFORE = 0.04


class Turn(NamedTuple):
    """Which partner moves, and when."""

    seat: SeatState
    at: datetime


def chance(room: UUID, seat: UUID, lines: int) -> random.Random:
    return random.Random(f"{room}:{seat}:{lines}")


def next_turn(state: RoomState, room: UUID, resting: Collection[UUID] = ()) -> Turn | None:
    """The next partner's move, from the log alone; those who rest are left out."""
    if all(seat.kind != "partner" for seat in state.seats.values()):
        return None
    is_aloud = state.policy.mode == "aloud" and not state.case.strands
    if state.phase != "open" or is_aloud or state.course.phase == ASK:
        return None  # what is said aloud, or to who asks, is for people
    turns = (turn for turn in turns_of(state, room) if turn.seat.id not in resting)
    return min(turns, key=lambda turn: turn.at, default=None)


def turns_of(state: RoomState, room: UUID) -> Iterator[Turn]:
    """Who could move now: in rounds and at one table for all a single partner, of linked negotiations one in each."""
    if phases.talking(state) is not None:
        if listener := next_to_answer(state):
            yield thinking(state, listener, room, begins=False)
    elif state.case.rounds is not None:
        crew, at = next_crew(state), crew_moves_at(state, room)
        if crew is not None and at is not None:
            yield Turn(crew, at)
    elif state.case.strands:
        for link, agent in next_agents(state):
            yield thinking(state, agent, room, begins=state.strands.of(link.id).last_by is None)
    elif seat := next_at_the_table(state):
        yield thinking(state, seat, room, begins=state.last_by is None)


def next_to_answer(state: RoomState) -> SeatState | None:
    """Where groups talk one after the other, a partner begins with nobody, but answers each word of a person."""
    group = phases.talking(state) or ()
    said = heard_apart(state, group)
    people = {seat.party for seat in state.seats.values() if seat.kind == "person"}
    asked = sum(said.get(party, 0) for party in group if party in people)
    for seat in state.seats.values():
        if seat.kind == "partner" and seat.party in group and said.get(seat.party, 0) < asked:
            return seat
    return None


def heard_apart(state: RoomState, group: tuple[str, ...]) -> Mapping[str, int]:
    return state.channels.said.get(channel_of(state.case, group), {})


def next_at_the_table(state: RoomState) -> SeatState | None:
    """The partner whose turn it is, if any: who answers the other side's last act, or who begins. While a poll or
    a last call is on, only those who have not answered it."""
    wanted = awaited(state)
    for party in _after(state.last_by, state.case.party_ids):
        for seat in state.seats.values():
            is_theirs = seat.party == party and seat.kind == "partner"
            if is_theirs and party in wanted and partners.can_play(state.case, party):
                return seat
    return None


def _after(party: str | None, parties: tuple[str, ...]) -> tuple[str, ...]:
    """The parties in the order of their turns, this one last."""
    if party not in parties:
        return parties
    place = parties.index(party)
    return parties[place + 1 :] + parties[: place + 1]


def thinking(state: RoomState, seat: SeatState, room: UUID, begins: bool) -> Turn:
    """The partner thinks from the last line that it saw on, and longer before it speaks first to a person."""
    seen = state.sights.of(seat.party)
    assert seen.at is not None  # an open table has been opened before all
    seconds = chance(room, seat.id, seen.lines).uniform(*state.policy.partner_pace)
    alone = all(other.kind == "partner" for other in state.seats.values())
    waits = PATIENCE if begins and not alone else 1
    return Turn(seat, seen.at + timedelta(seconds=seconds * waits))


def due_at(state: RoomState, room: UUID) -> datetime | None:
    """The next moment something happens by itself: what the clock brings, or a partner's move."""
    found = (next_due(state), next_turn(state, room))
    return min((each.at for each in found if each), default=None)


def command_for(state: RoomState, seat: SeatState, case: Case, room: UUID, now: datetime) -> c.Command:
    """What the partner does now. `case` is the case as its party may see it."""
    rng = chance(room, seat.id, state.sights.of(seat.party).lines)
    view = view_for(state, seat, case, room, now)
    if group := phases.talking(state):
        said = heard_apart(state, group).get(seat.party, 0)
        return c.Say(partners.words_apart(view, group, said, rng).text, channel_of(state.case, group))
    asked = polled(state, seat.party)
    if asked and isinstance(view, partners.PartnerView | partners.SplitView):
        return c.TakeStance(asked.number, 0, partners.leaning(view, asked.packages[0], rng))
    move = answering(state, seat.party, in_turn(state, seat.party, partners.next_move(view, rng)))
    if state.case.strands and (command := command_in_strand(state, seat, move)):
        return command
    match move:
        case partners.Propose(packages=packages, say=text):
            return c.MakeOffer(packages, text or "")
        case partners.Say(text=text):
            return c.Say(text)
        case partners.Accept(offer=number, package=place):
            return c.AcceptOffer(number, place, state.offers[number - 1].digest)
        case partners.AcceptSplit(number=number):
            return c.AcceptOffer(number, 0, state.offers[number - 1].digest)
        case partners.ProposeSplit(shares=shares, say=text):
            return c.MakeOffer((whole_numbers(shares),), text or "")
        case partners.Decline(offer=number):
            return c.DeclineOffer(number)
        case partners.Choose(move=chosen):
            return c.Choose(state.rounds.number, chosen)
    return c.WalkAway()


def in_turn(state: RoomState, party: str, move: partners.Move) -> partners.Move:
    """The move, or a word while it is not this party's turn to offer that."""
    match move:
        case partners.Propose(packages=packages) if turn_fault(state, party, packages):
            pass
        case partners.ProposeSplit() if turn_fault(state, party):
            pass
        case _:
            return move
    return partners.Say(gettext("I am still thinking about what is on the table."))


def answering(state: RoomState, party: str, move: partners.Move) -> partners.Move:
    """The move; or a no where nothing new may come and this would be something else than an answer."""
    waiting = unanswered(state, party) if is_closing(state) else ()
    match move:
        case partners.Propose() | partners.ProposeSplit() | partners.Say() if waiting:
            return partners.Decline(waiting[-1])
    return move


def whole_numbers(shares: Mapping[str, float]) -> dict[str, Single]:
    return {party: int(share) if share == int(share) else share for party, share in shares.items()}


def view_for(state: RoomState, seat: SeatState, case: Case, room: UUID, now: datetime) -> partners.View:
    """What the partner sees of a table of this kind."""
    if state.case.rounds is not None:
        return view_of_rounds(state, seat, case, _character(chance(room, seat.id, 0)))
    if state.case.strands:
        return _in_strand(state, seat, case, room, now)
    return (splits_seen if case.mechanism == "coalition" else view_of)(state, seat, case, room, now)


def _in_strand(
    state: RoomState, seat: SeatState, case: Case, room: UUID, now: datetime
) -> partners.LinkedView:
    view = view_of_strand(state, seat, case, progress(state, now), _character(chance(room, seat.id, 0)))
    parties = view.strand.parties
    pins = state.bargain.pinned(parties), pinned_by_others(state, seat.party, parties)
    return replace(view, pinned=pins[0], pinned_by_others=pins[1])


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
        carried=(state.votes.carried.offer, state.votes.carried.package) if state.votes.carried else None,
        pinned=state.bargain.pinned(case.signers),
        pinned_by_others=pinned_by_others(state, seat.party, case.signers),
    )


def pinned_by_others(state: RoomState, party: str, among: tuple[str, ...]) -> Package:
    """What all the others of these have pinned that people play: partners pin nothing."""
    people = {seat.party for seat in state.seats.values() if seat.kind == "person"}
    others = [each for each in among if each in people and each != party]
    return state.bargain.pinned(others) if others else {}


def splits_seen(
    state: RoomState, seat: SeatState, case: Case, room: UUID, now: datetime
) -> partners.SplitView:
    """The same where coalitions form. Of several splits in one offer a partner looks at the first."""
    nature = chance(room, seat.id, 0)
    return partners.SplitView(
        case=case,
        party=seat.party,
        progress=_progress(state, seat, case, now, nature),
        splits=tuple(_split(state, offer) for offer in state.offers),
        character=_character(nature),
        carried=state.votes.carried.offer if state.votes.carried else None,
    )


def _split(state: RoomState, offer: Offer) -> partners.SeenSplit:
    return partners.SeenSplit(
        offer.number,
        offer.party,
        {party: share for party, share in offer.packages[0].items() if isinstance(share, int | float)},
        standing=state.standing_offer(offer.number) is not None,
        accepted=state.accepted.get(offer.number, {}).get(0, frozenset()),
        declined=state.bargain.declined.get(offer.number, frozenset()),
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
        declined=state.bargain.declined.get(offer.number, frozenset()),
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
    """How much of the time for offers is used up, from 0 to 1."""
    if state.opened_at is None or state.closes_at is None:
        return 0.0
    whole = (state.closes_at - state.opened_at).total_seconds() * bargaining_share(state.case)
    return min(1.0, max(0.0, (now - state.opened_at).total_seconds() / whole)) if whole else 1.0

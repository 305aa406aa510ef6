"""Practice partners in linked negotiations: in which strand one moves next, what it sees there, and its command.

A partner sees what its party sees: its own strands, and what was sent back as far as it was told.
"""

from __future__ import annotations

from collections.abc import Iterator

from bargaining import partners
from bargaining.case import Case
from bargaining.case import Strand as Link
from bargaining.strands import agents_of, strand_named
from negotiations.rules import commands as c
from negotiations.rules.decide import MAX_PACKAGES
from negotiations.rules.room import Offer, RoomState, SeatState
from negotiations.rules.room.channels import channel_of
from negotiations.rules.room.strands import known_to, link_of_offer, movers
from negotiations.turns import is_closing, unanswered


def next_agents(state: RoomState) -> Iterator[tuple[Link, SeatState]]:
    """Of each strand that can go on the partner whose turn it is there, if one is. When nothing new may come, only
    who has something to answer or to sign."""
    for link, parties in movers(state).items():
        if is_closing(state) and state.strands.of(link.id).agreed is None:
            parties = tuple(party for party in parties if unanswered(state, party))
        seats = (seat for party in parties for seat in state.seats.values() if seat.party == party)
        agent = next((seat for seat in seats if seat.kind == "partner"), None)
        if agent is not None:
            yield link, agent


def turn_of(state: RoomState, party: str) -> Link | None:
    """The strand in which this party moves now."""
    for link, parties in movers(state).items():
        if party in parties:
            return link
    return None


def view_of_strand(
    state: RoomState, seat: SeatState, case: Case, progress: float, character: partners.Character
) -> partners.LinkedView:
    link = turn_of(state, seat.party)
    assert link is not None
    strand = state.strands.of(link.id)
    own = strand_named(case, link.id)
    assert own is not None
    return partners.LinkedView(
        case=case,
        party=seat.party,
        progress=progress,
        strand=own,
        known=known_to(state, seat.party),
        offers=tuple(_seen(state, offer) for offer in state.offers if _is_in(state, offer, link)),
        agreed=strand.agreed,
        sent_back=tuple(
            partners.SentBack(
                back.party, back.package, told(case, seat.party, back.party, back.issues), back.after
            )
            for back in strand.sent_back
        ),
        messages_heard=state.channels.heard_by(seat.party),
        most_packages=MAX_PACKAGES,
        character=character,
    )


def told(case: Case, party: str, whose: str, issues: tuple[str, ...]) -> tuple[str, ...]:
    """What has to change is told to the own agent alone."""
    return issues if party == whose or party in agents_of(case, whose) else ()


def _is_in(state: RoomState, offer: Offer, link: Link) -> bool:
    found = link_of_offer(state, offer.number)
    return found is not None and found.id == link.id and not offer.left_open


def _seen(state: RoomState, offer: Offer) -> partners.SeenOffer:
    return partners.SeenOffer(
        offer.number,
        offer.party,
        offer.packages,
        standing=state.standing_offer(offer.number) is not None,
        accepted=state.accepted.get(offer.number, {}),
    )


def command_in_strand(state: RoomState, seat: SeatState, move: partners.Move) -> c.Command | None:
    """The command that such a move becomes where it is another than at one table for all."""
    link = turn_of(state, seat.party)
    if link is None:
        return None
    match move:
        case partners.Sign():
            return c.Sign(link.id, state.strands.of(link.id).digest)
        case partners.SendBack(issues=issues, say=text):
            return c.SendBack(link.id, issues, text)
        case partners.Say(text=text):
            return c.Say(text, channel_of(state.case, link.parties))
    return None

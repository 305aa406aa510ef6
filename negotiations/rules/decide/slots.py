"""What an offer would settle: everything at once, or one of several linked negotiations. Who may make it, who
decides on it, who learns of it, and what a yes of all leads to."""

from __future__ import annotations

from msgspec import Struct

from bargaining.case import Case, Package
from bargaining.case import Strand as Link
from bargaining.strands import alone
from negotiations.rules import events as e
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import Offer, RoomState, digest_of
from negotiations.rules.room.channels import TABLE, channel_of
from negotiations.rules.room.strands import all_settled, insiders, is_open, link_of_offer, linked, opens_with

#: Where nothing is linked everything is settled by one agreement.
SLOT = "main"


class Slot(Struct, frozen=True):
    """`case` is what a package of it must be whole in, `channel` where those who negotiate it talk."""

    case: Case
    deciders: tuple[str, ...]
    audience: e.Audience = None
    channel: str = TABLE
    link: Link | None = None


def slot_for(state: RoomState, party: str, packages: tuple[Package, ...]) -> Slot:
    """Where this party may put these packages now."""
    if not state.case.strands:
        return Slot(state.case, state.case.signers)
    links = [linked(state, package) for package in packages]
    link = links[0] if links else None
    if link is None or any(other != link for other in links) or party not in link.insiders:
        raise RuleBroken("invalid_offer")
    require_negotiable(state, link, party)
    return slot_of(state, link)


def slot_of_offer(state: RoomState, offer: Offer, party: str) -> Slot:
    """Where an offer stands, for one who wants to answer it or take it back."""
    link = link_of_offer(state, offer.number)
    if link is None:
        return Slot(state.case, state.case.signers)
    if party not in link.insiders:
        raise RuleBroken("stale_offer")
    require_negotiable(state, link, party)
    return slot_of(state, link)


def audience_of(state: RoomState, number: int) -> e.Audience:
    """Who sees what becomes of an offer."""
    link = link_of_offer(state, number)
    return None if link is None else insiders(state.case, link)


def slot_of(state: RoomState, link: Link) -> Slot:
    channel = channel_of(state.case, link.parties)
    return Slot(alone(state.case, link), link.parties, insiders(state.case, link), channel, link)


def require_negotiable(state: RoomState, link: Link, party: str) -> None:
    """The party negotiates this strand, and there is something left to negotiate in it."""
    if party not in link.parties:
        raise RuleBroken("agents_part")
    strand = state.strands.of(link.id)
    if strand.settled is not None:
        raise RuleBroken("settled")
    if strand.agreed is not None:
        raise RuleBroken("to_be_signed")
    if not is_open(state, link):
        raise RuleBroken("too_early")


def agreed(state: RoomState, slot: Slot, offer: Offer, place: int) -> list[e.Draft]:
    """What follows when all who decide have said yes."""
    package = offer.packages[place]
    link = slot.link
    if link is None:
        deal = e.DealMade(SLOT, offer.number, package, offer.added)
        return [e.Draft(deal), e.Draft(e.TableClosed("deal"))]
    # Who negotiated it for himself has signed with his yes.
    if set(link.signers or link.parties) <= set(link.parties):
        return settling(state, link, offer, package)
    terms = e.TermsAgreed(link.id, offer.number, place, digest_of((package,), offer.added))
    return [e.Draft(terms, slot.audience)]


def settling(state: RoomState, link: Link, offer: Offer, package: Package) -> list[e.Draft]:
    """A strand is final; with the last of them the whole table is."""
    deal = e.DealMade(link.id, offer.number, package, offer.added)
    drafts = [e.Draft(deal, insiders(state.case, link))]
    drafts += [
        e.Draft(e.StrandOpened(other.id), insiders(state.case, other))
        for other in state.case.strands
        if link.id in other.after and opens_with(state, other, link.id)
    ]
    if all_settled(state, but=link.id):
        drafts.append(e.Draft(e.TableClosed("deal")))
    return drafts

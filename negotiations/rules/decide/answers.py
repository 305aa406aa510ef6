"""What is answered to an offer: a yes to one package, a no, a word on which package is closest."""

from __future__ import annotations

from datetime import datetime

from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide.base import Decision, decision_on, party_of, require_open, require_text
from negotiations.rules.decide.offers import lasts_until, require_standing
from negotiations.rules.decide.slots import Slot, agreed, slot_of_offer
from negotiations.rules.decide.votes import is_voted, leaving_others, require_vote
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import Offer, RoomState


@decision_on.register
def _(command: c.AcceptOffer, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    closes_at = require_open(state, now)
    party = party_of(actor)
    offer = require_others(state, command.offer, party)
    not_after = lasts_until(state, offer, closes_at, now)
    if offer.digest != command.digest:
        raise RuleBroken("stale_offer")
    require_place(offer, command.package)
    if not offer.is_whole(command.package):
        raise RuleBroken("still_open")
    slot = slot_of_offer(state, offer, party)
    accepted = e.Draft(e.OfferAccepted(offer.number, command.package, party), slot.audience)
    if is_voted(state.case):
        require_vote(state, offer, command.package, party)
        return Decision((*leaving_others(state, offer.number, party), accepted), not_after)
    if not agreed_by_all(state, slot, offer, command.package, party):
        return Decision((accepted,), not_after)
    return Decision((accepted, *agreed(state, slot, offer, command.package)), not_after)


def require_others(state: RoomState, number: int, party: str) -> Offer:
    """A standing offer that is not the own one."""
    offer = require_standing(state, number)
    if offer.party == party:
        raise RuleBroken("own_offer")
    return offer


def require_place(offer: Offer, place: int) -> None:
    if not 0 <= place < len(offer.packages):
        raise RuleBroken("stale_offer")


def agreed_by_all(state: RoomState, slot: Slot, offer: Offer, place: int, accepting: str) -> bool:
    """Unanimity: the party that made the offer and everybody who accepted this package are all that decide."""
    return state.backers(offer.number, place) | {accepting} >= set(slot.deciders)


@decision_on.register
def _(command: c.DeclineOffer, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    closes_at = require_open(state, now)
    party = party_of(actor)
    offer = require_others(state, command.offer, party)
    if party in state.bargain.declined.get(offer.number, frozenset()):
        raise RuleBroken("no_change")
    words = require_text(command.words) if command.words else ""
    not_after = lasts_until(state, offer, closes_at, now)
    audience = slot_of_offer(state, offer, party).audience
    return Decision((e.Draft(e.OfferDeclined(offer.number, party, words), audience),), not_after)


@decision_on.register
def _(command: c.MarkClosest, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    closes_at = require_open(state, now)
    party = party_of(actor)
    offer = require_others(state, command.offer, party)
    require_place(offer, command.package)
    if len(offer.packages) == 1:
        raise RuleBroken("one_package")
    if state.bargain.closest.get(offer.number, {}).get(party) == command.package:
        raise RuleBroken("no_change")
    not_after = lasts_until(state, offer, closes_at, now)
    audience = slot_of_offer(state, offer, party).audience
    return Decision((e.Draft(e.OfferPreferred(offer.number, command.package, party), audience),), not_after)

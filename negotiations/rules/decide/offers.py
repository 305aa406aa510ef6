"""Packages on the table, and leaving without one."""

from __future__ import annotations

from datetime import datetime

from bargaining.case import check_package
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide.base import Decision, decision_on, party_of, require_open, require_text
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import Offer, RoomState, digest_of

MAX_OFFERS = 3000
MAX_PACKAGES = 1
#: Everything that is negotiated here is settled by one agreement.
SLOT = "main"


@decision_on.register
def _(command: c.MakeOffer, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    closes_at = require_open(state, now)
    if len(state.offers) >= MAX_OFFERS:
        raise RuleBroken("limit_reached")
    if not command.packages:
        raise RuleBroken("invalid_offer")
    if len(command.packages) > MAX_PACKAGES:
        raise RuleBroken("too_many_packages")
    for package in command.packages:
        if faults := check_package(state.case, package):
            raise RuleBroken("invalid_offer", faults[0].words)
    party = party_of(actor)
    made = e.OfferMade(len(state.offers) + 1, party, command.packages, digest_of(command.packages))
    drafts = [e.Draft(made)]
    if command.words:
        drafts.append(e.Draft(e.MessageSaid(party, require_text(command.words))))
    return Decision(tuple(drafts), closes_at)


@decision_on.register
def _(command: c.AcceptOffer, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    closes_at = require_open(state, now)
    offer = require_standing(state, command.offer)
    party = party_of(actor)
    if offer.party == party:
        raise RuleBroken("own_offer")
    if offer.digest != command.digest or not 0 <= command.package < len(offer.packages):
        raise RuleBroken("stale_offer")
    accepted = e.Draft(e.OfferAccepted(offer.number, command.package, party))
    if not agreed_by_all(state, offer, party):
        return Decision((accepted,), closes_at)
    deal = e.DealMade(SLOT, offer.number, offer.packages[command.package])
    return Decision((accepted, e.Draft(deal), e.Draft(e.TableClosed("deal"))), closes_at)


def require_standing(state: RoomState, number: int) -> Offer:
    offer = state.standing_offer(number)
    if offer is None:
        raise RuleBroken("stale_offer")
    return offer


def agreed_by_all(state: RoomState, offer: Offer, accepting: str) -> bool:
    """Unanimity: the party that made the offer and everybody who accepted it are all parties."""
    agreeing = state.accepted.get(offer.number, frozenset()) | {offer.party, accepting}
    return agreeing >= set(state.case.party_ids)


@decision_on.register
def _(command: c.WithdrawOffer, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    closes_at = require_open(state, now)
    offer = require_standing(state, command.offer)
    if offer.party != actor.party:
        raise RuleBroken("forbidden")
    return Decision((e.Draft(e.OfferWithdrawn(offer.number, offer.party)),), closes_at)


@decision_on.register
def _(command: c.WalkAway, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    closes_at = require_open(state, now)
    party = party_of(actor)
    drafts = [e.Draft(e.WalkedAway(party))]
    if command.reason.strip():
        # Before the end, so that nothing follows the end; the other side never learns that it was given.
        drafts.append(e.Draft(e.ReasonGiven(party, require_text(command.reason)), audience=(party,)))
    drafts.append(e.Draft(e.TableClosed("walked_away")))
    return Decision(tuple(drafts), closes_at)

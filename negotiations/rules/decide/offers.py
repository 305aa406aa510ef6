"""Packages on the table, and leaving without one."""

from __future__ import annotations

from datetime import datetime

from bargaining.case import check_package
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide.base import (
    Decision,
    decision_on,
    party_of,
    require_open,
    require_packages,
    require_text,
)
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import Offer, RoomState, digest_of

MAX_OFFERS = 3000
MAX_PACKAGES = 4
#: Everything that is negotiated here is settled by one agreement.
SLOT = "main"


@decision_on.register
def _(command: c.MakeOffer, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    closes_at = require_open(state, now)
    require_packages(state)
    if len(state.offers) >= MAX_OFFERS:
        raise RuleBroken("limit_reached")
    if not command.packages:
        raise RuleBroken("invalid_offer")
    if len(command.packages) > MAX_PACKAGES:
        raise RuleBroken("too_many_packages")
    for package in command.packages:
        if faults := check_package(state.case, package):
            raise RuleBroken("invalid_offer", faults[0].words)
    if any(package in command.packages[:place] for place, package in enumerate(command.packages)):
        raise RuleBroken("same_package")
    party = party_of(actor)
    made = e.OfferMade(len(state.offers) + 1, party, command.packages, digest_of(command.packages))
    drafts = [e.Draft(made)]
    if command.words:
        drafts.append(e.Draft(e.MessageSaid(party, require_text(command.words))))
    return Decision(tuple(drafts), closes_at)


@decision_on.register
def _(command: c.AcceptOffer, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    closes_at = require_open(state, now)
    party = party_of(actor)
    offer = require_others(state, command.offer, party)
    if offer.digest != command.digest:
        raise RuleBroken("stale_offer")
    require_package(offer, command.package)
    accepted = e.Draft(e.OfferAccepted(offer.number, command.package, party))
    if not agreed_by_all(state, offer, command.package, party):
        return Decision((accepted,), closes_at)
    deal = e.DealMade(SLOT, offer.number, offer.packages[command.package])
    return Decision((accepted, e.Draft(deal), e.Draft(e.TableClosed("deal"))), closes_at)


def require_standing(state: RoomState, number: int) -> Offer:
    offer = state.standing_offer(number)
    if offer is None:
        raise RuleBroken("stale_offer")
    return offer


def require_others(state: RoomState, number: int, party: str) -> Offer:
    """A standing offer that is not the own one."""
    offer = require_standing(state, number)
    if offer.party == party:
        raise RuleBroken("own_offer")
    return offer


def require_package(offer: Offer, place: int) -> None:
    if not 0 <= place < len(offer.packages):
        raise RuleBroken("stale_offer")


def agreed_by_all(state: RoomState, offer: Offer, place: int, accepting: str) -> bool:
    """Unanimity: the party that made the offer and everybody who accepted this package are all that sign."""
    return state.backers(offer.number, place) | {accepting} >= set(state.case.signers)


@decision_on.register
def _(command: c.DeclineOffer, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    closes_at = require_open(state, now)
    party = party_of(actor)
    offer = require_others(state, command.offer, party)
    if party in state.bargain.declined.get(offer.number, frozenset()):
        raise RuleBroken("no_change")
    words = require_text(command.words) if command.words else ""
    return Decision((e.Draft(e.OfferDeclined(offer.number, party, words)),), closes_at)


@decision_on.register
def _(command: c.MarkClosest, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    closes_at = require_open(state, now)
    party = party_of(actor)
    offer = require_others(state, command.offer, party)
    require_package(offer, command.package)
    if len(offer.packages) == 1:
        raise RuleBroken("one_package")
    if state.bargain.closest.get(offer.number, {}).get(party) == command.package:
        raise RuleBroken("no_change")
    return Decision((e.Draft(e.OfferPreferred(offer.number, command.package, party)),), closes_at)


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
    if state.case.rounds is not None:
        raise RuleBroken("wrong_table")  # a crew that goes home is absent; the others play on
    party = party_of(actor)
    drafts = [e.Draft(e.WalkedAway(party))]
    if command.reason.strip():
        # Before the end, so that nothing follows the end; the other side never learns that it was given.
        drafts.append(e.Draft(e.ReasonGiven(party, require_text(command.reason)), audience=(party,)))
    drafts.append(e.Draft(e.TableClosed("walked_away")))
    return Decision(tuple(drafts), closes_at)

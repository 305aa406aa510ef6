"""Packages on the table, and leaving without one."""

from __future__ import annotations

from datetime import datetime, timedelta

from bargaining.case import Case, Package, applying
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
from negotiations.rules.decide.channels import words_to
from negotiations.rules.decide.dues import Due, watch
from negotiations.rules.decide.phases import require_offering
from negotiations.rules.decide.slots import audience_of, slot_for, slot_of_offer
from negotiations.rules.decide.votes import can_agree_without, faults_of, leaving_others, require_in_split
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import Offer, RoomState, digest_of
from negotiations.rules.room.strands import last_in_strand, linked

MAX_OFFERS = 3000
MAX_PACKAGES = 4
MAX_ADDED = 10
MAX_TERM = 300


@decision_on.register
def _(command: c.MakeOffer, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    closes_at = require_open(state, now)
    require_packages(state)
    require_screen(state)
    require_offering(state, now)
    party = party_of(actor)
    require_turn(state, party, command.packages)
    slot = slot_for(state, party, command.packages)
    left_open = checked(slot.case, command)
    for package in command.packages:
        require_in_split(state, package, party)
    require_added(slot.case, command.added)
    number = len(state.offers) + 1
    made = e.OfferMade(
        number,
        party,
        command.packages,
        digest_of(command.packages, command.added),
        command.added,
        left_open,
        expiry(state, now),
    )
    drafts = [*leaving_others(state, number, party), e.Draft(made, slot.audience)]
    if command.words:
        drafts.append(words_to(state, party, slot.channel, require_text(command.words)))
    return Decision(tuple(drafts), closes_at)


def require_screen(state: RoomState) -> None:
    """Where people talk face to face, nothing binds but what both write down; agents and principals sign here."""
    if state.policy.mode == "aloud" and not state.case.strands:
        raise RuleBroken("face_to_face")


def require_turn(state: RoomState, party: str, packages: tuple[Package, ...] = ()) -> None:
    if len(state.offers) >= MAX_OFFERS:
        raise RuleBroken("limit_reached")
    if fault := turn_fault(state, party, packages):
        raise RuleBroken(fault)


def turn_fault(state: RoomState, party: str, packages: tuple[Package, ...] = ()) -> str:
    """Why this party may not make an offer now, as the code of a refusal; empty if it may."""
    limit = state.policy.offer_limit
    if limit and state.offered_by.get(party, 0) >= limit:
        return "no_offers_left"
    link = linked(state, packages[0]) if packages else None
    if state.case.strands and link is None:
        return ""  # about none of the negotiations; that no offer went before tells of nobody else's
    last = last_in_strand(state, link)
    if state.policy.offers != "turns" or not last or state.offers[last - 1].party != party:
        return ""
    answered = last in state.bargain.lapsed or state.bargain.declined.get(last)
    return "" if answered else "not_your_turn"


def checked(case: Case, command: c.MakeOffer) -> tuple[tuple[str, ...], ...]:
    """The terms that each package leaves open, once it is sure that all are packages of the case; empty if all
    are whole."""
    packages = command.packages
    if not packages:
        raise RuleBroken("invalid_offer")
    if len(packages) > MAX_PACKAGES:
        raise RuleBroken("too_many_packages")
    for package in packages:
        require_package(case, package, command.proposal)
    if any(package in packages[:place] for place, package in enumerate(packages)):
        raise RuleBroken("same_package")
    left_open = tuple(open_terms(case, package) for package in packages)
    return left_open if any(left_open) else ()


def require_package(case: Case, package: Package, may_be_open: bool = False) -> None:
    """A package of the case; of a proposal terms may be missing, but not all of them."""
    faults = faults_of(case, package)
    if may_be_open and package:
        faults = tuple(fault for fault in faults if fault.code != "missing_issue")
    if faults:
        raise RuleBroken("invalid_offer", faults[0].sentence, faults[0].name)


def open_terms(case: Case, package: Package) -> tuple[str, ...]:
    return tuple(issue.id for issue in applying(case, package) if issue.id not in package)


def require_added(case: Case, added: tuple[str, ...]) -> None:
    """Terms of the table's own, where the case has room for them."""
    if len(added) > MAX_ADDED or any(len(term) > MAX_TERM for term in added):
        raise RuleBroken("too_many_terms")
    if added and not any(issue.allow_added_terms for issue in case.issues):
        raise RuleBroken("no_added_terms")
    for term in added:
        require_text(term)


def expiry(state: RoomState, now: datetime) -> datetime | None:
    seconds = state.policy.offer_seconds
    return now + timedelta(seconds=seconds) if seconds else None


@watch
def next_moment(state: RoomState) -> Due | None:
    """The next offer that lapses."""
    if not state.bargain.expires:
        return None
    number, at = min(state.bargain.expires.items(), key=lambda pair: (pair[1], pair[0]))
    lapsed = e.OfferLapsed(number, state.offers[number - 1].party)
    return Due(at, (e.Draft(lapsed, audience_of(state, number)),))


def require_standing(state: RoomState, number: int) -> Offer:
    require_packages(state)
    offer = state.standing_offer(number)
    if offer is None:
        raise RuleBroken("offer_lapsed" if number in state.bargain.lapsed else "stale_offer")
    return offer


def lasts_until(state: RoomState, offer: Offer, closes_at: datetime, now: datetime) -> datetime:
    """Until when this offer can be answered. Once its time has passed it is gone, even before a process has
    written so."""
    expires = state.bargain.expires.get(offer.number, closes_at)
    if now >= expires:
        raise RuleBroken("offer_lapsed")
    return min(closes_at, expires)


@decision_on.register
def _(command: c.WithdrawOffer, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    closes_at = require_open(state, now)
    offer = require_standing(state, command.offer)
    if offer.party != actor.party:
        raise RuleBroken("forbidden")
    audience = slot_of_offer(state, offer, offer.party).audience
    return Decision((e.Draft(e.OfferWithdrawn(offer.number, offer.party), audience),), closes_at)


@decision_on.register
def _(command: c.WalkAway, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    closes_at = require_open(state, now)
    if state.case.rounds is not None:
        raise RuleBroken("wrong_table")  # a crew that goes home is absent; the others play on
    require_screen(state)
    party = party_of(actor)
    drafts = [e.Draft(e.WalkedAway(party))]
    if command.reason.strip():
        # Before the end, so that nothing follows the end; the other side never learns that it was given.
        drafts.append(e.Draft(e.ReasonGiven(party, require_text(command.reason)), audience=(party,)))
    if not can_agree_without(state, party):
        drafts.append(e.Draft(e.TableClosed("walked_away")))
    return Decision(tuple(drafts), closes_at)

"""May this actor do this now, and what happens if so? Pure: `now` is the database's time, given.

A decision is a few drafts and `not_after`, the moment before which they must be written;
a refusal is RuleBroken and leaves no trace.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import singledispatch

from msgspec import Struct

from bargaining.case import check_package
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import Offer, RoomState, digest_of

MAX_EVENTS = 6000
MAX_OFFERS = 3000
MAX_PACKAGES = 1
MAX_TEXT = 2000
#: Everything that is negotiated here is settled by one agreement.
SLOT = "main"


class Decision(Struct, frozen=True):
    drafts: tuple[e.Draft, ...]
    not_after: datetime | None = None


def decide(state: RoomState, actor: c.Actor, command: c.Command, now: datetime) -> Decision:
    """Events for the command, or RuleBroken."""
    require_actor(state, actor, command)
    # The last line is kept free so that a full table can still be closed by its clock or its instructor.
    if state.seq >= MAX_EVENTS and actor.kind == "seat":
        raise RuleBroken("limit_reached")
    return decision_on(command, state, actor, now)


def require_actor(state: RoomState, actor: c.Actor, command: c.Command) -> None:
    if actor.kind == "seat":
        if not isinstance(command, FOR_SEATS):
            raise RuleBroken("forbidden")
        if actor.party is None or state.party_of(actor.id) != actor.party:
            raise RuleBroken("not_seated")
    elif not isinstance(command, FOR_STAFF):
        raise RuleBroken("forbidden")


FOR_SEATS = (c.Say, c.MakeOffer, c.AcceptOffer, c.WithdrawOffer, c.WalkAway, c.AskHelp, c.CloseHelp)
FOR_STAFF = (
    c.TakeSeat,
    c.LeaveSeat,
    c.OpenTable,
    c.PauseTable,
    c.ResumeTable,
    c.ExtendTable,
    c.CloseTable,
    c.CloseHelp,
    c.Tick,
)


def require_open(state: RoomState, now: datetime) -> datetime:
    """The deadline, if the table is open and it has not passed."""
    if state.phase == "waiting":
        raise RuleBroken("not_started")
    if state.phase == "paused":
        raise RuleBroken("paused")
    if state.phase == "ended":
        raise RuleBroken("already_agreed" if state.outcome == "deal" else "room_closed")
    if state.closes_at is None or now >= state.closes_at:
        raise RuleBroken("late")
    return state.closes_at


def before_the_end(state: RoomState, now: datetime) -> datetime | None:
    """What may be done while a table waits, runs or is paused: its deadline if the clock runs."""
    if state.phase == "ended":
        raise RuleBroken("room_closed")
    return require_open(state, now) if state.phase == "open" else None


def require_running(state: RoomState) -> None:
    """The table is open or paused: it can be paused, extended, ended."""
    if state.phase == "waiting":
        raise RuleBroken("not_started")
    if state.phase == "ended":
        raise RuleBroken("room_closed")


def require_text(text: str) -> str:
    if not text.strip():
        raise RuleBroken("empty_message")
    if len(text) > MAX_TEXT:
        raise RuleBroken("message_too_long")
    if "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise RuleBroken("bad_text")
    return text


def party_of(actor: c.Actor) -> str:
    if actor.party is None:
        raise RuleBroken("forbidden")
    return actor.party


@singledispatch
def decision_on(command: object, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    raise TypeError(f"no decision on {type(command).__name__}")


@decision_on.register
def _(command: c.Say, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    closes_at = require_open(state, now)
    text = require_text(command.text)
    return Decision((e.Draft(e.MessageSaid(party_of(actor), text)),), closes_at)


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


@decision_on.register
def _(command: c.AskHelp, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    party = party_of(actor)
    not_after = before_the_end(state, now)
    if party in state.hands:
        raise RuleBroken("no_change")
    return Decision((e.Draft(e.HelpAsked(party), audience=(party,)),), not_after)


@decision_on.register
def _(command: c.CloseHelp, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    party = actor.party if actor.kind == "seat" else command.party
    not_after = before_the_end(state, now)
    if party is None or party not in state.hands:
        raise RuleBroken("no_change")
    return Decision((e.Draft(e.HelpClosed(party), audience=(party,)),), not_after)


@decision_on.register
def _(command: c.TakeSeat, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    if state.phase == "ended":
        raise RuleBroken("room_closed")
    if command.seat in state.seats:
        raise RuleBroken("seat_taken")
    state.case.party(command.party)
    return Decision((e.Draft(e.SeatTaken(command.seat, command.party, command.kind)),))


@decision_on.register
def _(command: c.LeaveSeat, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    party = state.party_of(command.seat)
    if party is None:
        raise RuleBroken("not_seated")
    return Decision((e.Draft(e.SeatLeft(command.seat, party)),))


@decision_on.register
def _(command: c.OpenTable, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    if state.phase != "waiting":
        raise RuleBroken("no_change")
    return Decision((e.Draft(e.TableOpened(now + timedelta(seconds=command.seconds))),))


@decision_on.register
def _(command: c.PauseTable, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    closes_at = require_open(state, now)
    return Decision((e.Draft(e.TablePaused(command.reason, now)),), closes_at)


@decision_on.register
def _(command: c.ResumeTable, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    require_running(state)
    if state.phase != "paused" or state.paused_at is None or state.closes_at is None:
        raise RuleBroken("no_change")
    return Decision((e.Draft(e.TableResumed(now + (state.closes_at - state.paused_at))),))


@decision_on.register
def _(command: c.ExtendTable, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    require_running(state)
    if state.closes_at is None:
        raise RuleBroken("no_change")
    # Once the deadline has passed the table is over, even before a process has written so.
    not_after = state.closes_at if state.phase == "open" else None
    if not_after is not None and now >= not_after:
        raise RuleBroken("late")
    closes_at = state.closes_at + timedelta(seconds=command.seconds)
    return Decision((e.Draft(e.TableExtended(command.seconds, closes_at)),), not_after)


@decision_on.register
def _(command: c.CloseTable, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    # Also a table that was never opened: nobody shall wait at it for ever.
    if state.phase == "ended":
        raise RuleBroken("room_closed")
    return Decision((e.Draft(e.TableClosed("closed")),))


@decision_on.register
def _(command: c.Tick, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    if state.phase != "open" or state.closes_at is None or now < state.closes_at:
        raise RuleBroken("no_change")
    return Decision((e.Draft(e.TableClosed("out_of_time")),))

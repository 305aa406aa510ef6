"""Terms pinned for now: each side says how it would settle one, and what both say the same of holds until one
takes it back. A pin binds nobody."""

from __future__ import annotations

from datetime import datetime

from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide.base import Decision, decision_on, party_of, require_open, require_packages
from negotiations.rules.decide.slots import require_negotiable
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import RoomState
from negotiations.rules.room.strands import insiders


@decision_on.register
def _(command: c.PinTerm, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    closes_at = require_open(state, now)
    require_packages(state)
    party = require_signer(state, actor)
    case = state.case
    audience = pinned_among(state, party, command.issue)
    if not case.has_issue(command.issue) or not case.issue(command.issue).accepts(command.value):
        raise RuleBroken("invalid_term")
    old = state.bargain.pins.get(command.issue, {}).get(party)
    if old == command.value and type(old) is type(command.value):
        raise RuleBroken("no_change")
    return Decision((e.Draft(e.TermPinned(command.issue, command.value, party), audience),), closes_at)


@decision_on.register
def _(command: c.UnpinTerm, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    closes_at = require_open(state, now)
    require_packages(state)
    party = require_signer(state, actor)
    if party not in state.bargain.pins.get(command.issue, {}):
        raise RuleBroken("no_change")
    audience = pinned_among(state, party, command.issue)
    return Decision((e.Draft(e.TermUnpinned(command.issue, party), audience),), closes_at)


def pinned_among(state: RoomState, party: str, issue: str) -> e.Audience:
    """Who learns of a pin; of linked negotiations only those who negotiate them may set one."""
    if not state.case.strands:
        return None
    link = next((link for link in state.case.strands if issue in link.issues), None)
    if link is None or party not in link.insiders:
        raise RuleBroken("invalid_term")
    require_negotiable(state, link, party)
    return insiders(state.case, link)


def require_signer(state: RoomState, actor: c.Actor) -> str:
    """The actor's party, if its consent counts here."""
    party = party_of(actor)
    if party not in state.case.signers:
        raise RuleBroken("forbidden")
    return party

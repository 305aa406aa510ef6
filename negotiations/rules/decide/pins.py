"""Terms pinned for now: each side says how it would settle one, and what both say the same of holds until one
takes it back. A pin binds nobody."""

from __future__ import annotations

from datetime import datetime

from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide.base import Decision, decision_on, party_of, require_open
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import RoomState


@decision_on.register
def _(command: c.PinTerm, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    closes_at = require_open(state, now)
    party = require_signer(state, actor)
    case = state.case
    if not case.has_issue(command.issue) or not case.issue(command.issue).accepts(command.value):
        raise RuleBroken("invalid_term")
    old = state.bargain.pins.get(command.issue, {}).get(party)
    if old == command.value and type(old) is type(command.value):
        raise RuleBroken("no_change")
    return Decision((e.Draft(e.TermPinned(command.issue, command.value, party)),), closes_at)


@decision_on.register
def _(command: c.UnpinTerm, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    closes_at = require_open(state, now)
    party = require_signer(state, actor)
    if party not in state.bargain.pins.get(command.issue, {}):
        raise RuleBroken("no_change")
    return Decision((e.Draft(e.TermUnpinned(command.issue, party)),), closes_at)


def require_signer(state: RoomState, actor: c.Actor) -> str:
    """The actor's party, if its consent counts here."""
    party = party_of(actor)
    if party not in state.case.signers:
        raise RuleBroken("forbidden")
    return party

"""Words, and a raised hand."""

from __future__ import annotations

from datetime import datetime

from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import rounds
from negotiations.rules.decide.base import (
    Decision,
    before_the_end,
    decision_on,
    party_of,
    require_open,
    require_text,
)
from negotiations.rules.decide.channels import words_to
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import RoomState
from negotiations.rules.room.channels import TEAM


@decision_on.register
def _(command: c.Say, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    until = require_open(state, now)
    if command.to != TEAM:
        until = rounds.talk_until(state, actor, until, now)
    text = require_text(command.text)
    return Decision((words_to(state, party_of(actor), command.to, text),), until)


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

"""A teammate confirms what was asked, and with that it is done; or it is dropped."""

from __future__ import annotations

from datetime import datetime

import msgspec
from msgspec import structs

from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide.base import Decision, decision_on, party_of, require_open
from negotiations.rules.decide.taps import waits_for_tap
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import RoomState
from negotiations.rules.room.teams import Deed

TAPPED: dict[str, type[c.Command]] = {kind.__name__: kind for kind in c.Asked.__subclasses__() if kind.tapped}


@decision_on.register
def _(command: c.Tap, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    require_open(state, now)
    party = party_of(actor)
    deed = require_waiting(state, party, command.deed)
    wanted = msgspec.convert(deed.fields, TAPPED[deed.what])
    if deed.by == actor.id and waits_for_tap(state, actor, wanted):
        raise RuleBroken("own_deed")
    done = decision_on(wanted, state, actor, now)
    given = e.Draft(e.TapGiven(deed.number, party), audience=(party,))
    return structs.replace(done, drafts=(given, *done.drafts))


@decision_on.register
def _(command: c.DropDeed, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    closes_at = require_open(state, now)
    party = party_of(actor)
    deed = require_waiting(state, party, command.deed)
    return Decision((e.Draft(e.TapDropped(deed.number, party), audience=(party,)),), closes_at)


def require_waiting(state: RoomState, party: str, number: int) -> Deed:
    deed = state.teams.waiting.get(party)
    if deed is None or deed.number != number:
        raise RuleBroken("nothing_to_tap")
    return deed

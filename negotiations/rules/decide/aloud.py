"""Tables that talk face to face: what was settled counts once all who sign have written down the same."""

from __future__ import annotations

from datetime import datetime

from bargaining.case import Package
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide.base import Decision, decision_on, require_open, require_packages
from negotiations.rules.decide.offers import require_package
from negotiations.rules.decide.pins import require_signer
from negotiations.rules.decide.slots import SLOT
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import RoomState


@decision_on.register
def _(command: c.RecordOutcome, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    closes_at = require_open(state, now)
    require_packages(state)
    party = require_signer(state, actor)
    if state.policy.mode != "aloud" or state.case.strands:
        raise RuleBroken("on_screen")
    records = state.bargain.records
    if command.package is not None:
        require_package(state.case, command.package)
    if party in records and records[party] == command.package:
        raise RuleBroken("no_change")
    recorded = e.Draft(e.OutcomeRecorded(party, command.package))
    others = [other for other in state.case.signers if other != party]
    if not all(other in records and records[other] == command.package for other in others):
        return Decision((recorded,), closes_at)
    return Decision((recorded, *ending(command.package)), closes_at)


def ending(package: Package | None) -> tuple[e.Draft, ...]:
    if package is None:
        return (e.Draft(e.TableClosed("no_deal")),)
    return (e.Draft(e.DealMade(SLOT, 0, package)), e.Draft(e.TableClosed("deal")))

"""The time of a table: what instructors and the house ask."""

from __future__ import annotations

from datetime import datetime, timedelta

from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import rounds
from negotiations.rules.decide.base import Decision, decision_on, end_of, require_open, require_running
from negotiations.rules.decide.dues import Due, next_due, watch
from negotiations.rules.decide.phases import first_phase, is_over_early, overtime
from negotiations.rules.decide.votes import ending
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import RoomState


@decision_on.register
def _(command: c.OpenTable, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    if state.phase != "waiting":
        raise RuleBroken("no_change")
    closes_at = now + timedelta(seconds=command.seconds)
    drafts = [e.Draft(e.TableOpened(closes_at))]
    if command.news:
        drafts.append(e.Draft(e.NewsPlanned(command.news), audience=()))
    drafts += [*first_phase(state.case, now, closes_at), *rounds.opening(state, now, closes_at)]
    return Decision(tuple(drafts))


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
    not_after = end_of(state) if state.phase == "open" else None
    if not_after is not None and now >= not_after:
        raise RuleBroken("late")
    closes_at = state.closes_at + timedelta(seconds=command.seconds)
    return Decision((e.Draft(e.TableExtended(command.seconds, closes_at)),), not_after)


@decision_on.register
def _(command: c.CloseTable, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    # Also a table that was never opened: nobody shall wait at it for ever.
    if state.phase == "ended":
        raise RuleBroken("room_closed")
    return Decision(ending(state, "closed"))


@decision_on.register
def _(command: c.Tick, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    due = next_due(state)
    if due is None or now < due.at:
        raise RuleBroken("no_change")
    return Decision(due.drafts_at(now))


@watch
def next_moment(state: RoomState) -> Due | None:
    """The deadline, or a last chance to answer; which may be over before its time."""
    if state.closes_at is None or state.last_at is None:
        return None
    at = state.last_at if is_over_early(state) else state.closes_at
    return Due(at, overtime(state) or ending(state, "out_of_time"))

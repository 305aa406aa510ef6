"""The parts of the time at a table: what comes when, who may talk in which, and what follows the last.

A case's minutes are scaled to the time the table was opened for.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bargaining.case import Case
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide.base import Decision, decision_on, require_open
from negotiations.rules.decide.dues import Due, watch
from negotiations.rules.decide.parts import is_asking, is_settling, leg_now, legs, place_of
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import RoomState

GRACE = timedelta(seconds=60)
#: How long what is open at the end may still be settled.
FINISH = timedelta(minutes=5)


def beginning(case: Case, place: int, at: datetime, length: float, closes_at: datetime) -> e.Draft:
    """The leg at this place begins. The last one runs to the end, whatever time was won or given before it."""
    found = legs(case)
    leg = found[place]
    seconds = leg.minutes * length / sum(each.minutes for each in found)
    ends_at = closes_at if place == len(found) - 1 else min(at + timedelta(seconds=seconds), closes_at)
    return e.Draft(e.PhaseBegan(leg.phase, leg.place, ends_at))


def first_phase(case: Case, now: datetime, closes_at: datetime) -> tuple[e.Draft, ...]:
    """What opens with the table."""
    if not legs(case):
        return ()
    return (beginning(case, 0, now, (closes_at - now).total_seconds(), closes_at),)


def phase_after(state: RoomState, at: datetime) -> e.Draft | None:
    place = place_of(state, legs(state.case)) + 1
    if place == 0 or place == len(legs(state.case)) or state.closes_at is None:
        return None
    return beginning(state.case, place, at, state.course.length, state.closes_at)


@watch
def next_moment(state: RoomState) -> Due | None:
    """The end of a phase, unless it is the table's."""
    ends_at = state.course.ends_at
    if ends_at is None or state.closes_at is None or ends_at >= state.closes_at:
        return None
    draft = phase_after(state, ends_at)
    return Due(ends_at, (draft,)) if draft else None


@decision_on.register
def _(command: c.NextPhase, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    closes_at = require_open(state, now)
    draft = phase_after(state, now)
    if draft is None:
        raise RuleBroken("no_change")
    return Decision((draft,), closes_at)


def talking(state: RoomState) -> tuple[str, ...] | None:
    """The group whose turn it is to talk, among themselves; None when the table is everybody's."""
    leg = leg_now(state)
    return leg.group if leg and leg.group else None


def require_offering(state: RoomState, now: datetime) -> None:
    """Something new may be put on the table: not while groups talk by turns, and not when the time is over."""
    if talking(state) is not None:
        raise RuleBroken("talk_only")
    if is_settling(state, now):
        raise RuleBroken("settling_up")
    if state.course.overtime:
        raise RuleBroken("overtime")


def overtime(state: RoomState) -> tuple[e.Draft, ...]:
    """What follows the last minute instead of the end, by the session's policy; nothing if the end does, as after
    questions, when nothing can be answered any more."""
    if state.course.overtime or state.closes_at is None or state.case.mechanism == "rounds":
        return ()
    if is_asking(state, state.closes_at):
        return ()
    if state.policy.ending == "grace":
        return (e.Draft(e.OvertimeBegan(state.closes_at + GRACE)),)
    if state.policy.ending == "finish" and is_open_question(state):
        return (e.Draft(e.OvertimeBegan(state.closes_at + FINISH)),)
    return ()


def is_over_early(state: RoomState) -> bool:
    """What was open, and for which the table stayed, is settled."""
    return state.course.overtime and state.policy.ending == "finish" and not is_open_question(state)


def is_open_question(state: RoomState) -> bool:
    """Something on the table waits for somebody: an offer for an answer, what one side wrote down or a text for the
    others. Of linked negotiations the clock must not tell those outside one of them whether something waits there,
    so all of them have the time in any case."""
    if state.case.strands or state.bargain.records or state.texts.latest:
        return True
    return any(silent_on(state, number) for number in state.bargain.standing)


def silent_on(state: RoomState, number: int) -> frozenset[str]:
    """Who could still say yes or no to the offer."""
    offer = state.offers[number - 1]
    is_split = state.case.mechanism == "coalition"
    asked = set().union(*offer.packages) if is_split else set(state.case.signers)
    said = backing(state, number) | state.bargain.declined.get(number, frozenset())
    return frozenset(asked - said - state.votes.left)


def backing(state: RoomState, number: int) -> frozenset[str]:
    """Who wants the offer, in whichever of its packages."""
    accepting = state.accepted.get(number, {}).values()
    return frozenset({state.offers[number - 1].party}).union(*accepting)

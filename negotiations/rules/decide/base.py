"""What all decisions share: who may ask, whether the table is open, what a text may be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import singledispatch

from msgspec import Struct

from bargaining.values import is_storable
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide.parts import before_the_next, require_part
from negotiations.rules.decide.rights import require_right
from negotiations.rules.decide.taps import asking, waits_for_tap
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import RoomState

MAX_EVENTS = 6000
MAX_TEXT = 2000


class Decision(Struct, frozen=True):
    drafts: tuple[e.Draft, ...]
    not_after: datetime | None = None


Follow = Callable[[RoomState, tuple[e.Draft, ...], datetime], tuple[e.Draft, ...]]
#: What follows from whatever happens, one function an area.
FOLLOWS: list[Follow] = []


def follow(what: Follow) -> Follow:
    FOLLOWS.append(what)
    return what


def decide(state: RoomState, actor: c.Actor, command: c.Command, now: datetime) -> Decision:
    """Events for the command, or RuleBroken."""
    require_actor(state, actor, command)
    # The last line is kept free so that a full table can still be closed by its clock or its instructor.
    if state.seq >= MAX_EVENTS and actor.kind == "seat":
        raise RuleBroken("limit_reached")
    require_part(state, command, now)
    decision = decision_on(command, state, actor, now)
    drafts, not_after = decision.drafts, before_the_next(state, actor, decision.not_after, now)
    if waits_for_tap(state, actor, command):
        return Decision((asking(state, actor, command),), not_after)
    for what_follows in FOLLOWS:
        drafts = what_follows(state, drafts, now)
    return Decision(drafts, not_after)


def require_actor(state: RoomState, actor: c.Actor, command: c.Command) -> None:
    if actor.kind not in command.by:
        raise RuleBroken("forbidden")
    if actor.kind != "seat":
        return
    if actor.party is None or state.party_of(actor.id) != actor.party:
        raise RuleBroken("not_seated")
    if actor.party in state.votes.left and state.phase != "ended":
        raise RuleBroken("you_left")
    require_right(state.case, actor.party, command)


def require_open(state: RoomState, now: datetime) -> datetime:
    """The deadline, if the table is open and it has not passed."""
    if state.phase == "waiting":
        raise RuleBroken("not_started")
    if state.phase == "paused":
        raise RuleBroken("paused")
    if state.phase == "ended":
        raise RuleBroken("already_agreed" if state.outcome == "deal" else "room_closed")
    ends_at = end_of(state)
    if ends_at is None or now >= ends_at:
        raise RuleBroken("late")
    return ends_at


def end_of(state: RoomState) -> datetime | None:
    """When the table ends if nothing more happens: at its deadline, or when what is carried counts."""
    carried = state.votes.carried
    return min(state.closes_at, carried.counts_at) if carried and state.closes_at else state.closes_at


def require_packages(state: RoomState) -> None:
    """Packages are for tables that settle them; rounds and texts have ways of their own."""
    if state.case.mechanism in ("rounds", "freeform"):
        raise RuleBroken("wrong_table")


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
    return require_sound(text)


def require_sound(text: str) -> str:
    if not is_storable(text):
        raise RuleBroken("bad_text")
    return text


def party_of(actor: c.Actor) -> str:
    if actor.party is None:
        raise RuleBroken("forbidden")
    return actor.party


@singledispatch
def decision_on(command: object, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    raise TypeError(f"no decision on {type(command).__name__}")

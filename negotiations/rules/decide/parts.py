"""Which part of the time runs, and what it leaves open: while a table settles up nothing new comes, and while it is
asked nothing is said or done there at all."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from bargaining.case import ASK, SETTLE_UP, Case, Phase
from negotiations.rules import commands as c
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import RoomState


class Leg(Struct, frozen=True):
    """A stretch of the time: a phase, or the turn of one of its groups."""

    phase: str
    place: int
    minutes: float
    group: tuple[str, ...] = ()


def legs(case: Case) -> tuple[Leg, ...]:
    """All stretches of the time in their order; none where it has no parts."""
    phases = case.table_phases
    if len(phases) < 2 and not any(phase.rotate for phase in phases):
        return ()
    return tuple(leg for phase in phases for leg in legs_of(phase))


def legs_of(phase: Phase) -> list[Leg]:
    """The groups of a phase share it evenly, or have their minutes and the last one what is left."""
    if not phase.rotate:
        return [Leg(phase.id, 0, phase.minutes)]
    last = len(phase.rotate) - 1
    each = min(phase.minutes_each or phase.minutes, phase.minutes / (last + 1))
    times = [each] * last + [phase.minutes - each * last]
    return [Leg(phase.id, k, times[k], group) for k, group in enumerate(phase.rotate)]


def place_of(state: RoomState, found: tuple[Leg, ...]) -> int:
    here = state.course.phase, state.course.place
    return next((k for k, leg in enumerate(found) if (leg.phase, leg.place) == here), -1)


def leg_now(state: RoomState) -> Leg | None:
    """What runs, as the log says."""
    found = legs(state.case)
    place = place_of(state, found)
    return found[place] if place >= 0 else None


def ends_at(state: RoomState) -> datetime | None:
    """When another part follows the one that runs."""
    found = legs(state.case)
    follows = state.phase == "open" and 0 <= place_of(state, found) < len(found) - 1
    return state.course.ends_at if follows else None


def phase_at(state: RoomState, now: datetime) -> str:
    """The phase of this moment. One whose time has passed is over, even before a process has written so."""
    end = ends_at(state)
    if end is None or now < end:
        return state.course.phase
    found = legs(state.case)
    return found[place_of(state, found) + 1].phase


def is_settling(state: RoomState, now: datetime) -> bool:
    """What is on the table can still be answered, and nothing new comes."""
    return phase_at(state, now) == SETTLE_UP


def is_asking(state: RoomState, now: datetime) -> bool:
    return state.phase == "open" and phase_at(state, now) == ASK


def require_part(state: RoomState, command: c.Command, now: datetime) -> None:
    """While people are asked, a seat may still call the instructor; nothing else that a seat can do is done."""
    if "seat" in command.by and command.needs != "ask" and is_asking(state, now):
        raise RuleBroken("asking")


def before_the_next(
    state: RoomState, actor: c.Actor, not_after: datetime | None, now: datetime
) -> datetime | None:
    """What a seat does has to be written before the next part begins: there it may be forbidden."""
    end = ends_at(state)
    if actor.kind != "seat" or end is None or now >= end:
        return not_after
    return min(end, not_after or end)


def bargaining_share(case: Case) -> float:
    """How much of the table's time is for new offers."""
    found = legs(case)
    whole = sum(leg.minutes for leg in found)
    return sum(leg.minutes for leg in found if leg.phase not in (SETTLE_UP, ASK)) / whole if whole else 1.0

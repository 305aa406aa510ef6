"""What waiting costs at this table: how many units of it have passed, written down when something is settled."""

from __future__ import annotations

from datetime import datetime

from bargaining.waiting import units_waited
from negotiations.rules import events as e
from negotiations.rules.decide.base import follow
from negotiations.rules.room import RoomState


def is_counted(state: RoomState) -> bool:
    """The case has a price of waiting, and the session did not leave it out."""
    delay = state.case.delay
    return delay is not None and (state.policy.waiting_costs or not delay.optional)


def units_at(state: RoomState, now: datetime) -> int:
    """What was waited since the table opened. While it is paused nobody waits."""
    if state.case.delay is None or state.opened_at is None or not is_counted(state):
        return 0
    until = state.paused_at or now
    seconds = (until - state.opened_at - state.course.held).total_seconds()
    return units_waited(state.case.delay, seconds, len(state.rounds.played))


@follow
def count(state: RoomState, drafts: tuple[e.Draft, ...], now: datetime) -> tuple[e.Draft, ...]:
    """Before a deal stands how long it took, for those who see that deal, and for all when the table ends with it;
    nothing where waiting costs nothing."""
    units = units_at(state, now)
    place = next((k for k, draft in enumerate(drafts) if isinstance(draft.event, e.DealMade)), None)
    if not units or place is None:
        return drafts
    is_last = isinstance(drafts[-1].event, e.TableClosed)
    counted = e.Draft(e.WaitingCounted(units), None if is_last else drafts[place].audience)
    return (*drafts[:place], counted, *drafts[place:])

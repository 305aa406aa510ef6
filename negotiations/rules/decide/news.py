"""News that reaches some parties during the negotiation: by the clock, with a phase, or when somebody says so."""

from __future__ import annotations

from datetime import datetime

from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide.base import Decision, decision_on, require_running
from negotiations.rules.decide.dues import Due, watch
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import RoomState


@watch
def next_moment(state: RoomState) -> Due | None:
    """The earliest of what is left and knows its time."""
    found = [(at, news) for news in state.news.left if (at := moment_of(state, news))]
    if not found:
        return None
    at, news = min(found, key=lambda pair: pair[0])
    return Due(at, (told(state, news),)) if state.closes_at is None or at < state.closes_at else None


def moment_of(state: RoomState, news: e.PlannedNews) -> datetime | None:
    """When it is due; None while nobody knows."""
    if news.phase:
        return state.course.since if has_come(state, news.phase) else None
    if news.round:
        return state.rounds.began_at if state.rounds.number >= news.round else None
    return state.news.due.get(news.id)


def has_come(state: RoomState, phase: str) -> bool:
    """The phase runs, or has been."""
    names = [each.id for each in state.case.table_phases]
    now = state.course.phase
    return phase in names and now in names and names.index(now) >= names.index(phase)


def told(state: RoomState, news: e.PlannedNews) -> e.Draft:
    everybody = set(news.to) >= set(state.case.party_ids)
    return e.Draft(e.NewsReleased(news.id, news.text, everybody), None if everybody else news.to)


@decision_on.register
def _(command: c.ReleaseNews, state: RoomState, actor: c.Actor, now: datetime) -> Decision:
    require_running(state)
    news = state.news.planned(command.news)
    if news is None or news.id in state.news.told:
        raise RuleBroken("no_change")
    not_after = state.closes_at if state.phase == "open" else None
    if not_after is not None and now >= not_after:
        raise RuleBroken("late")
    return Decision((told(state, news),), not_after)

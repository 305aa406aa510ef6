"""News that reaches some parties during the negotiation."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
from msgspec import structs

from bargaining.case import Case
from bargaining.casefile import CaseFaults, with_changes
from negotiations.rules import events as e
from negotiations.rules.room.evolving import changes_by
from negotiations.rules.room.state import RoomState


@changes_by.register
def _(event: e.NewsPlanned, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    due = {
        news.id: logged.at + timedelta(seconds=news.seconds)
        for news in event.plan
        if news.seconds is not None
    }
    return {"news": structs.replace(state.news, plan=event.plan, due=due)}


@changes_by.register
def _(event: e.NewsReleased, state: RoomState, logged: e.Logged) -> dict[str, Any]:
    told = structs.replace(state.news, told=(*state.news.told, event.news))
    planned = state.news.planned(event.news)
    return {"news": told, "case": case_after(state.case, planned) if planned else state.case}


def case_after(case: Case, news: e.PlannedNews) -> Case:
    """The public part after the news. A whole case, or a party's, was read in the right variant to begin with."""
    if not news.public or not case.is_public_only:
        return case
    try:
        return with_changes(case, {path: msgspec.json.decode(value) for path, value in news.public.items()})
    except CaseFaults:  # as `simulations.rules.variants.varied`: it cannot stand beside what came before
        return case

"""May this actor do this now, and what happens if so? Pure: `now` is the database's time, given.

A decision is a few drafts and `not_after`, the moment before which they must be written;
a refusal is RuleBroken and leaves no trace.
"""

from __future__ import annotations

from negotiations.rules.decide import (
    aloud,
    answers,
    clock,
    news,
    offers,
    people,
    phases,
    pins,
    rounds,
    signing,
    talk,
    teams,
    texts,
    votes,
    waiting,
)
from negotiations.rules.decide.base import MAX_EVENTS, MAX_TEXT, Decision, decide, decision_on, require_open
from negotiations.rules.decide.dues import Due, next_due
from negotiations.rules.decide.offers import MAX_OFFERS, MAX_PACKAGES, require_standing, turn_fault
from negotiations.rules.decide.slots import SLOT
from negotiations.rules.decide.votes import is_voted, passes, poll_is_on, supporters

__all__ = [
    "MAX_EVENTS", "MAX_OFFERS", "MAX_PACKAGES", "MAX_TEXT", "SLOT", "Decision", "Due", "aloud", "answers", "clock",
    "decide", "decision_on", "is_voted", "news", "next_due", "offers", "passes", "people", "phases", "pins",
    "poll_is_on", "require_open", "require_standing", "rounds", "signing", "supporters", "talk", "teams", "texts",
    "turn_fault", "votes", "waiting",
]  # fmt: skip

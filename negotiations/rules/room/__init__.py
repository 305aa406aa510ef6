"""The state of a table as the log tells it: `evolve` adds one event, `replay` all of them."""

from __future__ import annotations

from negotiations.rules.room import (
    channels,
    clock,
    news,
    offers,
    people,
    phases,
    rounds,
    signing,
    talk,
    texts,
    votes,
)
from negotiations.rules.room.ballots import Ballots, Carried
from negotiations.rules.room.bargain import Bargain
from negotiations.rules.room.course import Course, News
from negotiations.rules.room.evolving import changes_by, evolve, replay
from negotiations.rules.room.seasons import Played, Rounds
from negotiations.rules.room.state import Offer, Phase, Policy, RoomState, SeatState, digest_of
from negotiations.rules.room.strands import Strand, Strands
from negotiations.rules.room.versions import Texts, Version

__all__ = [
    "Ballots", "Bargain", "Carried", "Course", "News", "Offer", "Phase", "Played", "Policy", "RoomState", "Rounds",
    "SeatState", "Strand", "Strands", "Texts", "Version", "changes_by", "channels", "clock", "digest_of", "evolve",
    "news", "offers", "people", "phases", "replay", "rounds", "signing", "talk", "texts", "votes",
]  # fmt: skip

"""Four crews at sea: the words of the tests about rounds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bargaining.case import Case
from negotiations.rules import commands as c
from negotiations.rules import events as e
from tests.negotiations.rules.given import END
from tests.negotiations.rules.playing import Play, whole

BAY = whole("four-crews")
CREWS = BAY.party_ids


def with_rounds(**changes: object) -> Case:
    assert BAY.rounds is not None
    return replace(BAY, rounds=replace(BAY.rounds, **changes))  # type: ignore[arg-type]


COUNTS = with_rounds(reveal="counts_only")


def at_sea(case: Case = BAY, minutes: float = 40) -> tuple[Play, dict[str, c.Actor]]:
    play = Play(case)
    crews = dict(zip(CREWS, play.sit(*CREWS), strict=True))
    play.open(minutes)
    return play, crews


def season(play: Play, crews: dict[str, c.Actor], *wide: str) -> tuple[e.Event, ...]:
    """All choose; the events of the last one's choice."""
    number = play.state.rounds.number
    found: tuple[e.Event, ...] = ()
    for party, actor in crews.items():
        found = play.do(actor, c.Choose(number, "wide" if party in wide else "narrow"))
    return found


ALL = dict.fromkeys(CREWS, "narrow")
FIVE = dict.fromkeys(CREWS, 5.0)
#: Each event of rounds with what whoever may see it reads.
SHOWN: list[tuple[e.Event, dict[str, Any]]] = [
    (e.RoundBegan(1, END, "all"), {"round": 1, "ends_at": "2026-11-02T09:45:00Z", "talk": "all"}),
    (e.MoveSealed(1, "north", "wide"), {"round": 1, "party": "north", "move": "wide"}),
    (e.CrewReady(1, "north"), {"round": 1, "party": "north"}),
    (
        e.RoundRevealed(1, {"narrow": 4}, ("west",), "narrow", ALL, FIVE),
        {
            "round": 1,
            "counts": {"narrow": 4},
            "absent": ("west",),
            "default": "narrow",
            "moves": ALL,
            "landed": FIVE,
        },
    ),
    (
        e.CrewLanded(1, "north", "wide", 9.0),
        {"round": 1, "party": "north", "move": "wide", "points": 9.0},
    ),
]

"""The moments at which a table can be found, each made of one in the middle of its work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import get_args

from msgspec import structs

from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import MAX_EVENTS
from negotiations.rules.room import RoomState, evolve
from tests.negotiations.rules.matrix.scenes import SCENES, Scene

Found = tuple[RoomState, datetime]
TALKING_APART, AT_SEA = {"split"}, {"crews"}
#: Moments that not every table knows: which do, and why the others do not.
ONLY: Mapping[str, tuple[set[str], str]] = {
    "pairs": (TALKING_APART, "the others are at one table from the beginning"),
    "silent": (AT_SEA, "only before a season the talk can be closed"),
    "between": (AT_SEA, "only seasons are over before their table is"),
    "settling": (SCENES.keys() - AT_SEA, "the seasons take all the time"),
    "asking": (SCENES.keys() - AT_SEA, "the seasons take all the time"),
    "overtime": (SCENES.keys() - AT_SEA, "the last season ends the table, and nothing waits for an answer"),
    "agreed": (SCENES.keys() - AT_SEA, "nobody agrees on anything at sea"),
}


def after(scene: Scene, *happened: e.Event) -> Found:
    state, now = scene.play.state, scene.play.now
    for event in happened:
        state = evolve(state, e.Logged(state.seq + 1, event, c.HOUSE, None, now))
    return state, now


def closes_at(scene: Scene) -> datetime:
    assert scene.play.state.closes_at is not None
    return scene.play.state.closes_at


def season_ends_at(scene: Scene) -> datetime:
    assert scene.play.state.rounds.ends_at is not None
    return scene.play.state.rounds.ends_at


def silent(scene: Scene) -> Found:
    state = scene.play.state
    return structs.replace(state, rounds=structs.replace(state.rounds, talk="")), scene.play.now


def ended(outcome: e.Outcome) -> Callable[[Scene], Found]:
    return lambda scene: after(scene, e.TableClosed(outcome))


#: By the column of `moments.txt`, which `ended` shares among all ends without a deal.
MOMENTS: dict[str, Callable[[Scene], Found]] = {
    "before": lambda scene: (scene.before, scene.play.now),
    "open": lambda scene: after(scene),
    "pairs": lambda scene: after(scene, e.PhaseBegan("private_pairs", 0, closes_at(scene))),
    "silent": silent,
    "between": lambda scene: (scene.play.state, season_ends_at(scene)),
    "settling": lambda scene: after(scene, e.PhaseBegan("settle_up", 0, closes_at(scene))),
    "asking": lambda scene: after(scene, e.PhaseBegan("ask", 0, closes_at(scene))),
    "overtime": lambda scene: after(scene, e.OvertimeBegan(closes_at(scene) + timedelta(minutes=1))),
    "paused": lambda scene: after(scene, e.TablePaused("Fire drill", scene.play.now)),
    "deadline": lambda scene: (scene.play.state, closes_at(scene)),
    "agreed": ended("deal"),
    **{f"ended {outcome}": ended(outcome) for outcome in get_args(e.Outcome) if outcome != "deal"},
    "full": lambda scene: (structs.replace(scene.play.state, seq=MAX_EVENTS), scene.play.now),
}


def moments_of(table: str) -> dict[str, Callable[[Scene], Found]]:
    return {name: make for name, make in MOMENTS.items() if name not in ONLY or table in ONLY[name][0]}

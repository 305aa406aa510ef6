"""At tables of every kind a secret reaches those who may know it, in every byte of pages, polling and sockets, and
who may not know it cannot even tell whether there is one.
"""

from __future__ import annotations

import re

import pytest

from negotiations.rules import events as e
from tests.negotiations.gathering import Scene, played
from tests.negotiations.scenes import SCENES
from tests.negotiations.tabs import run
from tests.negotiations.test_secrets import masked
from tests.serving import RunningServer

QUICK = ("sides", "bell")
ALL = [pytest.param(name, marks=() if name in QUICK else pytest.mark.slow) for name in SCENES]
TWINS = [
    pytest.param(name, words, id=f"{name}-{words.split()[1]}")
    for name, scene in SCENES.items()
    for words in scene.words
]
#: Events that are for the whole table wherever they happen.
FOR_ALL = {
    "crew.ready", "message.said", "offer.lapsed", "offer.sponsored", "outcome.recorded", "overtime.began",
    "party.walked_away", "phase.began", "poll.called", "round.began", "round.revealed", "seat.left", "seat.taken",
    "stance.taken", "table.closed", "table.extended", "table.opened", "table.paused", "table.resumed",
    "text.agreed", "text.proposed", "text.signed", "vote.broken", "vote.carried", "vote.counted", "vote.taken_back",
}  # fmt: skip
#: Tried without a server: for those who see the deal it stands before.
ELSEWHERE = {"waiting.counted"}


def read(received: list[str]) -> str:
    """One way of spacing in all JSON."""
    return re.sub(r'":\s*', '": ', "\n".join(received))


@pytest.mark.parametrize("observers", ["sheets", pytest.param("table", marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", ALL)
async def test_secret_reaches_those_who_may_know_it_and_nobody_else(
    running_server: RunningServer, name: str, observers: str
) -> None:
    scene = SCENES[name]
    table, people = await played(running_server, scene, observers)
    for secret, knowing in scene.knows.items():
        found = {seat for seat, person in people.items() if secret in read(person.received)}
        assert found == set(knowing), secret
    log = await run(lambda: set(table.room.events.exclude(audience=None).values_list("type", flat=True)))
    assert log == set(scene.apart)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "words"), TWINS)
async def test_who_may_not_know_it_cannot_tell_whether_it_was_said(
    running_server: RunningServer, name: str, words: str
) -> None:
    scene: Scene = SCENES[name]
    said, hushed = [(await played(running_server, scene, hushed=left_out))[1] for left_out in ("", words)]
    for seat, person in said.items():
        if seat in scene.knows[words]:
            assert masked(person.told) != masked(hushed[seat].told)
            continue
        for one, other in zip(masked(person.told), masked(hushed[seat].told), strict=True):
            assert one == other


def test_every_event_is_for_all_or_kept_apart_in_a_scene() -> None:
    """A new event needs a scene, or its name among those for all."""
    apart = set[str]().union(*(scene.apart for scene in SCENES.values()))
    assert set(e.EVENTS) == FOR_ALL | apart | ELSEWHERE
    assert apart & FOR_ALL == set()

"""Two communities and a mediator over one bell: the words of the tests about agreements in words."""

from __future__ import annotations

from typing import Any

from negotiations.rules import commands as c
from negotiations.rules import events as e
from tests.negotiations.rules.playing import Play, whole

BELL = whole("memorial-bell")
SIDES = ("ringers", "residents", "mediator")
HEADINGS = ("ringing", "recognition", "governance")
FIRST = {"ringing": "The anniversary is rung, with thirty days' notice."}
FIRST_WHOLE = {**dict.fromkeys(HEADINGS, ""), **FIRST}
SECOND = {**FIRST, "recognition": "All posters are taken down."}


def at_the_bell() -> tuple[Play, dict[str, c.Actor]]:
    play = Play(BELL)
    sides = dict(zip(SIDES, play.sit(*SIDES), strict=True))
    play.open(65)
    return play, sides


def sign(play: Play) -> c.SignText:
    """To sign what stands there now."""
    latest = play.state.texts.latest
    assert latest is not None
    return c.SignText(latest.number, latest.digest)


def written() -> tuple[Play, dict[str, c.Actor]]:
    """The mediator's first version lies on the table."""
    play, sides = at_the_bell()
    play.do(sides["mediator"], c.ProposeText(FIRST))
    return play, sides


#: Each event of texts with what everybody reads.
SHOWN: list[tuple[e.Event, dict[str, Any]]] = [
    (
        e.TextProposed(1, "mediator", FIRST_WHOLE, "abc"),
        {"version": 1, "party": "mediator", "text": FIRST_WHOLE, "digest": "abc"},
    ),
    (e.TextSigned(1, "ringers"), {"version": 1, "party": "ringers"}),
    (e.TextAgreed(1, FIRST_WHOLE), {"version": 1, "text": FIRST_WHOLE}),
]

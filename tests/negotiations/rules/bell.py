"""Two communities and a mediator over one bell: the words of the tests about agreements in words."""

from __future__ import annotations

from collections.abc import Callable
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


Reach = Callable[[], tuple[Play, c.Actor, c.Command]]


def _plain(command: c.Command, party: str = "ringers") -> Reach:
    def make() -> tuple[Play, c.Actor, c.Command]:
        play, sides = written()
        return play, sides[party], command

    return make


def _signed() -> tuple[Play, c.Actor, c.Command]:
    play, sides = written()
    play.do(sides["ringers"], sign(play))
    return play, sides["ringers"], sign(play)


#: Refusals that only a table with a text can give: code -> the table, who asks, and what.
REACHED: dict[str, Reach] = {
    "stale_text": _plain(c.SignText(1, "old")),
    "signed_already": _signed,
    "same_text": _plain(c.ProposeText(FIRST)),
    "empty_text": _plain(c.ProposeText({"ringing": " \n"})),
    "invalid_text": _plain(c.ProposeText({"price": "Nothing"})),
    "text_too_long": _plain(c.ProposeText({"ringing": "x" * 4000, "governance": "y" * 1001})),
}
#: Each event of texts with what everybody reads.
SHOWN: list[tuple[e.Event, dict[str, Any]]] = [
    (
        e.TextProposed(1, "mediator", FIRST_WHOLE, "abc"),
        {"version": 1, "party": "mediator", "text": FIRST_WHOLE, "digest": "abc"},
    ),
    (e.TextSigned(1, "ringers"), {"version": 1, "party": "ringers"}),
    (e.TextAgreed(1, FIRST_WHOLE), {"version": 1, "text": FIRST_WHOLE}),
]

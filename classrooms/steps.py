"""Where a sitting is: its phases with counts, and the one thing to do next, in words.

It decides nothing: views do what a step names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classrooms.queries import Board
from classrooms.screens import Tile
from classrooms.spans import exactly
from negotiations.models import Session


@dataclass(frozen=True)
class Phase:
    """A step of the class, and how many people or rooms are in it."""

    name: str
    count: str
    is_past: bool
    is_now: bool


@dataclass(frozen=True)
class Step:
    """A verb for the instructor. With `question` it asks before it acts."""

    verb: str
    label: str
    question: str = ""
    words: str = ""
    yes: str = ""


def phases_of(board: Board, groups: Mapping[str, list[Tile]]) -> list[Phase]:
    session = board.sitting.session
    rank = list(Session.Phase.values).index(session.phase)
    seats = [seat for entry in board.rooms for seat in entry.preparing]
    ready = sum(1 for seat in seats if seat.ready_at)
    negotiating = sum(1 for tile in (*groups["needs"], *groups["well"]) if tile.is_running)
    rows = [
        (
            _("Join"),
            ngettext("%(count)d here", "%(count)d here", len(board.here)) % {"count": len(board.here)},
        ),
        (_("Prepare"), _("%(ready)d of %(seats)d ready") % {"ready": ready, "seats": len(seats)}),
        (
            _("Negotiate"),
            ngettext("%(count)d table open", "%(count)d tables open", negotiating) % {"count": negotiating},
        ),
        (_("Debrief"), _("released") if session.is_released else _("not released")),
    ]
    return [
        Phase(name, count if place <= rank else _("not yet"), place < rank, place == rank)
        for place, (name, count) in enumerate(rows)
    ]


def next_step(board: Board, groups: Mapping[str, list[Tile]]) -> Step | None:
    """What comes next; nothing when all is done."""
    session = board.sitting.session
    present = [each for each in board.waiting if not each.absent]
    match session.phase:
        case Session.Phase.JOIN if not board.rooms:
            return pairing_step(len(present))
        case Session.Phase.JOIN:
            return Step("open-preparation", _("Next: Prepare"))
        case Session.Phase.PREPARE:
            return opening_step(board, len(present))
        case Session.Phase.NEGOTIATE:
            return debrief_step(sum(tile.is_running for tile in (*groups["needs"], *groups["well"])))
    return None if session.is_released else release_step()


def pairing_step(people: int) -> Step | None:
    if not people:
        return None
    words = ngettext("Next: Seat %(count)d person", "Next: Pair %(count)d people", people)
    return Step("pair", words % {"count": people})


def opening_step(board: Board, unseated: int) -> Step:
    seats = [seat for entry in board.rooms for seat in entry.preparing]
    ready = sum(1 for seat in seats if seat.ready_at)
    words = [_("%(ready)d of %(seats)d are ready.") % {"ready": ready, "seats": len(seats)}]
    if unseated:
        words.append(
            ngettext("%(count)d person has no seat yet.", "%(count)d people have no seat yet.", unseated)
            % {"count": unseated}
        )
    words.append(_("Every table gets %(time)s.") % {"time": exactly(board.sitting.session.minutes)})
    return Step(
        "open-tables",
        _("Next: Open the tables…"),
        _("Open the tables?"),
        " ".join(words),
        _("Open the tables"),
    )


def debrief_step(running: int) -> Step:
    label, question, yes = _("Next: Debrief…"), _("Open the debrief?"), _("Open the debrief")
    if not running:
        return Step("open-debrief", label, question, _("All tables are done."), yes)
    words = ngettext(
        "%(count)d table still negotiates and would end without a deal. This cannot be undone.",
        "%(count)d tables still negotiate and would end without a deal. This cannot be undone.",
        running,
    )
    return Step("open-debrief", label, question, words % {"count": running}, yes)


def release_step() -> Step:
    return Step(
        "release",
        _("Next: Release results…"),
        _("Release results to students?"),
        _("Each student then sees the own points, and how much of the possible value their table found."),
        _("Release results"),
    )

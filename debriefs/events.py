"""What uncertain events made of deals, in words: for the class, whose instructor settles them, and for one's own
result. What a deal is worth in each case stands in its figures; here one of them is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bargaining.case import Case
from debriefs.exports import Line, Table
from debriefs.queries import Debrief
from debriefs.rules.figures import Figures, OwnFigures, came_to
from debriefs.wording import in_unit, points_word, worth
from simulations.wording import say_list, say_outcome


class Settled(NamedTuple):
    """An event of the case: what is asked, how it came out if that was said, and all ways in which it can."""

    id: str
    question: str
    outcome: str
    choices: list[tuple[str, str]]


class After(NamedTuple):
    """What became of one's own deal."""

    lesson: str
    sentences: list[str]


def settled(debrief: Debrief) -> list[Settled]:
    known = debrief.session.outcomes
    return [
        Settled(
            event.id,
            event.question,
            capfirst(say_outcome(known[event.id])) if event.id in known else "",
            [(outcome, capfirst(say_outcome(outcome))) for outcome in event.outcomes],
        )
        for event in debrief.case.uncertainties
    ]


def after_table(debrief: Debrief) -> Table | None:
    """What every deal was worth on average, and what it came to; None while that is not known."""
    outcomes, parties = debrief.session.outcomes, debrief.case.scored_ids
    if not debrief.case.uncertainties or len(outcomes) < len(debrief.case.uncertainties):
        return None
    sides = [in_unit(debrief.case, party) for party in parties]
    head = [
        _("Room"),
        *(name for side in sides for name in (_("%s, expected") % side, _("%s, after") % side)),
    ]
    found = [(row.number, row.figures) for row in debrief.rows if row.figures is not None]
    return Table(
        head,
        [
            _after_line(number, figures, outcomes, parties)
            for number, figures in found
            if figures.package is not None
        ],
    )


def _after_line(number: int, figures: Figures, outcomes: Mapping[str, str], parties: tuple[str, ...]) -> Line:
    after = came_to(figures.courses, outcomes) or figures.points
    raw = [points for party in parties for points in (figures.points[party], after[party])]
    return Line(number, [points_word(points) for points in raw], list(raw))


def own_after(case: Case, party: str, own: OwnFigures, outcomes: Mapping[str, str]) -> After | None:
    """What became of the own deal; None where it hangs on nothing."""
    if not own.courses:
        return None
    after = came_to(own.courses, outcomes)
    expected = _("On average you could expect %s when you agreed.") % worth(case, own.points)
    if after is None:
        return After(_("What your deal hangs on is not settled yet."), [expected, _courses(case, party, own)])
    said = {"outcome": _outcome_words(outcomes), "points": worth(case, after[party])}
    return After(_("It came out so: %(outcome)s. Your deal is now worth %(points)s.") % said, [expected])


def _courses(case: Case, party: str, own: OwnFigures) -> str:
    each = [
        _("%(points)s if it comes out so: %(outcome)s")
        % {"points": worth(case, course.points[party]), "outcome": _outcome_words(course.outcomes)}
        for course in own.courses
    ]
    return capfirst(say_list(each, pgettext("list", "or"))) + "."


def _outcome_words(outcomes: Mapping[str, str]) -> str:
    return ", ".join(say_outcome(outcome) for outcome in outcomes.values())

"""One participant's result in words and places on a bar, from the own sheet and the own figures alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bargaining.case import Case
from bargaining.structure import best_points
from bargaining.words import value_in_words
from debriefs.rules.figures import OwnFigures
from debriefs.rules.lessons import how_much
from debriefs.wording import Fact, number_word, percent, points_word, worth, worth_mark
from negotiations.models import Plan
from simulations.wording import POINTS, say_points

#: The class is shown from so many deals of the same role on, so that nobody can be picked out.
FEWEST_DEALS = 5
#: Shares of the way from the alternative to the best one could have had.
JUST_ABOVE, FAR_ABOVE, JUST_UNDER = 0.1, 0.33, 0.1

TOGETHER = {
    "nearly all": gettext_lazy("Together you found nearly all of the value that was possible."),
    "most": gettext_lazy("Together you found most of the value that was possible."),
    "two thirds": gettext_lazy("Together you found about two thirds of the value that was possible."),
    "more than half": gettext_lazy(
        "Together you found a little more than half of the value that was possible."
    ),
    "half": gettext_lazy("Together you found about half of the value that was possible."),
    "less than half": gettext_lazy(
        "Together you found a little less than half of the value that was possible."
    ),
    "a third": gettext_lazy("Together you found about a third of the value that was possible."),
    "little": gettext_lazy("Together you found little of the value that was possible."),
}
ENDINGS = {
    "walked_away": gettext_lazy("You parted without a deal: one side walked away."),
    "no_deal": gettext_lazy("You parted without a deal, as all of you wrote down."),
    "out_of_time": gettext_lazy("Time ran out before there was a deal."),
    "closed": gettext_lazy("The table was ended before there was a deal."),
}


class Mark(NamedTuple):
    """Something at a place on the bar; `at` is an SVG length, `words` stand beside it."""

    at: str
    words: str
    anchor: str = ""


class Bar(NamedTuple):
    """Own points between what is usual and what is best; `gain` runs from the alternative to the points."""

    summary: str
    here: Mark
    alternative: Mark
    ticks: list[Mark]
    gain_at: str
    gain_width: str


class Strip(NamedTuple):
    """All deals of the same role without a name."""

    lesson: str
    summary: str
    marks: list[str]
    here: Mark
    alternative: Mark


def lesson(case: Case, party: str, own: OwnFigures, plan: Plan | None) -> str:
    """Against the alternative, and against the target where there is one."""
    if own.package is None:
        words = str(ENDINGS.get(own.outcome, ENDINGS["closed"]))
        return words + " " + _("You are left with your alternative, worth %s.") % worth(case, own.points)
    scale = max(best_points(case, party) - own.alternative, 1e-9)
    said = {"points": worth(case, own.points), "place": _place(own.surplus / scale)}
    target = target_of(case, party, plan)
    if target is None:
        return _("You reached %(points)s: %(place)s.") % said
    said["aim"] = _aim((own.points - target) / scale)
    return _("You reached %(points)s: %(place)s, %(aim)s.") % said


def _place(share: float) -> str:
    if share < 0:
        return _("below your alternative")
    if share == 0:
        return _("exactly your alternative")
    if share < JUST_ABOVE:
        return _("just above your alternative")
    return _("above your alternative") if share < FAR_ABOVE else _("far above your alternative")


def _aim(share: float) -> str:
    if share >= 0:
        return _("and above your target") if share else _("and exactly your target")
    return _("just under your target") if share > -JUST_UNDER else _("under your target")


def together(own: OwnFigures) -> str:
    if own.package is None or own.created is None:
        return ""
    return str(TOGETHER[how_much(own.created)])


def way(case: Case, own: OwnFigures) -> str:
    """How far the own offers came down, the deal being the last step."""
    if not own.curve:
        return ""
    first = own.curve[0]
    last = own.points if own.package is not None else own.curve[-1]
    said = {"first": worth(case, first), "last": worth(case, last), "offers": number_word(len(own.curve))}
    said["given"] = say_points(case, round(abs(first - last), 1))
    if first <= last:
        return _("Your first offer was worth %(first)s to you; the end was no worse, %(last)s.") % said
    words = ngettext(
        "Your only offer was worth %(first)s to you. By the end you had given up %(given)s.",
        "Your first of %(offers)s offers was worth %(first)s to you. By the end you had given up %(given)s.",
        len(own.curve),
    )
    return words % said


def target_of(case: Case, party: str, plan: Plan | None) -> float | None:
    """The planned target; without a plan the one of the sheet."""
    return float(plan.target) if plan is not None and plan.target is not None else case.party(party).target


def facts(case: Case, own: OwnFigures) -> list[Fact]:
    found = [reached(case, own)]
    if own.package is not None:
        found.append(Fact(worth(case, own.surplus), _("above your alternative")))
        found.append(Fact(percent(own.created), _("of the possible value found together")))
    return found


def reached(case: Case, own: OwnFigures) -> Fact:
    return Fact(worth(case, own.points), _("your points") if case.unit == POINTS else _("your result"))


def terms(case: Case, own: OwnFigures) -> list[tuple[str, str]]:
    package = own.package or {}
    return [
        (issue.title, value_in_words(issue, package[issue.id], _))
        for issue in case.issues
        if issue.id in package
    ]


def against_plan(case: Case, party: str, own: OwnFigures, plan: Plan | None) -> list[tuple[str, str, str]]:
    """What was aimed at, what it was, and how the result stands to it."""
    limit = float(plan.limit) if plan is not None and plan.limit is not None else None
    compared = [
        (_("Your alternative"), own.alternative),
        (_("Your planned limit"), limit),
        (_("Your target"), target_of(case, party, plan)),
    ]
    known = [(what, value) for what, value in compared if value is not None]
    return [(what, points_word(value), _difference(own.points - value)) for what, value in known]


def _difference(difference: float) -> str:
    rounded = round(difference, 1)
    if rounded == 0:
        return _("exactly reached")
    return (_("%s more") if rounded > 0 else _("%s less")) % points_word(abs(rounded))


def bar(case: Case, party: str, own: OwnFigures, plan: Plan | None) -> Bar:
    scale = _Scale.of(case, party, own)
    target = target_of(case, party, plan)
    said = [
        _("alternative %s") % worth_mark(case, own.alternative),
        _("your result %s") % worth_mark(case, own.points),
    ]
    ticks = []
    if target is not None:
        words = _("target %s") % worth_mark(case, target)
        said.append(words)
        # Two labels need about a quarter of the bar; else the sentence below says it.
        apart = abs(scale.share(target) - scale.share(own.alternative))
        ticks.append(scale.mark(target, words if apart > 0.25 else ""))
    low, high = sorted([scale.share(own.alternative), scale.share(own.points)])
    return Bar(
        summary=", ".join(said),
        here=scale.mark(own.points, worth_mark(case, own.points)),
        alternative=scale.mark(own.alternative, said[0]),
        ticks=ticks,
        gain_at=_percent_at(low),
        gain_width=_percent_at(high - low),
    )


def strip(case: Case, party: str, own: OwnFigures, points: Sequence[float]) -> Strip | None:
    """The own place among all deals of the same role; None while there are too few to hide in."""
    if own.package is None or len(points) < FEWEST_DEALS:
        return None
    scale = _Scale.of(case, party, own)
    others = list(points)
    if own.points in others:
        others.remove(own.points)
    better = sum(other > own.points for other in others)
    words = ngettext(
        "Of %(deals)s deals in your role, %(better)s was worth more than yours.",
        "Of %(deals)s deals in your role, %(better)s were worth more than yours.",
        better,
    )
    said = {"deals": number_word(len(points)), "better": number_word(better)}
    role = case.party(party).role
    return Strip(
        lesson=words % said,
        summary=_("The %(role)s in %(deals)s deals: from %(low)s to %(high)s; yours %(own)s.")
        % {
            "role": role,
            "deals": len(points),
            "low": worth(case, min(points)),
            "high": worth(case, max(points)),
            "own": worth(case, own.points),
        },
        marks=[_percent_at(scale.share(other)) for other in others],
        here=scale.mark(own.points, _("you %s") % worth_mark(case, own.points)),
        alternative=scale.mark(own.alternative, _("alternative %s") % worth_mark(case, own.alternative)),
    )


class _Scale(NamedTuple):
    """From somewhat below the alternative to the best the party could have had."""

    low: float
    high: float

    @classmethod
    def of(cls, case: Case, party: str, own: OwnFigures) -> _Scale:
        best = max(best_points(case, party), own.alternative + 1e-9)
        low = own.alternative - 0.45 * (best - own.alternative)
        return cls(min(low, own.points), best)

    def share(self, value: float) -> float:
        return min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)

    def mark(self, value: float, words: str) -> Mark:
        share = self.share(value)
        return Mark(_percent_at(share), words, "start" if share < 0.12 else "end" if share > 0.88 else "")


def _percent_at(share: float) -> str:
    return f"{share:.1%}"

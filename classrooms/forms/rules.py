"""What a teacher decides for all tables of a session. Each question has a safe default, and only those are asked
that mean something in the simulation at hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from bargaining.case import Case, Party
from classrooms.rules.conditions import sizes_differ
from negotiations.rules.decide import is_voted

MOST_MINUTES = 7 * 24 * 60


class Rule(NamedTuple):
    """A question, and in which cases it is asked."""

    field: Callable[[Case], forms.Field]
    applies: Callable[[Case], bool]


def choice(label: Any, *choices: tuple[str, Any]) -> Callable[[Case], forms.Field]:
    return lambda case: forms.ChoiceField(label=label, choices=choices, initial=choices[0][0], required=False)


def number(label: Any, hint: Any, most: int, initial: int | None = None) -> Callable[[Case], forms.Field]:
    return lambda case: forms.IntegerField(
        label=label, help_text=hint, min_value=0, max_value=most, initial=initial, required=False
    )


def news_of(case: Case) -> forms.Field:
    optional = [release for release in case.releases if release.optional]
    return forms.MultipleChoiceField(
        label=_("News that comes while they negotiate"),
        choices=[(release.id, Truncator(release.text).chars(90)) for release in optional],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def conditions_of(case: Case) -> forms.Field:
    return forms.MultipleChoiceField(
        label=_("Conditions to compare"),
        help_text=_(
            "None: as written. One: all tables. Several: each table draws one, and each comes equally often."
        ),
        choices=[(one.id, Truncator(one.about or one.id).chars(110)) for one in case.conditions],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


WAITING = {
    "minute": _("Each minute without a deal costs points"),
    "day": _("Each day without a deal costs points (for tables that stay open over days)"),
    "round": _("Each round without a deal costs points"),
}


def side_size_of(case: Case) -> forms.Field:
    teams = [party.team for party in players(case)]
    sizes = range(min(least for least, _ in teams), max(most for _, most in teams) + 1)
    return forms.ChoiceField(
        label=_("People on a side, as far as a side takes them"),
        choices=[(str(size), str(size)) for size in sizes],
        initial=str(sizes[0]),
        required=False,
    )


def players(case: Case) -> list[Party]:
    return [party for party in case.parties if party.kind != "observer"]


def takes_several(case: Case) -> bool:
    return any(least < most for least, most in (party.team for party in players(case)))


def waiting_of(case: Case) -> forms.Field:
    assert case.delay is not None
    return forms.BooleanField(label=WAITING[case.delay.unit], required=False)


def taps_of(case: Case) -> forms.Field:
    return forms.BooleanField(
        label=_("On a side of several, what binds it needs a teammate's tap"), required=False
    )


def settles_between_two(case: Case) -> bool:
    """The outcome form of a table face to face is one side's, confirmed by the other; votes need the screen."""
    return (
        case.mechanism == "agreement" and len(case.signers) == 2 and not is_voted(case) and not case.strands
    )


def settles_offers(case: Case) -> bool:
    return case.mechanism in ("agreement", "coalition")


def ends_with_its_time(case: Case) -> bool:
    """A season that runs out is shown with the default of who has not chosen: nothing is left open there."""
    return case.mechanism != "rounds"


def has_score(case: Case) -> bool:
    return settles_offers(case) and any(party.scored for party in case.parties)


def binds_teams(case: Case) -> bool:
    """Sides of several people put something on the table or sign; of a crew any may choose."""
    return case.mechanism != "rounds" and any(party.team[1] > 1 for party in case.parties)


#: Questions about who sits where: not part of what holds at a table.
OF_SEATING = ("conditions", "side_size")
#: Why some conditions cannot be compared in one session.
UNLIKE = _(
    "These conditions need different numbers of people on a side. Take those of one size together, or make a session "
    "for each."
)
#: Why such a table is not asked what comes after the last minute.
SEASONS = _("A season ends with its time: who has not chosen by then gets the simulation's default.")

RULES: dict[str, Rule] = {
    "mode": Rule(
        choice(
            _("How do they talk?"),
            ("online", _("on the screen")),
            ("aloud", _("face to face, in one place")),
        ),
        settles_between_two,
    ),
    "offers": Rule(
        choice(
            _("What becomes of the offer before?"),
            ("supersede", _("a new one takes its place")),
            ("open", _("all stay open")),
            ("turns", _("sides take turns")),
        ),
        settles_offers,
    ),
    "offer_minutes": Rule(
        number(_("An offer lapses after (minutes)"), _("Leave open, and offers stay."), MOST_MINUTES),
        settles_offers,
    ),
    "offer_limit": Rule(
        number(_("Offers a side may make"), _("Leave open, and nobody counts."), 1000), settles_offers
    ),
    "calculator": Rule(
        choice(
            _("What do students see of their own score?"),
            ("exact", _("points")),
            ("bands", _("only how good, in words")),
            ("off", _("nothing; they work it out")),
        ),
        has_score,
    ),
    "last_call": Rule(
        number(
            _("Last call (seconds)"),
            _("So long a proposal with enough votes waits for changes of mind."),
            900,
            initial=60,
        ),
        is_voted,
    ),
    "ending": Rule(
        choice(
            _("When the time is up"),
            ("hard", _("the table closes")),
            ("grace", _("one more minute to answer")),
            ("finish", _("what is open may be finished")),
        ),
        ends_with_its_time,
    ),
    "side_size": Rule(side_size_of, takes_several),
    "taps": Rule(taps_of, binds_teams),
    "waiting_costs": Rule(waiting_of, lambda case: case.delay is not None and case.delay.optional),
    "news": Rule(news_of, lambda case: any(release.optional for release in case.releases)),
    "conditions": Rule(conditions_of, lambda case: bool(case.conditions)),
    "observers": Rule(
        choice(
            _("Observers see"),
            ("table", _("what is said and offered")),
            ("sheets", _("all sheets too")),
        ),
        lambda case: True,
    ),
}


class RulesForm(forms.Form):
    """The questions that this case raises; an answer left open is the default."""

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.fields.update({name: rule.field(case) for name, rule in RULES.items() if rule.applies(case)})
        self.note = "" if ends_with_its_time(case) else SEASONS

    def policy(self) -> dict[str, Any]:
        """What was decided, in the words of `negotiations.rules.room.Policy`; what was left open is not in it."""
        asked = self.cleaned_data.items()
        said = {name: value for name, value in asked if value not in ("", None) and name not in OF_SEATING}
        minutes = said.pop("offer_minutes", 0)
        return said | ({"offer_seconds": minutes * 60} if minutes else {})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if sizes_differ(self.case, data.get("conditions", []), self.side_size()):
            self.add_error("conditions", ValidationError(UNLIKE))
        return data

    def side_size(self) -> int:
        return int(self.cleaned_data.get("side_size") or 1)

    def conditions(self) -> list[str]:
        chosen: list[str] = self.cleaned_data.get("conditions", [])
        return chosen

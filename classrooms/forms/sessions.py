"""Classrooms and sessions: names, simulations, minutes."""

from __future__ import annotations

from typing import Any, cast
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from classrooms.forms.tidy import one_line
from classrooms.models import Classroom, Sitting, User
from classrooms.queries import classrooms_of, has_sections
from classrooms.rules.times import UNITS
from simulations.models import Edition
from simulations.queries import copies_left, editions_to_play

MINUTES, MOST_MINUTES = 45, 14 * 24 * 60


class ClassroomForm(forms.ModelForm):
    """A name, and the zone in which its times are told."""

    class Meta:
        model = Classroom
        fields = ["name", "timezone"]

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    def clean_timezone(self) -> str:
        zone = str(self.cleaned_data["timezone"])
        if zone not in available_timezones():
            raise ValidationError(_("Choose a time zone of the list, for example Europe/Vienna."))
        return zone


class SessionForm(forms.Form):
    """A simulation for a classroom, with its time and what happens to an odd one. Only what a room can play today is
    offered: this teacher's own cases, and those that ship with Parley."""

    simulation = forms.ChoiceField(label=_("Simulation"))
    classroom = forms.ModelChoiceField(
        label=_("Classroom"), queryset=Classroom.objects.none(), empty_label=None
    )
    time = forms.IntegerField(label=_("Time at the table"), min_value=1, max_value=MOST_MINUTES)
    unit = forms.ChoiceField(
        label=_("Unit of time"),
        choices=[("minutes", _("minutes")), ("hours", _("hours")), ("days", _("days"))],
    )
    copies = forms.IntegerField(label=_("Copies of a bought case"), min_value=1, required=False)
    odd_rule = forms.ChoiceField(
        label=_("If somebody is left over"), choices=Sitting.OddRule.choices, initial=Sitting.OddRule.SECOND
    )
    sections = forms.ChoiceField(
        label=_("Who meets whom"),
        choices=Sitting.Sections.choices,
        initial=Sitting.Sections.ANY,
        required=False,
        help_text=_("Always with people they have not met yet, as far as there are such."),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = editions_to_play(user.pk)
        self.editions = {edition.simulation.key: edition for edition in found}
        own = [edition for edition in found if not edition.simulation.is_shipped]
        shipped = [edition for edition in found if edition.simulation.is_shipped]
        groups = [(_("Your own cases"), own), (_("Shipped with Parley"), shipped)]
        cast(Any, self.fields["simulation"]).choices = [
            (title, [(edition.simulation.key, edition.title) for edition in editions])
            for title, editions in groups
            if editions
        ]
        cast(Any, self.fields["classroom"]).queryset = classrooms_of(user)
        self.has_sections = has_sections(user)
        self.counts_copies = any(edition.simulation.is_bought for edition in own)

    def clean_simulation(self) -> Edition:
        return self.editions[self.cleaned_data["simulation"]]

    def clean(self) -> dict[str, Any]:
        """`minutes` is what time and unit say. A bought case needs a copy for everybody who will read it."""
        data = super().clean() or {}
        data["minutes"] = data.get("time", 0) * UNITS[data.get("unit", "minutes")]
        if data["minutes"] > MOST_MINUTES:
            words = _("A table may stay open for %(days)d days at most.")
            self.add_error("time", ValidationError(words % {"days": MOST_MINUTES // UNITS["days"]}))
        edition = data.get("simulation")
        left = copies_left(edition.simulation) if edition else None
        if left is not None and "copies" not in self.errors:
            if not data.get("copies"):
                self.add_error(
                    "copies", ValidationError(_("Say how many students will read this bought case."))
                )
            elif data["copies"] > left:
                self.add_error("copies", ValidationError(too_few_copies(left)))
        return data


def too_few_copies(left: int) -> str:
    """What to do when more copies are wanted than were bought."""
    words = ngettext(
        "%(n)d copy is left. Buy more and note them on the page of the case.",
        "%(n)d copies are left. Buy more and note them on the page of the case.",
        left,
    )
    return words % {"n": left}

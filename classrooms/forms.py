"""What people type: codes, names, phrases, classrooms and sessions, tidied and checked."""

from __future__ import annotations

from typing import Any, cast
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from classrooms.models import Classroom, Sitting, User
from classrooms.queries import classrooms_of
from classrooms.rules.codes import LENGTH, is_code, tidy_code
from classrooms.rules.phrases import is_phrase, tidy_phrase
from simulations.models import Edition
from simulations.queries import latest_editions

MINUTES = 45


def one_line(text: str) -> str:
    """Names are shown to others: no line breaks, no signs that cannot be seen."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


class JoinForm(forms.Form):
    """Code and name: nothing else is asked."""

    code = forms.CharField(label=_("Code"), max_length=2 * LENGTH)
    name = forms.CharField(label=_("Your name"), max_length=80)

    def clean_code(self) -> str:
        code = tidy_code(self.cleaned_data["code"])
        if not is_code(code):
            raise ValidationError(_("A code has six letters and figures. Look at the wall again."))
        return code

    def clean_name(self) -> str:
        name = one_line(self.cleaned_data["name"])
        if not name:
            raise ValidationError(_("Type the name your instructor knows you by."))
        return name


class RejoinForm(forms.Form):
    """The six words told at the first join."""

    phrase = forms.CharField(label=_("Your six words"), max_length=200)

    def clean_phrase(self) -> str:
        phrase = tidy_phrase(self.cleaned_data["phrase"])
        if not is_phrase(phrase):
            raise ValidationError(_("These are not six of our words. Check the spelling and the order."))
        return phrase


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
    """A simulation for a classroom, with its time and what happens to an odd one."""

    simulation = forms.ModelChoiceField(
        label=_("Simulation"),
        queryset=Edition.objects.none(),
        to_field_name="simulation__slug",
        empty_label=None,
    )
    classroom = forms.ModelChoiceField(
        label=_("Classroom"), queryset=Classroom.objects.none(), empty_label=None
    )
    minutes = forms.IntegerField(label=_("Minutes at the table"), min_value=1, max_value=1440)
    odd_rule = forms.ChoiceField(
        label=_("If somebody is left over"), choices=Sitting.OddRule.choices, initial=Sitting.OddRule.SECOND
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["simulation"]).queryset = latest_editions()
        cast(Any, self.fields["classroom"]).queryset = classrooms_of(user)

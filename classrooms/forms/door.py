"""What a student types to come in: code, name, or six words."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from classrooms.forms.tidy import one_line
from classrooms.rules.codes import LENGTH, is_code, tidy_code
from classrooms.rules.phrases import is_phrase, tidy_phrase


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

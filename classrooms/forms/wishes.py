"""What comes with a verb of the board: why all is paused, and how much longer it takes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from classrooms.forms.tidy import one_line
from classrooms.rules.times import extensions_of

REASON_SIGNS = 120


class WishForm(forms.Form):
    """A reason may be left out; more time is what a table of so many minutes is offered, at first the least."""

    reason = forms.CharField(max_length=REASON_SIGNS, required=False)
    minutes = forms.IntegerField(required=False)

    def __init__(self, minutes: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = extensions_of(minutes)

    def clean_reason(self) -> str:
        return one_line(self.cleaned_data["reason"])

    def clean_minutes(self) -> int:
        minutes: int = self.cleaned_data["minutes"] or self.offered[0]
        if minutes not in self.offered:
            raise ValidationError("not offered")
        return minutes

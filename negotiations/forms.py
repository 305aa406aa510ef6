"""What a person may write down before the table opens. It checks input and knows nothing of rooms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from bargaining.case import Case
from simulations import wording


class PlanForm(forms.Form):
    """Target, limit, and what the other side may care about most; any of them may stay open."""

    target = forms.DecimalField(
        label=gettext_lazy("Target"),
        help_text=gettext_lazy("The result you would be proud of."),
        required=False,
        max_digits=14,
        decimal_places=2,
        localize=True,
    )
    limit = forms.DecimalField(
        label=gettext_lazy("Walk away below"),
        help_text=gettext_lazy("Below this you would rather have your alternative."),
        required=False,
        max_digits=14,
        decimal_places=2,
        localize=True,
    )
    guess = forms.ChoiceField(
        label=gettext_lazy("What do you think matters most to the other side?"), required=False
    )

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        issues = [(issue.id, wording.name_of_issue(case, issue)) for issue in case.issues]
        guess = self.fields["guess"]
        assert isinstance(guess, forms.ChoiceField)
        guess.choices = [("", gettext("I do not know yet")), *issues]
        for name, field in self.fields.items():
            field.widget.attrs |= {"class": "input", "aria-describedby": f"about-{name}"}
        for name in ("target", "limit"):
            self.fields[name].widget.attrs["inputmode"] = "decimal"

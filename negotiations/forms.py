"""What a person may write down before the table opens and after it has ended. It checks input and knows nothing of
rooms."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from bargaining import structure
from bargaining.case import Case, Party
from bargaining.questionnaires import QuestionSet
from simulations import wording
from simulations.questionnaires import scale_words


class PointsField(forms.DecimalField):
    """A number as the sheet prints it: 1,450 is one too. Thousands may stand apart by commas, blanks or apostrophes."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = re.sub(
                r"(?<=\d)[,  ’'](?=\d{3}(\D|$))", "", value.strip().replace("−", "-").lstrip("$€£")
            )
        return super().to_python(value)


class LettersForm(forms.Form):
    """Where to write when it is this person's turn."""

    address = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("At most one letter an hour, and none while you are here. Empty means none."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(
            attrs={"class": "input", "autocomplete": "email", "aria-describedby": "about-address"}
        ),
    )


class PlanForm(forms.Form):
    """Target, limit, and what the other side may care about most; any of them may stay open."""

    target = PointsField(
        label=gettext_lazy("Target"),
        help_text=gettext_lazy("The result you would be proud of."),
        required=False,
        max_digits=14,
        decimal_places=2,
        localize=True,
    )
    limit = PointsField(
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
        self.case = case
        issues = [(issue.id, wording.name_of_issue(case, issue)) for issue in case.issues]
        guess = self.fields["guess"]
        assert isinstance(guess, forms.ChoiceField)
        guess.choices = [("", gettext("I do not know yet")), *issues]
        for name, field in self.fields.items():
            field.widget.attrs |= {"class": "input", "aria-describedby": f"about-{name}"}
        for name in ("target", "limit"):
            self.fields[name].widget.attrs["inputmode"] = "decimal"
            self.fields[name].help_text = f"{self.fields[name].help_text} {self.unit_words()}"

    def unit_words(self) -> str:
        """Nobody shall write a price where the sheet counts what it is worth."""
        if self.case.unit == wording.POINTS:
            return gettext("In points of your sheet.")
        return gettext("In %(unit)s as your sheet counts what a deal is worth to you, not as a price.") % {
            "unit": self.case.unit
        }

    def clean(self) -> dict[str, Any]:
        """What cannot be meant is asked about: it would come back in the room and in the debrief."""
        data = super().clean() or {}
        target, limit = data.get("target"), data.get("limit")
        best = self.best()
        for name, value in (("target", target), ("limit", limit)):
            if value is not None and best is not None and value > best:
                words = gettext("No deal is worth more to you than %(best)s. Is this a price?")
                self.add_error(name, words % {"best": wording.say_points(self.case, best)})
        if not self.errors and target is not None and limit is not None and limit > target:
            self.add_error("limit", gettext("This is more than your target: below it you would walk away."))
        return data

    def best(self) -> float | None:
        """The most that any package gives; None where the sheet has no points."""
        scored = self.case.scored_ids
        return structure.best_points(self.case, scored[0]) if scored and self.case.listed_issues else None


class InterestsForm(forms.Form):
    """How far each own interest was met; any may stay open."""

    def __init__(self, party: Party, questions: QuestionSet, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for interest, text in party.interest_texts.items():
            self.fields[interest] = forms.TypedChoiceField(
                label=text[:1].upper() + text[1:],
                choices=scale_words(questions.scale),
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )

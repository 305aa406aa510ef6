"""A list of people on its way in: pasted or as a file, which column is what, and what is wrong in it, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from classrooms.rules.roster import (
    FIELDS,
    BiggerThanAllowed,
    Fault,
    Field,
    Table,
    decoded,
    guess,
    read_table,
)

# How every .xlsx and .ods begins.
WORKBOOK = b"PK\x03\x04"
FIELD_WORDS: dict[Field, Any] = {
    "name": gettext_lazy("Name, whole"),
    "first": gettext_lazy("First name"),
    "last": gettext_lazy("Last name"),
    "email": gettext_lazy("E-mail address"),
    "number": gettext_lazy("Student number"),
    "section": gettext_lazy("Section or group"),
    "extra_time": gettext_lazy("Extra time"),
}
FAULT_WORDS: dict[str, Any] = {
    "no_name_column": gettext_lazy("No column holds the names. Say below which one does."),
    "no_name": gettext_lazy("The name is missing. Write it, or take the line out."),
    "too_long": gettext_lazy("“%(about)s” is longer than 80 signs. Shorten it."),
    "no_address": gettext_lazy("“%(about)s” is no e-mail address. Correct it, or leave it empty."),
    "address_twice": gettext_lazy(
        "The address %(about)s stands twice. It is one person's: correct it, or take one line out."
    ),
    "number_twice": gettext_lazy(
        "The number %(about)s stands twice. It is one person's: correct it, or take one line out."
    ),
    "no_time": gettext_lazy("“%(about)s” is no extra time. Write 1.25, 1.5 or +50 %%, at most 3."),
    "open_quote": gettext_lazy("A quotation mark is opened here and never closed. Close it, or take it out."),
}


def fault_words(fault: Fault) -> str:
    about = fault.about if len(fault.about) <= 60 else f"{fault.about[:60]}…"
    return str(FAULT_WORDS[fault.code] % {"about": about})


def text_of(content: bytes) -> str:
    if content.startswith(WORKBOOK):
        raise ValidationError(_("That is a workbook. Save it as CSV, or copy its cells and paste them here."))
    return decoded(content)


class RosterForm(forms.Form):
    """The text of a list, whether pasted or out of a file, and what its columns are."""

    text = forms.CharField(label=gettext_lazy("Paste the list"), required=False, widget=forms.Textarea)
    file = forms.FileField(label=gettext_lazy("Or choose a file"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if file := data.get("file"):
            data["text"] = text_of(file.read())
        if not data.get("text", "").strip():
            raise ValidationError(_("Paste a list, or choose a file."))
        try:
            data["table"] = read_table(data["text"])
        except BiggerThanAllowed as most:
            raise ValidationError(
                _("That is more than one classroom holds: at most %(most)s.") % {"most": most}
            ) from None
        if not data["table"].heading.cells:
            raise ValidationError(_("No line of this can be read as a list. Save it as CSV and try again."))
        return data

    def columns(self) -> dict[Field, int]:
        """As the instructor said, else guessed."""
        table: Table = self.cleaned_data["table"]
        if not any(f"column_{field}" in self.data for field in FIELDS):
            return guess(table.heading.cells)
        said = {field: str(self.data.get(f"column_{field}", "")) for field in FIELDS}
        most = len(table.heading.cells)
        return {
            field: int(place)
            for field, place in said.items()
            if place.isascii() and place.isdigit() and int(place) < most
        }

    def choices(self) -> Sequence[dict[str, Any]]:
        """For each thing to know of people, the columns it may be in and the one it is thought to be in."""
        table: Table = self.cleaned_data["table"]
        columns = self.columns()
        return [
            {
                "field": field,
                "words": FIELD_WORDS[field],
                "chosen": columns.get(field),
                "columns": list(
                    enumerate(cell or str(place + 1) for place, cell in enumerate(table.heading.cells))
                ),
            }
            for field in FIELDS
        ]

"""What an instructor sends about own cases: a file, the texts of one, and whose work it is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from simulations.rules.archive import MOST_BYTES

MOST_COPIES = 100_000


class RightsForm(forms.Form):
    """Whose work a case is. A bought one is counted by the copy and never leaves the shelf."""

    OWN, BOUGHT = "own", "bought"
    RIGHTS = [
        (OWN, _("My own work, or free to use")),
        (BOUGHT, _("Bought: licensed by the copy")),
    ]

    rights = forms.ChoiceField(label=_("Whose work is it?"), choices=RIGHTS, initial=OWN)
    copies = forms.IntegerField(label=_("Copies bought"), min_value=1, max_value=MOST_COPIES, required=False)
    note = forms.CharField(label=_("Note on the licence"), max_length=1000, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("rights") == self.BOUGHT and not data.get("copies") and "copies" not in self.errors:
            self.add_error("copies", ValidationError(_("Say for how many readers you bought it.")))
        return data

    @property
    def copies_noted(self) -> int | None:
        """No number for what nobody counts."""
        return self.cleaned_data["copies"] if self.cleaned_data["rights"] == self.BOUGHT else None


class BringForm(RightsForm):
    """A new case for the shelf."""

    file = forms.FileField(
        label=_("File"),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("This file is empty."),
        },
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(_("This file is larger than 2 MB. Leave pictures out."))
        return file

"""How long something takes, in words. The room's own clock says the same in `static/js/room/spans.js`."""

from __future__ import annotations

from django.utils.translation import ngettext

from classrooms.rules.times import in_halves, in_units


def exactly(minutes: int) -> str:
    """What a teacher gave to a table: "3 hours"."""
    count, unit = in_units(minutes)
    return in_words(str(count), count, unit)


def roughly(minutes: float) -> str:
    """What is left or has passed: "100 min", "3½ hours", "6 days"."""
    halves, unit = in_halves(minutes)
    return in_words(f"{halves // 2}{'½' if halves % 2 else ''}", -(-halves // 2), unit)


def in_words(count: str, number: int, unit: str) -> str:
    words = {
        "minutes": ngettext("%(count)s min", "%(count)s min", number),
        "hours": ngettext("%(count)s hour", "%(count)s hours", number),
        "days": ngettext("%(count)s day", "%(count)s days", number),
    }
    return words[unit] % {"count": count}

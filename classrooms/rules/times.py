"""Time as a teacher gives it to a table: a number and its unit. What is long enough for which unit is decided here."""

from __future__ import annotations

UNITS = {"minutes": 1, "hours": 60, "days": 24 * 60}

#: Up to here people think in minutes, up to there in hours, and then in days.
MINUTES_TO, HOURS_TO = 150, 36 * 60


def in_units(minutes: int) -> tuple[int, str]:
    """Exactly so long, in the largest unit that fits: 45 minutes, 1 hour, 7 days."""
    fitting = [unit for unit, each in UNITS.items() if minutes % each == 0]
    return minutes // UNITS[fitting[-1]], fitting[-1]


def as_typed(minutes: int) -> tuple[int, str]:
    """As a teacher would type it: an hour in class is sixty minutes, of which some may be cut."""
    return (minutes, "minutes") if minutes <= MINUTES_TO else in_units(minutes)


def in_halves(minutes: float) -> tuple[int, str]:
    """About so long, as nobody minds it more exactly: how many halves of a unit, whole where it is minutes."""
    unit = "minutes" if minutes <= MINUTES_TO else "hours" if minutes <= HOURS_TO else "days"
    step = 1 if unit == "minutes" else 2
    return int(minutes / UNITS[unit] * step + 0.5) * (2 // step), unit


def extensions_of(minutes: int) -> tuple[int, ...]:
    """What may be added to a table of so many minutes, in minutes."""
    if minutes <= MINUTES_TO:
        return (5,)
    return (5, 60) if minutes <= HOURS_TO else (60, UNITS["days"])

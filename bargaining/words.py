"""Values and changes of terms in plain words. The sentences are English; `translate` lets the web pass
gettext. It knows no points, so nothing private can slip into a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from bargaining.case import NUMBERS, Issue, Value
from bargaining.saying import Translate, identity


@dataclass(frozen=True)
class Change:
    """A sign and words: ↑ more, ↓ less, = the same, ≠ another option, + added, − removed."""

    sign: str
    words: str


def value_in_words(issue: Issue, value: Value, translate: Translate = identity) -> str:
    """The value as a person would say it: "$9,000 a year", "Lease for 15 years", "Yes"."""
    if issue.kind == "boolean":
        return translate("Yes") if value else translate("No")
    if isinstance(value, tuple):
        return " / ".join(f"{share} %" for share in value)
    if isinstance(value, str):
        return issue.option(value).label if issue.kind == "choice" else value
    return _amount_in_words(issue, value, translate)


def change_in_words(
    issue: Issue, old: Value | None, new: Value | None, translate: Translate = identity
) -> Change:
    """What changed between two values of one issue; None where the issue does not apply.

    Only numbers get a direction: whether one option is more than another is not ours to say.
    """
    if old == new and type(old) is type(new):
        return Change("=", translate("the same"))
    if old is None:
        return Change("+", translate("added"))
    if new is None:
        return Change("−", translate("removed"))
    if issue.kind not in NUMBERS:
        words = translate("instead of {value}").format(value=value_in_words(issue, old, translate))
        return Change("≠", words)
    assert isinstance(old, int | float)
    assert isinstance(new, int | float)
    return _step_in_words(issue, float(new) - float(old), translate)


def number_in_words(number: float) -> str:
    """Digits in groups of three, decimals only where there are any: 9,000 and 2.5."""
    rounded = round(number, 6)
    if rounded == int(rounded):
        return f"{int(rounded):,}"
    return f"{rounded:,.6f}".rstrip("0")


def _step_in_words(issue: Issue, step: float, translate: Translate) -> Change:
    amount = _amount_in_words(issue, abs(step), translate)
    if step == 0:
        return Change("=", translate("the same"))
    if step > 0:
        return Change("↑", translate("{amount} more").format(amount=amount))
    return Change("↓", translate("{amount} less").format(amount=amount))


def _amount_in_words(issue: Issue, number: float, translate: Translate) -> str:
    unit, _, period = issue.unit.partition(" per ")
    digits = number_in_words(abs(number))
    if unit == "USD":
        amount = f"${digits}"
    elif unit:
        amount = f"{digits} {unit}"
    else:
        amount = digits
    amount = f"−{amount}" if number < 0 else amount
    if period == "year":
        return translate("{amount} a year").format(amount=amount)
    if period == "month":
        return translate("{amount} a month").format(amount=amount)
    return translate("{amount} per {period}").format(amount=amount, period=period) if period else amount

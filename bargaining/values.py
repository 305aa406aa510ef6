"""What an issue can be settled at, and a package of such values; which texts can be kept at all."""

from __future__ import annotations

from collections.abc import Mapping

Single = str | int | float | bool
# An allocation's value is the tuple of shares in percent, in the order of the parties it is among.
Value = Single | tuple[int, ...]
Package = Mapping[str, Value]


def is_storable(text: str) -> bool:
    """Whether a database can hold this text: it has no null character and no half of a pair of surrogates."""
    return "\x00" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)

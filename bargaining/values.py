"""What an issue can be settled at, and a package of such values."""

from __future__ import annotations

from collections.abc import Mapping

Single = str | int | float | bool
# An allocation's value is the tuple of shares in percent, in the order of the parties it is among.
Value = Single | tuple[int, ...]
Package = Mapping[str, Value]

"""What became of the offers at a table: which stand, who said no, what was said of them."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class Bargain(Struct, frozen=True):
    """`standing` are the numbers of all offers on the table, `declined` who said no to each of them, and
    `closest` which package of an offer each party called closest."""

    standing: frozenset[int] = frozenset()
    declined: Mapping[int, frozenset[str]] = {}
    closest: Mapping[int, Mapping[str, int]] = {}

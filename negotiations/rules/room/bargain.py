"""What became of the offers at a table: which stand, who said no, which terms are pinned, what was written down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from msgspec import Struct, structs

from bargaining.case import Package, Value


class Bargain(Struct, frozen=True):
    """`standing` are the numbers of all offers on the table and `expires` when they lapse, `declined` who said no
    to each of them, `closest` which package of an offer each party called closest. `pins` are the values each party
    would settle a term at, `records` what each side of a table face to face wrote down; None is no deal.
    """

    standing: frozenset[int] = frozenset()
    expires: Mapping[int, datetime] = {}
    lapsed: frozenset[int] = frozenset()
    declined: Mapping[int, frozenset[str]] = {}
    closest: Mapping[int, Mapping[str, int]] = {}
    pins: Mapping[str, Mapping[str, Value]] = {}
    records: Mapping[str, Package | None] = {}

    def with_standing(self, numbers: frozenset[int]) -> Bargain:
        expires = {number: at for number, at in self.expires.items() if number in numbers}
        return structs.replace(self, standing=numbers, expires=expires)

    def later(self, by: timedelta) -> Bargain:
        """The clock stood still for so long."""
        return structs.replace(self, expires={number: at + by for number, at in self.expires.items()})

    def pinned(self, parties: Iterable[str]) -> dict[str, Value]:
        """The terms that all these parties have pinned at the same value."""
        whose = tuple(parties)
        return {
            issue: pins[whose[0]]
            for issue, pins in self.pins.items()
            if all(party in pins for party in whose) and len({(type(v), v) for v in pins.values()}) == 1
        }

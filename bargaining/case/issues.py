"""One thing to settle: its options or range, and what each value is worth to whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import isfinite

from bargaining.conditions import Condition
from bargaining.pointrules import PointRule
from bargaining.values import Package, Value, is_storable

LONGEST_TEXT = 2000
# Kinds that an outcome space can list; a text can say anything.
SETTLED_BY_VALUE = ("choice", "boolean", "integer", "decimal", "allocation")
NUMBERS = ("integer", "decimal")


@dataclass(frozen=True)
class Option:
    """One choice of an issue. `attrs` are numbers that formulas read: a cost, a rate."""

    id: str
    label: str
    attrs: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Issue:
    """One thing to settle. `points` holds a rule for each party that the reader of this case may know."""

    id: str
    title: str
    kind: str  # choice, boolean, integer, decimal, allocation or text
    options: tuple[Option, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    unit: str = ""
    group: str = ""
    when: Condition | None = None
    midpoint: tuple[Value, ...] = ()
    points: Mapping[str, PointRule] = field(default_factory=dict)
    among: tuple[str, ...] = ()  # parties that an allocation gives shares to
    of: str = ""  # the derived quantity that is shared
    strand: str = ""
    visible_to: tuple[str, ...] = ()  # empty: everybody at the table
    contingent_on: str = ""  # the uncertain event that decides whether this is due
    allow_added_terms: bool = False

    def values(self) -> tuple[Value, ...]:
        """All values in order: options as listed, no before yes, numbers upwards, shares by the first party.
        Empty for a text."""
        return self._values

    def position(self, value: Value) -> int:
        """Where the value stands in `values()`; KeyError if it is none of them."""
        return self._positions[value]

    def applies(self, package: Package) -> bool:
        return self.when is None or self.when.holds(package)

    def accepts(self, value: object) -> bool:
        return self.fault_of(value) == ""

    def fault_of(self, value: object) -> str:
        """Why the value cannot stand here, as a code; empty if it can. True is no number, 5.0 is not 5."""
        if self.kind == "choice":
            if type(value) is not str:
                return "bad_type"
            return "" if value in self._positions else "unknown_option"
        if self.kind == "boolean":
            return "" if type(value) is bool else "bad_type"
        if self.kind == "allocation":
            return self._fault_of_shares(value)
        if self.kind == "text":
            return self._fault_of_text(value)
        return self._fault_of_number(value)

    def option(self, option_id: str) -> Option:
        return self.options[self._positions[option_id]]

    @cached_property
    def middle(self) -> tuple[Value, ...]:
        """What counts as the middle: the author's word; of shares those nearest to equal; else the middle
        value, or both of an even number."""
        if self.midpoint:
            return self.midpoint
        if self.kind == "allocation":
            return self._nearest_to_equal()
        half = len(self._values) // 2
        return self._values[half : half + 1] if len(self._values) % 2 else self._values[half - 1 : half + 1]

    @cached_property
    def _values(self) -> tuple[Value, ...]:
        if self.kind == "choice":
            return tuple(option.id for option in self.options)
        if self.kind == "boolean":
            return (False, True)
        if self.kind == "text":
            return ()
        assert self.step is not None
        if self.kind == "allocation":
            step = int(self.step)
            return tuple(tuple(step * n for n in parts) for parts in _splits(100 // step, len(self.among)))
        assert self.minimum is not None
        assert self.maximum is not None
        count = int((self.maximum - self.minimum) / self.step + 1e-9) + 1
        return tuple(round(self.minimum + k * self.step, 9) for k in range(count))

    @cached_property
    def _positions(self) -> dict[Value, int]:
        return {value: position for position, value in enumerate(self._values)}

    def _nearest_to_equal(self) -> tuple[Value, ...]:
        def away(value: Value) -> float:
            assert isinstance(value, tuple)
            return round(sum(abs(share - 100 / len(value)) for share in value), 9)

        least = min(map(away, self._values))
        return tuple(value for value in self._values if away(value) == least)

    def _fault_of_number(self, value: object) -> str:
        if type(value) is not int and (type(value) is not float or self.kind == "integer"):
            return "bad_type"
        assert isinstance(value, int | float)
        if type(value) is float and not isfinite(value):
            return "bad_type"
        assert self.minimum is not None
        assert self.maximum is not None
        if not self.minimum <= value <= self.maximum:
            return "out_of_range"
        return "" if value in self._positions else "off_step"

    def _fault_of_shares(self, value: object) -> str:
        if type(value) is not tuple or len(value) != len(self.among):
            return "bad_type"
        if any(type(share) is not int for share in value):
            return "bad_type"
        if any(not 0 <= share <= 100 for share in value) or sum(value) != 100:
            return "not_whole"
        return "" if value in self._positions else "off_step"

    def _fault_of_text(self, value: object) -> str:
        if type(value) is not str or not value.strip():
            return "bad_type"
        if len(value) > LONGEST_TEXT:
            return "too_long"
        return "" if is_storable(value) else "bad_text"


def _splits(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way to give `total` equal pieces to so many parts, rising in the first part."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in _splits(total - first, parts - 1):
            yield (first, *rest)

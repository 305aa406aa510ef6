"""When something holds for a package: a small tree of tests on issues and derived quantities, shared by
dependent issues, adjustments and what a deal must meet. It knows nothing of parties or points."""

from __future__ import annotations

from dataclasses import dataclass

from bargaining.formulas import Formula, amount, issues_of
from bargaining.values import Package, Value

__all__ = ["AllOf", "AnyOf", "Between", "Condition", "Is", "Not", "Package", "QuantityBetween", "Value"]


# Computed numbers carry float noise: 0.1 + 0.2 reaches 0.3.
TOLERANCE = 1e-9


@dataclass(frozen=True)
class Is:
    """The issue is settled at one of these values."""

    issue: str
    values: tuple[Value, ...]

    def holds(self, package: Package) -> bool:
        return package.get(self.issue) in self.values

    @property
    def issues(self) -> frozenset[str]:
        return frozenset((self.issue,))


@dataclass(frozen=True)
class Between:
    """The issue's number lies within both bounds; an open side has no bound."""

    issue: str
    minimum: float | None = None
    maximum: float | None = None

    def holds(self, package: Package) -> bool:
        value = package.get(self.issue)
        # What was sent may still be anything here: a list must not raise, only not hold.
        if not isinstance(value, int | float):
            return False
        return (self.minimum is None or value >= self.minimum) and (
            self.maximum is None or value <= self.maximum
        )

    @property
    def issues(self) -> frozenset[str]:
        return frozenset((self.issue,))


@dataclass(frozen=True)
class QuantityBetween:
    """A derived quantity of the case lies within both bounds; an open side has no bound."""

    quantity: str
    formula: Formula
    minimum: float | None = None
    maximum: float | None = None

    def holds(self, package: Package) -> bool:
        number = amount(self.formula, package)
        return (self.minimum is None or number >= self.minimum - TOLERANCE) and (
            self.maximum is None or number <= self.maximum + TOLERANCE
        )

    @property
    def issues(self) -> frozenset[str]:
        return issues_of(self.formula)


@dataclass(frozen=True)
class AllOf:
    """Every part holds; with no parts it always holds."""

    parts: tuple[Condition, ...]

    def holds(self, package: Package) -> bool:
        # A plain loop: this runs for every offer, and a generator costs as much as the tests themselves.
        for part in self.parts:  # noqa: SIM110
            if not part.holds(package):
                return False
        return True

    @property
    def issues(self) -> frozenset[str]:
        return frozenset().union(*(part.issues for part in self.parts))


@dataclass(frozen=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]

    def holds(self, package: Package) -> bool:
        return any(part.holds(package) for part in self.parts)

    @property
    def issues(self) -> frozenset[str]:
        return frozenset().union(*(part.issues for part in self.parts))


@dataclass(frozen=True)
class Not:
    """The part does not hold; so it holds where an issue is not settled."""

    part: Condition

    def holds(self, package: Package) -> bool:
        return not self.part.holds(package)

    @property
    def issues(self) -> frozenset[str]:
        return self.part.issues


Condition = Is | Between | QuantityBetween | AllOf | AnyOf | Not


def quantities_of(condition: Condition) -> frozenset[str]:
    """The derived quantities that the condition reads, by id."""
    match condition:
        case QuantityBetween(quantity=name):
            return frozenset((name,))
        case AllOf(parts) | AnyOf(parts):
            return frozenset().union(*(quantities_of(part) for part in parts))
        case Not(part):
            return quantities_of(part)
        case _:
            return frozenset()

"""When something holds for a package: a small tree of tests on issues, shared by dependent issues and
adjustments. It knows nothing of parties or points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Value = str | int | float | bool
Package = Mapping[str, Value]


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


Condition = Is | Between | AllOf | AnyOf | Not

"""What a package must reach to count at all, and where it stands: public quantities with their bounds.
It knows one package, not who accepts it."""

from __future__ import annotations

from dataclasses import dataclass

from bargaining.case import Case, Condition, Derived, Package
from bargaining.conditions import AllOf, QuantityBetween
from bargaining.formulas import amount


@dataclass(frozen=True)
class Gauge:
    """A public quantity, and the bounds within which it must be for a deal; None where there is none."""

    quantity: Derived
    minimum: float | None = None
    maximum: float | None = None


def gauges(case: Case) -> tuple[Gauge, ...]:
    """The quantities that everybody may know, in the order of the case."""
    bounds = {
        part.quantity: part for part in _parts(case.agreement.requires) if isinstance(part, QuantityBetween)
    }
    return tuple(
        Gauge(quantity, bounds[quantity.id].minimum, bounds[quantity.id].maximum)
        if quantity.id in bounds
        else Gauge(quantity)
        for quantity in case.derived
        if quantity.public
    )


def levels(case: Case, package: Package) -> dict[str, float]:
    """Where a package stands on each gauge, 9 decimals; what it leaves open counts 0."""
    return {each.quantity.id: round(amount(each.quantity.formula, package), 9) for each in gauges(case)}


def _parts(condition: Condition | None) -> tuple[Condition, ...]:
    """What must all hold."""
    if condition is None:
        return ()
    return condition.parts if isinstance(condition, AllOf) else (condition,)

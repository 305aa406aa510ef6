"""How a value of one issue becomes points: a list, a line, pieces, steps, or what an event decides.
It knows neither parties nor packages."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass

# The chances of an event's outcomes, as whoever asks believes them.
Chances = Callable[[str], Mapping[str, float]]


@dataclass(frozen=True)
class ListRule:
    """Points per value, in the order of the issue's values."""

    points: tuple[float, ...]

    def worth(self, position: int, number: float, chances: Chances) -> float:
        return self.points[position]


@dataclass(frozen=True)
class LinearRule:
    """offset + per_unit x number."""

    offset: float = 0.0
    per_unit: float = 0.0

    def worth(self, position: int, number: float, chances: Chances) -> float:
        return self.offset + self.per_unit * number


@dataclass(frozen=True)
class PiecewiseRule:
    """Straight lines between corners (x, points); flat before the first and after the last."""

    corners: tuple[tuple[float, float], ...]

    def worth(self, position: int, number: float, chances: Chances) -> float:
        after = bisect_right(self.corners, number, key=lambda corner: corner[0])
        if after == 0:
            return self.corners[0][1]
        if after == len(self.corners):
            return self.corners[-1][1]
        (x0, y0), (x1, y1) = self.corners[after - 1], self.corners[after]
        return y0 + (y1 - y0) * (number - x0) / (x1 - x0)


@dataclass(frozen=True)
class StepsRule:
    """The points of the last threshold that the number reaches; nothing below the first."""

    thresholds: tuple[tuple[float, float], ...]

    def worth(self, position: int, number: float, chances: Chances) -> float:
        after = bisect_right(self.thresholds, number + 1e-9, key=lambda step: step[0])
        return self.thresholds[after - 1][1] if after else 0.0


@dataclass(frozen=True)
class ExpectedRule:
    """A contingent term: the event's outcome chooses the rule; before that, the chances weigh them."""

    event: str
    by: Mapping[str, PointRule]

    def worth(self, position: int, number: float, chances: Chances) -> float:
        weights = chances(self.event)
        return sum(
            weights.get(outcome, 0.0) * rule.worth(position, number, chances)
            for outcome, rule in self.by.items()
        )


@dataclass(frozen=True)
class ShareRule:
    """The party's own share of a derived quantity, per_unit points each. What it is worth depends on other
    issues too, so `bargaining.scoring` works it out from the package."""

    quantity: str
    per_unit: float = 1.0

    def worth(self, position: int, number: float, chances: Chances) -> float:
        raise TypeError("A share is worth nothing by itself.")


PointRule = ListRule | LinearRule | PiecewiseRule | StepsRule | ExpectedRule | ShareRule

"""A case: an edition of a simulation as a plain, frozen value with its parties, issues, points and rules.
It knows nothing of files, sessions, rooms or people."""

from __future__ import annotations

from bargaining.case.checking import PackageFault, applying, check_package
from bargaining.case.issues import NUMBERS, Issue, Option
from bargaining.case.people import NEGOTIATING, Alternative, LotteryOutcome, Party
from bargaining.case.process import (
    ASK,
    SETTLE_UP,
    Channel,
    ConditionVariant,
    Delay,
    Landmark,
    Phase,
    Release,
    Strand,
)
from bargaining.case.rules import (
    Adjustment,
    Agreement,
    CoalitionTable,
    Derived,
    Rounds,
    SettlementElement,
    Uncertainty,
)
from bargaining.case.whole import Case
from bargaining.conditions import AllOf, AnyOf, Between, Condition, Is, Not, QuantityBetween
from bargaining.pointrules import (
    ExpectedRule,
    LinearRule,
    ListRule,
    PiecewiseRule,
    PointRule,
    ShareRule,
    StepsRule,
)
from bargaining.values import Package, Value

__all__ = [
    "ASK", "NEGOTIATING", "NUMBERS", "SETTLE_UP", "Adjustment", "Agreement", "AllOf", "Alternative", "AnyOf",
    "Between", "Case", "Channel", "CoalitionTable", "Condition", "ConditionVariant", "Delay", "Derived",
    "ExpectedRule", "Is", "Issue", "Landmark", "LinearRule", "ListRule", "LotteryOutcome", "Not", "Option",
    "Package", "PackageFault", "Party", "Phase", "PiecewiseRule", "PointRule", "QuantityBetween", "Release",
    "Rounds", "SettlementElement", "ShareRule", "StepsRule", "Strand", "Uncertainty", "Value",
    "applying", "check_package",
]  # fmt: skip

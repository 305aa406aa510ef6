"""What gives points across issues, what nobody decides, and what makes a package a deal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bargaining.conditions import Condition
from bargaining.formulas import Formula
from bargaining.pointrules import PointRule


@dataclass(frozen=True)
class Uncertainty:
    """An event that nobody at the table decides. `beliefs` are private, `draw` is the instructor's."""

    id: str
    question: str
    outcomes: tuple[str, ...]
    beliefs: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    resolve: str = "instructor"
    draw: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Derived:
    """A quantity that a formula makes of the package: a fee, a total, a risk. `text` is what the author
    wrote, `formula` what it means. A public one is shown to everybody."""

    id: str
    title: str
    text: str
    formula: Formula
    unit: str = ""
    public: bool = False
    points: Mapping[str, PointRule] = field(default_factory=dict)


@dataclass(frozen=True)
class Adjustment:
    """Points that come from several issues together; only the parties in `tell` know of it. With
    `approved_by` they come only to a deal that so many parties approve."""

    when: Condition
    add: Mapping[str, float]
    tell: tuple[str, ...]
    text: str = ""
    approved_by: int = 0


@dataclass(frozen=True)
class Agreement:
    """What makes a package a deal: who must accept it, and what it must meet to count at all.

    `signers` are those whose yes counts; empty means all who negotiate. `unanimous`: all of them;
    `threshold`: `at_least` of them; `weighted`: weights that reach `quota`; `coalition`: every member.
    Whoever is in `veto` must be among those who accept.
    """

    rule: str = "unanimous"
    allow_no_deal: bool = True
    signers: tuple[str, ...] = ()
    at_least: int = 0
    veto: tuple[str, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    quota: float = 0.0
    requires: Condition | None = None
    confirm: str = ""


@dataclass(frozen=True)
class CoalitionTable:
    """What each set of parties can share, by its members; a party alone has its alternative."""

    values: Mapping[frozenset[str], float]
    step: float = 1.0
    public: bool = False
    one_agreement_only: bool = True


@dataclass(frozen=True)
class Rounds:
    """A repeated choice at the same moment. `payoff[move][n]` is what a party gets that chose `move` when n
    parties in all chose `counted_move`; `matrix[own][other]` instead gives the pair of two parties."""

    moves: tuple[str, ...]
    counted_move: str
    multipliers: tuple[float, ...]
    payoff: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    matrix: Mapping[str, Mapping[str, tuple[float, float]]] = field(default_factory=dict)
    talk_before: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    reveal: str = "choices_by_crew"
    seconds_per_round: int = 120
    simultaneous: bool = True
    continues: float = 1.0  # the chance of another round after each one
    absent_move: str = ""

    @property
    def default(self) -> str:
        """The move of who does not choose in time: the case's word, else the first that is not counted."""
        return self.absent_move or next(move for move in self.moves if move != self.counted_move)


@dataclass(frozen=True)
class SettlementElement:
    """What could stand in an agreement without points, and whom it serves; for the instructor only."""

    id: str
    text: str
    covers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    conflicts: tuple[str, ...] = ()
    red_line: tuple[str, ...] = ()
    naive: bool = False

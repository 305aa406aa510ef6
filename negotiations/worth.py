"""What packages are worth to a viewer: in the viewer's own right, and as exactly as the session allows.

With a calculator of bands no number leaves the server, only how a package lies between the party's alternative and
its target; with none nothing does. The role sheet says it all in another place: to work it out is the lesson.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from bargaining.case import Case, Value
from bargaining.contingent import NOTHING
from bargaining.scoring import approval_bonus, knowing, points
from bargaining.splits import largest_share, share_of
from bargaining.spread import after_events, reach
from bargaining.strands import counts_for
from bargaining.structure import best_points
from negotiations.lines import Worth
from negotiations.rules.room import Policy

Package = Mapping[str, Value]
Band = Literal["below", "little", "fair", "good", "target"]
#: How far on the way from the alternative to the target each band ends.
WAY: tuple[tuple[float, Band], ...] = ((0.0, "below"), (1 / 3, "little"), (2 / 3, "fair"), (1.0, "good"))


class OwnWorth:
    """The points of one party, from its own sheet; `known` is how uncertain events came out."""

    def __init__(self, case: Case, party: str, known: Mapping[str, str] = NOTHING) -> None:
        self.case, self.party, self.known = knowing(case, known), party, known

    def __call__(self, package: Package, approvals: int = 0) -> Any:
        return self.exactly(package, approvals) if self.counts(package) else None

    def exactly(self, package: Package, approvals: int) -> float:
        """Points of terms and of how many approve of them; of a split the share, or what is left to who is left out."""
        if self.case.mechanism == "coalition":
            return share_of(self.case, self.party, package)
        bonus = approval_bonus(self.case, self.party, package, approvals)
        return round(points(self.case, self.party, package) + bonus, 9)

    def counts(self, package: Package) -> bool:
        """Terms of one of several linked negotiations are worth nothing yet by themselves."""
        return counts_for(self.case, self.party, package)

    def beside(self, package: Package, is_whole: bool = True) -> dict[str, Any]:
        """What one number cannot say: between what and what it lies while terms are open, and what it turns out to
        be once uncertain events have come out."""
        found: dict[str, Any] = {}
        if not is_whole or not self.counts(package):
            found["range"] = list(reach(self.case, self.party, package))
        if courses := after_events(self.case, self.party, package, self.known):
            found["courses"] = [[dict(course), worth] for course, worth in courses]
        return found


class BandWorth(OwnWorth):
    """The same in words a party can reckon with, without a number."""

    def __call__(self, package: Package, approvals: int = 0) -> Any:
        if not self.counts(package):
            return None
        return band(self.case, self.party, self.exactly(package, approvals))

    def beside(self, package: Package, is_whole: bool = True) -> dict[str, Any]:
        if is_whole and self.counts(package):
            return {}
        return {"range": [band(self.case, self.party, end) for end in reach(self.case, self.party, package)]}


class AllWorths:
    """For instructors: points of every scored party."""

    def __init__(self, case: Case, known: Mapping[str, str] = NOTHING) -> None:
        self.each = {party.id: OwnWorth(case, party.id, known) for party in case.parties if party.scored}

    def __call__(self, package: Package, approvals: int = 0) -> Any:
        return {
            party: worth(package, approvals) for party, worth in self.each.items() if worth.counts(package)
        }

    def beside(self, package: Package, is_whole: bool = True) -> dict[str, Any]:
        return {}


def worth_to(
    case: Case, party: str, calculator: str = "exact", known: Mapping[str, str] = NOTHING
) -> Worth | None:
    """None where there is nothing to tell: for who has no points, and in a session without a calculator."""
    if not case.party(party).scored or calculator == "off":
        return None
    return OwnWorth(case, party, known) if calculator == "exact" else BandWorth(case, party, known)


def worth_to_all(case: Case, known: Mapping[str, str] = NOTHING) -> Worth:
    return AllWorths(case, known)


def calculator_of(policy: Mapping[str, Any]) -> str:
    """What a session's stored policy says of the calculator."""
    found: str = policy.get("calculator", Policy().calculator)
    return found


def band(case: Case, party: str, worth: float) -> Band:
    """How a package lies between the party's alternative and its target."""
    own = case.party(party)
    start = own.alternative.worth if own.alternative else 0.0
    end = own.target if own.target is not None else most(case, party)
    way = (worth - start) / (end - start) if end > start else float(worth >= start) - (worth < start)
    return next((name for most, name in WAY if way < most), "target")


def most(case: Case, party: str) -> float:
    """The most that the party can get here."""
    return largest_share(case, party) if case.mechanism == "coalition" else best_points(case, party)

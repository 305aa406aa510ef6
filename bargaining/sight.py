"""What one party may know of a case: a copy without what belongs to others or to the instructor.
It decides nothing about rooms; who looks is an argument."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from bargaining.case import Case, Party

EVERYTHING = "everything"
PUBLIC = "public"

T = TypeVar("T")


def without_secrets(case: Case, viewer: str | None) -> Case:
    """The case for one party, or with None what everybody knows. A new secret field must be emptied here;
    a property test fills every text and number of a case with canaries to notice one that was forgotten."""
    return replace(
        case,
        parties=tuple(p if p.id == viewer else _public_party(p) for p in case.parties),
        issues=tuple(replace(issue, points=_own(issue.points, viewer)) for issue in case.issues),
        adjustments=tuple(
            replace(a, add=_own(a.add, viewer), tell=(viewer,))
            for a in case.adjustments
            if viewer is not None and viewer in a.tell
        ),
        uncertainties=tuple(replace(u, beliefs=_own(u.beliefs, viewer), draw={}) for u in case.uncertainties),
        delay=replace(case.delay, cost=_own(case.delay.cost, viewer)) if case.delay else None,
        tags=(),
        teaches=(),
        releases=(),
        conditions=(),
        landmarks=(),
        seen_as=PUBLIC if viewer is None else f"party:{viewer}",
    )


def _public_party(party: Party) -> Party:
    return replace(party, base=0.0, alternative=None, target=None, interests=())


def _own(by_party: Mapping[str, T], viewer: str | None) -> dict[str, T]:
    return {party: value for party, value in by_party.items() if party == viewer}

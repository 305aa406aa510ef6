"""Between what and what the points of a package can still lie: while terms are open, and while an uncertain event
is not decided. It lists no outcome space, only the blocks of coupled issues."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from bargaining.case import Case, Issue, Package
from bargaining.contingent import NOTHING, every_course
from bargaining.outcomes import Mask
from bargaining.pointrules import ExpectedRule
from bargaining.scoring import points_after
from bargaining.sight import EVERYTHING
from bargaining.structure import Block, Structure, structure


def reach(case: Case, party_id: str, package: Package) -> tuple[float, float]:
    """The fewest and the most points that the party can get once the open terms are settled too, whatever others
    think of it. ValueError if no whole package of the case holds these terms."""
    made = _free(case, party_id)
    place = made.parties.index(party_id)
    lowest = highest = 0
    for block in made.blocks:
        steps = block.steps[_holding(block, case, package), place]
        if not len(steps):
            raise ValueError("No whole package of this simulation holds these terms.")
        lowest += steps.min()
        highest += steps.max()
    totals = np.zeros((2, len(made.parties)), np.int64)
    totals[:, place] = lowest, highest
    least, most = made.grid.points(totals)[:, place]
    return float(least), float(most)


def after_events(
    case: Case, party_id: str, package: Package, known: Mapping[str, str] = NOTHING
) -> tuple[tuple[Mapping[str, str], float], ...]:
    """What the package turns out to be worth in each way that the events of the case can still come out, the best
    first; empty if it is worth the same in all of them."""
    if not case.uncertainties:
        return ()
    found = [(course, points_after(case, party_id, package, course)) for course in every_course(case, known)]
    found.sort(key=lambda pair: -pair[1])
    return tuple(found) if found[0][1] != found[-1][1] else ()


def event_of(issue: Issue) -> str:
    """The uncertain event that decides whether this term is due, as far as this view of the case says; or empty."""
    if issue.contingent_on:
        return issue.contingent_on
    return next((rule.event for rule in issue.points.values() if isinstance(rule, ExpectedRule)), "")


def _free(case: Case, party_id: str) -> Structure:
    """The blocks of the party's own view, whatever a deal must meet."""
    own = case.seen_by(party_id) if case.seen_as == EVERYTHING else case
    if "free" not in own.memo:
        own.memo["free"] = structure(replace(own, agreement=replace(own.agreement, requires=None)))
    made: Structure = own.memo["free"]
    return made


def _holding(block: Block, case: Case, package: Package) -> Mask:
    """The choices of the block that say what the package says."""
    kept = np.ones(len(block), bool)
    for name, column in block.columns.items():
        if name in package:
            kept &= column == case.issue(name).position(package[name])
    return kept

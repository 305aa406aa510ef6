"""Practice partners: from what one party may see to its next move. A partner holds no state between moves
and sees neither the other side's points nor the clock, only how far the time is gone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from bargaining.case import Case, Issue, Package, Translate, Value
from bargaining.outcomes import Floats, Integers, Space, space
from bargaining.scoring import alternative_value, points
from bargaining.words import identity

NEARLY_OVER = 0.94
OVER = 0.995
# Where the aspiration begins and ends, as shares of the way from the alternative to the best package.
FIRST_WISH = 0.95
LAST_WISH = 0.08
# Packages within this share of the range are equally good to a partner.
SAME_TO_ME = 0.05
# How many of them it looks at for one that it has not offered yet.
MOST_LOOKED_AT = 40


STANDING = (
    "My last offer still stands. What would you change in it?",
    "I would rather hear your view of my last offer first.",
    "Is there one term in my last offer that would have to change?",
)


class Chance(Protocol):
    """What a partner needs of random.Random; the caller seeds it."""

    def random(self) -> float: ...
    def randrange(self, start: int, /) -> int: ...


@dataclass(frozen=True)
class PartnerView:
    """What a party may see when it is its turn. `temper` 0 holds out long, 1 gives way early;
    `care` 1 offers what is closest to what the others asked for, 0 whatever is as good to itself."""

    case: Case
    party: str
    progress: float
    own: tuple[Package, ...] = ()
    theirs: tuple[Package, ...] = ()
    open_offer: Package | None = None
    messages_heard: int = 0
    temper: float = 0.5
    care: float = 1.0


@dataclass(frozen=True)
class Propose:
    package: Package
    say: str | None = None


@dataclass(frozen=True)
class Accept:
    pass


@dataclass(frozen=True)
class Say:
    text: str


@dataclass(frozen=True)
class Walk:
    pass


Move = Propose | Accept | Say | Walk


def next_move(view: PartnerView, rng: Chance, translate: Translate = identity) -> Move:
    """The partner's next move: a time-dependent concession, never below its own alternative.

    The aspiration falls slowly first and faster towards the end (Boulware, Faratin, Sierra and Jennings
    1998); among packages that are nearly equal to itself it offers what is closest to what it was asked
    for. It accepts what is worth as much as its own next proposal, and near the end whatever beats the
    alternative.
    """
    ladder = _ladder(view)
    on_offer = points(view.case, view.party, view.open_offer) if view.open_offer is not None else None
    beats = on_offer is not None and on_offer > ladder.alternative
    if beats and view.progress >= NEARLY_OVER:
        return Accept()
    if view.progress >= OVER:
        return Walk()
    if len(ladder.order) == 0:
        return Say(translate("I do not see a deal yet that is better for me than none."))
    if not view.theirs and view.own and view.messages_heard > len(view.own) and rng.random() < 0.5:
        return Say(translate("Which of these terms matter most to you? A package from you would help."))
    proposal = _choose(view, ladder, rng)
    if beats and on_offer is not None and on_offer >= points(view.case, view.party, proposal):
        return Accept()
    if view.own and proposal == view.own[-1]:
        return Say(translate(STANDING[rng.randrange(len(STANDING))]))
    return Propose(proposal, _words_for(view, proposal, rng, translate))


@dataclass(frozen=True, eq=False)
class _Ladder:
    """The packages better than the alternative, worst first, with their points."""

    space: Space
    order: Integers
    points: Floats
    alternative: float

    @cached_property
    def range(self) -> float:
        return float(self.points[-1]) - self.alternative

    def level(self, share: float) -> float:
        return self.alternative + share * self.range

    def band(self, level: float, last: float | None) -> Integers:
        """The packages worth about the level, at least it, and no more than the last own offer."""
        low = int(np.searchsorted(self.points, min(level, self.points[-1]), side="left"))
        top = float(self.points[low]) + SAME_TO_ME * self.range
        if last is not None and last > self.alternative:
            top = min(top, max(last, float(self.points[low])))
        return self.order[low : int(np.searchsorted(self.points, top, side="right"))]


def _ladder(view: PartnerView) -> _Ladder:
    key = ("ladder", view.party)
    if key not in view.case.memo:
        outcomes = space(view.case)
        worth = outcomes.column_of(view.party)
        alternative = alternative_value(view.case, view.party)
        order = np.argsort(worth, kind="stable")
        order = order[worth[order] > alternative]
        view.case.memo[key] = _Ladder(outcomes, order, worth[order], alternative)
    ladder: _Ladder = view.case.memo[key]
    return ladder


def _choose(view: PartnerView, ladder: _Ladder, rng: Chance) -> dict[str, Value]:
    """Of the packages that are nearly equal to itself, the one most like what the others asked for; one it
    has not offered yet if there is any."""
    last = points(view.case, view.party, view.own[-1]) if view.own else None
    band = ladder.band(_aspiration(view, ladder, rng, last), last)
    likeness = np.array([rng.random() for _ in band]) * (1e-6 + (1 - view.care) * len(view.case.issues))
    if view.theirs:
        for issue in view.case.issues:
            # The last entry stands for "does not apply".
            wished = np.array([*_wishes(issue, view.theirs), 0.0])
            likeness += view.care * wished[ladder.space.columns[issue.id][band]]
    ranked = band[np.argsort(-likeness, kind="stable")[:MOST_LOOKED_AT]]
    packages = [ladder.space.package(int(index)) for index in ranked]
    return next((package for package in packages if package not in view.own), packages[0])


def _aspiration(view: PartnerView, ladder: _Ladder, rng: Chance, last: float | None) -> float:
    """The points asked for now: never more than in the last own offer, so a partner does not retreat."""
    exponent = 0.5 + 0.4 * view.temper + 0.05 * (rng.random() - 0.5)
    progress = min(max(view.progress, 0.0), 1.0)
    share = FIRST_WISH - (FIRST_WISH - LAST_WISH) * progress ** (1 / exponent)
    level = ladder.level(share)
    return level if last is None else min(level, last)


def _wishes(issue: Issue, theirs: tuple[Package, ...]) -> Floats:
    """How much each value of the issue was asked for, 0..1; a later offer counts more, a near number counts."""
    values = issue.values()
    wished = np.zeros(len(values))
    weights = 0.0
    for age, package in enumerate(reversed(theirs[-8:])):
        if issue.id not in package:
            continue
        weight = 0.7**age
        weights += weight
        position = issue.position(package[issue.id])
        if issue.kind in ("integer", "decimal"):
            away = np.abs(np.arange(len(values)) - position) / max(len(values) - 1, 1)
            wished += weight * (1 - away)
        else:
            wished[position] += weight
    return wished / weights if weights else wished


def _words_for(view: PartnerView, proposal: Package, rng: Chance, translate: Translate) -> str | None:
    if not view.own:
        return translate("Here is where I would begin. Tell me what matters to you.")
    if not view.theirs or rng.random() < 0.4:
        return None
    met = [
        issue.title
        for issue in view.case.issues
        if issue.id in proposal
        and proposal[issue.id] == view.theirs[-1].get(issue.id)
        and proposal[issue.id] != view.own[-1].get(issue.id)
    ]
    if met:
        return translate("I have come to your side on this: {issue}.").format(
            issue=met[rng.randrange(len(met))]
        )
    if rng.random() < 0.5 and points(view.case, view.party, proposal) < points(
        view.case, view.party, view.own[-1]
    ):
        return translate("This costs me something. What can you do for me?")
    return None

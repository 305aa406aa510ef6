"""How much a partner asks for now, in its own points. It sees its ladder and the shared log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import floor

from bargaining.partners.ladder import Ladder
from bargaining.partners.views import (
    BY_ANSWER,
    BY_SEARCH,
    BY_TIME,
    COOPERATIVE,
    TOUGH,
    Chance,
    PartnerView,
    SeenOffer,
)
from bargaining.scoring import points


@dataclass(frozen=True)
class Range:
    """Where the wish begins and ends, as shares of the way from the alternative to the best package, and how
    much sooner (above 0) or later than others it gives way."""

    first: float
    last: float
    haste: float


RANGES = {
    "": Range(first=0.95, last=0.08, haste=0.0),
    COOPERATIVE: Range(first=0.85, last=0.06, haste=0.15),
    TOUGH: Range(first=0.99, last=0.2, haste=-0.25),
}
#: How many levels a searching partner keeps for a while, one after the other.
STAIRS = 7
#: Of what the others gave it, an answering partner gives back this much, by temper.
LEAST_RETURN, MOST_RETURN = 0.7, 1.2
#: So much it gives with each offer unasked, as a share of its range: two who wait for each other never meet.
KINDNESS = 0.01
#: How much an improvement counts while the offer is still worse than the own alternative.
FAR_AWAY = 0.5
#: How late an answering partner gives way to time, whatever the others do.
PATIENT = 0.3


def aspiration(view: PartnerView, ladder: Ladder, rng: Chance) -> float:
    """The points asked for now: never more than in the last own offer, so a partner does not retreat. Late
    among many it asks for little, because what one of them lacks may sink the deal for all."""
    level = _LEVELS[view.character.style](view, ladder, rng)
    if view.is_among_many and view.is_late:
        level = min(level, ladder.level(RANGES[view.character.label].last))
    last = last_asked(view)
    return level if last is None else min(level, last)


def last_asked(view: PartnerView) -> float | None:
    """What the last own offer asked for at least; None before the first."""
    if not view.own:
        return None
    return min(points(view.case, view.party, package) for package in view.own[-1].packages)


def _by_time(view: PartnerView, ladder: Ladder, rng: Chance) -> float:
    """Slowly first and faster towards the end (Faratin, Sierra and Jennings 1998)."""
    return ladder.level(_share_at(view, view.progress, _exponent(view) + 0.05 * (rng.random() - 0.5)))


def _by_search(view: PartnerView, ladder: Ladder, rng: Chance) -> float:
    """The same, in stairs: on each it keeps its level and looks along it."""
    return ladder.level(_share_at(view, floor(view.progress * STAIRS) / STAIRS, _exponent(view)))


def _by_answer(view: PartnerView, ladder: Ladder, rng: Chance) -> float:
    """From where it began down by what the others' offers have improved for itself (tit for tat, as in
    Faratin, Sierra and Jennings 1998), and a little of its own; late in the time more, so as not to lose
    a deal to pride."""
    limits = RANGES[view.character.label]
    back = LEAST_RETURN + (MOST_RETURN - LEAST_RETURN) * view.character.temper
    given = back * _given(view, ladder) + KINDNESS * ladder.range * len(view.own)
    level = max(ladder.level(limits.first) - given, ladder.level(limits.last))
    return min(level, ladder.level(_share_at(view, view.progress, PATIENT)))


def _exponent(view: PartnerView) -> float:
    """How evenly it gives way over the time: 1 in equal steps, below 1 late."""
    return 0.5 + 0.4 * view.character.temper + RANGES[view.character.label].haste


def _share_at(view: PartnerView, progress: float, exponent: float) -> float:
    limits = RANGES[view.character.label]
    gone = float(min(max(progress, 0.0), 1.0) ** (1 / exponent))
    return limits.first - (limits.first - limits.last) * gone


def _given(view: PartnerView, ladder: Ladder) -> float:
    """By how much the others' best offer has risen for this party since their first, on average; what is
    below its alternative is no gain yet, so a rise there counts less."""
    rises = []
    for party in dict.fromkeys(offer.party for offer in view.theirs):
        worths = [_best(view, offer) for offer in view.theirs if offer.party == party]
        rises.append(_felt(max(worths), ladder) - _felt(worths[0], ladder))
    return sum(rises) / len(rises) if rises else 0.0


def _felt(worth: float, ladder: Ladder) -> float:
    below = max(0.0, ladder.alternative - worth)
    return worth + (1 - FAR_AWAY) * below


def _best(view: PartnerView, offer: SeenOffer) -> float:
    return max(points(view.case, view.party, package) for package in offer.packages)


_LEVELS: dict[str, Callable[[PartnerView, Ladder, Chance], float]] = {
    BY_TIME: _by_time,
    BY_ANSWER: _by_answer,
    BY_SEARCH: _by_search,
}

"""Which of the packages that are equally good to a partner it offers: those the others would like best, as far
as the log tells, and several that differ if that may teach it something."""

from __future__ import annotations

import numpy as np

from bargaining.case import Package
from bargaining.outcomes import Floats, Integers
from bargaining.partners.ladder import SAME_TO_ME, Ladder
from bargaining.partners.levels import aspiration, last_asked
from bargaining.partners.pins import keeping
from bargaining.partners.views import BY_SEARCH, Chance, PartnerView
from bargaining.partners.wishes import backing, likeness
from bargaining.scoring import points

#: How many packages it looks at for one that it has not offered yet.
MOST_LOOKED_AT = 40
#: From so many wishes of the others on, a searching partner offers one package more often than several.
MUCH_HEARD = 4
HALF_TIME = 0.5
#: Among many, where few packages pass, a partner looks at more than the about equal ones.
AMONG_MANY = 0.5
#: How much it tells that somebody passed a package over, beside what the same party asked for.
DISLIKE = 0.5
#: How careless the most careless partner is where it must look.
CARELESS = 0.1
#: What nobody notices, so that chance decides between equals.
NEXT_TO_NOTHING = 1e-6


def choose(view: PartnerView, ladder: Ladder, rng: Chance) -> tuple[Package, ...]:
    """The packages of the next offer, the one to be preferred first."""
    width = AMONG_MANY if view.is_among_many else SAME_TO_ME
    # Late among many it matters more to find what enough of them take than never to ask for more than before.
    last = None if view.is_among_many and view.is_late else last_asked(view)
    level = aspiration(view, ladder, rng)
    band = keeping(view, ladder, level).band(level, last, width)
    worth = _promise(view, ladder, band, rng)
    ranked = band[np.argsort(-worth, kind="stable")[:MOST_LOOKED_AT]]
    packages: list[Package] = [ladder.package(int(place)) for place in ranked]
    offered = [package for offer in view.own for package in offer.packages]
    fresh = [package for package in packages if package not in offered] or packages[:1]
    return _several(_as_good_as_the_first(view, ladder, fresh), _how_many(view))


def _promise(view: PartnerView, ladder: Ladder, band: Integers, rng: Chance) -> Floats:
    """How much each package of the band promises: what others may say to it, and chance as far as the
    partner does not care."""
    care = _care(view)
    # One draw, spread over the places by the golden ratio.
    noise = (band * 0.6180339887498949 + rng.random()) % 1
    return care * received(view, ladder, band) + (NEXT_TO_NOTHING + 1 - care) * noise


def _care(view: PartnerView) -> float:
    """Who searches, or needs several others, cannot afford not to look at what they want."""
    care = view.character.care
    return 1 - CARELESS * (1 - care) if _looks(view) else care


def _looks(view: PartnerView) -> bool:
    return view.character.style == BY_SEARCH or view.is_among_many


def received(view: PartnerView, ladder: Ladder, places: Integers) -> Floats:
    """How well packages would be received by those whose yes is needed, 0..1."""
    liking = {
        party: _liking(view, ladder, places, party) for party in view.case.party_ids if party != view.party
    }
    return backing(view.case, view.party, liking)


def _liking(view: PartnerView, ladder: Ladder, places: Integers, party: str) -> Floats:
    """How much a party may like each package, 0..1: like what it asked for; among many also unlike what it
    passed over (between two, that is all of one's own)."""
    issues, columns = view.case.listed_issues, ladder.space.columns
    asked, passed_over = view.asked_by(party), view.passed_over_by(party)
    wanted = likeness(issues, columns, places, asked, learn=_looks(view))
    if not view.is_among_many or not asked or not passed_over:
        return wanted
    unwanted = likeness(issues, columns, places, passed_over, learn=False)
    return (wanted + DISLIKE * (1 - unwanted)) / (1 + DISLIKE)


def _how_many(view: PartnerView) -> int:
    """A searching partner makes several equal offers at once (MESO), more seldom when it has heard much. Among
    many it stops at half time: yes to this and yes to that would not add up."""
    if view.character.style != BY_SEARCH:
        return 1
    if view.is_among_many and view.progress > HALF_TIME:
        return 1
    return 1 if len(view.theirs) >= MUCH_HEARD and len(view.own) % 2 else max(1, view.most_packages)


def _as_good_as_the_first(view: PartnerView, ladder: Ladder, packages: list[Package]) -> list[Package]:
    worths = [points(view.case, view.party, package) for package in packages]
    near = SAME_TO_ME * ladder.range
    return [
        package for package, worth in zip(packages, worths, strict=True) if abs(worth - worths[0]) <= near
    ]


def _several(packages: list[Package], number: int) -> tuple[Package, ...]:
    """The first package and those that differ most from all that are chosen already."""
    chosen, rest = packages[:1], packages[1:]
    while rest and len(chosen) < number:
        farthest = max(rest, key=lambda package: min(_apart(package, one) for one in chosen))
        chosen.append(farthest)
        rest.remove(farthest)
    return tuple(chosen)


def _apart(one: Package, other: Package) -> int:
    return sum(one.get(issue) != other.get(issue) for issue in {**one, **other})

"""A partner's turn in one of several linked negotiations: as an agent or for itself it negotiates the strand as a
case of its own; as a principal it signs what its agent agreed on, or says what would have to change."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from bargaining.case import NUMBERS, Case, Package
from bargaining.outcomes import Integers, Mask, Space
from bargaining.partners import speech
from bargaining.partners.agreement import move_in_agreement
from bargaining.partners.ladder import Ladder, ladder_of, narrowed
from bargaining.partners.views import (
    Accept,
    Chance,
    LinkedView,
    Move,
    PartnerView,
    Say,
    SeenOffer,
    SendBack,
    SentBack,
    Sign,
)
from bargaining.saying import Translate
from bargaining.scoring import points
from bargaining.strands import is_awaited, within

#: So much of the time is for what must be settled before the rest can begin, and so much is left for signing.
FIRST_PART, TO_SIGN = 0.25, 0.1
#: A strand does not end with the time: a partner never leaves, it takes what can be had.
NEARLY = 0.99
#: What a principal wants at first, as a share of the way from its alternative to the best package.
FIRST_WISH = 0.15
#: From so much of the time on it signs whatever is better than its alternative.
LAST_CHANCE = 0.93
#: Of what its principal said an agent minds the last few words: wishes become smaller with time.
MINDED = 3


def move_in_strand(view: LinkedView, rng: Chance, translate: Translate) -> Move:
    """The next move in the strand of the view."""
    if view.agreed is not None:
        return _signature(view, view.agreed, translate)
    case = _as_its_own(view)
    offers = tuple(_counted(view, case, offer) for offer in view.offers if _still_tells(view, offer))
    inner = PartnerView(
        case=_mended(view, case),
        party=view.party,
        progress=_progress(view),
        offers=offers,
        messages_heard=view.messages_heard,
        most_packages=view.most_packages,
        character=view.character,
        pinned=view.pinned,
        pinned_by_others=view.pinned_by_others,
    )
    move = move_in_agreement(inner, rng, translate)
    if isinstance(move, Accept) and not _may_be(
        view, case, view.offers[_place(view, move)].packages[move.package]
    ):
        return Say(speech.standing(rng, translate))
    return move


def _place(view: LinkedView, move: Accept) -> int:
    return next(place for place, offer in enumerate(view.offers) if offer.number == move.offer)


def _progress(view: LinkedView) -> float:
    """How far the time of this strand is gone."""
    if is_awaited(view.case, view.strand):
        gone = view.progress / FIRST_PART
    else:
        gone = (view.progress - FIRST_PART) / (1 - FIRST_PART - TO_SIGN)
    return min(NEARLY, max(0.0, gone))


def _as_its_own(view: LinkedView) -> Case:
    """The strand as a case. What is open elsewhere is taken to become middling by the own sheet."""
    return within(view.case, view.strand, {**_expected(view.case, view.party), **view.known})


def _expected(case: Case, party: str) -> Package:
    """A package in the middle of those that are better than none; what counts as the middle if there are none."""
    ladder = ladder_of(case, party)
    if len(ladder):
        return ladder.package(int(ladder.order[len(ladder) // 2]))
    return {issue.id: issue.middle[0] for issue in case.listed_issues}


def _signature(view: LinkedView, agreed: Package, translate: Translate) -> Move:
    """Signs what is good enough for now; the more often it has sent back, the less it wants."""
    case = _as_its_own(view)
    ladder = ladder_of(case, view.party)
    worth = points(case, view.party, agreed)
    tries = sum(back.party == view.party for back in view.sent_back)
    share = FIRST_WISH * (1 - view.progress) / (1 + tries) if view.progress < LAST_CHANCE else 0.0
    if len(ladder) and worth > ladder.alternative and worth >= ladder.level(share):
        return Sign()
    marked = _to_be_changed(case, ladder, agreed)
    titles = [case.issue(name).title for name in marked]
    return SendBack(marked, " ".join(translate(speech.NEEDS_MORE).format(issue=title) for title in titles))


def _to_be_changed(case: Case, ladder: Ladder, agreed: Package) -> tuple[str, ...]:
    """The term in which most is missing."""
    missing = {
        issue.id: speech.missing(ladder, issue, agreed) for issue in case.listed_issues if issue.id in agreed
    }
    most = max(missing, key=lambda name: missing[name])
    return (most,) if missing[most] > 0 else ()


def _mended(view: LinkedView, case: Case) -> Case:
    """The case without packages that would be sent back again."""
    return narrowed(case, view.party, partial(_kept, view)) if view.sent_back else case


def _kept(view: LinkedView, space: Space) -> Mask:
    """What is not word for word what was sent back, and has the changes that the own principal asked for."""
    kept = np.ones(len(space), bool)
    for back in view.sent_back:
        same = np.ones(len(space), bool)
        for name, value in back.package.items():
            same &= space.columns[name] == space.case.issue(name).position(value)
        kept &= ~same
    for back in _minded(view):
        for name in back.issues:
            kept &= _changed(view, space.case, space.columns[name], back.package, name)
    return kept


def _minded(view: LinkedView) -> tuple[SentBack, ...]:
    """What the own principal last wanted changed, as far as it said so."""
    return tuple(back for back in view.sent_back if back.issues)[-MINDED:]


def _changed(view: LinkedView, case: Case, places: Integers, refused: Package, name: str) -> Mask:
    """Where this term is another than in the refused package; a number on the side away from the other agent."""
    issue = case.issue(name)
    place = issue.position(refused[name])
    side = _side(view, name) if issue.kind in NUMBERS else 0
    moved: Mask = places != place if not side else (places - place) * side > 0
    return moved


def _side(view: LinkedView, name: str) -> int:
    """Which way the own side pulls on a number, as far as both sides' last offers tell: 1 is up."""
    own = _last_asked(view, name, own=True)
    other = _last_asked(view, name, own=False)
    if own is None or other is None or own == other:
        return 0
    return 1 if own > other else -1


def _last_asked(view: LinkedView, name: str, own: bool) -> float | None:
    asked = [offer for offer in view.offers if (offer.party == view.party) is own]
    value = asked[-1].packages[0].get(name) if asked else None
    return value if isinstance(value, int | float) else None


def _may_be(view: LinkedView, case: Case, package: Package) -> bool:
    """Whether this is not what was sent back, and has the changes that the own principal asked for."""
    places = {name: np.array([case.issue(name).position(value)]) for name, value in package.items()}
    wished = (
        _changed(view, case, places[name], back.package, name).all()
        for back in _minded(view)
        for name in back.issues
    )
    return all(package != back.package for back in view.sent_back) and all(wished)


def _still_tells(view: LinkedView, offer: SeenOffer) -> bool:
    """What a partner asked for before its terms were sent back does not bind it: it begins anew."""
    begun = max((back.after for back in view.sent_back), default=0)
    return offer.party != view.party or offer.number > begun


def _counted(view: LinkedView, case: Case, offer: SeenOffer) -> SeenOffer:
    """An offer that would only be sent back again does not count as standing."""
    if offer.party == view.party or any(_may_be(view, case, package) for package in offer.packages):
        return offer
    return replace(offer, standing=False)

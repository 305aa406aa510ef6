"""A partner's turn where a package is to be agreed on, between two or among many under any rule. Never below
its own alternative."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bargaining.agreements import enough, meets
from bargaining.case import Package, check_package
from bargaining.partners import speech
from bargaining.partners.choosing import choose
from bargaining.partners.ladder import Ladder, ladder_of
from bargaining.partners.levels import aspiration
from bargaining.partners.views import (
    OVER,
    Accept,
    Chance,
    Decline,
    Move,
    PartnerView,
    Propose,
    Say,
    SeenOffer,
    Walk,
)
from bargaining.saying import Translate
from bargaining.scoring import points

#: How often a partner asks before it has heard a package.
CURIOUS = 0.5


Leaning = Literal["yes", "no", "unsure"]


@dataclass(frozen=True)
class OnTable:
    """A standing package of another party that is better than the own alternative."""

    offer: int
    place: int
    worth: float
    backers: frozenset[str]
    would_pass: bool  # with the own yes


def move_in_agreement(view: PartnerView, rng: Chance, translate: Translate) -> Move:
    """The next move: takes what is worth as much as its own next proposal, and near the end whatever beats
    its alternative, what has the most support first; proposes, asks or waits otherwise."""
    ladder = ladder_of(view.case, view.party)
    if view.carried is not None:
        return _in_the_last_call(view, ladder, translate)
    tables = on_table(view, ladder)
    open_ones = [one for one in tables if view.party not in one.backers]
    if open_ones and view.is_late:
        return _yes_to(
            max(open_ones, key=lambda one: (one.would_pass, len(one.backers), one.worth, one.offer))
        )
    if view.progress >= OVER:
        return Say(speech.standing(rng, translate)) if _hopes(view) else Walk()
    if len(ladder) == 0:
        return Say(translate(speech.NO_DEAL_YET))
    if not view.theirs and view.own and view.messages_heard > len(view.own) and rng.random() < CURIOUS:
        return Say(translate(speech.QUESTION))
    packages = choose(view, ladder, rng)
    good = [one for one in open_ones if one.worth >= points(view.case, view.party, packages[0])]
    if good:
        return _yes_to(max(good, key=lambda one: (one.would_pass, one.worth, one.offer)))
    if view.own and (packages == view.own[-1].packages or _gathers(view)):
        return Say(speech.standing(rng, translate))
    return Propose(packages, speech.about(view, ladder, packages, rng, translate))


def leaning(view: PartnerView, package: Package, rng: Chance) -> Leaning:
    """What the partner says of a package in a straw poll, which binds nobody: "yes" to what it would now ask for
    itself, "no" to what is worse for it than no deal or can be none, else "unsure"."""
    ladder = ladder_of(view.case, view.party)
    if check_package(view.case, package) or not meets(view.case, package):
        return "no"
    worth = points(view.case, view.party, package)
    if worth <= ladder.alternative:
        return "no"
    return "yes" if len(ladder) and worth >= aspiration(view, ladder, rng) else "unsure"


def _in_the_last_call(view: PartnerView, ladder: Ladder, translate: Translate) -> Move:
    """A proposal has enough votes: yes if it is better than no deal, else no, so that its dissent is on record."""
    assert view.carried is not None
    number, place = view.carried
    offer = view.offers[number - 1]
    if view.party in offer.backers(place) | offer.declined:
        return Say(translate(speech.HAVE_SAID))
    worth = points(view.case, view.party, offer.packages[place])
    return Accept(number, place) if worth > ladder.alternative else Decline(number)


def _hopes(view: PartnerView) -> bool:
    """Whether something that the partner wants is still on the table, where others may yet make it a deal."""
    return view.is_among_many and any(
        view.party in offer.backers(place)
        for offer in view.offers
        if offer.standing
        for place in range(len(offer.packages))
    )


def _gathers(view: PartnerView) -> bool:
    """Whether the own offer has won somebody, and as many as any other, when there is little time to begin anew."""
    last = view.own[-1]
    others = max((_most_backers(offer) for offer in view.theirs if offer.standing), default=0)
    return view.is_late and last.standing and any(last.accepted.values()) and _most_backers(last) >= others


def _most_backers(offer: SeenOffer) -> int:
    return max(len(offer.backers(place)) for place in range(len(offer.packages)))


def on_table(view: PartnerView, ladder: Ladder) -> list[OnTable]:
    """All that the others have on the table and that is better for the partner than no deal. What is no
    whole package as it sees the case, or can be no deal, is left out."""
    found = []
    for offer in view.theirs:
        for place, package in enumerate(offer.packages if offer.standing else ()):
            if check_package(view.case, package) or not meets(view.case, package):
                continue
            worth = points(view.case, view.party, package)
            if worth > ladder.alternative:
                backers = offer.backers(place)
                passes = enough(view.case, backers | {view.party})
                found.append(OnTable(offer.number, place, worth, backers, passes))
    return found


def _yes_to(one: OnTable) -> Accept:
    return Accept(one.offer, one.place)

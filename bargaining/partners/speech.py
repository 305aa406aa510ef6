"""What a partner says: short sentences that are true by its own sheet and tell no number of it. Terms are
named, points and alternatives never."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bargaining.case import Issue, Package
from bargaining.partners.ladder import Ladder
from bargaining.partners.views import BY_ANSWER, COOPERATIVE, TOUGH, Chance, PartnerView
from bargaining.saying import Translate
from bargaining.scoring import points
from bargaining.words import value_in_words

NO_DEAL_YET = "I do not see a deal yet that is better for me than none."
QUESTION = "Which of these terms matter most to you? A package from you would help."
STANDING = (
    "My last offer still stands. What would you change in it?",
    "I would rather hear your view of my last offer first.",
    "Is there one term in my last offer that would have to change?",
)
BEGIN = "Here is where I would begin. Tell me what matters to you."
BEGIN_TOUGH = "This is what I need. I can live without a deal."
SEVERAL = "Any of these would do for me. Which comes closest to what you need?"
CAME_TO_YOU = "I have come to your side on this: {issue}."
COSTS_ME = "This costs me something. What can you do for me?"
MOVED_TOO = "You have moved, so I move too."
MATTERS_MORE = "Between us: “{more}” matters more to me than “{less}”."
LIKES_BEST = "For “{issue}” this would suit me best: {value}."
NEEDS_MORE = "I need more on “{issue}”."
NOT_ENOUGH = "That is not enough for me."
HOPES = "I hope that {party} can go along with this."
TOGETHER = "I could share like this with {names}."
OUTBIDS = "That gives {party} more than what is on the table without me."
PROMISE = "I will choose “{move}”, and I hope that all of you do."
WISH = "I would like it if everybody chose “{move}”."
LET_DOWN = "Last time not everybody chose “{move}”. I remember that."
NOT_FORGOTTEN = "Somebody has chosen “{move}” before. I do not forget it."
HAVE_SAID = "I have said what I think of it."
WITH_YOU = "I could see us share. What would you need, if it were only we?"
WITH_MORE = "I see more in it with {names}. What would you want then?"
NOT_WITH_YOU = "As it looks to me now, I would rather share with {names}. What could change that?"
HEARD = (
    "I will remember that when we are all together.",
    "And what do you hear from the others?",
    "That is worth thinking about.",
)
WAITS = "I wait for a proposal that is better for me than going on alone."

#: How often a partner proposes without a word once it has begun.
SILENCE = 0.4
#: One issue matters more than another if it can make this many times the difference.
CLEARLY_MORE = 1.5


def standing(rng: Chance, translate: Translate) -> str:
    """While nothing new is to be proposed."""
    return translate(STANDING[rng.randrange(len(STANDING))])


def about(
    view: PartnerView, ladder: Ladder, packages: tuple[Package, ...], rng: Chance, translate: Translate
) -> str | None:
    """A sentence to go with an offer, or none."""
    first = _first_words(view, packages, translate)
    if first:
        return first
    if not view.theirs or rng.random() < SILENCE:
        return None
    sayings = [
        *_met(view, packages[0], translate),
        *_given(view, packages, translate),
        *_of_the_sheet(view, ladder, translate),
        *_to_the_table(view, packages[0], translate),
    ]
    return sayings[rng.randrange(len(sayings))] if sayings else None


def _first_words(view: PartnerView, packages: tuple[Package, ...], translate: Translate) -> str | None:
    if len(packages) > 1:
        return translate(SEVERAL)
    if view.own:
        return None
    return translate(BEGIN_TOUGH if view.character.label == TOUGH else BEGIN)


def _met(view: PartnerView, package: Package, translate: Translate) -> Iterator[str]:
    """Terms in which it now meets the one other side."""
    if len(view.case.signers) > 2:
        return
    wished, before = view.theirs[-1].packages[0], view.own[-1].packages[0]
    for issue in view.case.listed_issues:
        term = package.get(issue.id)
        if term is not None and term == wished.get(issue.id) != before.get(issue.id):
            yield translate(CAME_TO_YOU).format(issue=issue.title)


def _given(view: PartnerView, packages: tuple[Package, ...], translate: Translate) -> Iterator[str]:
    """What its step was, if it gave something up."""
    now, before = (
        points(view.case, view.party, package) for package in (packages[0], view.own[-1].packages[0])
    )
    if now < before:
        answers = view.character.style == BY_ANSWER and view.theirs[-1].number > view.own[-1].number
        yield translate(MOVED_TOO if answers and _improved(view) else COSTS_ME)


def _improved(view: PartnerView) -> bool:
    """Whether the last offer of another is better for the partner than that party's one before."""
    last = view.theirs[-1]
    worths = [
        max(points(view.case, view.party, package) for package in offer.packages)
        for offer in view.theirs
        if offer.party == last.party
    ]
    return len(worths) > 1 and worths[-1] > worths[-2]


def _of_the_sheet(view: PartnerView, ladder: Ladder, translate: Translate) -> Iterator[str]:
    """What its label makes it tell: a cooperative one what matters to it, a tough one what is missing."""
    if view.character.label == COOPERATIVE:
        yield from _priorities(view, ladder, translate)
        yield from _favourites(view, ladder, translate)
    elif view.character.label == TOUGH:
        yield translate(NOT_ENOUGH)
        yield from _wants(view, ladder, translate)


def _priorities(view: PartnerView, ladder: Ladder, translate: Translate) -> Iterator[str]:
    ranked = sorted(view.case.listed_issues, key=lambda issue: -ladder.stakes[issue.id])
    for more, less in zip(ranked, reversed(ranked), strict=True):
        clear = ladder.stakes[more.id] > CLEARLY_MORE * ladder.stakes[less.id]
        if clear and more.title != less.title:
            yield translate(MATTERS_MORE).format(more=more.title, less=less.title)


def _favourites(view: PartnerView, ladder: Ladder, translate: Translate) -> Iterator[str]:
    """Of options only: what it likes best of a number nobody needs to be told."""
    for issue in view.case.listed_issues:
        if issue.kind in ("choice", "boolean") and ladder.stakes[issue.id] > 0:
            best = issue.values()[int(np.nanargmax(ladder.effects[issue.id]))]
            words = value_in_words(issue, best, translate)
            yield translate(LIKES_BEST).format(issue=issue.title, value=words)


def _wants(view: PartnerView, ladder: Ladder, translate: Translate) -> Iterator[str]:
    """The issue on which the last offer to it is furthest from what it would like."""
    package = view.theirs[-1].packages[0]
    lacking = {
        issue.title: missing(ladder, issue, package)
        for issue in view.case.listed_issues
        if issue.id in package
    }
    most = max(lacking, key=lambda title: lacking[title], default=None)
    if most is not None and lacking[most] > 0:
        yield translate(NEEDS_MORE).format(issue=most)


def missing(ladder: Ladder, issue: Issue, package: Package) -> float:
    """How many points more the best value of this issue would be, on average."""
    effects = ladder.effects[issue.id]
    return float(np.nan_to_num(np.nanmax(effects) - effects[issue.position(package[issue.id])]))


def _to_the_table(view: PartnerView, package: Package, translate: Translate) -> Iterator[str]:
    """Among many: those whose last wish it meets in most terms."""
    others = [party for party in view.case.signers if party != view.party]
    for party in others if len(others) > 1 else ():
        asked = view.asked_by(party)
        if asked and 2 * len(asked[-1].items() & package.items()) > len(package):
            yield translate(HOPES).format(party=view.case.party(party).name)

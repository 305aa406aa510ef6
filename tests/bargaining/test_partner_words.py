"""What partners say: short, true by the own sheet, and without any number of it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from statistics import mean

import pytest

from bargaining.case import Alternative, Case, Value
from bargaining.outcomes import space
from bargaining.partners import (
    COOPERATIVE,
    STYLES,
    TOUGH,
    Character,
    Propose,
    Say,
    can_play,
    next_move,
    speech,
)
from bargaining.scoring import points
from tests.bargaining.cases import farm, shipped
from tests.bargaining.partner_tables import play, view

CASES = ("mountain-view-farm", "halyard-offer", "rye-and-rivet", "dunmore-mill", "cassel-valley-solar")


def said(case: Case, label: str, seeds: int = 4) -> Iterator[tuple[str, str]]:
    """Every sentence that partners with this label say, with the party."""
    for seed in range(seeds):
        nature = random.Random(seed)
        characters = {
            party: Character(nature.choice(STYLES), label, nature.random(), nature.random())
            for party in case.party_ids
            if can_play(case, party)
        }
        for party, move in play(case, seed, 8, 3, characters).moves:
            text = move.text if isinstance(move, Say) else move.say if isinstance(move, Propose) else None
            if text:
                yield party, text


def named(template: str, text: str) -> dict[str, str] | None:
    """What stands in the places of a sentence, if the text is that sentence."""
    pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(template))
    found = re.fullmatch(pattern, text)
    return found.groupdict() if found else None


@pytest.mark.parametrize("name", CASES)
def test_cooperative_partner_tells_what_matters_to_it_truly(name: str) -> None:
    case = shipped(name)
    heard = set()
    for party, text in said(case, COOPERATIVE):
        if pair := named(speech.MATTERS_MORE, text):
            more, less = (_stake(case, party, pair[key]) for key in ("more", "less"))
            assert more > less
            heard.add("priority")
        if liked := named(speech.LIKES_BEST, text):
            assert liked["value"] in _best_labels(case, party, liked["issue"])
            heard.add("favourite")
    assert heard == {"priority", "favourite"}


def _stake(case: Case, party: str, title: str) -> float:
    """The largest difference that the issue of this title can make, all else being equal."""
    issue = next(issue for issue in case.issues if issue.title == title)
    base = [landmark.package for landmark in case.landmarks] or [play(case, 1).offers[0].packages[0]]
    worths = [
        [points(case, party, {**package, issue.id: value}) for value in issue.values()] for package in base
    ]
    return max(max(some) - min(some) for some in worths)


def _best_labels(case: Case, party: str, title: str) -> set[str]:
    """The options of the issue of this title that are best for the party on average over all packages."""
    issue = next(issue for issue in case.issues if issue.title == title and issue.kind == "choice")
    means = {value: mean(worths) for value, worths in _worths_by_value(case, party)[issue.id].items()}
    return {issue.option(value).label for value in means if means[value] == max(means.values())}


@cache
def _worths_by_value(case: Case, party: str) -> dict[str, dict[Value, list[float]]]:
    outcomes = space(case.seen_by(party))
    found: dict[str, dict[Value, list[float]]] = {issue.id: {} for issue in case.issues}
    for place in range(len(outcomes)):
        package = outcomes.package(place)
        worth = points(case, party, package)
        for issue, value in package.items():
            found[issue].setdefault(value, []).append(worth)
    return found


@pytest.mark.parametrize("name", CASES)
def test_tough_partner_tells_what_it_lacks_and_nothing_of_its_order(name: str) -> None:
    texts = [text for _, text in said(shipped(name), TOUGH)]
    assert any(named(speech.NEEDS_MORE, text) for text in texts)
    assert speech.NOT_ENOUGH in texts
    assert not any(named(speech.MATTERS_MORE, text) or named(speech.LIKES_BEST, text) for text in texts)


@pytest.mark.parametrize("label", ["", COOPERATIVE, TOUGH])
def test_no_number_of_the_sheet_is_told(label: str) -> None:
    # Points and alternatives that no term contains: if they were told, they would be seen.
    case = farm()
    odd = replace(
        case,
        parties=tuple(replace(p, base=77.5, alternative=Alternative("…", 185.25)) for p in case.parties),
    )
    texts = list(said(odd, label))
    assert texts
    terms = {label for issue in case.issues for option in issue.options for label in [option.label]}
    for _, text in texts:
        for term in sorted(terms, key=len, reverse=True):
            text = text.replace(term, "")
        assert not re.search(r"\d", text)


def test_sentences_are_short() -> None:
    templates = [text for name, text in vars(speech).items() if name.isupper() and isinstance(text, str)]
    templates += speech.STANDING
    assert len(templates) > 15
    for template in templates:
        for sentence in re.split(r"(?<=[.?])\s", template):
            assert len(sentence.split()) <= 16, sentence


def test_partner_says_where_it_came_to_the_other_side() -> None:
    wish = farm().landmarks[-1].package
    first = {**wish, "cabins": "none"} if wish["cabins"] != "none" else {**wish, "cabins": "c2"}
    heard = set()
    for seed in range(40):
        move = next_move(
            view(farm(), "farmer", 0.6, [("farmer", first), ("neighbour", wish)]), random.Random(seed)
        )
        if isinstance(move, Propose) and move.say and (found := named(speech.CAME_TO_YOU, move.say)):
            issue = next(issue for issue in farm().issues if issue.title == found["issue"])
            assert move.packages[0][issue.id] == wish[issue.id] != first[issue.id]
            heard.add(issue.id)
    assert heard


def test_what_a_partner_says_can_be_translated() -> None:
    move = next_move(view(farm(), "farmer", 0.0), random.Random(1), str.upper)
    assert isinstance(move, Propose)
    assert move.say == "HERE IS WHERE I WOULD BEGIN. TELL ME WHAT MATTERS TO YOU."

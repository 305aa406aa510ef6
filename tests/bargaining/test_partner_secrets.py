"""A partner knows its own sheet and the shared log, nothing else: whatever changes in what others keep to
themselves, or in what only the instructor knows, every move stays the same byte for byte."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import TypeVar

import pytest

from bargaining.case import (
    NUMBERS,
    Alternative,
    Case,
    Issue,
    LinearRule,
    ListRule,
    Party,
    PointRule,
    ShareRule,
)
from bargaining.partners import (
    LABELS,
    STYLES,
    Character,
    PartnerView,
    SeenOffer,
    SeenSplit,
    SplitView,
    can_play,
    next_move,
)
from tests.bargaining.cases import shipped
from tests.bargaining.partner_tables import play

T = TypeVar("T")

AGREEMENTS = (
    "mountain-view-farm",
    "second-hand-kiln",
    "halyard-offer",
    "harbour-unit-nine",
    "rye-and-rivet",
    "cassel-valley-solar",
    "eleven-quarry-lane",
    "dunmore-mill",
    "quillhaven",
)
PLAYERS = [
    (name, party)
    for name in AGREEMENTS
    for party in shipped(name).party_ids
    if can_play(shipped(name), party)
]


@cache
def log_of(name: str) -> tuple[SeenOffer, ...]:
    return tuple(play(shipped(name), 3, rounds=4).offers[:9])


def moves_of(case: Case, name: str, party: str) -> bytes:
    """What a partner would do here and there, as bytes."""
    seen = case.seen_by(party)
    found = [
        next_move(
            PartnerView(seen, party, progress, log_of(name)[:count], 2, 3, Character(style, label, 0.4, 0.7)),
            random.Random(count),
        )
        for style, label in zip(STYLES, LABELS, strict=True)
        for progress, count in ((0.0, 0), (0.4, 5), (0.9, 9), (0.97, 9))
    ]
    return repr(found).encode()


@pytest.mark.parametrize(("name", "party"), PLAYERS, ids=[f"{name}-{party}" for name, party in PLAYERS])
def test_moves_do_not_hang_on_what_others_know(name: str, party: str) -> None:
    changed = with_other_secrets(shipped(name), party)
    assert moves_of(changed, name, party) == moves_of(shipped(name), name, party)


@pytest.mark.parametrize("name", AGREEMENTS)
def test_what_is_changed_there_does_matter(name: str) -> None:
    """The same change makes another party move otherwise: it changes what moves hang on."""
    one, other, *_ = (party for party in shipped(name).party_ids if can_play(shipped(name), party))
    changed = with_other_secrets(shipped(name), one)
    assert moves_of(changed, name, other) != moves_of(shipped(name), name, other)


@pytest.mark.parametrize("party", ["orchard", "dairy", "fishery"])
def test_coalition_moves_do_not_hang_on_what_others_have_alone(party: str) -> None:
    case = shipped("cold-store")
    splits = (
        SeenSplit(1, "dairy", {"orchard": 50, "dairy": 42}),
        SeenSplit(2, "orchard", {"orchard": 50, "fishery": 28}, accepted=frozenset(["fishery"])),
    )
    found = [
        [
            next_move(SplitView(one.seen_by(party), party, progress, splits[:count]), random.Random(3))
            for progress in (0.1, 0.6, 0.95)
            for count in range(3)
        ]
        for one in (case, with_other_secrets(case, party))
    ]
    assert repr(found[0]).encode() == repr(found[1]).encode()


def with_other_secrets(case: Case, party: str) -> Case:
    """The same case with other numbers and words wherever this party may not look."""
    chance = random.Random(party)

    def others(by_party: Mapping[str, T], other: Callable[[T], T]) -> dict[str, T]:
        return {name: mine if name == party else other(mine) for name, mine in by_party.items()}

    def shuffled(beliefs: Mapping[str, float]) -> dict[str, float]:
        return dict(zip(beliefs, reversed(beliefs.values()), strict=True))

    return replace(
        case,
        parties=tuple(p if p.id == party else _another(p, chance) for p in case.parties),
        issues=tuple(
            replace(issue, points=others(issue.points, lambda rule, i=issue: _another_rule(i, rule, chance)))
            for issue in case.issues
        ),
        adjustments=tuple(
            replace(
                a,
                add=others(a.add, lambda add: add + chance.randint(1, 9)),
                text=a.text if party in a.tell else "another text",
            )
            for a in case.adjustments
        ),
        uncertainties=tuple(
            replace(u, beliefs=others(u.beliefs, shuffled), draw=shuffled(u.draw)) for u in case.uncertainties
        ),
        landmarks=(),
        releases=(),
        conditions=(),
        settlement_elements=(),
    )


def _another(party: Party, chance: random.Random) -> Party:
    return replace(
        party,
        base=party.base + chance.randint(1, 9),
        alternative=Alternative("something else", chance.randint(-40, 40)),
        target=float(chance.randint(0, 99)),
        interests=("something else",),
        red_line="something else",
    )


def _another_rule(issue: Issue, rule: PointRule, chance: random.Random) -> PointRule:
    if isinstance(rule, ShareRule):
        return replace(rule, per_unit=rule.per_unit * chance.choice([0.5, 2]))
    if issue.kind in NUMBERS:
        return LinearRule(chance.randint(-50, 50), chance.choice([-3, 0.7]))
    return ListRule(tuple(float(chance.randint(-30, 30)) for _ in issue.values()))

"""Terms pinned for now: a partner's offers keep them, as far as its own aims allow."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from bargaining.case import Package
from bargaining.partners import STYLES, Character, Propose, next_move
from bargaining.partners.ladder import ladder_of
from bargaining.scoring import alternative_value, points
from tests.bargaining.cases import farm
from tests.bargaining.partner_tables import view

FARMER = farm().seen_by("farmer")
LADDER = ladder_of(FARMER, "farmer")
ALTERNATIVE = alternative_value(FARMER, "farmer")
BEST = LADDER.package(int(LADDER.order[-1]))
#: Every value of every choice that some package above the farmer's alternative has.
SOME = [
    (issue.id, value)
    for issue in FARMER.listed_issues
    if issue.kind == "choice"
    for value in issue.values()
    if (LADDER.space.columns[issue.id][LADDER.order] == issue.position(value)).any()
]


def offered(progress: float, style: str = STYLES[0], **pins: Package) -> list[Package]:
    """What the farmer offers, by several draws."""
    seen = replace(view(farm(), "farmer", progress, most_packages=3, character=Character(style)), **pins)
    moves = [next_move(seen, random.Random(seed)) for seed in range(4)]
    return [package for move in moves if isinstance(move, Propose) for package in move.packages]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("name", "value"), SOME)
def test_what_all_have_pinned_stands_in_every_offer(name: str, value: str, style: str) -> None:
    for progress in (0.0, 0.6):
        packages = offered(progress, style, pinned={name: value})
        assert packages
        assert all(package[name] == value for package in packages)
        assert all(points(FARMER, "farmer", package) > ALTERNATIVE for package in packages)


def test_pins_that_leave_nothing_better_than_no_deal_are_kept_as_far_as_possible() -> None:
    worst = {
        issue.id: min(issue.values(), key=lambda value: LADDER.effects[issue.id][issue.position(value)])
        for issue in FARMER.listed_issues
        if issue.kind == "choice"
    }
    packages = offered(0.5, pinned=worst)
    assert all(points(FARMER, "farmer", package) > ALTERNATIVE for package in packages)
    assert any(package.get(name) == value for package in packages for name, value in worst.items())


def costly(name: str) -> str:
    """The value of this term that is worst for the farmer."""
    issue = FARMER.issue(name)
    return str(min(issue.values(), key=lambda value: LADDER.effects[name][issue.position(value)]))


def test_what_only_the_others_pinned_costs_a_partner_nothing_of_what_it_asks_for() -> None:
    dear = max(
        (issue for issue in FARMER.listed_issues if issue.kind == "choice"), key=lambda i: LADDER.stakes[i.id]
    )
    pins: Package = {dear.id: costly(dear.id)}
    asked = [points(FARMER, "farmer", package) for package in offered(0.0)]
    early = offered(0.0, pinned_by_others=pins)
    assert min(points(FARMER, "farmer", package) for package in early) >= 0.95 * min(asked)
    assert all(package[dear.id] != pins[dear.id] for package in early)
    late = offered(0.9, pinned_by_others=pins)
    assert late
    assert all(package[dear.id] == pins[dear.id] for package in late)
    assert any(package[dear.id] != pins[dear.id] for package in offered(0.9))


def test_pin_of_a_term_that_the_partner_does_not_see_is_no_matter() -> None:
    assert offered(0.3, pinned={"nothing": "here"}) == offered(0.3)

"""What the shelf is narrowed by, and which simulations a browser plays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bargaining.case import Strand
from bargaining.casefile import load_folder
from simulations.rules.playable import LIMITS, playable_here
from simulations.rules.shelf import CHOICES, Facts, Wanted, admits, counts, facts_of, read_wanted
from tests.bargaining.cases import LIBRARY, farm, kiln

KILN = Facts(2, 50, "introductory", "agreement", "the second-hand kiln batna anchoring")
FARM = Facts(2, 135, "intermediate", "agreement", "mountain view farm packages meso")
MILL = Facts(6, 195, "advanced", "agreement", "the mill vetoes")
STORE = Facts(3, 67, "intermediate", "coalition", "the cold store coalitions")
SHELF = (KILN, FARM, MILL, STORE)


def found(**asked: str) -> list[Facts]:
    wanted = read_wanted(asked)
    return [facts for facts in SHELF if admits(wanted, facts)]


def test_facts_of_a_case() -> None:
    facts = facts_of(kiln())
    assert (facts.parties, facts.minutes, facts.level, facts.mechanism) == (
        2,
        50,
        "introductory",
        "agreement",
    )
    assert "batna" in facts.text
    assert "kiln" in facts.text


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ({}, [KILN, FARM, MILL, STORE]),
        ({"parties": "2"}, [KILN, FARM]),
        ({"parties": "more"}, [MILL]),
        ({"minutes": "short"}, [KILN]),
        ({"minutes": "middle"}, [STORE]),
        ({"minutes": "long", "level": "advanced"}, [MILL]),
        ({"mechanism": "coalition"}, [STORE]),
        ({"q": " MESO  farm "}, [FARM]),
        ({"q": "meso mill"}, []),
        ({"parties": "17", "level": "<b>"}, [KILN, FARM, MILL, STORE]),
    ],
)
def test_shelf_is_narrowed(asked: dict[str, str], left: list[Facts]) -> None:
    assert found(**asked) == left


def test_choices_tell_what_they_would_leave() -> None:
    wanted = Wanted(parties="2", level="intermediate")
    assert counts(wanted, "parties", SHELF) == {"2": 1, "3": 1, "4": 0, "more": 0}
    assert counts(wanted, "level", SHELF) == {"introductory": 1, "intermediate": 1, "advanced": 0}
    for name in CHOICES:
        for choice, count in counts(wanted, name, SHELF).items():
            assert count == sum(admits(replace(wanted, **{name: choice}), facts) for facts in SHELF)


def test_an_empty_wish_is_open() -> None:
    assert read_wanted({"q": " ", "parties": "0"}).is_open
    assert not read_wanted({"q": "x"}).is_open


@pytest.mark.parametrize("name", sorted(path.parent.name for path in LIBRARY.glob("*/simulation.yaml")))
def test_all_that_ships_is_played(name: str) -> None:
    assert playable_here(load_folder(LIBRARY / name).case) == ""


def test_other_cases_say_why_not() -> None:
    case = farm()
    first, *rest = case.issues
    crowd = tuple(replace(case.parties[0], id=f"party{n}") for n in range(9))
    others = [
        replace(case, parties=crowd),
        replace(case, issues=(replace(first, visible_to=("farmer",)), *rest)),
        replace(case, issues=(replace(first, kind="text"), *rest)),
    ]
    assert [playable_here(other) for other in others] == [words for _, words in LIMITS]
    linked = replace(others[1], strands=(Strand("all", case.party_ids, ("form",)),))
    assert playable_here(linked) == ""
    assert playable_here(replace(others[2], mechanism="freeform")) == ""

"""The questionnaires that ship with Parley: readable, and every simulation asks only for what is there."""

from __future__ import annotations

import pytest

from bargaining.casefile import load_case
from bargaining.questionnaires import unknown_sets
from simulations.actions import LIBRARY
from simulations.questionnaires import shipped_questionnaires
from simulations.screens.simulation import questions_of

FILES = sorted(LIBRARY.glob("*/simulation.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_simulation_asks_for_sets_that_exist_at_their_moment(file) -> None:  # type: ignore[no-untyped-def]
    case = load_case(file.read_text(encoding="utf-8"))
    assert unknown_sets(case.questionnaires, shipped_questionnaires()) == ()
    asked = [set_.id for moment in questions_of(case) for set_ in moment.sets]
    assert asked == [name for names in case.questionnaires.values() for name in names]


def test_there_is_something_to_ask() -> None:
    known = shipped_questionnaires()
    assert known.licence == "CC0-1.0"
    assert {"understanding-5", "outcome-feelings-12", "interests-met"} <= set(known.sets)
    assert all(found.items or found.kind == "per_interest" for found in known.sets.values())

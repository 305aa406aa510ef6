"""What a page says of a case: remarks for its teacher, and facts for everybody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bargaining.casefile import load_folder
from simulations import actions
from simulations.actions import LIBRARY, NOT_LOOKED_THROUGH, remarks_on
from simulations.sheets import everybody_reads


def test_case_too_large_to_look_through_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    farm = load_folder(LIBRARY / "mountain-view-farm")
    assert NOT_LOOKED_THROUGH not in remarks_on(farm)
    monkeypatch.setattr(actions, "MOST_DEALS", 10)
    assert remarks_on(farm) == [NOT_LOOKED_THROUGH]


def test_facts_that_everybody_knows_stand_on_the_general_page() -> None:
    kiln = load_folder(LIBRARY / "second-hand-kiln")
    assert everybody_reads(kiln.case, "").count("<li>") == len(kiln.case.public_facts) > 0
    assert everybody_reads(replace(kiln.case, public_facts=()), "# Title\n\nWords.") == "<p>Words.</p>\n"

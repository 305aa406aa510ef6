"""Pictures drawn on the server: real SVG from a process of its own, kept by content, and a fault in one word."""

from __future__ import annotations

from pathlib import Path

import pytest

from debriefs import drawing
from debriefs.rules.charts import scatter
from tests.debriefs.rules.test_charts import SCATTER

TOKENS = Path("static/css/tokens.css")


def test_a_chart_is_drawn_and_kept() -> None:
    first = drawing.svg(scatter(SCATTER), "light", TOKENS)
    hits = drawing._svg_of.cache_info().hits

    assert drawing.svg(scatter(SCATTER), "light", TOKENS) == first
    assert drawing._svg_of.cache_info().hits == hits + 1
    assert first.startswith("<svg")
    assert "Room 1: farmer 168, neighbour 145" in first


def test_dark_and_light_differ() -> None:
    light, dark = (drawing.svg(scatter(SCATTER), scheme, TOKENS) for scheme in ("light", "dark"))
    assert light != dark


def test_what_is_no_chart_is_not_drawn_and_the_next_one_is() -> None:
    with pytest.raises(drawing.NotDrawn):
        drawing.svg({"mark": 7}, "light", TOKENS)
    assert drawing.svg(scatter(SCATTER), "light", TOKENS)

"""Specs against golden files: a chart changes only when somebody means it to.

To renew a golden file after looking at the new chart, delete it and run the test twice.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from bargaining.case import Case
from bargaining.casefile import load_folder
from debriefs.rules.charts import (
    Axis,
    Dot,
    ScatterFrame,
    Share,
    SharesFrame,
    Spec,
    scatter,
    shares,
)
from debriefs.rules.colours import palette, with_tokens
from debriefs.rules.prices import StripFrame, piled, price_range, strip

GOLDEN = Path(__file__).parent / "golden"
TOKENS = Path("static/css/tokens.css").read_text(encoding="utf-8")

SCATTER = ScatterFrame(
    summary="Two deals. One room without.",
    x=Axis("● Farmer", 55.8, 227.5, 108.0, "alternative: 108"),
    y=Axis("◆ Neighbour", 28.6, 224.0, 88.0, "alternative: 88"),
    dots=(
        Dot((1,), 168.0, 145.0, "Room 1: farmer 168, neighbour 145"),
        Dot((2, 4), 40.0, 112.0, "Rooms 2 and 4: outside"),
    ),
    cloud=((100.0, 90.0), (120.0, 100.0)),
    frontier=((110.0, 196.0), (168.0, 145.0), (216.0, 90.0)),
    frontier_words="the frontier",
    no_deal_words="1 room without a deal",
    equal=True,
    equal_words="both gain the same",
)
SHARES = SharesFrame(
    summary="One deal.",
    title="share of the possible value",
    rooms=(1, 2),
    parties=("● Farmer", "◆ Neighbour"),
    shares=(
        Share(1, "● Farmer", 1, 0.51, "●", "Room 1, farmer: 51 %"),
        Share(1, "◆ Neighbour", 2, 0.05, "◆", "Room 1, neighbour: 5 %"),
    ),
    marks=((2, "walked away"),),
)
PRICES = StripFrame(
    summary="Three deals.",
    title="Price, $",
    low=1000.0,
    high=2600.0,
    limits=((1450.0, "● Seller’s limit $1,450"), (2300.0, "◆ Buyer’s limit $2,300")),
    zone=(1450.0, 2300.0),
    zone_words="suits both",
    prices=((1, 1900.0, "Room 1: $1,900"), (2, 1920.0, "Room 2: $1,920"), (3, 1400.0, "Room 3: $1,400")),
)
SPECS = {"scatter": scatter(SCATTER), "shares": shares(SHARES), "prices": strip(PRICES)}


def library_case(slug: str) -> Case:
    return load_folder(Path("simulations/library") / slug).case


@pytest.mark.parametrize(("name", "spec"), SPECS.items())
def test_the_spec_is_the_golden_one(name: str, spec: Spec) -> None:
    file = GOLDEN / f"{name}.json"
    if not file.exists():
        file.write_text(json.dumps(spec, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        pytest.fail(f"{file} was not there and has been written: look at it, then run again")
    assert spec == json.loads(file.read_text(encoding="utf-8"))


def strings_in(part: Any) -> list[str]:
    if isinstance(part, dict):
        return [text for one in part.values() for text in strings_in(one)]
    if isinstance(part, list):
        return [text for one in part for text in strings_in(one)]
    return [part] if isinstance(part, str) else []


@pytest.mark.parametrize("spec", [scatter(SCATTER), shares(SHARES)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_is_a_token_of_the_stylesheet(spec: Spec, scheme: Any) -> None:
    values = {**palette(TOKENS, scheme), "sans": "sans-serif"}

    resolved = with_tokens(spec, values)

    assert not [text for text in strings_in(spec) if text.startswith(("#", "rgb"))]
    assert not [text for text in strings_in(resolved) if text.startswith("token:")]


@pytest.mark.parametrize(("token", "noted"), [("party-1", "#0072b2"), ("party-2", "#d55e00")])
def test_tokens_become_the_colours_that_the_stylesheet_notes_beside_them(token: str, noted: str) -> None:
    """Within the rounding of the three digits that a token has."""
    parts = zip(_parts(palette(TOKENS, "light")[token]), _parts(noted), strict=True)
    assert max(abs(one - other) for one, other in parts) <= 1


def _parts(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def test_a_deal_outside_the_axis_widens_it() -> None:
    low, high = scatter(SCATTER)["encoding"]["x"]["scale"]["domain"]
    assert low < 40
    assert high == 227.5


def test_where_points_may_not_be_compared_there_is_no_equal_line() -> None:
    unlike = msgspec.structs.replace(SCATTER, equal=False)
    assert "both gain the same" not in strings_in(scatter(unlike))


def test_deals_of_about_one_price_are_piled_up() -> None:
    assert [(dot.rooms, dot.y) for dot in piled(PRICES)] == [((3,), 0.0), ((1,), 0.0), ((2,), 1.0)]


def test_one_price_has_a_range_with_both_limits() -> None:
    found = price_range(library_case("second-hand-kiln"))
    assert found is not None
    assert (found.low, found.high, found.limits) == (1000, 2600, {"seller": 1450, "buyer": 2300})
    assert found.zone == (1450, 2300)


def test_limits_that_cross_leave_no_zone() -> None:
    found = price_range(library_case("harbour-unit-nine"))
    assert found is not None
    assert (found.limits, found.zone) == ({"brewery": 2150, "cooperative": 1850}, None)


@pytest.mark.parametrize(
    "slug", ["mountain-view-farm", "dunmore-mill", "cold-store", "four-crews", "memorial-bell"]
)
def test_other_tables_have_no_strip(slug: str) -> None:
    assert price_range(library_case(slug)) is None

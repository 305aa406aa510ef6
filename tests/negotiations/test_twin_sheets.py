"""At tables of every kind: two plays that differ in one party's whole sheet alone are the same to everybody else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bargaining.case import Case
from bargaining.casefile import Loaded, from_mapping, load_folder, to_mapping
from simulations.actions import LIBRARY
from tests.factories import publish_apart
from tests.negotiations.gathering import played
from tests.negotiations.scenes import SCENES
from tests.negotiations.tabs import run
from tests.negotiations.test_secrets import masked
from tests.serving import RunningServer

#: By scene, whose sheet is another one.
CHANGED = {
    "sides": ("mountain-view-farm", "farmer"),
    "bell": ("memorial-bell", "ringers"),
    "mill": ("dunmore-mill", "company"),
    "lane": ("eleven-quarry-lane", "seller"),
    "bay": ("four-crews", "north"),
    "store": ("cold-store", "orchard"),
}
TWINS = {"wagtail": 0.5, "nuthatch": 3.0}


def with_other_sheet(slug: str, party: str, bird: str, more: float) -> Loaded:
    """What the party wants, what it has without a deal, how it counts and what it is told."""
    loaded = load_folder(LIBRARY / slug)
    plain = to_mapping(loaded.case) | {"id": f"twin-{slug}"}
    own: dict[str, Any] = plain["parties"][party]
    if "interest_texts" in own:
        own["interest_texts"] = {name: f"see the {bird} {name}" for name in own["interest_texts"]}
    else:
        own["interests"] = [f"see the {bird}"]
    if "alternative" in own:
        own["alternative"] = {
            "text": f"Call the {bird}",
            "value": own["alternative"].get("value", 100) + more,
        }
    for issue in plain.get("issues", {}).values():
        points = issue.get("points", {})
        if isinstance(points.get(party), list):
            points[party] = [each + more for each in points[party]]
    roles = loaded.texts["roles"] | {party: f"# You\n\nYou have seen the {bird}.\n"}
    texts = {**loaded.texts, "roles": roles}
    return replace(loaded, case=from_mapping(plain), texts=texts, languages={})


def as_others_know_it(case: Case, party: str) -> list[Case]:
    return [case.seen_by(other) for other in (None, *case.party_ids) if other != party]


@pytest.mark.slow
@pytest.mark.parametrize("name", CHANGED)
async def test_another_sheet_of_one_party_is_nothing_to_the_others(
    running_server: RunningServer, name: str
) -> None:
    slug, party = CHANGED[name]
    loaded = [with_other_sheet(slug, party, bird, more) for bird, more in TWINS.items()]
    assert as_others_know_it(loaded[0].case, party) == as_others_know_it(loaded[1].case, party)
    plays = []
    for each in loaded:
        edition = await run(publish_apart, each)
        scene = SCENES[name]._replace(edition=lambda edition=edition: edition)
        plays.append((await played(running_server, scene, "table"))[1])
    for seat, person in plays[0].items():
        one, other = masked(person.told), masked(plays[1][seat].told)
        if seat.partition(" ")[0] == party:
            assert "wagtail" in "\n".join(one)
            assert one != other
        else:
            assert one == other

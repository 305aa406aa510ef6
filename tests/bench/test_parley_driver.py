"""The load client's Parley driver: its offers are offers that the farm's case takes, its reading is the page's."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bargaining.case import check_package
from bargaining.casefile import load_folder
from bench.load.drivers.parley import ParleyDriver, package
from bench.load.plan import Load
from bench.load.player import Place, Player
from simulations.actions import LIBRARY

SOCKET = Path(__file__).parents[2] / "static" / "js" / "room" / "socket.js"


@pytest.fixture
def driver() -> ParleyDriver:
    return ParleyDriver(Load("parley", ("http://127.0.0.1:1", "http://127.0.0.1:2"), 2))


def seated() -> Player:
    return Player(0, None, place=Place("r", "ws://x/", party="farmer", before="neighbour"), applied=3)  # type: ignore[arg-type]


def events(*found: tuple[int, str, str]) -> str:
    return json.dumps(
        {"t": "events", "events": [{"n": n, "type": kind, "party": party} for n, kind, party in found]}
    )


def test_every_package_names_the_seven_terms_of_a_lease() -> None:
    case = load_folder(LIBRARY / "mountain-view-farm").case

    assert [check_package(case, package(n)) for n in range(200)] == [()] * 200
    assert all(len(package(n)) == 7 for n in range(200))


def test_every_fourth_message_is_a_line_of_120_characters(driver: ParleyDriver) -> None:
    frames = [json.loads(driver.encode(seated(), n)[1]) for n in range(8)]

    assert [frame["t"] for frame in frames] == ["offer", "offer", "offer", "say"] * 2
    assert len(frames[3]["text"]) == 120


def test_at_a_table_of_six_each_answers_the_one_before() -> None:
    case = load_folder(LIBRARY / "dunmore-mill").case
    driver = ParleyDriver(Load("parley", ("http://127.0.0.1:1",), 6, 6))
    driver.issues = [{"id": i.id, "options": [{"id": value} for value in i.values()]} for i in case.issues]
    data = {
        "me": {"party": "company"},
        "parties": [{"id": party} for party in case.party_ids],
        "room": {"id": "r"},
        "urls": {"socket": "/x/"},
        "head": 3,
    }
    player = Player(0, None, place=driver._place(data), applied=3)  # type: ignore[arg-type]
    text = events((4, "offer.made", "agency"), (5, "offer.made", "expert"))
    assert driver.decode(player, text).partner == ["r:5"]
    assert [check_package(case, driver.package(n)) for n in range(50)] == [()] * 50


def test_only_the_other_side_counts_and_only_once(driver: ParleyDriver) -> None:
    player = seated()
    text = events(
        (3, "message.said", "neighbour"), (4, "offer.made", "neighbour"), (5, "offer.made", "farmer")
    )

    assert driver.decode(player, text).partner == ["r:4"]
    assert driver.decode(player, text).partner == []
    assert player.applied == 5


def test_a_hole_in_the_events_ends_the_run(driver: ParleyDriver) -> None:
    with pytest.raises(ValueError, match="a hole"):
        driver.decode(seated(), events((5, "message.said", "neighbour")))


def test_an_acknowledgement_ties_an_id_to_its_numbers(driver: ParleyDriver) -> None:
    text = json.dumps({"t": "ack", "id": "u", "first": 4, "last": 5})

    assert driver.decode(seated(), text).acked == [("u", ["r:4", "r:5"])]


def test_the_sides_of_a_table_talk_through_different_processes(driver: ParleyDriver) -> None:
    assert [driver.load_base(side) for side in range(3)] == [
        "http://127.0.0.1:1",
        "http://127.0.0.1:2",
        "http://127.0.0.1:1",
    ]


def test_the_driver_shows_life_as_often_as_the_page(driver: ParleyDriver) -> None:
    found = re.search(r"const PING_SECONDS = (\d+);", SOCKET.read_text())

    assert found
    assert driver.beat_seconds == float(found[1])

"""A QR code must not lead phones to themselves."""

from __future__ import annotations

import pytest

from classrooms.rules.addresses import reachable_host

KNOWN = ["localhost", "127.0.0.1", "[::1]", "desk", "169.254.3.3", "192.168.1.20"]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("localhost:8000", "192.168.1.20:8000"),
        ("127.0.0.1", "192.168.1.20"),
        ("[::1]:8000", "192.168.1.20:8000"),
        ("[::1]", "192.168.1.20"),
        ("desk.local:8000", "desk.local:8000"),
        ("parley.example.org", "parley.example.org"),
    ],
)
def test_reachable_host(asked: str, told: str) -> None:
    assert reachable_host(asked, KNOWN) == told


def test_without_a_better_name_it_stays() -> None:
    assert reachable_host("localhost:8000", ["localhost"]) == "localhost:8000"

"""Many who ask at one moment for what nobody has read yet wait for one reading."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest

from simulations.readonce import read_once
from simulations.sheets import kept
from tests.bargaining.cases import farm

ASKING = 4
#: A second reading would begin at once; that none does is seen after a moment.
MOMENT = 0.2


class Slow:
    """Something to read that lasts until it is let go, and tells when it is read again meanwhile."""

    def __init__(self) -> None:
        self.begun, self.again, self.done = Event(), Event(), Event()

    def __call__(self, *which: Any) -> object:
        if self.begun.is_set():
            self.again.set()
        self.begun.set()
        self.done.wait(10)
        return object()


def through_reads(slow: Slow) -> Callable[[], object]:
    read = read_once(2)(slow)
    return lambda: read("edition", "farmer")


def through_sheets(slow: Slow) -> Callable[[], object]:
    case = farm()
    return lambda: kept(case, (slow,), slow)


@pytest.mark.parametrize("through", [through_reads, through_sheets])
def test_who_asks_meanwhile_waits_for_the_one_reading(
    through: Callable[[Slow], Callable[[], object]],
) -> None:
    slow = Slow()
    ask = through(slow)
    with ThreadPoolExecutor(ASKING) as people:
        answers = [people.submit(ask) for _ in range(ASKING)]
        assert slow.begun.wait(10)
        read_again = slow.again.wait(MOMENT)
        slow.done.set()
        assert len({id(answer.result()) for answer in answers}) == 1
    assert not read_again


def test_reading_that_failed_is_tried_again() -> None:
    answers = iter([LookupError("away"), "case"])

    @read_once(2)
    def read(edition: str) -> str:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    with pytest.raises(LookupError):
        read("farm")
    assert read("farm") == "case"
    assert read("farm") == "case"


def test_parties_are_kept_apart_and_forgotten_together() -> None:
    asked: list[str] = []

    @read_once(2)
    def read(party: str) -> str:
        asked.append(party)
        return party

    assert [read(party) for party in ("farmer", "neighbour", "farmer")] == ["farmer", "neighbour", "farmer"]
    assert asked == ["farmer", "neighbour"]
    read.forget()
    read("farmer")
    assert asked == ["farmer", "neighbour", "farmer"]

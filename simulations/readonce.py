"""Reads of what is frozen: made once a process, then kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from threading import Lock
from typing import Generic, ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")


class ReadOnce(Generic[P, T]):
    """As `lru_cache`, but who asks for what another is just reading waits for it.

    A class opens its page at one moment: ten threads would read the same case ten times, each slower for the others.
    """

    def __init__(self, read: Callable[P, T], most: int) -> None:
        kept = lru_cache(maxsize=most)(read)
        self.kept = cast(Callable[P, T], kept)
        self.forget = kept.cache_clear
        self.reading = Lock()

    def __call__(self, *which: P.args, **named: P.kwargs) -> T:
        with self.reading:
            return self.kept(*which, **named)


def read_once(most: int) -> Callable[[Callable[P, T]], ReadOnce[P, T]]:
    """Keeps the `most` answers that were asked for last."""
    return lambda read: ReadOnce(read, most)
